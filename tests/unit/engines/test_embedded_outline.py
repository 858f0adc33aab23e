"""The embedded engine and procedures: a list needs no engine, and prose needs another one."""

from __future__ import annotations

import pytest

from GenFlowLibrary.core.errors import InputError, NeedsLanguageModel
from GenFlowLibrary.engines.embedded.outline import outline


def test_prose_needs_a_language_model_and_the_line_is_named() -> None:
    with pytest.raises(
        NeedsLanguageModel,
        match=r"line 1, 'She opens it\.', is no list of steps; write that line so, or configure",
    ):
        outline("She opens it.", "en")


def test_a_list_that_contradicts_itself_is_no_work_for_a_model() -> None:
    with pytest.raises(InputError, match="line 2 goes to step 5"):
        outline("1. Open\n2. Go to step 5", "en")

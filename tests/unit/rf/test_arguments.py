"""Settings as Robot Framework gives them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.rf.arguments import to_settings


@pytest.mark.parametrize("written", [timedelta(minutes=2), "2 minutes", "120", "0:02:00"])
def test_a_time_becomes_seconds(written: Any) -> None:
    assert to_settings({"timeout": written}) == {"timeout": 120.0}


def test_a_key_in_plain_text_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        to_settings({"api_key": "sk-plain"})
    assert "sk-plain" not in str(caught.value)


def test_what_is_not_given_stays_so() -> None:
    assert to_settings({"api_key": None, "timeout": None, "model": None}) == {
        "api_key": None,
        "timeout": None,
        "model": None,
    }

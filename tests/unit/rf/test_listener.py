"""What the run tells the library."""

from __future__ import annotations

import pytest
from robot.api import logger
from robot.result import TestSuite as Suite  # by its own name pytest would take it for tests

from GenFlowLibrary.rf.listener import RunListener


def test_a_suite_that_ends_is_told_on() -> None:
    ended: list[str] = []
    RunListener(ended.append, list).end_suite(None, Suite(name="Nightly"))
    assert ended == ["Nightly"]


@pytest.mark.parametrize(("lines", "printed"), [(["a", "b"], ["\na\nb"]), ([], [])])
def test_the_end_of_the_run_prints_the_summary_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, lines: list[str], printed: list[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(logger, "console", shown.append)
    RunListener(lambda suite: None, lambda: lines).close()
    assert shown == printed

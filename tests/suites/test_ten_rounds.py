"""An Excel sheet entered by visible labels into a form that changes its ids, names and places with every row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suites.running import run_robot

HERE = Path(__file__).parent

pytestmark = [pytest.mark.browser, pytest.mark.suite]


def test_every_field_of_every_round_is_right(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl is in the dev extra")
    printed = run_robot(HERE / "ten_rounds.robot", tmp_path)
    assert "1 task, 1 passed, 0 failed" in printed

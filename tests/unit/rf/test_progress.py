"""A batch's progress on the console."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.rf.progress import ConsoleProgress


class Console:
    """Remembers what is said, on a clock that is set."""

    def __init__(self, *, terminal: bool, columns: int = 120) -> None:
        self.said: list[str] = []
        self.now = 0.0
        self.progress = ConsoleProgress(
            "Generate For Each",
            terminal=terminal,
            say=self._say,
            clock=lambda: self.now,
            columns=lambda: columns,
        )

    def _say(self, text: str, newline: bool = True) -> None:
        self.said.append(text + ("\n" if newline else ""))

    def show(self, at: float, *counts: Any) -> None:
        self.now = at
        self.progress.show(*counts)


def test_a_terminal_line_is_drawn_over_and_gone_in_the_end() -> None:
    console = Console(terminal=True)
    console.show(0.0, 0, 0, 0.0)
    console.show(1.0, 50, 2, 0.5)
    console.show(1.1, 60, 2, 0.6)
    console.show(2.0, 100, 2, None)
    console.progress.end()
    first, second, last = console.said
    assert (
        first
        == "\n[##########..........]  50% read  Generate For Each: 50 rows, 2 failed, 50.0 rows a second"
    )
    assert second.startswith("\rGenerate For Each: 100 rows, 2 failed, 50.0 rows a second ")
    assert len(second) == len(first), "what was longer is blanked"
    assert last.strip() == ""


def test_elsewhere_a_line_comes_now_and_then() -> None:
    console = Console(terminal=False)
    for second in range(61):
        console.show(float(second), second * 10, 0, second / 60)
    console.progress.end()
    assert len(console.said) == 4
    assert all(line.endswith("rows a second\n") and "\r" not in line for line in console.said)


def test_rows_from_before_do_not_count_as_speed() -> None:
    console = Console(terminal=True)
    console.show(0.0, 1000, 0, None)
    console.show(1.0, 1010, 0, None)
    assert "10.0 rows a second" in console.said[0]


def test_rows_that_an_earlier_run_had_answered_do_not_count_as_speed_wherever_they_stand() -> None:
    console = Console(terminal=True)
    console.show(0.0, 0, 0, None, 0)
    console.show(1.0, 1010, 0, None, 1000)
    assert "1010 rows, 0 failed, 10.0 rows a second" in console.said[0]
    console.show(2.0, 1010, 0, None, 2000)  # read already, and not written yet
    assert "0.0 rows a second" in console.said[1]


def test_the_first_line_leaves_the_name_of_the_task_alone() -> None:
    console = Console(terminal=True)
    for second in range(3):
        console.show(float(second), second, 0, None)
    assert [line[0] for line in console.said] == ["\n", "\r"]


def test_a_line_is_never_longer_than_the_terminal_for_it_could_not_be_drawn_over() -> None:
    console = Console(terminal=True, columns=40)
    console.show(0.0, 0, 0, 0.0)
    console.show(1.0, 1_000_000, 2, 0.5)
    console.progress.end()
    assert all(len(line.strip("\r\n")) == 39 for line in console.said)


def test_the_bar_is_what_a_narrow_terminal_does_without() -> None:
    console = Console(terminal=True, columns=80)
    console.show(0.0, 0, 0, 0.0)
    console.show(1.0, 50, 2, 0.5)
    assert console.said == ["\n 50% read  Generate For Each: 50 rows, 2 failed, 50.0 rows a second"]


def test_a_batch_that_is_over_at_once_shows_nothing() -> None:
    console = Console(terminal=True)
    console.show(0.0, 0, 0, 0.0)
    console.show(0.1, 10, 0, 1.0)
    console.progress.end()
    assert console.said == []


def test_more_than_all_is_never_shown() -> None:
    console = Console(terminal=True)
    console.show(0.0, 0, 0, 0.0)
    console.show(1.0, 5, 0, 1.7)
    assert console.said[0].startswith("\n[####################] 100% read")


PROGRAM = """
*** Settings ***
Library    {here}

*** Tasks ***
Show
    Show
"""
LIBRARY = """
from GenFlowLibrary.rf.progress import ConsoleProgress
def show():
    now = iter([0.0, 20.0])
    progress = ConsoleProgress("Batch", terminal=False, clock=lambda: next(now))
    progress.show(0, 0, None)
    progress.show(40, 1, None)
    progress.end()
"""


@pytest.mark.parametrize(
    ("console", "shown"), [("verbose", True), ("dotted", True), ("quiet", False), ("none", False)]
)
def test_a_run_without_a_console_shows_nothing(console: str, shown: bool, tmp_path: Path) -> None:
    (tmp_path / "Shower.py").write_text(LIBRARY, "utf-8")
    suite = tmp_path / "suite.robot"
    suite.write_text(PROGRAM.format(here=(tmp_path / "Shower.py").as_posix()), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "robot", "--console", console, "--outputdir", str(tmp_path), str(suite)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert ("Batch: 40 rows, 1 failed, 2.0 rows a second" in done.stdout) == shown

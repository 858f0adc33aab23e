"""A batch's progress on the console."""

from __future__ import annotations

from typing import Any

from GenFlowLibrary.rf.progress import ConsoleProgress


class Console:
    """Remembers what is said, on a clock that is set."""

    def __init__(self, *, terminal: bool) -> None:
        self.said: list[str] = []
        self.now = 0.0
        self.progress = ConsoleProgress(
            "Generate For Each", terminal=terminal, say=self._say, clock=lambda: self.now
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
        == "\r[##########..........]  50% read  Generate For Each: 50 rows, 2 failed, 50.0 rows a second"
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

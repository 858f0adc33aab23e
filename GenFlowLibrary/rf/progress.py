"""A batch's progress on the console: a line that is drawn over on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol

from robot.api import logger

if TYPE_CHECKING:
    from collections.abc import Callable


class Say(Protocol):
    """Writes on the console, as `robot.api.logger.console` does."""

    def __call__(self, text: str, newline: bool = True) -> None:
        """Writes a text, with a line end unless told otherwise."""


ON_A_TERMINAL, ELSEWHERE = 0.2, 15.0
"""Seconds between two lines: as often as an eye follows, and seldom enough for a log that is kept."""
_WIDTH = 20


class ConsoleProgress:
    """Shows how far a batch is. Rows that were done when it began do not count as its speed.

    Args:
        what: What is worked through, as it is called.
        terminal: Whether the console is a terminal; looked up unless given.
        say: Writes on the console.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        what: str,
        *,
        terminal: bool | None = None,
        say: Say = logger.console,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what = what
        self._terminal = _is_terminal() if terminal is None else terminal
        self._say = say
        self._clock = clock
        self._began: tuple[float, int] | None = None
        self._told = 0.0
        self._length = 0

    def show(self, done: int, failed: int, part: float | None) -> None:
        """Shows how many rows are done and failed, and which part of all that is (0 to 1) where it is known."""
        now = self._clock()
        if self._began is None:
            self._began, self._told = (now, done), now
        if now - self._told < (ON_A_TERMINAL if self._terminal else ELSEWHERE):
            return
        self._told = now
        since, before = self._began
        line = (
            f"{self._what}: {done} rows, {failed} failed, {(done - before) / (now - since):.1f} rows a second"
        )
        if part is not None:
            full = round(min(max(part, 0.0), 1.0) * _WIDTH)
            line = f"[{'#' * full}{'.' * (_WIDTH - full)}] {part:>4.0%} read  {line}"
        if self._terminal:
            self._say("\r" + line.ljust(self._length), newline=False)
            self._length = max(self._length, len(line))
        else:
            self._say(line)

    def end(self) -> None:
        """Takes the line off a terminal."""
        if self._length:
            self._say("\r" + " " * self._length + "\r", newline=False)
            self._length = 0


def _is_terminal() -> bool:
    return sys.__stdout__ is not None and sys.__stdout__.isatty()

"""A batch's progress on the console: a line that is drawn over on a terminal, a line now and then elsewhere.

Numbers alone, for rows may be personal. It is told in the thread that runs the keyword, and never in those that ask. Where the run
has no console (``--console none`` or ``quiet``) nothing is shown.
"""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING, Protocol

from robot.api import logger
from robot.libraries.BuiltIn import BuiltIn
from robot.output import LOGGER

if TYPE_CHECKING:
    from collections.abc import Callable


class Say(Protocol):
    """Writes on the console, as `robot.api.logger.console` does."""

    def __call__(self, text: str, newline: bool = True) -> None:
        """Writes a text, with a line end unless told otherwise."""


class _Nothing:
    """Says nothing."""

    def __call__(self, text: str, newline: bool = True) -> None:
        pass


ON_A_TERMINAL, ELSEWHERE = 0.2, 15.0
"""Seconds between two lines: as often as an eye follows, and seldom enough for a log that is kept."""
_WIDTH = 20
_OFF = ("NoneConsole", "QuietConsole", "NoOutput", "QuietOutput")
"""What Robot Framework 7.5 and those before it call consoles that show nothing of a run."""


class ConsoleProgress:
    """Shows how far a batch is. Rows that were done when it began do not count as its speed.

    Args:
        what: What is worked through, as it is called.
        terminal: Whether the console is a terminal; looked up unless given.
        say: Writes on the console; as Robot Framework does, where the run has one, unless given.
        clock: Monotonic seconds.
        columns: Returns how many characters a line of the terminal holds: a longer one could not be drawn over.
    """

    def __init__(
        self,
        what: str,
        *,
        terminal: bool | None = None,
        say: Say | None = None,
        clock: Callable[[], float] = time.monotonic,
        columns: Callable[[], int] = lambda: shutil.get_terminal_size().columns,
    ) -> None:
        self._what = what
        self._terminal = _is_terminal() if terminal is None else terminal
        self._say: Say = say or (_Nothing() if _is_off() else logger.console)
        self._clock = clock
        self._columns = columns
        self._began: tuple[float, int] | None = None
        self._told = 0.0
        self._length = 0

    def show(self, done: int, failed: int, part: float | None, before: int = 0) -> None:
        """Shows how many rows are done and failed, and which part of all that is (0 to 1) where it is known.

        ``before`` of the rows that are done an earlier run had answered.
        """
        now, asked = self._clock(), max(0, done - before)
        if self._began is None:
            self._began, self._told = (now, asked), now
        if now - self._told < (ON_A_TERMINAL if self._terminal else ELSEWHERE):
            return
        self._told = now
        since, at_first = self._began
        speed = max(0, asked - at_first) / (now - since)
        line = f"{self._what}: {done} rows, {failed} failed, {speed:.1f} rows a second"
        if part is not None:
            part = min(max(part, 0.0), 1.0)
            full = round(part * _WIDTH)
            line = f"{part:>4.0%} read  {line}"
            bar = f"[{'#' * full}{'.' * (_WIDTH - full)}] "
            if not self._terminal or len(bar + line) < self._columns():
                line = bar + line
        if self._terminal:
            self._draw(line)
        else:
            self._say(line)

    def end(self) -> None:
        """Takes the line off a terminal."""
        if self._length:
            self._say("\r" + " " * self._length + "\r", newline=False)
            self._length = 0

    def _draw(self, line: str) -> None:
        """Draws a line over the one before; the first begins a line, for on this one stands the name of the task."""
        line = line[: max(1, self._columns() - 1)]
        self._say(("\r" if self._length else "\n") + line.ljust(self._length), newline=False)
        self._length = max(self._length, len(line))


def _is_off() -> bool:
    """Whether the run was started without a console. Robot Framework tells nobody, so its own logger is looked at."""
    if not BuiltIn().robot_running:
        return False
    console = getattr(LOGGER, "_console", None) or getattr(LOGGER, "_console_logger", None)
    return type(getattr(console, "listener", console)).__name__ in _OFF


def _is_terminal() -> bool:
    return sys.__stdout__ is not None and sys.__stdout__.isatty()

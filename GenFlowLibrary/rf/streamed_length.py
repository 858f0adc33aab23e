"""How far a streamed text is, on the console: numbers alone, for the text may be personal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY = 5.0
"""Seconds between two lines: enough to see that it lives, and little in the log of a nightly run."""


class StreamedLength:
    """Prints how many characters have come, once in `EVERY` seconds. Threads may share it.

    Args:
        stream: Where to; the console that Robot Framework writes to unless given.
        clock: Monotonic seconds.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._told = 0.0
        self._last = 0

    def __call__(self, characters: int) -> None:
        """Takes the number of characters that have come so far; a smaller one than before begins anew."""
        now = self._clock()
        if characters < self._last or not self._last:
            self._told = now
        self._last = characters
        stream = self._stream or sys.__stdout__
        if now - self._told >= EVERY and stream is not None:
            self._told = now
            stream.write(f"\n  {characters:,} characters so far")
            stream.flush()

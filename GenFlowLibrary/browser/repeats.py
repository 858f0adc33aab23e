"""Things that a form repeats: the rows of a table of order lines, a block a passenger. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Repeat:
    """Elements of one tag beside each other that hold fields.

    ``rows`` are the fields' numbers in each, in the order of the page; ``buttons`` are the numbers of the buttons around them, those that
    stand nearest first, and none that is in one of them. ``table`` tells whether they are rows of a table, ``spare`` whether the page keeps
    one more that is not shown, as the pattern for new ones.
    """

    rows: tuple[tuple[int, ...], ...]
    buttons: tuple[tuple[int, ...], ...] = ()
    table: bool = False
    spare: bool = False

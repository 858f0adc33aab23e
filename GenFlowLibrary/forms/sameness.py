"""Whether what a field holds is what was typed into it, after the page's own formatting."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s\-/().+_]")
_TWO_READINGS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_SHORTEST_MASKED = 4
"""Characters below which equality without separators says too little."""


def same_but_formatted(wanted: str, found: str) -> bool:
    """Tells whether two texts say the same and differ in what a mask adds: separators between digits, grouping, spaces, letter case.

    ``5550142268`` is held as ``(555) 014-2268``, ``1234.5`` as ``1,234.50``. A value cut short or with other digits is not the same.
    """
    if not found or not wanted:
        return wanted == found
    if wanted.strip().casefold() == found.strip().casefold():
        return True
    if not (any(c.isdigit() for c in wanted) and any(c.isdigit() for c in found)):
        return False
    if _TWO_READINGS.fullmatch(wanted.strip()):
        return False
    amounts = _amount(wanted), _amount(found)
    if None not in amounts:
        return amounts[0] == amounts[1]
    # From here on a point is a separator of dates or of phone numbers, never of decimals: there are at least two groups of it, or none.
    mine, theirs = _SEPARATORS.sub("", wanted).casefold(), _SEPARATORS.sub("", found).casefold()
    return mine == theirs and len(mine) >= _SHORTEST_MASKED and not _decimal(wanted) and not _decimal(found)


def _decimal(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+[.,]\d+", text.strip()) is not None


def _amount(text: str) -> tuple[str, str] | None:
    """The digits before and after the decimal mark, grouping dropped, trailing zeros dropped; None for what is no amount."""
    found = re.fullmatch(r"[+-]?(\d{1,3}(?:([,.' \u00a0\u202f])\d{3})+|\d+)(?:([.,])(\d+))?", text.strip())
    if not found or (found[2] and found[2] == found[3]):
        return None
    sign = "-" if text.strip().startswith("-") else ""
    return sign + re.sub(r"\D", "", found[1]), (found[4] or "").rstrip("0")

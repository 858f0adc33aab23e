"""How wide a text is when it is drawn, and its lines.

No font is read: the widths are those of a wide sans-serif face (DejaVu Sans), so that a text drawn in a narrower one fits as well.
"""

from __future__ import annotations

import re
import unicodedata

from GenFlowLibrary.core.characters import on_one_line

FONT_SIZE = 14.0
LINE_HEIGHT = 19.0
_NARROW = 0.36
_WIDE = 0.98
_UPPER = 0.74
_OTHER = 0.64
_FULL = 1.02
"""Parts of the font's size."""
_NOT_XML = re.compile("[\ufffe\uffff]")
_PIECES = re.compile(r"\S+\s*")


def shown(text: str, longest: int = 0) -> str:
    """Returns a text as it may be drawn and written: on one line, without what XML cannot hold, cut to ``longest`` characters."""
    line = _NOT_XML.sub("\ufffd", on_one_line(text))
    return f"{line[: longest - 1]}…" if longest and len(line) > longest else line


def width_of(text: str) -> float:
    """Returns the width of a text in px."""
    return FONT_SIZE * sum(map(_width, text))


def wrapped(text: str, widest: float) -> list[str]:
    """Returns the lines of a text that are no wider than ``widest`` px. Words that are wider, and Chinese, are parted anywhere."""
    lines = [""]
    for piece in _PIECES.findall(text):
        for part in _parts(piece, widest):
            if lines[-1] and width_of((lines[-1] + part).rstrip()) > widest:
                lines.append("")
            lines[-1] += part
    return [line.strip() for line in lines]


def _parts(word: str, widest: float) -> list[str]:
    parts = [""]
    for char in word:
        before = parts[-1]
        fits = not before or width_of(before + char) <= widest
        # A line does not begin with a mark of punctuation.
        tight = not _is_full(char) or unicodedata.category(char).startswith("P")
        if before and (not fits or ((not tight or _is_full(before[-1])) and char.isalnum())):
            parts.append("")
        parts[-1] += char
    return parts


def _is_full(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if _is_full(char):
        return _FULL
    if char in "iljtfrI.,;:'|!()[]/ ":
        return _NARROW if char not in "rft" else 0.42
    if char in "mwMW@%&…—":
        return _WIDE
    return _UPPER if char.isupper() else _OTHER

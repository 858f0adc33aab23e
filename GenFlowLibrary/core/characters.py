"""Characters that cannot be written or shown: what becomes of them before a text goes on.

A lone surrogate (half of an emoji that something cut in two) can be written to no UTF-8 file: one of them in
a message leaves Robot Framework's output.xml broken, and with it the whole run's log. Control characters give
orders to a terminal.
"""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)  # the last two change direction


def writable(text: str) -> str:
    """Returns a text that can be written as UTF-8: each lone surrogate is U+FFFD, the replacement character."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def on_one_line(text: str) -> str:
    """Returns a text for a message: controls as blanks, every run of blanks as one."""
    return " ".join(_CONTROL.sub(" ", text).split())

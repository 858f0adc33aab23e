"""Fencing untrusted text: whatever the text says, it cannot step out of its fence.

    text -> <data> text, its own fence tags made harmless </data>

The prompt files tell the model that what stands between the tags is data. That holds only if the text cannot
write the tag itself, also not in disguise: ``< / DATA >``, full-width letters, invisible characters in
between.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from jinja2 import Undefined

TAG = "data"

_OPENER = re.compile(
    "[<\uff1c\ufe64]"
)  # the less-than sign, and the two characters that are compatible with it
_SLASHES = "/\u2044\u2215"  # NFKC turns the full-width slash into the first; these two stay as they are
_INVISIBLE = ("Cc", "Cf", "Mn", "Zl", "Zp", "Zs")


def quoted(value: Any) -> str:
    """Returns a value inside the fence tag, for text that comes from outside.

    A text stands as it is, except that the ``<`` of anything that a reader could take for the fence's own tag
    becomes ``&lt;``. Lists and mappings are written as JSON. The same value always gives the same text.
    """
    if isinstance(value, Undefined):
        str(value)  # raises, and names what is missing
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1, default=str)
    harmless = _OPENER.sub(lambda found: _without_tag(text, found), text)
    return f"<{TAG}>\n{harmless}\n</{TAG}>"


def _without_tag(text: str, found: re.Match[str]) -> str:
    return "&lt;" if _names_the_fence(text, found.end()) else found.group()


def _names_the_fence(text: str, start: int) -> bool:
    """Whether the text goes on with the tag's name, leaving out slashes, spaces and what cannot be seen.

    It stops at the first character that does not fit, another ``<`` among them, so that all calls together
    read the text once.
    """
    letters = ""
    for index in range(start, len(text)):
        character = text[index]
        if character in _SLASHES or unicodedata.category(character) in _INVISIBLE:
            continue
        # One character may become several, some of them invisible: the cedilla is a blank and a mark.
        folded = unicodedata.normalize("NFKC", character).casefold()
        letters += "".join(
            c for c in folded if c not in _SLASHES and unicodedata.category(c) not in _INVISIBLE
        )
        if letters.startswith(TAG):
            return True
        if not TAG.startswith(letters):
            return False
    return False

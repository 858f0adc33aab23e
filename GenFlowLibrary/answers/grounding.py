"""Whether what an engine says it found in a text is there at all.

    values, text -> both in one normal form -> the names of the values that do not occur

An engine that extracts must quote. A value that does not occur in the source was made up, worked out or
misread, and all three must be seen before the robot types it into a form.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from GenFlowLibrary.answers.reading import as_text
from GenFlowLibrary.answers.written_dates import is_date_written
from GenFlowLibrary.answers.written_numbers import is_number_written

_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟«»″「」『』", '"'),
        **dict.fromkeys("。｡", "."),
        **dict.fromkeys("、､", ","),
        # Soft hyphen and the characters without width: nobody sees them.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BLANK_AT_CJK = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")


def ungrounded(values: Mapping[str, Any], text: str) -> list[str]:
    """Returns the names of the values that do not occur in ``text``, in their order.

    Texts must occur verbatim but for case, blanks, Unicode width and variants of quotes and dashes, and not
    as a part of a longer number (``GF-104`` does not occur in ``GF-10442``). Numbers and dates must occur in
    a form in which people write them. Lists and records occur when all in them does. ``None``, booleans and
    empty texts claim nothing. HTML in the text is read as a browser shows it. An identifier of letters and digits may be parted
    otherwise than in the text (``GF-10442`` occurs in ``gf 10442``): engines write it in the shape they were shown.
    """
    readings = dict.fromkeys((text, html.unescape(text), as_text(text)))
    written = "\n".join(normal_form(reading) for reading in readings)
    return [name for name in values if not _occurs(values[name], written)]


def normal_form(text: str) -> str:
    """Returns a text as values are looked for in it: NFKC, case folded, plain quotes, dashes, digits, blanks."""
    folded = unicodedata.normalize("NFKC", text).translate(_VARIANTS).casefold()
    folded = "".join(_plain_digit(character) for character in folded)
    return _BLANK_AT_CJK.sub("", " ".join(folded.split()))


def _plain_digit(character: str) -> str:
    return (
        str(unicodedata.decimal(character))
        if character.isdecimal() and not character.isascii()
        else character
    )


def _occurs(value: Any, written: str) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, (int, float, Decimal)):
        return is_number_written(value if isinstance(value, Decimal) else Decimal(repr(value)), written)
    if isinstance(value, date):
        return is_date_written(value, written)
    if isinstance(value, BaseModel):
        return all(_occurs(part, written) for _, part in value)
    if isinstance(value, Mapping):
        return all(_occurs(value[name], written) for name in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(_occurs(part, written) for part in value)
    wanted = normal_form(str(value))
    return _is_text_written(wanted, written) or _is_identifier_written(wanted, written)


# Not a part of another number or word, but for an ending of two letters ("Müller" in "Müllers"). Chinese and Japanese part no words.
_STARTS = {"digit": r"(?<!\d)", "letter": rf"(?<![^\W_{_CJK}])"}
_ENDS = {"digit": r"(?!\d)", "letter": rf"(?![^\W\d_{_CJK}]{{3}})"}


def _sort(character: str) -> str:
    if character.isdecimal():
        return "digit"
    return "letter" if character.isalpha() and not re.match(f"[{_CJK}]", character) else ""


def _is_text_written(wanted: str, written: str) -> bool:
    before, after = _STARTS.get(_sort(wanted[:1]), ""), _ENDS.get(_sort(wanted[-1:]), "")
    return re.search(before + re.escape(wanted) + after, written) is not None


_IDENTIFIER = re.compile(r"(?=.*[a-z])(?=.*\d)[a-z\d]+(?:[-./_ ][a-z\d]+)*")
_GROUPS = re.compile(r"[a-z]+|\d+")


def _is_identifier_written(wanted: str, written: str) -> bool:
    """Whether the groups of letters and of digits of an identifier occur in their order, with little between them."""
    if not _IDENTIFIER.fullmatch(wanted):
        return False
    groups = r"[-./_ ]{0,2}".join(_GROUPS.findall(wanted))
    return re.search(rf"(?<![a-z\d]){groups}(?![a-z\d])", written) is not None

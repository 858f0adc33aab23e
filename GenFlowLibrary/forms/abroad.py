"""A phone number without its country's code, in a field that refuses it so: the country is taken from the data.

phone number + the data's one country -> ``+90 555 0142268``

Only what is certain: one country in the data, a number without a trunk zero (most countries drop it abroad, some keep it). A list of codes
beside the number is left as it is: nobody asked for it, and where it must be chosen from, the table says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.calling_codes import calling_code
from GenFlowLibrary.forms.constraints import check
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.territories import territory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.page import FieldCard

_NATIONAL = re.compile(r"[1-9][\d\s()/.-]{3,}")


def country_of(values: Sequence[object]) -> str:
    """Returns the ISO 3166 code of the one country that values name; empty for none, for several, and for one without a calling code."""
    named = {_country(str(value)) for value in values if value}
    only = named.pop() if len(named) == 1 else ""
    return only if calling_code(only) else ""


def _country(text: str) -> str:
    return territory(text.upper() if len(text) in (2, 3) else text)


def with_code(value: object, country: str, phones: Sequence[FieldCard]) -> str:
    """Returns the number with its country's code where every field for it refuses the bare one and takes this, else an empty text."""
    bare = str(value).strip()
    if not country or not phones or not _NATIONAL.fullmatch(bare):
        return ""
    spaced = f"+{calling_code(country)} {bare}"
    wanted = [spaced, re.sub(r"[^+\d]", "", spaced)]
    if any(_takes(card, bare) for card in phones):
        return ""
    return next((text for text in wanted if all(_takes(card, text) for card in phones)), "")


def _takes(card: FieldCard, text: str) -> bool:
    try:
        check(card, text)
    except ValueRejected:
        return False
    return True

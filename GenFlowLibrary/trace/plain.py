"""Any value of ours as plain, scrubbed data that JSON can hold."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, time
from typing import Any

from GenFlowLibrary.core.secret import SecretHandle

Scrub = Callable[[str], str]
"""Takes the secrets out of a text."""


def plain(value: Any, scrub: Scrub) -> Any:
    """Returns ``value`` as dictionaries, lists, texts, numbers, booleans and ``None``, each text scrubbed.

    Dates become ISO 8601 text, decimals and other objects their text, dataclasses and mappings dictionaries,
    sequences and sets lists. A number that spells a secret becomes the scrubbed text.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        text = scrub(str(value))
        return value if text == str(value) and math.isfinite(value) else text
    if isinstance(value, SecretHandle):
        return value.placeholder
    if isinstance(value, (date, time)):
        return scrub(value.isoformat())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), scrub) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        # By key and not by `items()`: an answer may have a field of that name.
        return {scrub(str(key)): plain(value[key], scrub) for key in value}
    if isinstance(value, (Sequence, Set)) and not isinstance(value, (str, bytes, bytearray)):
        return [plain(item, scrub) for item in value]
    return scrub(str(value))


def canonical(data: Any) -> str:
    """Returns plain data as JSON that is the same text for the same data: sorted keys, no blanks."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

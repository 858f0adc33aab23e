"""A task's inputs as plain data, the same for a template, an engine and a recording.

Decimal("49.90") -> "49.90"    date(2025, 3, 12) -> "2025-03-12"    SecretHandle -> "<secret NAME>"
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from GenFlowLibrary.core.characters import writable
from GenFlowLibrary.core.errors import PromptError
from GenFlowLibrary.core.secret import SecretHandle

_DEEPEST = (
    20  # deeper than any data an analyst writes, and shallow enough to stop at a list that contains itself
)


def plain(value: Any, name: str, depth: int = 0) -> Any:
    """Returns a value as text that can be written, number, boolean, None, or lists and dictionaries of these.

    Args:
        value: What was passed.
        name: What it is called in a complaint, such as ``facts.order_no``.
        depth: How deep in the inputs the value lies.

    Raises:
        PromptError: the value, or one within it, is of another kind, not finite, or nested deeper than 20 levels.
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return writable(str(value))
    if isinstance(value, SecretHandle):
        return value.placeholder
    if isinstance(value, (float, Decimal)):
        return _number(value, name)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if depth >= _DEEPEST:
        raise PromptError(
            f"Expected input '{name}' to be nested at most {_DEEPEST} levels, but it goes deeper; flatten it."
        )
    if isinstance(value, Mapping):
        return {str(key): plain(item, f"{name}.{key}", depth + 1) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [plain(item, f"{name}[{index}]", depth + 1) for index, item in enumerate(value)]
    raise PromptError(
        f"Expected input '{name}' to be text, a number, a date, a list or a dictionary, "
        f"but found a {type(value).__name__}; convert it to one of these."
    )


def _number(value: float | Decimal, name: str) -> float | str:
    if not math.isfinite(value):
        raise PromptError(f"Expected input '{name}' to be a finite number, but found {value}; correct it.")
    return float(value) if isinstance(value, float) else f"{value:f}"

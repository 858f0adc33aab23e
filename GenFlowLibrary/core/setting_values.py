"""A raw value, a text from a file or the environment or a typed one, as what its setting wants."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from GenFlowLibrary.core.environment_secret import ENVIRONMENT, EnvironmentHandle
from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.keyring_secret import KEYRING, KeyringHandle
from GenFlowLibrary.core.limits import LIMITS
from GenFlowLibrary.core.secret import SecretHandle

CHOICES: Mapping[str, tuple[str, ...]] = {
    "recording": ("off", "record", "replay", "auto"),
    "learned": ("learn", "replay", "heal", "off"),
    "heal_changes": ("auto", "allow", "recommend"),
    "api": ("chat", "responses", "completions"),
    "provider": ("openai", "azure", "bedrock", "vertex"),
    "structured": ("auto", "json_schema", "json_object_schema", "json_object", "prompt"),
    "confidence": ("off", "measured", "decisions"),
    "redaction": ("off", "on", "required"),
    "redaction_with": ("patterns", "presidio"),
    "cache": ("off", "on"),
    "telemetry": ("off", "on"),
    "telemetry_content": ("off", "on"),
}
PATHS = ("recordings", "prompts", "learned_plans", "prices", "day_spending", "cache_file")
"""Folders and files; in a settings file they are meant from where that file lies."""

_LISTS = ("personal", "redaction_countries", "fallback")
_COUNTS = ("max_attempts", "max_tokens", *(name for name in LIMITS if "calls" in name or "tokens" in name))
_PRICES = ("prompt_price", "completion_price")
_AMOUNTS = tuple(name for name in LIMITS if "cost" in name)
_SECONDS = ("timeout", "cache_ttl", *(name for name in LIMITS if "seconds" in name))
_INTEGERS = (*_COUNTS, "seed")
_NUMBERS = (*_INTEGERS, *_AMOUNTS, *_PRICES, *_SECONDS, "temperature", "escalate_below")
_POSITIVE = (*_COUNTS, *_AMOUNTS, *_SECONDS)
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,29}")


def convert(name: str, value: Any, source: str) -> Any:
    """Returns a raw value as the setting's kind.

    Raises:
        SettingsError: the value cannot be one of that setting; a key is not quoted in it.
    """
    if name == "redaction_patterns":
        return _patterns(name, value, source)
    if name in _LISTS:
        return _names(name, value, source)
    if name == "trace":
        return _boolean(name, value, source)
    if name in _NUMBERS:
        return _number(name, value, source)
    if name == "api_key" and isinstance(value, SecretHandle):
        return value
    if not isinstance(value, (str, os.PathLike)):
        raise SettingsError(
            f"Expected {name} to be a text, but {source} sets it to something else; put it in quotes."
        )
    if name == "api_key":
        return _key(str(value))
    return Path(value) if name in PATHS else _text(name, value, source)


def _key(text: str) -> SecretHandle:
    if text.startswith(KEYRING):
        return KeyringHandle(text)
    return (
        EnvironmentHandle(text, os.environ) if text.startswith(ENVIRONMENT) else SecretHandle("api_key", text)
    )


def _text(name: str, value: Any, source: str) -> str | None:
    text = str(value).strip()
    choices = CHOICES.get(name)
    if choices:
        text = text.lower()
        if text not in choices:
            raise SettingsError(
                f"Expected {name} to be one of {', '.join(choices)}, but {source} sets it to '{text}'; choose one of them."
            )
    return text or None


def _number(name: str, value: Any, source: str) -> int | float | Decimal:
    kind: Callable[[str], int | float | Decimal] = float
    if name in _INTEGERS:
        kind = int
    elif name in _AMOUNTS or name in _PRICES:
        kind = Decimal
    try:
        number = kind(str(value).strip())
        if not math.isfinite(number):
            raise ValueError
    except (ValueError, ArithmeticError):
        raise SettingsError(
            f"Expected {name} to be a {'whole ' if kind is int else ''}number, "
            f"but {source} sets it to '{value}'; write it like {'4' if kind is int else '30.0'}."
        ) from None
    if name in _POSITIVE and not number > 0:
        raise SettingsError(f"Expected {name} to be above zero, but {source} sets it to {value}; raise it.")
    if name in _PRICES and number < 0:
        raise SettingsError(
            f"Expected {name} to be zero or more, but {source} sets it to {value}; correct it."
        )
    if name == "escalate_below" and not 0 < number <= 1:
        raise SettingsError(
            f"Expected {name} to be a probability above 0 and at most 1, but {source} sets it to {value}; "
            "write it like 0.8."
        )
    return number


def _boolean(name: str, value: Any, source: str) -> bool:
    text = str(value).strip().lower()
    if text in ("true", "yes", "on", "1"):
        return True
    if text in ("false", "no", "off", "0"):
        return False
    raise SettingsError(
        f"Expected {name} to be true or false, but {source} sets it to '{value}'; write true or false."
    )


def _names(name: str, value: Any, source: str) -> tuple[str, ...]:
    """Returns a list of names, which a text gives with commas between them."""
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, Sequence) or not all(isinstance(item, str) for item in items):
        raise SettingsError(
            f"Expected {name} to be names with commas between them, but {source} sets it to something else; "
            "write it like customer, address."
        )
    return tuple(item.strip() for item in items if item.strip())


def _patterns(name: str, value: Any, source: str) -> tuple[tuple[str, str], ...]:
    """Returns kind -> regular expression as pairs; in the environment they are written as a JSON object."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    if not isinstance(value, Mapping) or not all(isinstance(pattern, str) for pattern in value.values()):
        raise SettingsError(
            f"Expected {name} to map a kind to a regular expression, but {source} sets it to something else; "
            'write it like {"CUSTOMER_NO": "KD-[0-9]{6}"}.'
        )
    for kind, pattern in value.items():
        _check_pattern(str(kind), pattern, source)
    return tuple((str(kind).upper(), pattern) for kind, pattern in value.items())


def _check_pattern(kind: str, pattern: str, source: str) -> None:
    if not _KIND.fullmatch(kind) or kind[-1] == "_":
        raise SettingsError(
            f"Expected the kinds of redaction_patterns to be words of letters, digits and _, but {source} has '{kind}'; "
            "write it like CUSTOMER_NO."
        )
    try:
        matches_nothing = re.compile(pattern).match("") is not None
    except (re.error, RecursionError) as problem:
        raise SettingsError(
            f"Expected the pattern of {kind} in redaction_patterns to be a regular expression, "
            f"but {source} has '{pattern}', which is none ({problem}); correct it."
        ) from None
    if matches_nothing:
        raise SettingsError(
            f"Expected the pattern of {kind} in redaction_patterns to match some characters, "
            f"but that of {source}, '{pattern}', matches an empty text; correct it."
        )

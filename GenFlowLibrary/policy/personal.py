"""Values of inputs that the user marked as personal, and finding them again in a text.

inputs + names of keys -> the values below those keys -> the same words in a text, whatever their case and spacing
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from GenFlowLibrary.policy.detecting import WORD, Finding
from GenFlowLibrary.policy.placeholders import in_json

_SHORTEST_TEXT, _SHORTEST_NUMBER = 2, 3
"""Characters. Anything shorter would be found everywhere."""
_SHORTEST_PART = 3
_FEW_WORDS = range(2, 5)
_NAME = re.compile(r"[^\W\d_]+(?:[\s.,'’-]+[^\W\d_]+)*\.?")
_PARTS = re.compile(r"[^\W\d_]+")
_SHORTEST_REMAINDER = 6
"""Characters of a value, without spaces and signs, that are looked for in what goes out; shorter ones occur within words."""


@dataclass(frozen=True)
class PersonalValue:
    """A value, its kind (from the name of its key), and whether it can be found again in a text without finding much else."""

    key: str
    kind: str
    text: str

    @property
    def can_be_found(self) -> bool:
        """Whether it is long enough."""
        return len(self.text) >= (_SHORTEST_NUMBER if self.text.isdigit() else _SHORTEST_TEXT)


def is_personal(key: str, names: Iterable[str]) -> bool:
    """Whether a key is among the names, whatever their case, spaces and hyphens."""
    return _plain_name(key) in {_plain_name(name) for name in names}


def kind_of(key: str) -> str:
    """Returns the kind of placeholder for the values of a key: ``Customer name`` gives ``CUSTOMER_NAME``."""
    kind = re.sub(r"[^\w]+", "_", key).strip("_").upper()[:30].rstrip("_")
    return kind if kind and not kind[0].isdigit() else "PERSONAL"


def personal_values(data: Any, names: Sequence[str], key: str = "") -> Iterator[PersonalValue]:
    """Yields the values below the marked keys, at any depth; what is empty is nobody's data."""
    if isinstance(data, Mapping):
        for name in data:
            marked = key or (str(name) if is_personal(str(name), names) else "")
            yield from personal_values(data[name], names, marked)
    elif isinstance(data, (list, tuple)):
        for item in data:
            yield from personal_values(item, names, key)
    elif key and data is not None and str(data).strip():
        yield PersonalValue(key, kind_of(key), str(data).strip())


class PersonalWords:
    """Finds personal values in texts: the whole value in any case and spacing, and for a name also its single words."""

    def __init__(self, values: Iterable[PersonalValue]) -> None:
        self._kinds: dict[str, str] = {}
        wholes: dict[str, str] = {}
        parts: dict[str, str] = {}
        for value in values:
            if not value.can_be_found:
                continue
            wholes.setdefault(value.text, value.kind)
            for part in _name_parts(value.text):
                parts.setdefault(part, value.kind)
        self._wholes = [(_whole_pattern(text), kind) for text, kind in _longest_first(wholes)]
        self._parts = [(_bounded(re.escape(text)), kind) for text, kind in _longest_first(parts)]

    def find(self, text: str, language: str | None = None) -> Iterable[Finding]:
        """Yields where the values stand, whole ones and longer ones first."""
        for pattern, kind in (*self._wholes, *self._parts):
            for found in pattern.finditer(text):
                yield Finding(found.start(), found.end(), kind)


def remainder(value: PersonalValue, text: str) -> bool:
    """Whether a value still stands in a text in some other writing: other spaces, signs or case."""
    sought = _squeezed(value.text)
    return len(sought) >= _SHORTEST_REMAINDER and sought in _squeezed(text)


def written_forms(value: str) -> list[str]:
    """Returns a value as it stands in a text, in JSON and in HTML, without repetition."""
    in_html = (html.escape(value, quote=quote) for quote in (True, False))
    return list(dict.fromkeys((value, in_json(value), json.dumps(value)[1:-1], *in_html)))


def _plain_name(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip()).casefold()


def _longest_first(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(texts.items(), key=lambda item: -len(item[0]))


def _name_parts(text: str) -> Iterator[str]:
    """Yields the single words of what looks like a name: few words, letters only, each with a capital."""
    words = _PARTS.findall(text)
    if len(words) not in _FEW_WORDS or not _NAME.fullmatch(text):
        return
    yield from (word for word in words if len(word) >= _SHORTEST_PART and word[0].isupper())


def _whole_pattern(text: str) -> re.Pattern[str]:
    alternatives = [r"\s+".join(map(re.escape, form.split())) for form in written_forms(text)]
    return _bounded("|".join(alternatives), re.IGNORECASE)


def _bounded(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Returns a pattern that matches whole words only, so that Ann is not found in Annual."""
    starts, ends = rf"(?<!{WORD})(?={WORD})|(?!{WORD})", rf"(?<={WORD})(?!{WORD})|(?<!{WORD})"
    return re.compile(f"(?:{starts})(?:{pattern})(?:{ends})", flags)


def _squeezed(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())

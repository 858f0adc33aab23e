"""One written condition: a fact's name, an operator, a value.

    "amount is at most 200"  ->  Clause(fact="amount", operator="at most", values=("200",))

English and Chinese operators; numbers compare exactly, as decimals, dates like 2026-03-05 as dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Tried in this order: the longer reading of "is not known" must come before "is not", and that before "is".
_OPERATORS: tuple[tuple[str, str], ...] = (
    (
        "missing",
        r"\s+is\s+(?:missing|unknown|empty|absent|null|not\s+(?:known|given|present))\b|\s*(?:缺失|未知|为空)",
    ),
    ("known", r"\s+is\s+(?:known|given|present|not\s+(?:missing|empty|absent|null))\b|\s+exists\b|\s*已知"),
    ("true", r"\s+is\s+true\b|\s*(?:是真|为真)"),
    ("false", r"\s+is\s+false\b|\s*(?:是假|为假)"),
    ("none of", r"\s+is\s+(?:not\s+one|none)\s+of\b"),
    ("one of", r"\s+is\s+one\s+of\b"),
    (
        "at least",
        r"\s+is\s+(?:at\s+least|not\s+below|(?:not|no)\s+less\s+than|(?:more|greater|larger|higher)\s+than\s+or\s+equal(?:\s+to)?)\b",
    ),
    ("at least", r"(?:\s+is)?\s*(?:>=|≥|至少|不少于|不低于|大于或?等于)"),
    (
        "at most",
        r"\s+is\s+(?:at\s+most|up\s+to|not\s+above|(?:not|no)\s+more\s+than|(?:less|smaller|lower)\s+than\s+or\s+equal(?:\s+to)?)\b",
    ),
    ("at most", r"(?:\s+is)?\s*(?:<=|≤|至多|最多|不超过|不大于|小于或?等于)"),
    ("above", r"\s+is\s+(?:above|over|after|(?:more|greater|larger|higher)\s+than)\b"),
    ("above", r"(?:\s+is)?\s*(?:>|大于|超过|高于|晚于)"),
    ("below", r"\s+is\s+(?:below|under|before|(?:less|smaller|lower)\s+than)\b"),
    ("below", r"(?:\s+is)?\s*(?:<(?!>)|小于|低于|少于|早于)"),
    ("not contains", r"\s+does\s+not\s+contain\b|\s*不包含"),
    ("contains", r"\s+contains\b|\s*包含"),
    ("is not", r"\s+is\s+not\b|\s*(?:!=|<>|≠|不是|不等于)"),
    ("is", r"\s+is(?:\s*==?|\b)|\s*(?:==?|是|等于)"),
)
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _OPERATORS)
_ALONE = ("missing", "known", "true", "false")
_ORDERED = ("at least", "at most", "above", "below")
OPERATORS_SHOWN = (
    "is, is not, is one of, is known, is missing, is true, is false, contains, "
    "is at least, is at most, is above, is below"
)

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_TWO_READINGS = re.compile(r"[+-]?\d{1,3}\.\d{3}", re.ASCII)
"""1.000 is a thousand to half of Europe and one to the other half of the world."""
_CURRENCY = r"(?:[€$£¥￥元]|(?i:eur|usd|gbp|cny|rmb|chf|jpy|sek|euros?|dollars?))"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_QUOTED = re.compile(r"[\"'“‘](.*)[\"'”’]", re.DOTALL)
_NOT_A_VALUE = re.compile(
    r"(?:between|in|like|within|around|about|longer|older|younger|earlier|later)\b", re.IGNORECASE
)
_MOST_WORDS = 5
"""Words of an unquoted value. More is a sentence that begins like a condition and could never hold as one."""


@dataclass(frozen=True)
class Clause:
    """A fact, an operator by its English name, and the values compared with."""

    fact: str
    operator: str
    values: tuple[str, ...] = ()

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Returns whether the condition holds; with a missing fact nothing holds but that it is missing.

        Raises:
            InputError: a fact is of a kind that cannot be compared with the value, such as a text that is to be above a number.
        """
        found = facts.get(self.fact)
        if is_missing(found):
            return self.operator == "missing"
        if self.operator in ("known", "missing"):
            return self.operator == "known"
        if self.operator in ("true", "false"):
            return _is_truth(found, self.operator == "true")
        if self.operator in _ORDERED:
            return _compare(self.fact, found, self.operator, self.values[0])
        if self.operator.endswith("contains"):
            return any(_contains(found, value) for value in self.values) != self.operator.startswith("not")
        self._refuse_words_for(found)
        return any(_equal(found, value) for value in self.values) == (self.operator in ("is", "one of"))

    def _refuse_words_for(self, found: object) -> None:
        """Refuses "amount is positive": no number is equal to a word, so nobody would learn that it never holds."""
        if not isinstance(found, (int, float, Decimal)) or isinstance(found, bool):
            return
        for value in self.values:
            if not isinstance(_key(value), Decimal):
                raise InputError(
                    f"Expected a number like 1234.50 in the condition on '{self.fact}', which is {found}, "
                    f"but found '{value}'; write a number, or one of {OPERATORS_SHOWN}."
                )


def read_clause(text: str, names: Mapping[str, str]) -> Clause | None:
    """Returns the condition that a text is, ``None`` if it does not start with a fact and an operator.

    ``names`` maps each way to write a fact (lower case, blanks for underscores) to the fact.

    Raises:
        InputError: it starts like a condition and has no value, or one that its operator cannot work with.
    """
    for written in sorted(names, key=len, reverse=True):
        pattern = re.sub(r"(?:\\ |\\?_)+", r"[\\s_]+", re.escape(written))
        match = re.match(rf"(?:(?:the|a|an)\s+)?{pattern}", text, re.IGNORECASE)
        found = match and read_operator(text, match.end())
        if found:
            operator, end = found
            return Clause(names[written], operator, _values(operator, text[end:].strip(), text))
    return None


def read_operator(text: str, start: int) -> tuple[str, int] | None:
    """Returns the operator that begins at a place of a text, and where it ends."""
    for name, pattern in _COMPILED:
        match = pattern.match(text, start)
        if match:
            return name, match.end()
    return None


def is_missing(value: object) -> bool:
    """Whether a fact's value says nothing: ``None``, a blank text, or an empty list."""
    return value is None or value in ("", [], (), {}) or (isinstance(value, str) and not value.strip())


def unquoted(value: str) -> str:
    """Returns a value without the quotes around it."""
    match = _QUOTED.fullmatch(value.strip())
    return (match[1] if match else value).strip()


def _values(operator: str, value: str, text: str) -> tuple[str, ...]:
    if operator in _ALONE:
        if value:
            raise InputError(
                f"Expected nothing behind '{text[: -len(value)].strip()}', but found '{value}'; "
                "end the condition there, or write the sentence without these words."
            )
        return ()
    if not value:
        raise InputError(
            f"Expected a value at the end of the condition '{text}', but found none; write the value."
        )
    if operator in _ORDERED:
        if _key(value) is None:
            raise InputError(
                f"Expected a number like 1234.50 or a date like 2026-03-05 in the condition '{text}', "
                f"but found '{value}'; write it in digits, and a thousand as 1000 or 1,000."
            )
    elif not _QUOTED.fullmatch(value) and (_NOT_A_VALUE.match(value) or len(value.split()) > _MOST_WORDS):
        raise InputError(
            f"Expected a value in the condition '{text}', but found '{value}'; use one of {OPERATORS_SHOWN}, "
            "and put a longer value in quotes."
        )
    return (unquoted(value),)


def _key(value: object) -> Decimal | date | None:
    """Returns what a value is ordered by: an exact number, or a date; ``None`` if it is neither."""
    if isinstance(value, (bool, datetime)):
        return value.date() if isinstance(value, datetime) else None
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number if number.is_finite() else None
    if isinstance(value, date):
        return value
    text = unquoted(str(value))
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    text = re.sub(rf"^{_CURRENCY}\s*|\s*{_CURRENCY}$", "", text)
    if not _NUMBER.fullmatch(text) or _TWO_READINGS.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def _compare(fact: str, found: object, operator: str, value: str) -> bool:
    left, right = _key(found), _key(value)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        order = left.compare(right)
    elif isinstance(left, date) and isinstance(right, date):
        order = Decimal((left - right).days)
    else:
        # Neither answer would be true: "1.250,00 EUR" is not above 200, and not at most 200 either.
        kind = "number like 1234.50" if isinstance(right, Decimal) else "date like 2026-03-05"
        raise InputError(
            f"Expected the fact '{fact}' to be a {kind}, for a condition compares it with {value}, "
            f"but it is '{found}'; extract it with that type or write it so."
        )
    return {"above": order > 0, "at least": order >= 0, "below": order < 0, "at most": order <= 0}[operator]


def _equal(found: object, value: str) -> bool:
    if isinstance(found, bool):
        return _is_truth(found, True) == (value.casefold() in _TRUE) and value.casefold() in _TRUE + _FALSE
    left, right = _key(found), _key(value)
    if left is not None and right is not None:
        return left == right
    return _folded(found) == _folded(value)


def _contains(found: object, value: str) -> bool:
    if isinstance(found, (list, tuple, set, frozenset)):
        return any(_equal(item, value) for item in found)
    return _folded(value) in _folded(found)


_TRUE = ("true", "yes", "是", "真")
_FALSE = ("false", "no", "否", "假")


def _is_truth(found: object, wanted: bool) -> bool:
    if isinstance(found, bool):
        return found is wanted
    return isinstance(found, str) and found.strip().casefold() in (_TRUE if wanted else _FALSE)


def _folded(value: object) -> str:
    """Returns a text to compare: neither case counts nor what joins words (blanks, hyphens, underscores)."""
    return " ".join(re.sub(r"[_\-‐‑–]+", " ", str(value)).casefold().split())

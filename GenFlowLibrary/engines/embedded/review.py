"""Review: what words and numbers can settle of a check, and "unclear" for all the rest.

    "Notice period: at most 30 days" -> sentences with all words of "notice period" -> their values in days -> one value: compared

Settled is a check with a written bound on a number with its unit, where exactly one value of that unit stands beside its words. A sentence
that states a bound or an exception itself settles nothing, and neither does the absence of words: the text may say it otherwise.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.reading import plain
from GenFlowLibrary.answers.sentences import sentences
from GenFlowLibrary.engines.embedded.amounts import read_number
from GenFlowLibrary.engines.embedded.words import terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set
    from decimal import Decimal

# fmt: off
_BOUNDS = (
    ("at most", r"at\s+most|no\s+more\s+than|not\s+more\s+than|up\s+to|höchstens|maximal|max(?:imum)?\b\.?|<=|≤|不超过|最多|至多"),
    ("at least", r"at\s+least|no\s+less\s+than|not\s+less\s+than|mindestens|minimal|min(?:imum)?\b\.?|>=|≥|不少于|最少|至少"),
    ("above", r"above|over|more\s+than|über|mehr\s+als|>|超过|大于"),
    ("below", r"below|under|less\s+than|unter|weniger\s+als|<|少于|小于"),
    ("exactly", r"exactly|is|=|genau|ist|等于|为"),
)
_UNITS = (
    ("days", r"(?:calendar\s+|kalender)?(?:days?|tage?n?)\b|天|(?<!工作)日"),
    ("working days", r"(?:working|business)\s+days?\b|(?:werk|arbeits)tage?n?\b|个?工作日"),
    ("weeks", r"weeks?\b|wochen?\b|个?星期|周"),
    ("months", r"months?\b|monate?n?\b|个?月"),
    ("years", r"years?\b|jahre?n?\b|年"),
    ("hours", r"hours?\b|stunden?\b|个?小时"),
    ("per cent", r"%|per\s?cent\b|percent\b|prozent\b"),
    ("EUR", r"€|eur\b|euros?\b|欧元"),
    ("USD", r"\$|usd\b|dollars?\b|美元"),
    ("GBP", r"£|gbp\b|pounds?\b"),
    ("CNY", r"¥|￥|cny\b|rmb\b|yuan\b|元|人民币"),
)
# fmt: on
_UNIT = "|".join(f"(?P<unit{at}>{pattern})" for at, (_, pattern) in enumerate(_UNITS))
_BEFORE_UNIT = r"€|\$|£|¥|￥|EUR|USD|GBP|CNY"
_NUMBER = r"\d+(?:[.,'’\u00a0]\d+)*"
_VALUE = re.compile(
    rf"(?:(?P<before>{_BEFORE_UNIT})\s?(?P<money>{_NUMBER}))|(?<![\dA-Za-z.,])(?P<number>{_NUMBER})\)?\s*-?(?:{_UNIT})",
    re.IGNORECASE,
)
_CRITERION = re.compile(
    rf"(?:is\s+)?(?P<bound>{'|'.join(pattern for _, pattern in _BOUNDS)})\s*(?P<value>.+)", re.IGNORECASE
)
_NOT_PLAIN = re.compile(
    r"\b(?:not|no|never|unless|except|if|may|least|most|minimum|maximum|min|max|more|less|over|under|exceed\w*|up\s+to|between|or|from"
    r"|nicht|kein\w*|außer|sofern|wenn|mindestens|höchstens|maximal|minimal|mehr|weniger|bis|zwischen|oder)\b"
    r"|不|除非|如果|至少|最少|至多|最多|超过|以上|以下|以内|或",
    re.IGNORECASE,
)
"""What makes a sentence more than the statement of a value."""
_CANNOT = "This check needs a language model: the embedded engine settles only bounds on a number with its unit, such as 'at most 30 days'."


@dataclass(frozen=True)
class _Value:
    number: Decimal
    unit: str


@dataclass(frozen=True)
class _Sentence:
    """A sentence as it stands in the text, with plain digits and letters, and the names of its terms."""

    written: str
    plain: str
    terms: Set[str]


@dataclass(frozen=True)
class _Stated:
    value: _Value
    sentence: _Sentence


def review(text: str, checks: Sequence[Mapping[str, Any]]) -> str:
    """Returns quotation, reason and verdict of each check as JSON. ``checks`` have ``number``, ``name`` and ``criterion``."""
    said = [
        _Sentence(sentence, plain(sentence), terms(plain(sentence)).keys()) for sentence in sentences(text)
    ]
    answer: dict[str, str] = {}
    for check in checks:
        quote, reason, verdict = _judge(str(check["name"]), str(check.get("criterion") or ""), said)
        number = check["number"]
        answer.update({f"quote_{number}": quote, f"reason_{number}": reason, f"verdict_{number}": verdict})
    return json.dumps(answer, ensure_ascii=False)


def _judge(name: str, criterion: str, said: Sequence[_Sentence]) -> tuple[str, str, str]:
    """Returns quotation, reason and verdict."""
    bound = _read_criterion(criterion)
    if bound is None:
        return "", _CANNOT, "unclear"
    operator, wanted = bound
    speaking = _speaking_of(name, said)
    if not speaking:
        return "", f"No sentence has the words of '{name}'; the text may say it in others.", "unclear"
    stated = [_Stated(value, one) for one in speaking for value in _values(one.plain)]
    # Of no value, or of other values beside the one in question, nobody can tell here what they are.
    if {one.value.unit for one in stated} != {wanted.unit} or len({one.value for one in stated}) > 1:
        found = ", ".join(dict.fromkeys(f"{one.value.number:f} {one.value.unit}" for one in stated))
        # A sentence without a value is quoted only where it may change one that stands in another part of the document.
        doubtful = stated[0].sentence if stated else next(filter(_is_not_plain, speaking), None)
        quote = doubtful.written if doubtful else ""
        return quote, f"Expected one value in {wanted.unit}, found {found or 'no value'}.", "unclear"
    quote, number = stated[0].sentence.written, stated[0].value.number
    if any(map(_is_not_plain, speaking)):
        why = "The text states a bound, a condition or a negation, which is no plain value."
        return quote, why, "unclear"
    why = f"It states {number:f} {wanted.unit}; wanted is {operator} {wanted.number:f} {wanted.unit}."
    return quote, why, "met" if _holds(number, operator, wanted.number) else "broken"


def _read_criterion(criterion: str) -> tuple[str, _Value] | None:
    """Returns the operator and the value of a bound, ``None`` where the criterion says anything else or more."""
    match = _CRITERION.fullmatch(plain(criterion).strip().rstrip(".。"))
    value = match and _VALUE.fullmatch(match["value"].strip())
    read = value and _value(value)
    if not match or not read:
        return None
    operator = next(name for name, pattern in _BOUNDS if re.fullmatch(pattern, match["bound"], re.IGNORECASE))
    return operator, read


def _speaking_of(name: str, said: Sequence[_Sentence]) -> list[_Sentence]:
    """Returns the sentences that have every word of a name: its stems, and the pairs of its Chinese characters, or else its concepts."""
    asked = terms(plain(name))
    wanted = [term for term in asked if term[0] in "wz"] or [term for term in asked if term[0] == "c"]
    return [one for one in said if wanted and all(term in one.terms for term in wanted)]


def _is_not_plain(sentence: _Sentence) -> bool:
    return _NOT_PLAIN.search(sentence.plain) is not None


def _values(sentence: str) -> list[_Value]:
    return [value for match in _VALUE.finditer(sentence) if (value := _value(match))]


def _value(match: re.Match[str]) -> _Value | None:
    if match["before"]:
        unit = next(name for name, pattern in _UNITS if re.fullmatch(pattern, match["before"], re.IGNORECASE))
        number = read_number(match["money"], money=True)
    else:
        unit = next(name for at, (name, _) in enumerate(_UNITS) if match[f"unit{at}"])
        number = read_number(match["number"], money=unit.isupper())
    return None if number is None else _Value(number, unit)


def _holds(found: Decimal, operator: str, wanted: Decimal) -> bool:
    return {
        "at most": found <= wanted,
        "at least": found >= wanted,
        "above": found > wanted,
        "below": found < wanted,
        "exactly": found == wanted,
    }[operator]

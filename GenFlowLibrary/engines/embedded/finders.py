"""Which values of a text can belong to a field: one finder a type, and how a label makes one of them surer.

field -> finder of its type -> candidates -> labelled candidates
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from GenFlowLibrary.engines.embedded import identifiers
from GenFlowLibrary.engines.embedded.amounts import find_money, find_numbers
from GenFlowLibrary.engines.embedded.candidates import (
    EXPLICIT,
    LABELLED,
    Candidate,
    labelled,
    unless_explicit,
)
from GenFlowLibrary.engines.embedded.dates import find_dates, find_datetimes
from GenFlowLibrary.engines.embedded.labels import Labels, labels_of, words_of
from GenFlowLibrary.engines.embedded.statements import find_options, read_yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from GenFlowLibrary.answers.schema import SchemaField

_OF_KIND = {
    "email": (identifiers.find_emails, "a mail address"),
    "phone": (identifiers.find_phones, "a phone number"),
    "website": (identifiers.find_links, "a web address"),
}
_IDENTIFIER = re.compile(r"\b(?:no|nr|number|id|code|reference|ref|nummer|numero)\b|号|编码|代码")
_MONEY = re.compile(
    r"\b(?:money|currency|eur|euros?|usd|dollars?|gbp|pounds?|cny|rmb|chf|geld|argent|dinero)\b|[€$£¥元]|货币|钱"
)
_PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b|Prozent\b)")
_STATES = re.compile(r"\b(?:is|was|ist|war|est|es)\b|[:=是为]")


def find(text: str, field: SchemaField) -> list[Candidate]:
    """Returns the values that a text has for a field (for the items of a list), in the order of the text."""
    kind = (field.type.item or field.type).kind
    finder = _FINDERS.get(kind)
    return finder(text, field, labels_of(field)) if finder else []


def looked_for(field: SchemaField) -> str:
    """Returns what `find` searches a text for, as a part of a sentence."""
    kind = (field.type.item or field.type).kind
    labels = labels_of(field)
    shapes = identifiers.shapes_in(field.description)
    if kind == "str" and shapes:
        return f"like {' or '.join(shapes)}"
    if kind == "str" and labels.kind in _OF_KIND:
        return _OF_KIND[labels.kind][1]
    if kind in ("Decimal", "float") and _is_money(field, labels):
        return "an amount with its currency, or a number behind a label"
    return {
        "date": "a date with its year",
        "datetime": "a date with its year and a time",
        "Literal": f"one of {', '.join((field.type.item or field.type).options)}",
        "bool": f"yes or no behind the label '{words_of(field.name)}:'",
    }.get(kind, f"behind a label such as '{words_of(field.name)}:'")


def _find_text(text: str, field: SchemaField, labels: Labels) -> list[Candidate]:
    shapes = identifiers.shapes_in(field.description)
    if shapes:
        found = [one for shape in shapes for one in identifiers.find_shape(text, shape)]
        return unless_explicit(labelled(found, text, labels))
    if labels.kind in _OF_KIND:
        return labelled(_OF_KIND[labels.kind][0](text), text, labels)
    if labels.kind.endswith("_number") or _IDENTIFIER.search(words_of(field.name)):
        others = [*find_dates(text).found, *find_money(text)]
        tokens = labelled(_apart_from(others, identifiers.find_tokens(text)), text, labels)
        return [one for one in tokens if one.strength >= LABELLED]
    return [
        Candidate(value, match.start("value"), match.end("value"), EXPLICIT, same=value.casefold())
        for match in labels.line.finditer(text)
        for value in _items(match["value"], is_list=field.type.kind == "list")
    ]


def _items(value: str, *, is_list: bool) -> list[str]:
    """Returns the value behind a label, up to where the next label of the same line begins; of a list its items."""
    value = re.split(r"[,;，]\s*[^\W\d_][\w ]{0,30}:", value, maxsplit=1)[0]
    items = re.split(r"[,，、]", value) if is_list else [value]
    return [stripped for item in items if (stripped := item.strip().rstrip(",，。").strip())]


def _find_decimal(text: str, field: SchemaField, labels: Labels) -> list[Candidate]:
    if not _is_money(field, labels):
        return _find_number(text, field, labels)
    money = find_money(text)
    plain = labelled(
        _apart_from([*find_dates(text).found, *money], find_numbers(text, money=True)), text, labels
    )
    stated = [one for one in plain if one.strength >= LABELLED and _is_stated(text, one, labels)]
    return sorted([*unless_explicit(labelled(money, text, labels)), *stated], key=lambda one: one.start)


def _is_stated(text: str, one: Candidate, labels: Labels) -> bool:
    """Whether a number without a currency is an amount: "amount: 42.50", "the amount is 42.50", but not "paid 3 weeks ago"."""
    before = labels.before(text, one.start)
    counts_something = re.match(r"\s?[^\W\d_]", text[one.end : one.end + 2])
    return before is not None and bool(_STATES.search(before)) and not counts_something


def _find_number(text: str, field: SchemaField, labels: Labels) -> list[Candidate]:
    """Returns the numbers behind a label, or before the field's own word (``weeks: int`` in "3 weeks")."""
    numbers = _apart_from(find_dates(text).found, find_numbers(text, money=False))
    if (field.type.item or field.type).kind == "int":
        numbers = [one for one in numbers if one.same == one.same.to_integral_value()]  # type: ignore[attr-defined]
    found = [one for one in labelled(numbers, text, labels) if one.strength >= LABELLED]
    if labels.kind == "percentage":
        return found or [one for one in numbers if _PERCENT.match(text, one.end)]
    word = re.compile(
        rf"\s?{re.escape(words_of(field.name).rstrip('s'))}(?:s|en|e|n)?(?![a-z])", re.IGNORECASE
    )
    return found or [one for one in numbers if word.match(text, one.end)]


def _find_date(text: str, _: SchemaField, labels: Labels) -> list[Candidate]:
    return labelled(find_dates(text).found, text, labels)


def _find_datetime(text: str, _: SchemaField, labels: Labels) -> list[Candidate]:
    return labelled(find_datetimes(text), text, labels)


def _find_bool(text: str, _: SchemaField, labels: Labels) -> list[Candidate]:
    found = []
    for match in labels.line.finditer(text):
        said = read_yes_or_no(match["value"])
        if said is not None:
            found.append(Candidate(said, match.start("value"), match.end("value"), EXPLICIT))
    return found


def _find_option(text: str, field: SchemaField, labels: Labels) -> list[Candidate]:
    options = (field.type.item or field.type).options
    stated = [
        Candidate(str(one.value), match.start("value"), match.end("value"), EXPLICIT)
        for match in labels.line.finditer(text)
        for one in find_options(match["value"], options)
    ]
    return stated or find_options(text, options)


def _is_money(field: SchemaField, labels: Labels) -> bool:
    return (
        labels.kind == "amount"
        or labels.kind.endswith("_amount")
        or bool(_MONEY.search(field.description.casefold()))
    )


def _apart_from(others: Iterable[Candidate], found: Iterable[Candidate]) -> list[Candidate]:
    """Returns what overlaps none of the others: the year of a date is no number, the digits of an amount no identifier."""
    taken = [(one.start, one.end) for one in others]
    return [one for one in found if not any(one.start < end and start < one.end for start, end in taken)]


_FINDERS: dict[str, Callable[[str, SchemaField, Labels], list[Candidate]]] = {
    "str": _find_text,
    "int": _find_number,
    "float": _find_decimal,
    "Decimal": _find_decimal,
    "date": _find_date,
    "datetime": _find_datetime,
    "bool": _find_bool,
    "Literal": _find_option,
}

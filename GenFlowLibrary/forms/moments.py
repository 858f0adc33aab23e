"""A date with a time whose form asks for both in fields of their own: ``Collection: Date [ ] Time [ ]``.

cards -> a date field and the time field after it -> the key that means both -> its date here, its time there

What both fields are of is told by the heading or label over them (``Collection``), by what their labels share (``Pickup date``, ``Pickup
time``), or by the one label that the first of them has.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.dates import a_date, a_datetime
from GenFlowLibrary.forms.instruction import without_instructions
from GenFlowLibrary.forms.key_reading import PART_OF
from GenFlowLibrary.forms.lexicon import read
from GenFlowLibrary.forms.match import Match, match
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard

_REMEDY = "write the date with its time, like 2026-04-03 14:30"
_UNTOLD = ("name", "id", "placeholder", "")


@dataclass(frozen=True)
class Moments:
    """The data with its moments cut in two, where the two belong, and what to do about keys that could not be cut."""

    data: Mapping[str, object]
    matches: tuple[Match, ...] = ()
    remedies: Mapping[str, str] = field(default_factory=dict)


def cut_moments(data: Mapping[str, object], cards: Sequence[FieldCard]) -> Moments:
    """Returns flat data with every date that has a time cut in two, where a key means a date field and the time field after it.

    A key that means one of the two fields, or another field, stays as it is, and so does a value that is no date with a time.
    """
    cut = {key: parts for key, value in data.items() if (parts := _parts(value)) != {}}
    fields = _date_and_time_fields(cards) if cut else []
    if not fields:
        return Moments(data)
    pairs = {first.number: (first, second, _both(first, second)) for first, second in fields}
    wholes = [whole for _, _, whole in pairs.values()]
    halves = {half.number for first, second, _ in pairs.values() for half in (first, second)}
    meant = match(without_instructions(data), [*(c for c in cards if c.number not in halves), *wholes])
    alone = {found.key: found for found in match(without_instructions(data), cards).matches}
    result: dict[str, object] = {}
    matches: list[Match] = []
    remedies: dict[str, str] = {}
    by_key = {found.key: found for found in meant.matches if found.card in wholes}
    for key, value in data.items():
        found = by_key.get(key)
        parts = (
            cut.get(key, {}) if found and _better(found, alone.get(key), pairs[found.card.number][0]) else {}
        )
        if not found or not parts:
            result[key] = value
            if found and parts is None and key not in alone:
                remedies[key] = _REMEDY
            continue
        for card, (name, part) in zip(pairs[found.card.number], parts.items(), strict=False):
            result[f"{key}{PART_OF}{name}"] = part
            matches.append(Match(f"{key}{PART_OF}{name}", card, found.score, found.how))
    return Moments(result, tuple(matches), remedies)


def _better(found: Match, alone: Match | None, first: FieldCard) -> bool:
    """Whether both fields are meant rather than one: there is none, or it is the date field, which could not hold the time."""
    return alone is None or alone.card.number == first.number or alone.score < found.score


def _date_and_time_fields(cards: Sequence[FieldCard]) -> list[tuple[FieldCard, FieldCard]]:
    return [
        (first, second)
        for first, second in pairwise(cards)
        if (first.section, first.frame) == (second.section, second.frame)
        and _asks(first, "date", ("date", "datepicker"))
        and _asks(second, "time", ("time", "timepicker"))
    ]


def _asks(card: FieldCard, concept: str, kinds: tuple[str, ...]) -> bool:
    if card.disabled or card.readonly:
        return False
    return card.kind in kinds or (card.kind in ("text", "datepicker") and concept in read(card.label).head)


def _both(first: FieldCard, second: FieldCard) -> FieldCard:
    """The one field that stands for both, so that the words can tell which key means them."""
    outer, _, inner = first.section.rpartition(" / ")
    bare = [not read(card.label).rest and read(card.label).head for card in (first, second)]
    if second.label == first.label or second.label_source in _UNTOLD:
        label, outer = first.label, first.section
    elif all(bare) and inner:
        label = inner
    else:
        label, outer = _shared(first.label, second.label) or first.label, first.section
    return replace(
        first, kind="datetime-local", label=label, label_source="label", section=outer, name="", id="",
        placeholder="", title="", hint="", autocomplete="",
    )  # fmt: skip


def _shared(first: str, second: str) -> str:
    """The words that two labels share at their beginning or at their end."""
    mine, theirs = first.split(), second.split()
    before = [a for n, a in enumerate(mine) if mine[: n + 1] == theirs[: n + 1]]
    after = [a for n, a in enumerate(mine) if mine[n:] == theirs[len(theirs) - len(mine) + n :]]
    return " ".join(before or after)


def _may_be_cut(value: object) -> bool:
    return value is not None and not isinstance(value, (SecretHandle, bool, list, tuple, set))


def _parts(value: object) -> dict[str, object] | None:
    """The date and the time of a value; nothing where it is neither, None where it is a date without a time."""
    if not _may_be_cut(value):
        return {}
    if value == "":
        return {"date": "", "time": ""}
    try:
        moment = a_datetime(value)
    except ValueRejected:
        return None if _is_date(value) else {}
    return {"date": moment.date(), "time": f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"}


def _is_date(value: object) -> bool:
    try:
        a_date(value)
    except ValueRejected:
        return False
    return True

"""The outcome table: one row a data key and a row for each required field left empty, and the sentence when not all went well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.outcome import FieldOutcome, FieldStatus
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.plan import FillPlan, PlannedField, already_holds
from GenFlowLibrary.forms.sameness import same_but_formatted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, ReadBack
    from GenFlowLibrary.forms.match import Unresolved

_SHOWN = 10


def field_name(card: FieldCard, cards: Sequence[FieldCard]) -> str:
    """Returns a field's label, with its section where another field has the same label."""
    label = card.label or f"field {card.number}"
    twins = sum(other.label == card.label for other in cards) > 1
    return f"{card.section}: {label}" if twins and card.section else label


def filled_rows(
    plan: FillPlan, cards: Sequence[FieldCard], readings: Mapping[int, ReadBack], typed: frozenset[int]
) -> list[FieldOutcome]:
    """Returns a row for each planned field after its read-back. ``typed``: numbers of the fields that needed real keys."""
    return [_filled_row(planned, cards, readings, typed) for planned in plan.fields]


def _filled_row(
    planned: PlannedField, cards: Sequence[FieldCard], readings: Mapping[int, ReadBack], typed: frozenset[int]
) -> FieldOutcome:
    name, setting = field_name(planned.card, cards), planned.setting
    if setting is None:
        return FieldOutcome(planned.key, name, "", planned.card.value, "left alone", "unchanged")
    reading = readings[setting.number]
    how = planned.how + (", real keys" if setting.number in typed else "")
    found = reading.found
    if isinstance(setting.value, SecretHandle):
        found = setting.value.placeholder if reading.matches else ""
    holds = agrees(planned, reading)
    if holds and not reading.matches:
        how += ", formatted by the page"
    if holds and not reading.error:
        status: FieldStatus = "unchanged" if already_holds(planned.card, setting) else "filled"
        return FieldOutcome(planned.key, name, planned.wanted, found, how, status)
    status = "rejected" if holds else "mismatch"
    return FieldOutcome(
        planned.key, name, planned.wanted, found, f"{how}; {reading.error}".rstrip("; "), status
    )


def agrees(planned: PlannedField, reading: ReadBack) -> bool:
    """Tells whether a field holds what was wanted, be it formatted by the page."""
    if reading.matches or planned.setting is None:
        return True
    value = planned.setting.value
    return isinstance(value, str) and same_but_formatted(value, reading.found)


def untouched_rows(plan: FillPlan, cards: Sequence[FieldCard]) -> list[FieldOutcome]:
    """Returns the rows when nothing was typed because some value cannot go into its field."""
    return [
        FieldOutcome(
            planned.key,
            field_name(planned.card, cards),
            planned.wanted,
            planned.card.value,
            planned.problem or "not typed",
            "rejected" if planned.problem else "untouched",
        )
        for planned in plan.fields
    ]


def unresolved_rows(plan: FillPlan, cards: Sequence[FieldCard]) -> list[FieldOutcome]:
    """Returns a row for each key without a certain field, naming the fields that it could mean."""
    return [
        FieldOutcome(
            key.key, " or ".join(field_name(card, cards) for card in key.candidates), "", "", "", "unresolved"
        )
        for key in plan.unresolved
    ]


def empty_rows(
    empty: Sequence[FieldCard], cards: Sequence[FieldCard], how: Callable[[FieldCard], str]
) -> list[FieldOutcome]:
    """Returns a row for each required field that stays empty; ``how`` tells why."""
    return [FieldOutcome("", field_name(card, cards), "", "", how(card), "empty") for card in empty]


def complaint(
    plan: FillPlan, rows: Sequence[FieldOutcome], cards: Sequence[FieldCard], more: str = ""
) -> str:
    """Returns what went wrong as one sentence, empty when nothing did. ``more`` is said besides, where something did."""
    said = unresolved_words(plan, cards)
    free = [
        field_name(c, cards)
        for c in cards
        if c.number not in {f.card.number for f in plan.fields} and not c.disabled
    ]
    if cards and any(not key.candidates for key in plan.unresolved):
        said.append(f"fields without data are {quoted(free)}" if free else "every field has its data")
    said += _empty_words(rows)
    for row in rows:
        if row.status == "mismatch":
            why = row.how.partition("; ")[2]
            said.append(
                f"'{row.field}' holds '{row.found}' instead of '{row.wanted}'" + (f" ({why})" if why else "")
            )
        elif row.status == "rejected":
            said.append(f"the page refuses '{row.wanted}' in '{row.field}' ({row.how.partition('; ')[2]})")
    if not said:
        return ""
    said += [more] if more else []
    done = sum(row.ok for row in rows)
    return f"Filled {done} of {len(rows)} and submitted nothing: {'; '.join(said)}."


def _empty_words(rows: Sequence[FieldOutcome]) -> list[str]:
    """What is to be said of required fields that stay empty, those with one reason together."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        if row.status == "empty":
            by_reason.setdefault(row.how.partition(", ")[2], []).append(row.field)
    return [
        f"no data was given for the required {'field' if len(fields) == 1 else 'fields'} {quoted(fields)}"
        + (f", {reason}" if reason else "")
        for reason, fields in by_reason.items()
    ]


def unresolved_words(plan: FillPlan, cards: Sequence[FieldCard]) -> list[str]:
    """Returns why each key without a certain field has none, for a message."""
    return [_unresolved(key, cards) for key in plan.unresolved]


def _unresolved(key: Unresolved, cards: Sequence[FieldCard]) -> str:
    names = [field_name(card, cards) for card in key.candidates]
    if len(names) > 1:
        return f"'{key.key}' fits {' and '.join(repr_name(n) for n in names)} equally well"
    said = f"'{key.key}' may mean '{names[0]}' but not surely" if names else f"no field fits '{key.key}'"
    return said + (f" as it is: {key.remedy}" if key.remedy else "")


def repr_name(name: str) -> str:
    """Returns a name in quotes."""
    return f"'{name}'"


def quoted(names: Sequence[str]) -> str:
    """Returns names in quotes for a message, ten at most."""
    more = len(names) - _SHOWN
    return ", ".join(repr_name(name) for name in names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")

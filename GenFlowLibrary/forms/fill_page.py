"""One page of a form: everything on it that the data has a value for, set and read back; what the page reveals meanwhile too.

see -> cut as the form does -> match -> check values -> fill in one script -> widgets one by one -> real keys where the read-back
disagrees -> read back -> fields that appeared? once more for what is left -> PageFill
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import FormError, InputError
from GenFlowLibrary.core.outcome import FillOutcome
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.composites import recompose
from GenFlowLibrary.forms.fill_widgets import plain_settings, set_widgets
from GenFlowLibrary.forms.instruction import Instruction, without_instructions
from GenFlowLibrary.forms.match import Matching, Unresolved
from GenFlowLibrary.forms.missing import Identity, identity, required_without_data
from GenFlowLibrary.forms.placing import prepare, settle
from GenFlowLibrary.forms.plan import FillPlan, PlannedField, make_plan, with_remedies
from GenFlowLibrary.forms.table import (
    agrees,
    field_name,
    filled_rows,
    unresolved_rows,
    unresolved_words,
    untouched_rows,
)
from GenFlowLibrary.forms.writing import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.page import FieldCard, Page, ReadBack, Snapshot
    from GenFlowLibrary.core.outcome import FieldOutcome
    from GenFlowLibrary.forms.lines import Lines
    from GenFlowLibrary.forms.missing import Supplied

_MOST_ROUNDS = 5
"""How often fields may appear because of what was filled: country, then region, then city, then more than any form seen."""

_TYPABLE = frozenset(
    {"text", "textarea", "password", "email", "tel", "url", "search", "number", "contenteditable", "file"}
)


@dataclass(frozen=True)
class Resolved:
    """What was found out about a form: where the keys belong, the data with texts for instructions, and values for required fields.

    ``written`` are the keys whose texts the engine wrote; ``asked`` tells whether an engine had a say in the matching.
    """

    matching: Matching | None
    data: Mapping[str, object]
    supplied: tuple[Supplied, ...] = ()
    written: frozenset[str] = frozenset()
    asked: bool = False


Resolver = Callable[["Snapshot", Mapping[str, object]], Resolved]
"""Tells which data key belongs in which field of a snapshot, and what is to stand there."""


def by_words(snapshot: Snapshot, data: Mapping[str, object]) -> Resolved:
    """The resolver that asks nobody: the words of keys and fields decide alone."""
    return Resolved(None, data)


@dataclass(frozen=True)
class PageFill:
    """One page as it was filled: ``rows`` of what was set, and the page ``after``.

    ``plan`` and ``cards`` are those of the last look, with all unresolved keys; ``fields`` is what was planned in all looks. ``later`` are
    the unresolved keys that may be meant for another page, with their values, and ``held`` is what the fields hold that data went into.
    """

    rows: tuple[FieldOutcome, ...]
    after: Snapshot
    plan: FillPlan
    cards: tuple[FieldCard, ...]
    fields: tuple[PlannedField, ...]
    later: Mapping[str, object]
    held: Mapping[Identity, str] = field(default_factory=dict)


@dataclass
class _Round:
    """One look at the page and what came of it."""

    plan: FillPlan
    cards: tuple[FieldCard, ...]
    readings: dict[int, ReadBack]
    typed: frozenset[int]


def fill_page(
    page: Page,
    snapshot: Snapshot,
    data: Mapping[str, object],
    form: Any,
    resolve: Resolver,
    held: Mapping[Identity, str],
    *,
    supplies: bool = False,
) -> PageFill:
    """Fills what is on a page and in what appears on it by being filled.

    Args:
        page: the browser's page.
        snapshot: the page as it is.
        data: flat data.
        form: locator or element of the form.
        resolve: as `Resolver`.
        held: what fields were filled on earlier pages and hold, by `identity`: those that are still shown are not filled again.
        supplies: whether ``resolve`` finds values for required fields without data: fields that appear are then looked at for these too.

    Raises:
        FormError: a value cannot go into its field; nothing was typed since the page was last seen.
        InputError: an instruction got no text, for nobody was there to write one.
    """
    if not snapshot.fields:
        return _nothing_here(snapshot, data)
    rounds: list[_Round] = []
    left = dict(data)
    lines = prepare(page, snapshot, data, form)
    snapshot = lines.snapshot
    seen = replace(snapshot, fields=tuple(c for c in snapshot.fields if not _holds_still(c, held)))
    known = {identity(card) for card in snapshot.fields}
    while True:
        plan = _plan(seen, left, resolve, lines)
        if plan.rejected:
            raise _rejection(plan, seen, rounds)
        plan, after, readings, typed = _set(page, seen, plan, form)
        rounds.append(_Round(plan, seen.fields, readings, typed))
        left = _left(plan, left)
        taken = {identity(f.card) for done in rounds for f in done.plan.fields}
        fresh = [card for card in after.fields if identity(card) not in known]
        known |= {identity(card) for card in fresh}
        if (
            not fresh
            or len(rounds) == _MOST_ROUNDS
            or not (left or (supplies and any(c.required for c in fresh)))
        ):
            break
        free = (c for c in after.fields if identity(c) not in taken and not _holds_still(c, held))
        seen = replace(after, fields=tuple(free))
    if len(rounds) > 1:
        after = _read_all_again(page, after, rounds, form)
    return _filled(rounds, after, left)


def _filled(rounds: Sequence[_Round], after: Snapshot, left: Mapping[str, object]) -> PageFill:
    last = rounds[-1]
    fields = tuple(planned for done in rounds for planned in done.plan.fields)
    rows = [row for done in rounds for row in filled_rows(done.plan, done.cards, done.readings, done.typed)]
    placed = {identity(f.card) for f in fields if f.setting is not None}
    held = {
        identity(card): card.value for card in after.fields if identity(card) in placed and not card.empty
    }
    stuck = [key for done in rounds[:-1] for key in done.plan.unresolved if not _may_come_later(key)]
    plan = FillPlan(last.plan.fields, (*stuck, *last.plan.unresolved))
    return PageFill(tuple(rows), after, plan, last.cards, fields, left, held)


def _nothing_here(snapshot: Snapshot, data: Mapping[str, object]) -> PageFill:
    """A page without fields: an introduction, or a summary before the end."""
    later = {key: value for key, value in data.items() if value is not None}
    return PageFill((), snapshot, FillPlan((), tuple(Unresolved(key) for key in later)), (), (), later)


def _holds_still(card: FieldCard, held: Mapping[Identity, str]) -> bool:
    return not card.empty and held.get(identity(card)) == card.value


def _plan(seen: Snapshot, data: Mapping[str, object], resolve: Resolver, lines: Lines) -> FillPlan:
    """The plan for a look at the page."""
    sure = settle(data, seen.fields, seen.language, lines)
    seen, data = replace(seen, fields=sure.free), sure.rest
    cut = recompose(without_instructions(data), seen.fields, seen.language)
    whole = {key: data.get(key, value) for key, value in cut.data.items()}
    resolved = resolve(seen, whole)
    plan = make_plan(
        seen.fields, resolved.data, resolved.matching, language=seen.language, supplied=resolved.supplied
    )
    plan = sure.added_to(with_remedies(plan, {**cut.remedies, **sure.remedies}))
    open_texts = [f for f in plan.fields if isinstance(resolved.data.get(f.key), Instruction)]
    if open_texts and not plan.rejected:
        raise InputError(
            f"Expected a text for '{open_texts[0].card.label}', found an instruction to write one: fill the form with Fill Form and an "
            "engine, or give the text itself."
        )
    told = tuple(
        replace(f, how=f"{f.how}, {WRITTEN}") if f.key in resolved.written else f for f in plan.fields
    )
    return replace(plan, fields=told)


def _left(plan: FillPlan, data: Mapping[str, object]) -> dict[str, object]:
    """The keys that may be meant for what comes: they fit nothing here, and nothing is to be done about them here."""
    return {key.key: data[key.key] for key in plan.unresolved if _may_come_later(key) and key.key in data}


def _may_come_later(key: Unresolved) -> bool:
    """Tells whether a key without a field fits none at all, so that another page may have one."""
    return not key.candidates and not key.remedy


def _rejection(plan: FillPlan, snapshot: Snapshot, rounds: Sequence[_Round]) -> FormError:
    said = [f"'{field_name(f.card, snapshot.fields)}' {f.problem}" for f in plan.rejected]
    said += unresolved_words(plan, snapshot.fields)
    before = [row for done in rounds for row in filled_rows(done.plan, done.cards, done.readings, done.typed)]
    rows = before + untouched_rows(plan, snapshot.fields) + unresolved_rows(plan, snapshot.fields)
    outcome = FillOutcome(tuple(rows), url=snapshot.url, title=snapshot.title)
    nothing = "Nothing was typed into the fields that appeared" if rounds else "Nothing was typed"
    return FormError(f"{nothing}, because {'; '.join(said)}.", outcome=outcome)


def _set(
    page: Page, snapshot: Snapshot, plan: FillPlan, form: Any
) -> tuple[FillPlan, Snapshot, dict[int, ReadBack], frozenset[int]]:
    """Sets the fields in one script and the widgets by hand, lets the page have its say, and types real keys where it disagrees.

    Returns the plan in the words that the widgets show, the form as it is then, what its fields hold, and the numbers of those that were
    typed.
    """
    plain = plain_settings(plan)
    first = {reading.number: reading for reading in page.set_fields(snapshot, plain)}
    plan, refused = set_widgets(page, snapshot, plan)
    wanted = [planned.setting for planned in plan.fields if planned.setting is not None]
    after, readings = page.look_again(snapshot, wanted, form)
    held = {reading.number: reading for reading in readings}
    again = [
        planned.setting
        for planned in plan.fields
        if planned.setting is not None
        and planned.card.kind in _TYPABLE
        and not agrees(planned, held[planned.setting.number])
    ]
    for setting in again:
        page.type_keys(snapshot, setting)
    if again:
        after, readings = page.look_again(snapshot, wanted, form)
    typed = frozenset(setting.number for setting in again)
    held = {reading.number: _with_reason(reading, first.get(reading.number)) for reading in readings}
    held.update({n: replace(held[n], matches=False, error=why) for n, why in refused.items()})
    return plan, after, held, typed


def _with_reason(reading: ReadBack, first: ReadBack | None) -> ReadBack:
    """A field that still disagrees keeps the reason that setting it gave (``the field is read-only``)."""
    if reading.matches or reading.error or first is None:
        return reading
    return replace(reading, error=first.error)


def _read_all_again(page: Page, after: Snapshot, rounds: Sequence[_Round], form: Any) -> Snapshot:
    """Reads back what earlier rounds set, for what came later may have changed it. A field that is gone by now keeps its reading."""
    known = Counter(identity(card) for card in after.fields)
    now = {identity(card): card.number for card in after.fields if known[identity(card)] == 1}
    earlier: list[tuple[_Round, PlannedField]] = [
        (done, f) for done in rounds[:-1] for f in done.plan.fields if f.setting is not None
    ]
    asked = [
        (done, f, replace(f.setting, number=now[identity(f.card)]))
        for done, f in earlier
        if f.setting is not None and identity(f.card) in now and not isinstance(f.setting.value, SecretHandle)
    ]
    latest, readings = page.look_again(after, [setting for _, _, setting in asked], form)
    for (done, planned, _), reading in zip(asked, readings, strict=True):
        number = planned.card.number
        if done.readings[number].matches or not reading.matches:
            done.readings[number] = replace(reading, number=number)
    return latest


def missing_after(filled: PageFill) -> list[FieldCard]:
    """Returns the required fields of a page that are empty after it was filled and that nothing was planned for."""
    planned = tuple(planned for planned in filled.fields if planned.setting is not None)
    return required_without_data(FillPlan(planned, ()), filled.after.fields)

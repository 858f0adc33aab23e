"""The plan of a fill: data key -> field, how it was found, and what the field is to hold. Pure: nothing is touched.

snapshot x data -> Matching -> values in the controls' own formats -> FillPlan
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.evidence import read_card
from GenFlowLibrary.forms.instruction import Instruction, without_instructions
from GenFlowLibrary.forms.lexicon import lexicon
from GenFlowLibrary.forms.match import Match, Matching, Unresolved, match
from GenFlowLibrary.forms.missing import never_written
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.values import to_setting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, Setting
    from GenFlowLibrary.forms.missing import Supplied


@dataclass(frozen=True)
class PlannedField:
    """One key and its field. ``setting`` is None when the field is left alone; ``problem`` says why the value cannot go in."""

    key: str
    card: FieldCard
    how: str
    setting: Setting | None = None
    problem: str = ""

    @property
    def wanted(self) -> str:
        """The wanted value for people: option texts, true or false, a secret by its placeholder."""
        return "" if self.setting is None else shown(self.card, self.setting)


@dataclass(frozen=True)
class FillPlan:
    """All keys: those with a field, and those without a certain one."""

    fields: tuple[PlannedField, ...]
    unresolved: tuple[Unresolved, ...]

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What is to be set: fields that hold their value already are not among them."""
        return tuple(
            f.setting for f in self.fields if f.setting is not None and not already_holds(f.card, f.setting)
        )

    @property
    def rejected(self) -> tuple[PlannedField, ...]:
        """Fields whose values cannot go in."""
        return tuple(planned for planned in self.fields if planned.problem)


def make_plan(
    cards: Sequence[FieldCard],
    data: Mapping[str, object],
    matching: Matching | None = None,
    *,
    language: str = "",
    supplied: Sequence[Supplied] = (),
) -> FillPlan:
    """Returns the plan for flat data: every value is checked against its field here, before anything is typed.

    ``matching`` tells which key belongs where, when that is known already; by default the words decide (`match`).
    ``language`` is the page's, for words that mean different things in two languages and for numbers in
    text fields. ``supplied`` are values for required fields that the data has none for.

    A value of ``None`` leaves its field alone, and a key with ``None`` that fits no field is ignored. A field that asks to repeat another
    one (``Confirm email``) gets that one's value when no key is meant for it. The field of an instruction is taken, and nothing is set
    there before a text is in its place.
    """
    matching = match(without_instructions(data), cards, language) if matching is None else matching
    planned = [_planned(found, data[found.key], language) for found in matching.matches]
    planned += _repeats(matching.matches, cards, data, language)
    planned += [_planned(Match("", given.card, 0.0, given.how), given.value, language) for given in supplied]
    return FillPlan(tuple(planned), tuple(key for key in matching.unresolved if data[key.key] is not None))


def _planned(found: Match, value: object, language: str) -> PlannedField:
    if value is None:
        return PlannedField(found.key, found.card, found.how)
    if isinstance(value, Instruction):
        why = never_written(found.card)
        return PlannedField(
            found.key, found.card, found.how, problem=f"takes no written text, {why}" if why else ""
        )
    try:
        return PlannedField(found.key, found.card, found.how, to_setting(found.card, value, language))
    except ValueRejected as problem:
        return PlannedField(found.key, found.card, found.how, problem=str(problem))


def _repeats(
    matches: Sequence[Match], cards: Sequence[FieldCard], data: Mapping[str, object], language: str
) -> list[PlannedField]:
    """Fields that ask again for what another field asks: the nearest one before, of the same kind and concept."""
    taken = {found.card.number: found for found in matches}
    repeats = []
    for card in cards:
        if card.number in taken or not _repeating(card):
            continue
        asked = [
            found for number, found in taken.items() if number < card.number and found.card.kind == card.kind
        ]
        first = max(
            (found for found in asked if _concepts(found.card) & _concepts(card)), key=_number, default=None
        )
        # Only check boxes may stand between: ``Show password``.
        if first is not None and all(
            other.kind == "checkbox" for other in cards if first.card.number < other.number < card.number
        ):
            repeats.append(
                _planned(
                    Match(first.key, card, first.score, "repeats the field before"), data[first.key], language
                )
            )
    return repeats


def _number(found: Match) -> int:
    return found.card.number


def _repeating(card: FieldCard) -> bool:
    return "repeat" in read_card(card).qualifiers


def _concepts(card: FieldCard) -> frozenset[str]:
    by_kind = lexicon().kinds.get(card.kind)
    spoken = frozenset(
        c for item in read_card(card).evidence for reading in item.readings for c in reading.head
    )
    return spoken | ({by_kind} if by_kind else set())


def with_remedies(plan: FillPlan, remedies: Mapping[str, str]) -> FillPlan:
    """Returns the plan with what to do about its unresolved keys, by key."""
    return replace(
        plan, unresolved=tuple(replace(key, remedy=remedies.get(key.key, "")) for key in plan.unresolved)
    )


def already_holds(card: FieldCard, setting: Setting) -> bool:
    """Tells from the snapshot whether a field holds the wanted value. A secret and a file are never known to."""
    value = setting.value
    if isinstance(value, SecretHandle) or card.kind in ("password", "file"):
        return False
    return card.value == (str(value).lower() if isinstance(value, bool) else shown(card, setting)) and (
        not card.empty or value in (False, "", ())
    )


def shown(card: FieldCard, setting: Setting) -> str:
    """Returns a setting's value as `FieldCard.value` has it, a secret by its placeholder."""
    value = setting.value
    if isinstance(value, SecretHandle):
        return value.placeholder
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        firsts = {option.value: option.text for option in reversed(card.options)}
        order = [option.value for option in card.options]
        return ", ".join(
            firsts.get(v, v)
            for v in sorted(set(value), key=order.index if set(value) <= set(order) else None)
        )
    return value

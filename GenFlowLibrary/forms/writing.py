"""What an engine is to write into fields: texts by instruction, values for required fields. And what of it may be typed. Pure.

instructions + required cards + facts -> prompt inputs -> (an engine, elsewhere) -> fits the field, states only what was given -> data

The engine sees instructions, cards and the analyst's facts, never a value of the form.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.browser.render import render_cards
from GenFlowLibrary.forms.instruction import Instruction
from GenFlowLibrary.forms.missing import never_written
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.values import to_setting
from GenFlowLibrary.texts.claims import find_claims, not_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, Snapshot
    from GenFlowLibrary.forms.plan import FillPlan

WRITTEN = "written by the engine"
"""What the table says of a text besides how its field was found."""

_TOLD = ("minlength", "min", "max", "step", "pattern")
"""Constraints that the line of a card does not tell."""


@dataclass(frozen=True)
class TextWanted:
    """A text to be written for a data key; without ``card`` it goes into the field that is chosen for the key in the same answer."""

    key: str
    instruction: str
    card: FieldCard | None = None


@dataclass(frozen=True)
class Writing:
    """All that is to be written for one form. ``facts`` are the analyst's, ``names`` the data keys, ``language`` the page's."""

    form: Snapshot
    texts: tuple[TextWanted, ...] = ()
    required: tuple[FieldCard, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.texts or self.required)

    def inputs(self, keys: Sequence[str]) -> dict[str, Any]:
        """Returns the prompt's inputs for the writing; ``keys`` are those that fields are looked for, in their order."""
        if not self:
            return {}
        cards = {text.card.number: text.card for text in self.texts if text.card is not None}
        cards |= {card.number: card for card in self.required}
        given: dict[str, Any] = {
            "texts": "\n".join(self._line(n, text, keys) for n, text in enumerate(self.texts, 1)),
            "values": "\n".join(
                f"value_{n} goes into field {c.number}." for n, c in enumerate(self.required, 1)
            ),
            "written": _rendered(replace(self.form, fields=tuple(cards[n] for n in sorted(cards))))
            if cards
            else "",
            "names": list(self.names) if self.required else [],
            "facts": dict(self.facts),
        }
        return {name: value for name, value in given.items() if value}

    def _line(self, number: int, text: TextWanted, keys: Sequence[str]) -> str:
        where = (
            f"field {text.card.number}"
            if text.card is not None
            else f"the field you choose for key {keys.index(text.key) + 1}"
        )
        return f"text_{number} goes into {where}: {' '.join(text.instruction.split())}"

    def problem(
        self, texts: Sequence[str], values: Sequence[str], chosen: Mapping[str, FieldCard]
    ) -> str | None:
        """Returns what is wrong with texts and values as a sentence for the engine, ``None`` if they may be typed.

        ``chosen`` are the fields that the same answer puts keys into. Empty texts and values abstain.
        """
        for number, (wanted, text) in enumerate(zip(self.texts, texts, strict=True), 1):
            card = wanted.card or chosen.get(wanted.key)
            if text and card is not None and (said := self._wrong(card, text, wanted.instruction)):
                return f"Expected text_{number} {said}."
        taken = {card.number for card in chosen.values()}
        for number, (card, value) in enumerate(zip(self.required, values, strict=True), 1):
            if (
                value
                and card.number not in taken
                and (said := self._wrong(card, value, "\n".join(self.names)))
            ):
                return f"Expected value_{number} {said}."
        return None

    def _wrong(self, card: FieldCard, text: str, told: str) -> str:
        if why := never_written(card):
            return f"for no field like {card.number}, {why}"
        try:
            to_setting(card, text, self.form.language)
        except ValueRejected as problem:
            return f"to fit into field {card.number}, but the field {problem}"
        if card.options:
            return ""
        strange = not_in(find_claims(text, names=False), [told, facts_text(self.facts)])
        said = ", ".join(f"'{claim}'" for claim in strange)
        where = "neither in the instruction nor in the facts" if told else "not in the facts"
        return (
            f"to state only what was given, but {said} is {where}: leave it out or use what is given"
            if strange
            else ""
        )

    def bound(
        self, data: Mapping[str, object], texts: Sequence[str], placed: Mapping[str, FieldCard]
    ) -> dict[str, object]:
        """Returns data with the written texts in the place of their instructions; ``placed`` are the fields that were chosen for keys."""
        ready = dict(data)
        for wanted, text in zip(self.texts, texts, strict=True):
            if text and (wanted.card is not None or wanted.key in placed):
                ready[wanted.key] = text
        return ready

    def unwritten(self, texts: Sequence[str], placed: Mapping[str, FieldCard]) -> list[TextWanted]:
        """Returns the instructions that have a field and got no text."""
        return [
            replace(wanted, card=wanted.card or placed[wanted.key])
            for wanted, text in zip(self.texts, texts, strict=True)
            if not text and (wanted.card is not None or wanted.key in placed)
        ]


def texts_wanted(
    plan: FillPlan, data: Mapping[str, object], settled: Collection[str]
) -> tuple[TextWanted, ...]:
    """Returns the instructions of a plan: those with a field, and those whose field is looked for. ``settled`` keys belong in no field."""
    open_keys = [left.key for left in plan.unresolved if left.key not in settled]
    wanted: list[TextWanted] = []
    for planned in plan.fields:
        value = data.get(planned.key)
        if isinstance(value, Instruction) and not any(planned.key == other.key for other in wanted):
            wanted.append(TextWanted(planned.key, value.text, planned.card))
    for key in open_keys:
        value = data[key]
        if isinstance(value, Instruction):
            wanted.append(TextWanted(key, value.text))
    return tuple(wanted)


def facts_text(facts: Mapping[str, object]) -> str:
    """Returns facts as one text in which written statements are looked up."""
    return json.dumps(facts, ensure_ascii=False, indent=1, default=str)


def _rendered(form: Snapshot) -> str:
    """The cards as lines, and under them the constraints that those lines leave out."""
    more = [
        f"{card.number} takes: "
        + ", ".join(f"{name} {card.constraints[name]}" for name in _TOLD if name in card.constraints)
        for card in form.fields
        if any(name in card.constraints for name in _TOLD)
    ]
    return "\n".join([render_cards(form, with_options=True), *more])

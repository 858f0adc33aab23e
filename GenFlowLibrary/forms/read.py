"""Reading a form as a person sees it: what each field is called, what it holds, and what it asks for.

Snapshot -> names that tell the fields apart -> values in words
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.forms.table import field_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, Snapshot

_TICKED = ("checkbox", "switch")
_SEVERAL = ("select", "multiselect", "radio", "radiogroup", "listbox")


def read_values(snapshot: Snapshot) -> dict[str, str]:
    """Returns what the fields hold by their names, in the order of the page.

    A value is what a person sees: the text, the texts of the chosen options, ``yes`` or ``no`` for a tick. A field without a value, and a
    choice of which nothing is chosen, is an empty text. Passwords are left out.
    """
    names = name_fields(snapshot.fields)
    return {names[card.number]: value_of(card) for card in snapshot.fields if card.kind != "password"}


def read_fields(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Returns a description of each field, in the order of the page: see `describe`."""
    names = name_fields(snapshot.fields)
    return [describe(card, names[card.number]) for card in snapshot.fields]


def describe(card: FieldCard, name: str) -> dict[str, Any]:
    """Returns one field as plain data.

    ``label`` is its name as in `read_values`, ``options`` the texts that can be chosen (without those that are switched off), ``value``
    what it holds (nothing for passwords), ``filled`` whether it holds anything, ``error`` what the page says is wrong with it.
    """
    return {
        "label": name,
        "section": card.section,
        "kind": card.kind,
        "required": card.required,
        "readonly": card.readonly,
        "disabled": card.disabled,
        "options": [
            option.text
            for option in card.options
            if not option.disabled and option.text and option.value != ""
        ],
        "value": "" if card.kind == "password" else value_of(card),
        "filled": not card.empty,
        "hint": card.hint,
        "error": card.error,
    }


def value_of(card: FieldCard) -> str:
    """Returns what a field holds, as a person says it."""
    if card.kind in _TICKED:
        return "yes" if card.value == "true" else "no"
    return "" if card.empty and card.kind in _SEVERAL else card.value


def name_fields(cards: Sequence[FieldCard]) -> Mapping[int, str]:
    """Returns a name for each field by its number, no two alike: the label, with the section or a count where labels are equal."""
    names = {card.number: field_name(card, cards) for card in cards}
    if len(set(names.values())) == len(names):
        return names
    taken: Counter[str] = Counter()
    unique: dict[int, str] = {}
    for number, name in names.items():
        taken[name] += 1
        candidate = name
        while candidate in unique.values() or (candidate != name and candidate in names.values()):
            candidate = f"{name} ({taken[name]})"
            taken[name] += 1
        unique[number] = candidate
    return unique


def require_fields(snapshot: Snapshot) -> None:
    """Checks that there is something to read.

    Raises:
        PageError: the form has no fields.
    """
    if not snapshot.fields:
        raise PageError(
            f"Expected a form with fields at {snapshot.scope or 'the page'}, found none; name the form with form= or wait for the page."
        )

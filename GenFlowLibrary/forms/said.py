"""What a description says besides a name, whoever answers it: kinds, actions, numbers, quoted texts. Used to check an engine's choice.

description -> words -> what they say -> why a target cannot be meant, or nothing
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.ask import contradiction
from GenFlowLibrary.forms.description import Quoted, cuts, phrases_in, tokens_of, vocabulary
from GenFlowLibrary.forms.labels import words
from GenFlowLibrary.forms.lexicon import read
from GenFlowLibrary.forms.pointing import FIELDS, kind_cost
from GenFlowLibrary.forms.whereabouts import holds

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from GenFlowLibrary.browser.page import FieldKind
    from GenFlowLibrary.browser.targets import Target

LONGEST_ENDING = 3
"""Letters that a verb may have more than its plain form: ``saves``, ``saving``, ``löscht``."""
SHORTEST_STEM = 3
SHORTEST_NUMBER = 3
"""Digits from which a number in a description names a record: it must stand where the target is."""

_FAMILIES = (
    {"delete", "remove", "discard"},
    {"cancel", "close", "back", "discard", "undo"},
    {"save", "submit", "send", "confirm", "apply"},
    {"approve", "accept", "confirm"},
    {"next", "continue", "confirm", "submit", "send"},
    {"buy", "pay", "confirm", "submit", "send"},
    {"edit", "open"},
    {"add", "open"},
    {"reset", "undo", "discard"},
)
"""Actions that people say for one another. Two that stand in none of these together contradict each other: Save and Cancel."""
_GRAVE = frozenset(
    {"delete", "remove", "discard", "cancel", "reject", "send", "submit", "pay", "buy", "approve"}
)
"""Actions that are not undone by another press."""
_STEM_ENDINGS = re.compile(r"(?<=[a-z]{4})en$|(?<=[a-z]{4}er)n$|(?<=[a-z]{2})e$")
"""What a plain verb loses in its other forms: ``save``, ``senden``, ``speichern``."""
_PRESSED = frozenset({"button", "link", "menuitem", "tab", "switch", "image"})


@dataclass(frozen=True)
class Said:
    """What a description says, read without knowing the page.

    ``text`` are all its words but quoted ones, ``name`` those of its head without noise and kind: what the thing is called, or does.
    ``kinds`` are those that the head ends or begins with, ``numbers`` name records, ``says_where`` tells whether it names a place, and
    ``disabled`` whether it asks for something that cannot be used.
    """

    text: str
    name: str
    kinds: frozenset[str]
    actions: frozenset[str]
    numbers: tuple[str, ...]
    quoted: tuple[Quoted, ...]
    says_where: bool
    disabled: bool


@lru_cache(maxsize=256)
def read_said(description: str) -> Said:
    """Returns what a description says."""
    known, tokens = vocabulary(), tokens_of(description)
    pieces = list(cuts(tokens))
    heads = [head for head, _ in pieces if any(token not in known.noise for token in zip(head, strict=True))]
    head = min(heads, key=len, default=tokens)
    states = {meaning for _, _, meanings in phrases_in(head, (known.states,)) for meaning in meanings}
    plain = [token for token in tokens if not isinstance(token, Quoted)]
    return Said(
        text=" ".join(plain),
        name=_name(head),
        kinds=_kinds(head),
        actions=actions_in(" ".join(map(str, head))) or actions_in(" ".join(map(str, tokens))),
        numbers=tuple(token for token in plain if token.isdigit() and len(token) >= SHORTEST_NUMBER),
        quoted=tuple(token for token in tokens if isinstance(token, Quoted)),
        says_where=any(places for _, places in pieces),
        disabled="disabled" in states,
    )


def _name(head: Sequence[str]) -> str:
    known = vocabulary()
    named = {at for start, end, _ in phrases_in(head, (known.kinds,)) for at in range(start, end)}
    rest = [token for at, token in enumerate(head) if at not in named and (token,) not in known.noise]
    return " ".join(token for token in rest if not isinstance(token, Quoted))


def _kinds(head: Sequence[str]) -> frozenset[str]:
    """The kinds named at either end: ``the wish list button`` asks for a button, and ``Schaltfläche Speichern`` too."""
    found = [(start, end, set(kinds)) for start, end, kinds in phrases_in(head, (vocabulary().kinds,))]
    noise = vocabulary().noise
    first = next((at for at, token in enumerate(head) if (token,) not in noise), 0)
    last = [kinds for _, end, kinds in found if end == len(head)]
    return frozenset().union(*(last or [kinds for start, _, kinds in found if start == first]))


@lru_cache(maxsize=4096)
def actions_in(text: str) -> frozenset[str]:
    """Returns the actions that a text names, in any of their forms: ``saves the order`` names save."""
    there = words(text)
    found: set[str] = set()
    for phrase, actions in vocabulary().actions.items():
        size = len(phrase)
        if any(
            there[at : at + size] == phrase or (size == 1 and _is_form_of(there[at], phrase[0]))
            for at in range(len(there) - size + 1)
        ):
            found.update(actions)
    return frozenset(found)


def _is_form_of(word: str, plain: str) -> bool:
    stem = _STEM_ENDINGS.sub("", plain)
    long_enough = len(stem) >= SHORTEST_STEM and stem.isascii()
    return long_enough and word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING


def same_action(first: str, second: str) -> bool:
    """Tells whether two names are, as a whole, words for one action: ``Save`` and ``Speichern``, not ``Save draft``."""
    known = vocabulary().actions
    return bool(set(known.get(words(first), ())) & set(known.get(words(second), ())))


def contradicting_actions(first: Collection[str], second: Collection[str]) -> bool:
    """Tells whether two sets of actions have nothing to do with each other; false where either is empty."""
    if not first or not second or set(first) & set(second):
        return False
    return not any(family & set(first) and family & set(second) for family in _FAMILIES)


def is_grave(actions: Collection[str]) -> bool:
    """Tells whether one of the actions is not undone by another press."""
    return bool(_GRAVE & set(actions))


def doubt(description: str, target: Target, targets: Sequence[Target]) -> str:
    """Returns why a target cannot be what a description means, whoever says so; empty where nothing speaks against it."""
    said = read_said(description)
    if said.kinds and all(kind_cost(kind, target) is None for kind in said.kinds):
        return f"the description says {' or '.join(sorted(said.kinds))}, and this is a {target.kind}"
    theirs = frozenset(action for name in target.names for action in actions_in(name))
    if target.kind in _PRESSED and contradicting_actions(said.actions, theirs):
        return f"the description says {_listed(said.actions)}, and this says {_listed(theirs)}"
    if said.disabled and not target.disabled:
        return "the description says disabled, and this can be used"
    return _elsewhere(said, target) or _means_something_else(said, target) or _has_twin(said, target, targets)


def _elsewhere(said: Said, target: Target) -> str:
    texts = (*target.names, *target.sections, target.row)
    there = {word for text in texts for word in words(text)}
    for number in said.numbers:
        if number not in there:
            return f"'{number}' does not stand there"
    for quoted in said.quoted:
        if not any(holds(text, (quoted,)) for text in texts):
            return f"'{quoted}' does not stand there"
    return ""


def _means_something_else(said: Said, target: Target) -> str:
    """Another party, place or turn than was said, or a field that asks for something else, by the lexicon."""
    texts = (*target.names, *target.sections)
    for group, value in read(said.text).qualifiers.items():
        theirs = {found for text in texts if (found := read(text).qualifiers.get(group))}
        if theirs and value not in theirs:
            return f"the description says {value}, and this says {' and '.join(sorted(theirs))}"
    if target.kind not in FIELDS or not said.name:
        return ""
    section = target.sections[0] if target.sections else ""
    kind: FieldKind = "checkbox" if target.kind in ("checkbox", "switch") else "text"
    return contradiction(said.name, FieldCard(target.number, kind, target.name, "label", section=section))


def _has_twin(said: Said, target: Target, targets: Sequence[Target]) -> str:
    """Nothing but where it stands tells it from its twin, and the description does not say where."""
    twins = [
        t for t in targets if t.number != target.number and (t.kind, t.name) == (target.kind, target.name)
    ]
    if not twins or said.says_where:
        return ""
    only_here = _around(target) - set().union(*map(_around, twins))
    if only_here & set(said.text.split()):
        return ""
    return "another one is called the same, and the description does not say where it is"


def _around(target: Target) -> set[str]:
    return {word for text in (*target.sections, target.row) for word in words(text)}


def _listed(names: Collection[str]) -> str:
    return " or ".join(sorted(name.replace("_", " ") for name in names))

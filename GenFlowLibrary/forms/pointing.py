"""Which target of a page a description means, without a model: one, with a margin, or none, or several.

description -> readings x targets -> scores -> the one that leads by MARGIN -> Pointing
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.description import Quoted, Reading, read_description, read_place, vocabulary
from GenFlowLibrary.forms.evidence import read_card
from GenFlowLibrary.forms.key_reading import read_key
from GenFlowLibrary.forms.labels import parts, words
from GenFlowLibrary.forms.match import FLOOR, MARGIN
from GenFlowLibrary.forms.similarity import score as key_score
from GenFlowLibrary.forms.whereabouts import cost, holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.targets import Target

SAME_NAME = 1.0
FIRST_PART = 0.95
"""The description is the name up to its first bracket, comma or dash: ``Inbox`` for ``Inbox (3)``."""
SAME_ACTION = 0.9
"""The name says the same in another language: ``Save`` for ``Speichern``."""
NAMELESS = 0.9
"""Only a kind and a place were said: ``the button in the row of GF-10442``."""
UNSAID_PLACE = 0.88
"""The words before or after the name say where, without a connector: ``the billing city field``."""
IDENTIFIER = 0.8
"""The name holds the number that was said: ``the GF-10442 link`` for ``Order GF-10442, two lamps``."""
IN_TEXT = 0.75
"""What is only looked at holds the words, or what is said beside a tick: a heading, a row, a message, ``I want the newsletter``."""
BY_MEANING = 0.9
"""The most that a field gets by what its label means."""
SURELY_MEANT = 0.85
"""The least that counts as the same meaning. Less is enough for filling, where all data keys compete: ``amount`` for ``Refund amount``
has 0.78 there. On saved real pages whose right target was taken away, 0.6 pointed at a wrong one twice as often."""
LOOKED_AT = 0.1
"""What it costs, where no kind was said, to be nothing that a person acts on: more than MARGIN."""
LITERAL = 0.95
"""From this score on a name was meant literally: ``First name`` is then no first among the names."""
APART = 8
"""CSS pixels that a thing must be further out than the next one to be the top, bottom, left or right one."""

# What else a word for a kind is used for, and what that costs: people call links buttons, and see drop-downs as fields.
_ALSO: dict[str, dict[str, float]] = {
    "button": {"link": 0.1, "menuitem": 0.1, "tab": 0.1, "switch": 0.1},
    "link": {"button": 0.1, "tab": 0.1, "menuitem": 0.1},
    "field": {"select": 0.0},
    "checkbox": {"switch": 0.05},
    "switch": {"checkbox": 0.05, "button": 0.1},
    "select": {"field": 0.1, "button": 0.1},
    "tab": {"link": 0.1, "button": 0.1},
    "menuitem": {"link": 0.05, "button": 0.05},
    "option": {"radio": 0.05, "menuitem": 0.05, "checkbox": 0.1},
    "image": {"button": 0.05, "link": 0.05},
    "form": {"section": 0.1, "dialog": 0.1},
    "section": {"form": 0.05, "dialog": 0.1},
    "dialog": {"section": 0.1},
}
FIELDS = frozenset({"field", "select", "checkbox", "switch"})
_TICKED = frozenset({"checkbox", "switch"})
SHOWING = frozenset({"heading", "row", "image", "table", "form", "section", "dialog", "message"})
_TEXTS = frozenset({"heading", "row", "message", "section", "table", "form", "dialog"})


@dataclass(frozen=True)
class Pointing:
    """The targets that a description may mean, best first: one when it is clear, several when it is not, none when nothing fits."""

    targets: tuple[Target, ...] = ()

    @property
    def target(self) -> Target | None:
        """The one that is meant, ``None`` when there is none or it is not clear."""
        return self.targets[0] if len(self.targets) == 1 else None


def point(description: str, targets: Sequence[Target]) -> Pointing:
    """Returns what a description means among targets.

    A target is meant when its best score over all readings of the description reaches FLOOR and leads by MARGIN (both as in match.py).
    Readings in which a word chooses among several things (``first``, ``top``, ``disabled``) count only where no name is meant literally.
    """
    readings = read_description(description)
    best = dict.fromkeys(range(len(targets)), 0.0)
    by_reading = {
        reading: [_score(reading, target) for target in targets]
        for reading in readings
        if not reading.chooses
    }
    for scores in by_reading.values():
        _raise(best, scores)
    if max(best.values(), default=0.0) < LITERAL:
        for reading in readings:
            if reading.chooses:
                _raise(best, _chosen(reading, [_score(reading, target) for target in targets], targets))
    fitting = sorted((-value, at) for at, value in best.items() if value >= FLOOR)
    lead = -fitting[0][0] if fitting else 0.0
    # What trails the best by the margin does not compete.
    return Pointing(tuple(targets[at] for value, at in fitting if lead + value < MARGIN - 1e-9))


def _raise(best: dict[int, float], scores: Sequence[float]) -> None:
    for at, value in enumerate(scores):
        best[at] = max(best[at], value)


def _chosen(reading: Reading, scores: list[float], targets: Sequence[Target]) -> list[float]:
    """The scores with only that target left which a choosing word names among those that fit equally well."""
    lead = max(scores, default=0.0)
    group = [at for at, value in enumerate(scores) if value >= FLOOR and lead - value < MARGIN]
    picked = _pick(reading, group, targets)
    return [value if at in picked else 0.0 for at, value in enumerate(scores)]


def _pick(reading: Reading, group: list[int], targets: Sequence[Target]) -> list[int]:
    if reading.state:
        return [at for at in group if targets[at].disabled == (reading.state == "disabled")]
    group = [at for at in group if targets[at].kind != "row" or targets[at].row_number]
    if len(group) < 2:  # noqa: PLR2004 - among one there is nothing to choose
        return []
    if reading.ordinal:
        at = reading.ordinal - 1 if reading.ordinal > 0 else reading.ordinal
        return [group[at]] if -len(group) <= at < len(group) else []
    sign = -1 if reading.side in ("bottom", "right") else 1
    across = reading.side in ("left", "right")
    placed = sorted((sign * (targets[at].left if across else targets[at].top), at) for at in group)
    return [placed[0][1]] if placed[1][0] - placed[0][0] >= APART else []


def _score(reading: Reading, target: Target) -> float:
    """How well a target fits one reading: 0 when it can't be meant."""
    if not target.inside:
        return 0.0
    lost = kind_cost(reading.kind, target)
    named = 0.0 if lost is None else _name_score(reading, target)
    if lost is None or not named:
        return 0.0
    where = cost(target, reading.places)
    return 0.0 if where is None else max(0.0, named - lost - where)


def kind_cost(kind: str, target: Target) -> float | None:
    """Returns what it costs a target that a description says this kind of thing, ``None`` where it cannot be called so."""
    if not kind:
        return LOOKED_AT if target.kind in SHOWING else 0.0
    return 0.0 if kind == target.kind else _ALSO.get(kind, {}).get(target.kind)


def _name_score(reading: Reading, target: Target) -> float:
    wanted = reading.name
    if not wanted:
        return NAMELESS
    if reading.literal:
        return SAME_NAME if any(words(name) == wanted for name in target.names) else 0.0
    best = max((_one_name(wanted, name, target) for name in target.names), default=0.0)
    if target.kind in FIELDS and best < BY_MEANING and not any(isinstance(token, Quoted) for token in wanted):
        meant = _meaning(" ".join(wanted), target)
        best = max(best, min(BY_MEANING, meant) if meant >= SURELY_MEANT else 0.0)
    return best


def _one_name(wanted: tuple[str, ...], name: str, target: Target) -> float:
    if len(wanted) == 1 and isinstance(wanted[0], Quoted):
        return SAME_NAME if wanted[0].says(name) else 0.0
    there = words(name)
    quoted = any(isinstance(token, Quoted) for token in wanted)
    if not quoted and there == wanted:
        return SAME_NAME
    if not quoted and there and (found := _nearly(wanted, name, there, target)):
        return found
    return _with_unsaid_place(wanted, name, there, target)


def _nearly(wanted: tuple[str, ...], name: str, there: tuple[str, ...], target: Target) -> float:
    """The score of a name that says the same in other words, or more than was said."""
    pieces = parts(name)
    if len(pieces) > 1 and words(pieces[0]) == wanted:
        return FIRST_PART
    actions = vocabulary().actions
    if set(actions.get(wanted, ())) & set(actions.get(there, ())):
        return SAME_ACTION
    if not holds(name, wanted):
        return 0.0
    if target.kind in _TEXTS or target.kind in _TICKED:
        return IN_TEXT + 0.2 * len(wanted) / len(there)
    is_number = any(token.isdigit() for token in wanted) and sum(map(len, wanted)) >= 4  # noqa: PLR2004 - GF-1
    return IDENTIFIER if is_number else 0.0


def _with_unsaid_place(wanted: tuple[str, ...], name: str, there: tuple[str, ...], target: Target) -> float:
    """The score of a name with words around it that say where the target is."""
    for size in {len(there), 1}:
        for at in range(len(wanted) - size + 1):
            piece = wanted[at : at + size]
            before, after = wanted[:at], wanted[at + size :]
            if not before and not after:
                continue
            same = piece == there or (
                len(piece) == 1
                and isinstance(piece[0], Quoted)
                and piece[0] == Quoted(" ".join(name.split()))
            )
            if (
                same
                and cost(target, [read_place(words_) for words_ in (before, after) if words_]) is not None
            ):
                return UNSAID_PLACE
    return 0.0


@lru_cache(maxsize=8192)
def _meaning(wanted: str, target: Target) -> float:
    """How well the words fit a field's label by what both mean, as data keys are matched with fields."""
    card = FieldCard(
        number=target.number,
        kind="checkbox" if target.kind in ("checkbox", "switch") else "text",
        label=target.name,
        label_source="label",
    )
    return key_score(read_key(wanted), read_card(card)).value

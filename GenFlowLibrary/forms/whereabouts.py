"""Whether a target is where a description says: under a heading, in a row, in a part of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.description import Place, Quoted
from GenFlowLibrary.forms.labels import words
from GenFlowLibrary.forms.lexicon import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.targets import Target

OUTER_SECTION = 0.05
"""What it costs that only a section further out has the name: less than MARGIN, so that the innermost one does not win by that alone."""
PART_OF_TITLE = 0.1
"""What it costs that the title holds more words: more than MARGIN, so that ``Delivery`` is not ``Delivery history``."""
SAME_MEANING = 0.1
"""What it costs that the title only means the same: ``shipping`` for ``Lieferung``."""

_PAGE_PARTS = frozenset({"header", "footer", "navigation", "menu", "sidebar", "dialog"})


def cost(target: Target, places: Sequence[Sequence[Place]]) -> float | None:
    """Returns what the places take from a target's score, ``None`` when it is not there. Every place must hold, in one of its readings."""
    total = 0.0
    for readings in places:
        costs = [found for place in readings if (found := _cost(target, place)) is not None]
        if not costs:
            return None
        total += min(costs)
    return total


def _cost(target: Target, place: Place) -> float | None:
    if place.kind == "row":
        return _in_row(target, place)
    if place.kind in _PAGE_PARTS and not place.words:
        part = "navigation" if place.kind == "menu" else place.kind
        return 0.0 if {part, place.kind} & set(target.places) else None
    if not place.words:
        return None
    costs = [_under(target, place.words)]
    if not place.kind:
        costs.append(_in_row(target, place))
    return min((found for found in costs if found is not None), default=None)


def _in_row(target: Target, place: Place) -> float | None:
    if place.ordinal:
        wanted = place.ordinal if place.ordinal > 0 else target.last_row + 1 + place.ordinal
        return 0.0 if target.row_number and target.row_number == wanted else None
    return 0.0 if place.words and holds(target.row, place.words) else None


def _under(target: Target, wanted: tuple[str, ...]) -> float | None:
    best: float | None = None
    for index, title in enumerate(target.sections):
        found = _title_cost(title, wanted)
        if found is not None:
            found += OUTER_SECTION if index else 0.0
            best = found if best is None else min(best, found)
    return best


def _title_cost(title: str, wanted: tuple[str, ...]) -> float | None:
    if any(isinstance(token, Quoted) for token in wanted):
        return 0.0 if len(wanted) == 1 and isinstance(wanted[0], Quoted) and wanted[0].says(title) else None
    if words(title) == wanted:
        return 0.0
    if holds(title, wanted):
        return PART_OF_TITLE
    return SAME_MEANING if _same_party(title, " ".join(wanted)) else None


@lru_cache(maxsize=4096)
def _same_party(title: str, wanted: str) -> bool:
    """Whether both are about the same party, place or turn by the lexicon, and about nothing that the other does not say."""
    mine, theirs = read(wanted), read(title)
    same = bool(mine.qualifiers) and dict(mine.qualifiers) == dict(theirs.qualifiers)
    return same and not mine.rest and not theirs.rest and mine.head <= theirs.head | theirs.more


def holds(text: str, wanted: tuple[str, ...]) -> bool:
    """Tells whether a text holds the words one after the other; a quoted text stands there as it is, with no letter or digit beside it."""
    position = 0
    there = words(text)
    for run in _runs(wanted):
        if isinstance(run, Quoted):
            if not _stands_in(_plain(text), str(run)):
                return False
            continue
        position = _find(there, run, position)
        if position < 0:
            return False
    return bool(text)


def _runs(wanted: tuple[str, ...]) -> list[Quoted | tuple[str, ...]]:
    """The words in unbroken runs, and the quoted texts between them."""
    found: list[Quoted | tuple[str, ...]] = []
    run: tuple[str, ...] = ()
    for token in wanted:
        if isinstance(token, Quoted):
            found += [run, token] if run else [token]
            run = ()
        else:
            run = (*run, token)
    return [*found, run] if run else found


def _find(there: tuple[str, ...], run: tuple[str, ...], start: int) -> int:
    """The position after the first such run at or after ``start``, -1 for none."""
    for at in range(start, len(there) - len(run) + 1):
        if there[at : at + len(run)] == run:
            return at + len(run)
    return -1


def _stands_in(text: str, quoted: str) -> bool:
    at = text.find(quoted)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(quoted) : at + len(quoted) + 1]
        if not (before.isalnum() and quoted[0].isalnum()) and not (after.isalnum() and quoted[-1].isalnum()):
            return True
        at = text.find(quoted, at + 1)
    return False


def _plain(text: str) -> str:
    return " ".join(text.split())

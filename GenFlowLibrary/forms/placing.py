"""What is settled before the words of single keys are compared.

prepare: a key may mean what is folded up? open it -> lists of lines get their rows (lines.py)
settle: lines, and dates with times (moments.py) -> pairs of keys and fields that are certain; the keys and fields left for the rest
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.composites import recompose
from GenFlowLibrary.forms.instruction import without_instructions
from GenFlowLibrary.forms.lines import Lines, is_list_of_lines, lay_out
from GenFlowLibrary.forms.match import Match, Matching, Unresolved, match
from GenFlowLibrary.forms.moments import cut_moments
from GenFlowLibrary.forms.plan import FillPlan, make_plan, with_remedies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from GenFlowLibrary.browser.page import Page, Snapshot

_UNFOLDING = 1.0
"""Seconds in which what was folded up is shown: pages that animate it take 0.2 to 0.4 s."""
_POLL = 0.1


def prepare(
    page: Page,
    snapshot: Snapshot,
    data: Mapping[str, object],
    form: Any = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Lines:
    """Returns the form as it is to be filled, with the rows for the lists in flat data.

    The page is touched in two cases only: what is folded up is opened where a key may be meant for a field in there, and rows are added
    where there are fewer than lines.

    Raises PageError when the page changed or a button cannot be pressed.
    """
    lists: dict[str, Any] = {key: value for key, value in data.items() if is_list_of_lines(value)}
    if snapshot.folded and (lists or _asks_for_folded(snapshot, data)):
        snapshot = _unfolded(page, snapshot, form, sleep)
    return lay_out(page, snapshot, lists, form, sleep) if lists else Lines(snapshot)


def _asks_for_folded(snapshot: Snapshot, data: Mapping[str, object]) -> bool:
    """Whether a key is left over by the fields that are shown, or means a folded one rather than one of these."""
    folded = [FieldCard(-n, "text", label, "label") for n, label in enumerate(snapshot.folded, 1)]
    cards = [*snapshot.fields, *folded]
    sure = settle({key: value for key, value in data.items() if value is not None}, cards, snapshot.language)
    found = match(recompose(without_instructions(sure.rest), sure.free, snapshot.language).data, sure.free)
    return bool(found.unresolved) or any(pair.card.number < 0 for pair in found.matches)


def _unfolded(page: Page, snapshot: Snapshot, form: Any, sleep: Callable[[float], None]) -> Snapshot:
    if not page.unfold(snapshot):
        return snapshot
    after = page.snapshot(form)
    for _ in range(round(_UNFOLDING / _POLL)):
        if not after.folded:
            break
        sleep(_POLL)
        after = page.snapshot(form)
    return after


@dataclass(frozen=True)
class Settled:
    """What is certain: ``plan`` for the keys that are settled.

    ``rest`` are the other keys, ``free`` the other fields, and ``remedies`` say what to do about keys of the rest that should have been
    settled.
    """

    plan: FillPlan
    rest: Mapping[str, object]
    free: tuple[FieldCard, ...]
    remedies: Mapping[str, str]

    def added_to(self, plan: FillPlan) -> FillPlan:
        """Returns the plan for the rest with what was settled before."""
        return replace(
            plan,
            fields=(*plan.fields, *self.plan.fields),
            unresolved=(*plan.unresolved, *self.plan.unresolved),
        )


def settle(
    data: Mapping[str, object], cards: Sequence[FieldCard], language: str = "", lines: Lines | None = None
) -> Settled:
    """Returns what is certain about flat data, by the rows that its lists have got and by date fields with a time field after them.

    A list of lines without rows is an unresolved key: its rows may be on another page.
    """
    lists = [key for key, value in data.items() if is_list_of_lines(value)]
    shown = {card.number for card in cards}
    rows = [line for line in (lines.lines if lines else ()) if {card.number for card in line.cards} <= shown]
    placed = {line.key.rpartition("[")[0] for line in rows}
    plans = [_line_plan(line.key, line.data, line.cards, language) for line in rows]
    free = [card for card in cards if lines is None or card.number not in lines.taken]
    moments = cut_moments({key: value for key, value in data.items() if key not in lists}, free)
    plans.append(_plan(moments.data, [found.card for found in moments.matches], moments.matches, language))
    open_lists = FillPlan((), tuple(Unresolved(key) for key in lists if key not in placed))
    plans.append(with_remedies(open_lists, lines.remedies if lines else {}))
    halves = {found.card.number for found in moments.matches}
    keys = {found.key for found in moments.matches}
    return Settled(
        FillPlan(
            tuple(planned for plan in plans for planned in plan.fields),
            tuple(key for plan in plans for key in plan.unresolved),
        ),
        {key: value for key, value in moments.data.items() if key not in keys},
        tuple(card for card in free if card.number not in halves),
        moments.remedies,
    )


def _line_plan(key: str, line: Mapping[str, object], cards: Sequence[FieldCard], language: str) -> FillPlan:
    """The plan of one line in its row, which is matched by itself, as if it were a form."""
    sure = settle(line, cards, language)
    cut = recompose(without_instructions(sure.rest), sure.free, language)
    whole = {name: line.get(name, value) for name, value in cut.data.items()}
    found = match(cut.data, sure.free)
    plan = _plan(whole, sure.free, found.matches, language, found.unresolved)
    plan = sure.added_to(with_remedies(plan, {**cut.remedies, **sure.remedies}))
    return FillPlan(
        tuple(replace(planned, key=f"{key}.{planned.key}") for planned in plan.fields),
        tuple(replace(unresolved, key=f"{key}.{unresolved.key}") for unresolved in plan.unresolved),
    )


def _plan(
    data: Mapping[str, object],
    cards: Sequence[FieldCard],
    matches: Sequence[Match],
    language: str,
    unresolved: Sequence[Unresolved] = (),
) -> FillPlan:
    return make_plan(cards, data, Matching(tuple(matches), tuple(unresolved)), language=language)

"""Choosing step by step: lists of which each opens the next, as places by continent, country and city.

``Europe / Finland / Turku`` -> press Europe -> its list -> press Finland -> its list -> press Turku
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.options import listed
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.choosing import exactly, options, same
from GenFlowLibrary.forms.widgets.widget import OPENING

if TYPE_CHECKING:
    from GenFlowLibrary.browser.widget_view import WidgetPart, WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

STEP = re.compile(r"\s*[>/›»\\]\s*")
"""What stands between the steps of a way."""


def steps_of(value: str, view: WidgetView) -> list[str]:
    """Returns the steps of a value that is a way into the open lists, empty when it is none: the first is offered, the whole is not."""
    steps = [step for step in STEP.split(value) if step]
    offered = view.of("option")
    if len(steps) < 2 or exactly(value, offered):  # noqa: PLR2004 - a way has two steps at least
        return []
    return steps if any(same(steps[0], part.text) for part in offered) else []


def last_step(held: Held, steps: list[str]) -> WidgetPart:
    """Presses all steps but the last one, and returns the entry of that one, with them as its path.

    Raises:
        ValueRejected: a step is not offered.
    """
    for number, step in enumerate(steps[:-1], 1):
        held.press(_entry(held.look(), steps[: number - 1], step))
        held.until(lambda seen, number=number: _columns(seen) > number, OPENING)  # type: ignore[misc]
    return replace(_entry(held.look(), steps[:-1], steps[-1]), path=tuple(steps[:-1]))


def _columns(view: WidgetView) -> int:
    return len({part.group for part in view.of("option")})


def _entry(view: WidgetView, before: list[str], step: str) -> WidgetPart:
    """The entry in the last list: those before hold what was pressed already."""
    groups = list(dict.fromkeys(part.group for part in view.of("option")))
    entries = [part for part in view.of("option") if part.group == groups[-1]] if groups else []
    found = exactly(step, entries) if len(groups) == len(before) + 1 else None
    if found is None:
        way = " / ".join(before) or "its first list"
        raise ValueRejected(f"offers no '{step}' under {way}; it offers {listed(options(entries))}")
    return found

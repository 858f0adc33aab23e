"""Tree and tree select: open the branches until the entry is there, press it, check what is shown.

A value is an entry's text, or the way to it: ``Europe / Finland``, ``Europe > Finland``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.options import listed
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.choosing import options, same
from GenFlowLibrary.forms.widgets.widget import OPENING, refuse

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.browser.widget_view import WidgetPart, WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

_STEP = re.compile(r"\s*[>/›»\\]\s*")
_MOST_BRANCHES = 200


def set_tree(held: Held, setting: Setting) -> Setting:
    """Makes a tree show the wanted entry. Raises ValueRejected when no branch holds it, several do, or the tree shows another."""
    if not isinstance(setting.value, tuple):
        wanted: tuple[str, ...] = (str(setting.value),)
    else:
        wanted = setting.value
    if len(wanted) != 1:
        raise ValueRejected(f"takes one entry, got {len(wanted)}")
    view = held.open()
    if not view.of("option"):
        raise ValueRejected("did not open when pressed, so nothing could be chosen in it")
    try:
        part = _search(held, wanted[0], view)
    except ValueRejected:
        held.close()
        raise
    held.press(part)
    view = held.until(lambda seen: any(_means(shown, part) for shown in seen.values))
    view = held.close()
    if not any(_means(shown, part) for shown in view.values):
        raise refuse(part.text, view)
    return replace(setting, value=view.values)


def _means(shown: str, part: WidgetPart) -> bool:
    steps = [step for step in _STEP.split(shown) if step]
    return same(shown, part.text) or (bool(steps) and same(steps[-1], part.text))


def _search(held: Held, wanted: str, view: WidgetView) -> WidgetPart:
    """Opens every branch that may hold the entry, so that a second one of its name is not overlooked."""
    for _ in range(_MOST_BRANCHES):
        closed = [part for part in view.of("next") if _may_hold(part, wanted)]
        if not closed:
            break
        count = len(view.of("option"))
        held.press(closed[0])
        after = held.until(lambda seen, count=count: len(seen.of("option")) > count, OPENING)  # type: ignore[misc]
        if len(after.of("option")) <= count:
            raise ValueRejected(f"does not open its branch '{closed[0].text}'")
        view = after
    found = [part for part in view.of("option") if _fits(part, wanted)]
    if len(found) > 1:
        ways = ", ".join(f"'{' / '.join((*part.path, part.text))}'" for part in found)
        raise ValueRejected(
            f"offers several entries that '{wanted}' can mean ({ways}), so write the way to one"
        )
    if not found:
        raise ValueRejected(f"offers no '{wanted}'; it offers {listed(options(view.of('option')))}")
    if found[0].disabled:
        raise ValueRejected(f"offers '{wanted}', but it can't be chosen now")
    return found[0]


def _may_hold(part: WidgetPart, wanted: str) -> bool:
    """A branch off the written way need not be opened."""
    way = _STEP.split(wanted)
    if len(way) == 1:
        return True
    path = [*part.path, part.text]
    return len(path) < len(way) and all(same(*pair) for pair in zip(path, way, strict=False))


def _fits(part: WidgetPart, wanted: str) -> bool:
    way = [*part.path, part.text]
    steps = _STEP.split(wanted)
    return same(part.text, wanted) or (
        len(steps) > 1 and len(steps) <= len(way) and all(map(same, steps, way[-len(steps) :]))
    )

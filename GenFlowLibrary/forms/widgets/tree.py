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
    from collections.abc import Sequence

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
    first = held.look()
    if not wanted or len(wanted) > 1 or first.multiple or first.of("remove"):
        return replace(setting, value=_several(held, wanted))
    view = _opened(held)
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


def _several(held: Held, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Makes exactly the wanted entries chosen: the missing ones pressed, the surplus ones pressed once more or taken away as chips."""
    taken: list[WidgetPart] = []
    try:
        for text in wanted:
            part = _search(held, text, _opened(held))
            if not _chosen(held.look(), part):
                held.press(part)
                view = held.until(lambda seen, part=part: _chosen(seen, part))  # type: ignore[misc]
                if not _chosen(view, part):
                    raise refuse(part.text, view)
            taken.append(part)
        _leave(held, taken)
    finally:
        view = held.close() if held.look().open else held.look()
    if len(view.values) != len({part.text for part in taken}) or not all(
        _chosen(view, part) for part in taken
    ):
        raise refuse(", ".join(part.text for part in taken), view)
    return view.values


def _opened(held: Held) -> WidgetView:
    """A tree that stands in the page is open; pressing it would press one of its entries."""
    view = held.look()
    if not view.of("option"):
        view = held.open()
    if not view.of("option"):
        raise ValueRejected("did not open when pressed, so nothing could be chosen in it")
    return view


def _chosen(view: WidgetView, part: WidgetPart) -> bool:
    return any(_means(shown, part) for shown in view.values)


def _leave(held: Held, taken: Sequence[WidgetPart]) -> None:
    """Takes away what is chosen and not wanted."""
    for _ in held.look().values:
        view = held.look()
        surplus = [shown for shown in view.values if not any(_means(shown, part) for part in taken)]
        if not surplus:
            return
        chips = [part for part in view.of("remove") if same(part.text, surplus[0])]
        held.press(chips[0] if chips else _search(held, surplus[0], _opened(held)))
        held.until(lambda seen, gone=surplus[0]: gone not in seen.values)  # type: ignore[misc]


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

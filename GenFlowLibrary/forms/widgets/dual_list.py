"""Dual list: mark the entries on one side and press the button between the lists, until the chosen list holds what is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.choosing import pick, same
from GenFlowLibrary.forms.widgets.widget import refuse

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.browser.widget_view import PartRole, WidgetPart
    from GenFlowLibrary.forms.widgets.widget import Held


def set_dual_list(held: Held, setting: Setting) -> Setting:
    """Makes the chosen list hold exactly the wanted entries. Raises ValueRejected when one is in neither list or does not move."""
    wanted = setting.value if isinstance(setting.value, tuple) else (str(setting.value),)
    everything = held.look(first=True).of("option")
    texts = tuple(dict.fromkeys(pick(text, everything).text for text in wanted))
    for text in texts:
        if not any(same(text, shown) for shown in held.look().values):
            _move(held, text, "offered", "put in")
    for text in held.look().values:
        if not any(same(text, kept) for kept in texts):
            _move(held, text, "chosen", "take out")
    view = held.look()
    if sorted(view.values) != sorted(texts):
        raise refuse(", ".join(texts), view)
    return replace(setting, value=view.values)


def _move(held: Held, text: str, side: str, way: PartRole) -> None:
    """Marks one entry alone, for the buttons move all that is marked."""
    view = held.look()
    for part in _of_side(view.of("option"), side):
        if part.selected != same(part.text, text):
            held.press(part)
    count = len(view.values)
    view = held.until(
        lambda seen: (
            [p.text for p in _of_side(seen.of("option"), side) if p.selected]
            == [p.text for p in _of_side(seen.of("option"), side) if same(p.text, text)]
        )
    )
    buttons = [part for part in view.of(way) if part.group != "all"]
    if len(buttons) != 1 or buttons[0].disabled:
        raise ValueRejected(f"has no single button that moves '{text}'")
    held.press(buttons[0])
    held.until(lambda seen: len(seen.values) != count)


def _of_side(parts: tuple[WidgetPart, ...], side: str) -> list[WidgetPart]:
    return [part for part in parts if part.group == side]

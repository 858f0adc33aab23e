"""Spin button and slider: type the number where there is a text box, else step by arrow keys, never past the number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.forms.numbers import plain
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.widget import refuse

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.browser.widget_view import WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

_MOST_STEPS = 400
"""Keys sent at most: at about 10 ms each a slider of 200 steps takes 2 s."""

_AT_ONCE = 25
"""Arrow keys sent in one go once the step is known."""


def set_number(held: Held, setting: Setting) -> Setting:
    """Makes a spin button or slider show a number. Raises ValueRejected when its steps miss the number or it does not move."""
    wanted = Decimal(str(setting.value))
    view = held.look(first=True)
    if view.editable and held.card.kind == "spinbutton":
        held.type(plain(wanted), Key.TAB)
        view = held.until(lambda seen: _number(seen) == wanted)
    if _number(view) != wanted:
        view = _step(held, wanted, view)
    if _number(view) != wanted:
        raise refuse(plain(wanted), view)
    return replace(setting, value=plain(wanted))


def _number(view: WidgetView) -> Decimal | None:
    try:
        return Decimal(view.value)
    except InvalidOperation:
        return None


def _step(held: Held, wanted: Decimal, view: WidgetView) -> WidgetView:
    """Walks to the number: one step tells how far a key goes and which way, then many at once, the last ones by looking."""
    now = _number(view)
    if now is None:
        raise ValueRejected(f"shows '{view.value}', which is no number to step from")
    sent = 0
    while now != wanted and sent < _MOST_STEPS:
        up = wanted > now
        before = now
        _once(held, view, up=up)
        view = held.until(lambda seen, before=before: _number(seen) not in (before, None), 0.5)  # type: ignore[misc]
        now = _number(view)
        if now is None or now == before:
            raise ValueRejected(f"stays at {plain(before)} when it is moved towards {plain(wanted)}")
        step = abs(now - before)
        if abs(wanted - now) < step and now != wanted:
            raise ValueRejected(
                f"goes in steps of {plain(step)} from {plain(before)} and misses {plain(wanted)}"
            )
        many = min(int(abs(wanted - now) / step) - 1, _AT_ONCE)
        if many > 0 and not view.of("increase", "decrease"):
            held.keys(*[Key.UP if wanted > now else Key.DOWN] * many)
            target = now + step * many * (1 if wanted > now else -1)
            view = held.until(lambda seen, target=target: _number(seen) == target, 0.5)  # type: ignore[misc]
            now = _number(view) or now
        sent += 1 + max(many, 0)
    return view


def _once(held: Held, view: WidgetView, *, up: bool) -> None:
    buttons = view.of("increase" if up else "decrease")
    if buttons:
        held.press(buttons[0])
    else:
        held.keys(Key.UP if up else Key.DOWN)

"""Date or time field drawn in pieces, a spin button each: every piece pressed, typed, and read by its number.

ISO value -> a number a piece -> press, type, wait until it holds -> else step by arrow keys -> the whole read back
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.widget import OPENING

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.browser.widget_view import WidgetPart, WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

_ISO = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d))?T?(?:(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
)
_NOON = 12
_MOST_STEPS = 150
"""Arrow keys sent at most for one piece: 60 for minutes, more for a year of birth."""


def set_segments(held: Held, setting: Setting) -> Setting:
    """Makes a field of pieces hold an ISO date, time, or both. An empty text empties all pieces.

    Raises:
        ValueRejected: the value lacks what a piece asks for, has what no piece can hold, or a piece keeps something else.
    """
    text = str(setting.value)
    names = [part.text for part in held.look().of("segment")]
    wanted = _numbers(text, names) if text else {}
    for name in names:
        _set(held, name, wanted.get(name))
    held.keys(Key.TAB)
    view = held.until(lambda seen: seen.value == text, OPENING / 2)
    if view.open:
        view = held.close()
    if view.value != text:
        raise ValueRejected(f"shows '{view.value}' after '{text}' was typed, piece by piece")
    return replace(setting, value=view.value)


def _numbers(text: str, names: list[str]) -> dict[str, str]:
    found = _ISO.fullmatch(text)
    given = {name: number for name, number in (found.groupdict() if found else {}).items() if number}
    if lacking := [name for name in names if name not in given and name not in ("second", "half")]:
        raise ValueRejected(f"also asks for {_listed(lacking)}, got '{text}'")
    if surplus := [name for name, number in given.items() if name not in names and int(number)]:
        raise ValueRejected(f"has no place for {_listed(surplus)}, got '{text}'")
    if "second" in names:
        given.setdefault("second", "00")
    if "half" in names:
        hour = int(given["hour"])
        given["half"] = "p" if hour >= _NOON else "a"
        given["hour"] = f"{hour % _NOON or _NOON:02d}"
    return given


def _listed(names: list[str]) -> str:
    return " and ".join(f"the {name}" for name in names)


def _set(held: Held, name: str, wanted: str | None) -> None:
    """Types one piece. A number goes in with its leading zeros, so that no piece waits for another digit."""
    part = _piece(held, name)
    if wanted is None:
        held.press(part)
        held.keys(Key.BACKSPACE)
        return
    if wanted.isdigit() and part.value and int(part.value) == int(wanted):
        return
    held.press(part)
    held.keys(wanted)
    if wanted.isdigit() and not _took(held, name, wanted, OPENING / 4):
        _step(held, name, int(wanted))


def _step(held: Held, name: str, wanted: int) -> None:
    """Walks to a number by arrow keys, where a piece does not take digits as they are typed."""
    held.press(_piece(held, name))
    held.keys(
        Key.BACKSPACE, Key.UP
    )  # from nothing, the first step leads to a likely number: this year, this month
    held.until(lambda seen: _filled(seen, name), OPENING / 4)
    part = _piece(held, name)
    away = wanted - int(part.value) if part.value.isdigit() else 0
    if abs(away) <= _MOST_STEPS:
        held.keys(*[Key.UP if away > 0 else Key.DOWN] * abs(away))
        _took(held, name, str(wanted), OPENING / 2)


def _filled(view: WidgetView, name: str) -> bool:
    return any(part.text == name and part.value for part in view.of("segment"))


def _took(held: Held, name: str, wanted: str, patience: float) -> bool:
    def shown(view: WidgetView) -> bool:
        return any(_holds(part, name, wanted) for part in view.of("segment"))

    return shown(held.until(shown, patience))


def _holds(part: WidgetPart, name: str, wanted: str) -> bool:
    return part.text == name and part.value.isdigit() and int(part.value) == int(wanted)


def _piece(held: Held, name: str) -> WidgetPart:
    return next(part for part in held.look().of("segment") if part.text == name)

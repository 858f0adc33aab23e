"""Popup time picker: typed where it takes keys, else chosen from its list or its columns of hours and minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.forms.dates import a_time
from GenFlowLibrary.forms.options import listed
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.choosing import options
from GenFlowLibrary.forms.widgets.segments import set_segments
from GenFlowLibrary.forms.widgets.widget import OPENING

if TYPE_CHECKING:
    from datetime import time

    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.browser.widget_view import WidgetPart
    from GenFlowLibrary.forms.widgets.widget import Held

_NOON = 12


def set_time(held: Held, setting: Setting) -> Setting:
    """Makes a time picker show a time of day. Raises ValueRejected when it is not offered or another one is shown."""
    view = held.look(first=True)
    if view.of("segment"):
        return set_segments(held, setting)
    wanted = a_time(setting.value)
    if view.editable:
        halves = any(
            mark in f"{held.card.placeholder} {held.card.hint}".casefold()
            for mark in ("am", "pm", " aa", " tt")
        )
        seconds = ":%S" if wanted.second else ""
        held.type(wanted.strftime(f"%I:%M{seconds} %p" if halves else f"%H:%M{seconds}"))
        if not held.confirm():
            held.keys(Key.TAB)
        held.close()
        view = held.until(lambda seen: _shows(seen.value, wanted), OPENING / 2)
        if _shows(view.value, wanted):
            return replace(setting, value=view.value)
    view = held.open()
    try:
        _choose(held, view.of("option"), wanted)
        held.confirm()
        held.until(lambda seen: _shows(seen.value, wanted), OPENING / 2)
    finally:
        view = held.close()
    if not _shows(view.value, wanted):
        raise ValueRejected(f"shows '{view.value}' after {wanted:%H:%M} was chosen in it")
    return replace(setting, value=view.value)


def _shows(text: str, wanted: time) -> bool:
    return _time(text) == wanted


def _time(text: str) -> time | None:
    try:
        return a_time(text) if text else None
    except ValueRejected:
        return None


def _choose(held: Held, entries: tuple[WidgetPart, ...], wanted: time) -> None:
    groups = list(dict.fromkeys(part.group for part in entries))
    if len(groups) > 1:
        _by_columns(held, groups, wanted)
        return
    fitting = [part for part in entries if _time(part.text) == wanted and not part.disabled]
    if len(fitting) != 1:
        raise ValueRejected(
            f"offers no {wanted:%H:%M}; it offers {listed(options(entries))}"
            if entries
            else "did not open when pressed"
        )
    held.press(fitting[0])


def _by_columns(held: Held, groups: list[str], wanted: time) -> None:
    halves = len(groups) > 2 and any(  # noqa: PLR2004 - hours, minutes, and the half of the day
        part.text.casefold().strip(".") in ("am", "a.m")
        for part in held.look().of("option")
        if part.group == groups[-1]
    )
    hour = (wanted.hour % _NOON or _NOON) if halves else wanted.hour
    numbers = [hour, wanted.minute, *([wanted.second] if len(groups) > 2 and not halves else [])]  # noqa: PLR2004
    for group, number in zip(groups, numbers, strict=False):
        entries = [part for part in held.look().of("option") if part.group == group]
        fitting = [
            part for part in entries if part.text.isdigit() and int(part.text) == number and not part.disabled
        ]
        if len(fitting) != 1:
            raise ValueRejected(
                f"offers no {number} among its {group or 'numbers'}: {listed(options(entries))}"
            )
        if not fitting[0].selected:
            held.press(fitting[0])
    if halves:
        half = "p" if wanted.hour >= _NOON else "a"
        entries = [part for part in held.look().of("option") if part.group == groups[-1]]
        held.press(next(part for part in entries if part.text.casefold().startswith(half)))

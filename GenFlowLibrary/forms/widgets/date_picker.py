"""Popup date picker, for a day or a range: typed where the page says how dates are written, else chosen in the calendar.

value -> dates -> typed in the page's own format and read back -> else the calendar, walked -> read back
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.forms.dates import a_date
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.calendar import date_in, press_day
from GenFlowLibrary.forms.widgets.date_format import DateFormat, date_format
from GenFlowLibrary.forms.widgets.segments import set_segments
from GenFlowLibrary.forms.widgets.widget import OPENING, refuse

if TYPE_CHECKING:
    from datetime import date

    from GenFlowLibrary.browser.page import FieldCard, Setting
    from GenFlowLibrary.browser.widget_view import WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

BETWEEN = re.compile(r"\s*(?:\s[-–—]\s|–|\s(?:to|until|bis|au|hasta|til|till)\s|~|→|/(?=\d{4}-))\s*")
"""What stands between the two dates of a range; the slash is ISO 8601's."""


def format_of(card: FieldCard) -> DateFormat | None:
    """Returns how a field wants its dates written, if it says so."""
    return date_format((card.placeholder, card.hint, card.title, card.label))


def dates_of(card: FieldCard, text: str) -> tuple[date, ...]:
    """Returns the one or two dates of a value: in the field's own format, or unambiguous. Raises ValueRejected for anything else."""
    form = format_of(card)
    parts = [part for part in BETWEEN.split(text) if part]
    return tuple(
        (_ISO_DATE.fullmatch(part) is None and form and form.read(part)) or a_date(part) for part in parts
    )


_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERS = re.compile(r"\s*\d+\s*([./-])\s*\d+\s*\1\s*\d+\s*")


def set_date(held: Held, setting: Setting) -> Setting:
    """Makes a date picker show a day, or both days of a range. Raises ValueRejected when it does not allow it or shows another one."""
    text = str(setting.value)
    view = held.look(first=True)
    if view.of("segment"):
        return set_segments(held, setting)
    if not text:
        return _clear(held, setting, view)
    try:
        wanted = dates_of(held.card, text)
    except ValueRejected:
        if not view.editable or _NUMBERS.fullmatch(text):
            raise  # what is a date and can be read in two ways is not left to the page to read
        return replace(setting, value=_as_text(held, text))
    form = format_of(held.card)
    if form and view.editable:
        shown = _type(held, wanted, form)
        if _shows(shown.value, wanted, form):
            return replace(setting, value=shown.value)
    view = held.open(needs="day")
    if not view.of("day"):
        held.close()
        if view.editable and not form:
            return replace(setting, value=_as_text(held, text))
        raise ValueRejected(f"opened no calendar, and shows '{held.look().value}' after '{text}' was typed")
    return replace(setting, value=_choose(held, wanted, form))


def _type(held: Held, wanted: tuple[date, ...], form: DateFormat) -> WidgetView:
    text = " - ".join(form.write(day) for day in wanted)
    held.type(text)
    view = held.look()
    if view.open:
        held.close()
    else:
        held.keys(Key.TAB)
    return held.until(lambda seen: _shows(seen.value, wanted, form), OPENING / 2)


def _choose(held: Held, wanted: tuple[date, ...], form: DateFormat | None) -> str:
    before = held.look().value
    try:
        for day in wanted:
            if not held.look().of("day"):
                held.open(needs="day")
            press_day(held, day)
        # A popup with a button of its own shows the day at once, and gives it to the application when that is pressed.
        held.confirm()
        view = held.until(lambda seen: _shows(seen.value, wanted, form))
    finally:
        held.close()
    view = held.look()
    if not _shows(view.value, wanted, form):
        raise ValueRejected(
            f"shows '{view.value or before}' after {wanted[-1].isoformat()} was chosen in its calendar"
        )
    return view.value


def _shows(text: str, wanted: tuple[date, ...], form: DateFormat | None) -> bool:
    """Whether a text means the dates: in the page's format, or written out, or, for it was chosen by its date, with all their numbers."""
    parts = [part for part in BETWEEN.split(text) if part]
    if len(parts) != len(wanted):
        return False
    return all(_means(part, day, form) for part, day in zip(parts, wanted, strict=True))


def _means(text: str, day: date, form: DateFormat | None) -> bool:
    if form and (read := form.read(text)):
        return read == day
    if read := date_in(text):
        return read == day
    numbers = sorted(int(number) for number in re.findall(r"\d+", text))
    return numbers in (sorted((day.year, day.month, day.day)), sorted((day.year % 100, day.month, day.day)))


def _as_text(held: Held, text: str) -> str:
    """A text box that opens no calendar gets the text as it was given."""
    held.note = "typed as text, for the page says no date format"
    held.type(text, Key.TAB)
    view = held.close()
    if view.value != text:
        raise refuse(text, view)
    return view.value


def _clear(held: Held, setting: Setting, view: WidgetView) -> Setting:
    if view.value and view.editable:
        held.type("", Key.TAB)
    shown = held.close()
    if shown.value:
        raise ValueRejected(f"keeps '{shown.value}' and can't be emptied by this library")
    return setting

"""An open calendar: which day each cell is, and walking month by month to the wanted one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.dates import a_date
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.widget import OPENING

if TYPE_CHECKING:
    from GenFlowLibrary.browser.widget_view import WidgetPart, WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

_ISO = re.compile(r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_WRITTEN = (
    re.compile(r"[^\W\d_]+\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}(?!\d)"),
    re.compile(
        r"(?<!\d)\d{1,2}(?:\.|st|nd|rd|th|er)?\s+(?:de\s+|of\s+)?[^\W\d_]+\.?,?\s+(?:de\s+)?\d{4}(?!\d)"
    ),
    re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"),
)
_MONTH = re.compile(r"([^\W\d_]+)\.?,?\s*(?:de\s+)?(\d{4})(?!\d)")
_MONTH_NUMBERS = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})|(?<!\d)(\d{1,2})\s*[/.]\s*(\d{4})")
_MOST_TURNS = 600
_A_YEAR = 12


def date_in(text: str) -> date | None:
    """Returns the one date that stands in a text, as in ``Choose Wednesday, 3 June 2026``; None where there is none or it is ambiguous."""
    for pattern in (_ISO, *_WRITTEN):
        for found in pattern.finditer(text):
            try:
                return a_date(found[0])
            except ValueRejected:
                continue
    return None


def month_in(caption: str) -> date | None:
    """Returns the first day of the month that a calendar's heading names."""
    for found in _MONTH.finditer(caption):
        try:
            return a_date(f"1 {found[1]} {found[2]}")
        except ValueRejected:
            continue
    if numbers := _MONTH_NUMBERS.search(caption):
        year, month = int(numbers[1] or numbers[4]), int(numbers[2] or numbers[3])
        return date(year, month, 1) if 1 <= month <= _A_YEAR else None
    return None


def day_of(part: WidgetPart) -> date | None:
    """Returns the date of a calendar's cell: as it says itself, or by its number and the heading of its month."""
    if told := date_in(part.value):
        return told
    month = None if part.group == "outside" else month_in(part.group)
    try:
        return month.replace(day=int(part.text)) if month else None
    except ValueError:
        return None


def _months(view: WidgetView) -> list[date]:
    """The months that are shown, by the cells that belong to them."""
    days = [day_of(part) for part in view.of("day") if part.group != "outside"]
    found = [day.replace(day=1) for day in days if day]
    return sorted({month for month in found if found.count(month) >= 28})  # noqa: PLR2004 - a whole month


def press_day(held: Held, wanted: date) -> None:
    """Walks the open calendar to a day and presses it.

    Raises:
        ValueRejected: the calendar can't be read, goes no further, or does not allow the day.
    """
    view = held.look()
    for _ in range(_MOST_TURNS):
        days = [part for part in view.of("day") if day_of(part) == wanted]
        inside = [part for part in days if part.group != "outside"]
        months = _months(view)
        if inside:
            _press(held, inside[0], wanted)
            return
        if not months:
            raise ValueRejected(
                "opened a calendar that tells neither month nor dates, so no day could be chosen in it"
            )
        view = _turn(held, view, months, wanted)
    raise ValueRejected(f"did not come to {wanted.isoformat()} in {_MOST_TURNS} turns of its calendar")


def _press(held: Held, part: WidgetPart, wanted: date) -> None:
    if part.disabled:
        raise ValueRejected(f"does not allow {wanted.isoformat()}: its calendar shows the day as disabled")
    held.press(part)


def _turn(held: Held, view: WidgetView, months: list[date], wanted: date) -> WidgetView:
    goal = wanted.replace(day=1)
    if months[0] < goal < months[-1]:
        raise ValueRejected(f"does not show {wanted.isoformat()} in its calendar")
    ahead = goal > months[-1]
    edge = months[-1] if ahead else months[0]
    away = abs((goal.year - edge.year) * _A_YEAR + goal.month - edge.month)
    arrows = view.of("next" if ahead else "previous")
    by_month = [part for part in arrows if part.group == "month"]
    by_year = [part for part in arrows if part.group == "year"]
    usable = (by_year if away >= _A_YEAR else []) or by_month
    if not usable:
        raise ValueRejected(
            f"does not allow {wanted.isoformat()}: its calendar goes no further than {edge:%Y-%m}"
        )
    held.press(usable[0])
    after = held.until(lambda seen: bool(_months(seen)) and _months(seen) != months, OPENING)
    if _months(after) == months:
        raise ValueRejected(f"does not allow {wanted.isoformat()}: its calendar stays at {edge:%Y-%m}")
    return after

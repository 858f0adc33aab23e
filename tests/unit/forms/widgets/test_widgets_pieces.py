"""Fields of several pieces, lists behind lists, and lists that are longer than what they draw, on pages made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.page import FieldCard, Setting, Snapshot
from GenFlowLibrary.browser.widget_view import Key, WidgetPart, WidgetView
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widget_values import widget_value
from GenFlowLibrary.forms.widgets.cascade import steps_of
from GenFlowLibrary.forms.widgets.long_list import scrolled_to
from GenFlowLibrary.forms.widgets.segments import set_segments
from GenFlowLibrary.forms.widgets.widget import Held

if TYPE_CHECKING:
    from collections.abc import Sequence


class Clock:
    """A clock that only sleeping moves."""

    now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def __call__(self) -> float:
        return self.now


def held(page: Any) -> Held:
    clock = Clock()
    snapshot = Snapshot("1", "", "", "", "en", (FieldCard(1, "datepicker", "Field"),), ())
    return Held(page, snapshot, snapshot.fields[0], sleep=clock.sleep, clock=clock)


class Pieces:
    """A page with one field of pieces; ``lost`` is a piece that takes nothing."""

    def __init__(self, *names: str, lost: str = "") -> None:
        self.numbers = dict.fromkeys(names, "")
        self.lost, self.now = lost, ""

    def look_at_widget(self, *_: object, first: bool = False, scroll: str = "") -> WidgetView:
        parts = tuple(WidgetPart(n, "segment", *item) for n, item in enumerate(self.numbers.items(), 1))
        return WidgetView((self.value,) if any(self.numbers.values()) else (), parts=parts)

    @property
    def value(self) -> str:
        of = {"half": "", **self.numbers}
        late = 12 if of["half"] == "p" else 0
        hour = f"{int(of['hour']) % 12 + late:02d}" if of["half"] else of.get("hour", "")
        day = "-".join(of[name] for name in ("year", "month", "day") if name in of)
        return "T".join(filter(None, (day, ":".join(filter(None, (hour, of.get("minute", "")))))))

    def press_part(self, snapshot: Snapshot, number: int, part: int) -> None:
        self.now = list(self.numbers)[part - 1]

    def send_keys(self, snapshot: Snapshot, number: int, *keys: str | Key) -> None:
        for key in keys:
            if key is Key.BACKSPACE:
                self.numbers[self.now] = ""
            elif isinstance(key, str) and self.now != self.lost:
                self.numbers[self.now] = key


def test_each_piece_gets_its_number_with_leading_zeros() -> None:
    page = Pieces("month", "day", "year")
    assert set_segments(held(page), Setting(1, "2026-04-03")).value == "2026-04-03"
    assert page.numbers == {"month": "04", "day": "03", "year": "2026"}


@pytest.mark.parametrize(
    ("text", "hour", "half"), [("00:05", "12", "a"), ("12:05", "12", "p"), ("14:05", "02", "p")]
)
def test_hours_of_half_days(text: str, hour: str, half: str) -> None:
    page = Pieces("hour", "minute", "half")
    set_segments(held(page), Setting(1, text))
    assert page.numbers == {"hour": hour, "minute": "05", "half": half}


def test_an_empty_text_empties_every_piece() -> None:
    page = Pieces("month", "day", "year")
    set_segments(held(page), Setting(1, "2026-04-03"))
    assert set_segments(held(page), Setting(1, "")).value == ""
    assert set(page.numbers.values()) == {""}


@pytest.mark.parametrize(
    ("names", "text", "why"),
    [
        (("month", "day", "year"), "14:05", "also asks for the month and the day and the year"),
        (("month", "day", "year"), "2026-04-03T14:05", "has no place for the hour and the minute"),
        (("hour", "minute"), "14:05:30", "has no place for the second"),
    ],
)
def test_what_the_pieces_cannot_hold_is_refused_before_anything_is_typed(
    names: Sequence[str], text: str, why: str
) -> None:
    page = Pieces(*names)
    with pytest.raises(ValueRejected, match=why):
        set_segments(held(page), Setting(1, text))
    assert set(page.numbers.values()) == {""}


def test_a_piece_that_takes_nothing_is_refused() -> None:
    with pytest.raises(ValueRejected, match="piece by piece"):
        set_segments(held(Pieces("month", "day", "year", lost="day")), Setting(1, "2026-04-03"))


def test_the_order_of_the_pieces_tells_how_a_date_is_read() -> None:
    card = FieldCard(1, "datepicker", "Day", constraints={"parts": "day month year"})
    assert widget_value(card, "03/04/2026") == "2026-04-03"
    assert widget_value(replace(card, constraints={"parts": "month day year"}), "03/04/2026") == "2026-03-04"
    assert widget_value(card, "2026-04-03") == "2026-04-03"


def test_a_field_for_a_moment_takes_both_and_a_date_field_no_time() -> None:
    moment = FieldCard(1, "datepicker", "Start", constraints={"parts": "day month year hour minute"})
    assert widget_value(moment, "2026-04-03 9:05") == "2026-04-03T09:05"
    with pytest.raises(ValueRejected, match="without a time"):
        widget_value(FieldCard(1, "datepicker", "Day"), datetime(2026, 4, 3, 9, 5))
    assert widget_value(FieldCard(1, "datepicker", "Day"), datetime(2026, 4, 3)) == "2026-04-03"


def test_the_seconds_of_a_time_are_kept() -> None:
    assert widget_value(FieldCard(1, "timepicker", "Alarm"), time(6, 5, 30)) == "06:05:30"
    assert widget_value(FieldCard(1, "timepicker", "Alarm"), "06:05") == "06:05"


def offering(*texts: str, more: bool = False) -> WidgetView:
    parts = tuple(WidgetPart(n, "option", text) for n, text in enumerate(texts, 1))
    return WidgetView(open=True, more=more, parts=parts)


def test_a_way_is_one_only_when_its_first_step_is_offered_and_the_whole_is_not() -> None:
    assert steps_of("Europe / Finland > Turku", offering("Europe")) == ["Europe", "Finland", "Turku"]
    assert steps_of("and/or", offering("and/or", "and")) == []
    assert steps_of("Asia / Japan", offering("Europe")) == []
    assert steps_of("Europe", offering("Europe")) == []


class LongList:
    """A page with an open list of which three entries are drawn at a time."""

    def __init__(self, *texts: str) -> None:
        self.texts, self.top = texts, 0

    def look_at_widget(self, *_: object, first: bool = False, scroll: str = "") -> WidgetView:
        if scroll:
            self.top = 0 if scroll == "top" else min(self.top + 2, len(self.texts) - 3)
        return offering(*self.texts[self.top : self.top + 3], more=self.top + 3 < len(self.texts))


def test_a_long_list_is_scrolled_to_the_entry() -> None:
    page = LongList(*(f"Room {n}" for n in range(20)))
    found = scrolled_to(held(page), "room 13", page.look_at_widget())
    assert found is not None
    assert found.text == "Room 13"


def test_an_entry_in_other_words_is_found_when_all_of_the_list_was_seen() -> None:
    page = LongList("Austria", "Belgium", "Chile", "Finland", "Germany", "Hungary", "Iceland")
    found = scrolled_to(held(page), "Deutschland", page.look_at_widget())
    assert found is not None
    assert found.text == "Germany"


def test_what_a_long_list_does_not_hold_is_refused() -> None:
    page = LongList(*(f"Room {n}" for n in range(20)))
    with pytest.raises(ValueRejected, match="no option 'Hall'"):
        scrolled_to(held(page), "Hall", page.look_at_widget())


def test_a_list_that_is_drawn_as_a_whole_is_not_scrolled() -> None:
    page = LongList("A", "B", "C")
    assert scrolled_to(held(page), "Z", page.look_at_widget()) is None

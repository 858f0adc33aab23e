"""Dates in pickers: the page's own format, calendars that tell their days in different ways."""

from __future__ import annotations

from datetime import date

import pytest

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.browser.widget_view import WidgetPart
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.values import to_setting
from GenFlowLibrary.forms.widgets.calendar import date_in, day_of, month_in
from GenFlowLibrary.forms.widgets.date_format import date_format

DAY = date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("DD/MM/YYYY", "03/04/2026"),
        ("mm/dd/yyyy", "04/03/2026"),
        ("TT.MM.JJJJ", "03.04.2026"),
        ("jj/mm/aaaa", "03/04/2026"),
        ("pp.kk.vvvv", "03.04.2026"),
        ("åååå-mm-dd", "2026-04-03"),
        ("d.m.yy", "3.4.26"),
        ("Date (YYYY-MM-DD)", "2026-04-03"),
        ("e.g. 31/12/2026", "03/04/2026"),
        ("12/31/2026", "04/03/2026"),
    ],
)
def test_a_date_is_written_as_the_page_says_and_read_back(text: str, written: str) -> None:
    form = date_format([text])
    assert form is not None
    assert form.write(DAY) == written
    assert form.read(written) == DAY


@pytest.mark.parametrize("text", ["", "Pick a date", "05/06/2026", "a/b/c", "and/or/not"])
def test_what_can_be_read_in_two_ways_is_no_format(text: str) -> None:
    assert date_format([text]) is None


def test_a_date_that_does_not_exist_is_none() -> None:
    form = date_format(["DD/MM/YYYY"])
    assert form is not None
    assert form.read("31/02/2026") is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-03",
        "Choose Friday, 3 April 2026",
        "April 3, 2026",
        "Friday, April 3rd, 2026",
        "Freitag, 3. April 2026",
        "2026年4月3日",
    ],
)
def test_the_day_of_a_cell_is_read_from_its_label(text: str) -> None:
    assert date_in(text) == DAY


def test_a_label_that_can_be_read_in_two_ways_tells_no_day() -> None:
    assert date_in("03/04/2026") is None


@pytest.mark.parametrize(
    "caption", ["April 2026", "avril 2026", "huhtikuu 2026", "2026年4月", "04/2026", "Apr. 2026"]
)
def test_a_heading_tells_the_month(caption: str) -> None:
    assert month_in(caption) == date(2026, 4, 1)


def test_a_cell_without_a_date_takes_its_month_from_the_heading_unless_it_is_outside() -> None:
    assert day_of(WidgetPart(1, "day", "3", group="April 2026")) == DAY
    assert day_of(WidgetPart(1, "day", "31", group="outside")) is None
    assert day_of(WidgetPart(1, "day", "31", group="April 2026")) is None


def test_a_date_in_the_fields_own_format_is_not_ambiguous() -> None:
    card = FieldCard(1, "datepicker", "Day", placeholder="DD/MM/YYYY")
    assert to_setting(card, "03/04/2026").value == "03/04/2026"
    assert to_setting(card, DAY).value == "2026-04-03"
    assert to_setting(card, [DAY, "2026-04-05"]).value == "2026-04-03/2026-04-05"


def test_a_date_that_the_field_can_not_mean_is_rejected_before_anything_is_touched() -> None:
    with pytest.raises(ValueRejected, match="expects a date"):
        to_setting(FieldCard(1, "datepicker", "Day", placeholder="DD/MM/YYYY"), "soon")


@pytest.mark.parametrize(
    ("card", "value", "message"),
    [
        (FieldCard(1, "switch", "News"), "perhaps", "is a switch and expects yes or no"),
        (FieldCard(1, "slider", "Age", constraints={"max": "10"}), 11, "takes at most 10"),
        (FieldCard(1, "listbox", "Size"), ["S", "M"], "takes one option, got 2"),
        (FieldCard(1, "datepicker", "Stay"), [1, 2, 3], "got 3 values"),
        (FieldCard(1, "timepicker", "Call"), "noon", "expects a time"),
    ],
)
def test_a_value_of_the_wrong_kind_is_rejected(card: FieldCard, value: object, message: str) -> None:
    with pytest.raises(ValueRejected, match=message):
        to_setting(card, value)

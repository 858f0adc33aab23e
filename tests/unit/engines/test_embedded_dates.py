from __future__ import annotations

import pytest

from GenFlowLibrary.engines.embedded.dates import find_dates, find_datetimes


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.03.05",
        "2026年3月5日",
        "2026 年 3 月 5 号",
        "5 March 2026",
        "5th of March 2026",
        "March 5th, 2026",
        "Mar 5, 2026",
        "5. März 2026",
        "05.03.2026",
        "5.3.2026",
        "5 mars 2026",
        "5 de marzo de 2026",
        "5. maaliskuuta 2026",
        "den 5 mars 2026",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert [one.value for one in find_dates(f"it came on {text}, late").found] == ["2026-03-05"]


@pytest.mark.parametrize("text", ["25/03/2026", "03/25/2026", "25-03-2026"])
def test_a_date_with_slashes_is_read_where_one_number_can_be_no_month(text: str) -> None:
    assert [one.value for one in find_dates(text).found] == ["2026-03-25"]


def test_a_date_that_can_be_read_in_two_ways_is_left_out_and_named() -> None:
    dates = find_dates("due 03/04/2026 or 05/05/2026")
    assert [one.value for one in dates.found] == ["2026-05-05"]
    assert dates.unclear == ("03/04/2026",)


@pytest.mark.parametrize(
    "text",
    [
        "5 March",
        "next Friday",
        "2026-02-30",
        "31.02.2026",
        "12026-03-05",
        "2026-03-051",
        "1.2.3.2026",
        "may 2026",
    ],
)
def test_a_date_without_its_year_or_one_that_is_none_is_not_taken(text: str) -> None:
    assert find_dates(text).found == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-03-05T14:30:10+01:00", "2026-03-05T14:30:10+01:00"),
        ("2026-03-05 14:30", "2026-03-05T14:30:00"),
        ("5 March 2026 at 2:30 pm", "2026-03-05T14:30:00"),
        ("2026年3月5日 14:30", "2026-03-05T14:30:00"),
        ("05.03.2026 um 14:30", "2026-03-05T14:30:00"),
        ("2026-03-05T14:30Z", "2026-03-05T14:30:00+00:00"),
    ],
)
def test_a_time_behind_a_date_belongs_to_it(text: str, value: str) -> None:
    assert [one.value for one in find_datetimes(text)] == [value]


@pytest.mark.parametrize("text", ["2026-03-05", "2026-03-05 25:00", "14:30"])
def test_a_date_without_a_time_is_no_date_and_time(text: str) -> None:
    assert find_datetimes(text) == []

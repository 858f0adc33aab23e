"""Dates with times that go into two fields, without a browser."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.moments import cut_moments

CARDS = [
    FieldCard(1, "datepicker", "Ready on", "label", "Times"),
    FieldCard(2, "datepicker", "Date", "neighbour", "Times / Collection"),
    FieldCard(3, "text", "Time", "neighbour", "Times / Collection"),
    FieldCard(4, "date", "Date", "neighbour", "Times / Delivery"),
    FieldCard(5, "time", "Time", "neighbour", "Times / Delivery"),
    FieldCard(6, "date", "Pickup date", "label", "Times"),
    FieldCard(7, "time", "Pickup time", "label", "Times"),
    FieldCard(8, "date", "Arrival", "label", "Times"),
    FieldCard(9, "time", "arrival_at", "name", "Times", name="arrival_at"),
    FieldCard(10, "text", "Closing time", "label", "Times"),
]


def places(data: dict[str, object]) -> dict[int, object]:
    cut = cut_moments(data, CARDS)
    return {found.card.number: cut.data[found.key] for found in cut.matches}


@pytest.mark.parametrize(
    ("key", "value", "fields"),
    [
        ("Collection", "2026-04-03 14:30", {2: date(2026, 4, 3), 3: "14:30"}),
        ("delivery", datetime(2026, 4, 3, 9, 5, 7), {4: date(2026, 4, 3), 5: "09:05:07"}),
        ("Pickup", "3 April 2026, 2:30 pm", {6: date(2026, 4, 3), 7: "14:30"}),
        ("Arrival", "2026-04-03T08:15", {8: date(2026, 4, 3), 9: "08:15"}),
        ("Collection", "", {2: "", 3: ""}),
    ],
)
def test_a_moment_goes_into_its_date_and_its_time_field(
    key: str, value: object, fields: dict[int, object]
) -> None:
    assert places({key: value}) == fields


@pytest.mark.parametrize(
    "data",
    [
        {"Ready on": "2026-04-03"},
        {"Closing time": "17:45"},
        {"Collection.Date": "2026-04-03", "Collection.Time": "14:30"},
        {"Pickup date": "2026-04-03", "Pickup time": "14:30"},
        {"Arrival": "2026-04-03"},
        {"Collection": None},
        {"Collection": "as soon as possible"},
        {"Collection": SecretHandle("Collection", lambda: "2026-04-03 14:30")},
        {"Note": "2026-04-03 14:30"},
    ],
)
def test_what_means_one_field_or_is_no_moment_stays_whole(data: dict[str, object]) -> None:
    cut = cut_moments(data, CARDS)
    assert (dict(cut.data), cut.matches, dict(cut.remedies)) == (data, (), {})


def test_a_date_without_its_time_is_told_what_is_missing() -> None:
    cut = cut_moments({"Collection": "2026-04-03"}, CARDS)
    assert dict(cut.data) == {"Collection": "2026-04-03"}
    assert cut.remedies == {"Collection": "write the date with its time, like 2026-04-03 14:30"}


def test_a_read_only_date_field_is_no_half() -> None:
    cards = [FieldCard(1, "date", "Pickup date", readonly=True), FieldCard(2, "time", "Pickup time")]
    assert cut_moments({"Pickup": "2026-04-03 14:30"}, cards).matches == ()

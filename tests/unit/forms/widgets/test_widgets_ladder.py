"""The ladder on a fake page: what is pressed and typed, what is refused and how, and that nothing stays open."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.page import WIDGET_KINDS, FieldCard, Option, Setting
from GenFlowLibrary.core.errors import FormError, PageError
from GenFlowLibrary.forms.fill import fill
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets import ladder
from GenFlowLibrary.forms.widgets.combobox import set_combobox
from GenFlowLibrary.forms.widgets.widget import DRAWING, Held
from tests.fakes.fake_page import FakePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.widget_view import WidgetView


class Clock:
    """A clock that only sleeping moves."""

    now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def __call__(self) -> float:
        return self.now


def _combobox(texts: Sequence[str], *, editable: bool = False, **card: object) -> tuple[FakePage, Held]:
    options = tuple(Option(text, text) for text in texts)
    page = FakePage(
        [FieldCard(1, "combobox", "City", options=options, placeholder="type" if editable else "", **card)]
    )  # type: ignore[arg-type]
    clock = Clock()
    snapshot = page.snapshot()
    return page, Held(page, snapshot, snapshot.fields[0], sleep=clock.sleep, clock=clock)


def test_every_widget_kind_has_its_way() -> None:
    assert set(ladder._WAYS) == set(WIDGET_KINDS)


@pytest.mark.parametrize("editable", [False, True])
def test_the_entry_of_the_same_text_is_chosen(editable: bool) -> None:
    page, held = _combobox(["Turku", "Turku North"], editable=editable)
    assert set_combobox(held, Setting(1, ("turku",))).value == ("Turku",)
    assert page.values == {"City": "Turku"}
    assert not page.open


def test_what_is_not_offered_is_refused_with_at_most_ten_offers() -> None:
    page, held = _combobox([f"City {letter}" for letter in "ABCDEFGHIJKLM"])
    with pytest.raises(
        ValueRejected, match=r"no option 'Paris'; its options are 'City A', .*'City J' and 3 more"
    ):
        set_combobox(held, Setting(1, ("Paris",)))
    assert (page.values, page.open) == ({"City": ""}, set())


def test_of_two_entries_with_one_text_none_is_taken() -> None:
    page, held = _combobox([])
    page.fields[0] = FieldCard(
        1, "combobox", "City", options=(Option("London", "gb"), Option("London", "ca"))
    )
    with pytest.raises(ValueRejected, match="several entries that 'London' can mean"):
        set_combobox(held, Setting(1, ("London",)))
    assert page.values == {"City": ""}
    assert not page.open


def test_a_widget_that_keeps_its_value_is_refused() -> None:
    page, held = _combobox(["Turku"])
    page.stubborn = {"City"}
    with pytest.raises(ValueRejected, match="shows '' after 'Turku' was set"):
        set_combobox(held, Setting(1, ("Turku",)))
    assert not page.open


def test_a_refused_text_is_taken_out_of_the_box_again() -> None:
    page, held = _combobox(["Turku"], editable=True)
    with pytest.raises(ValueRejected, match="Turku"):
        set_combobox(held, Setting(1, ("Paris",)))
    assert (page.boxes, page.open) == ({}, set())


def test_a_form_with_a_switch_is_filled_and_one_that_holds_it_already_is_left_alone() -> None:
    page = FakePage(
        [FieldCard(1, "switch", "News", value="false"), FieldCard(2, "switch", "Ads", value="false")]
    )
    outcome = fill(page, {"News": "yes", "Ads": False})
    assert [row.status for row in outcome.fields] == ["filled", "unchanged"]
    assert page.done("press_part") == [("News", "")]


def test_a_widget_that_refuses_fails_the_form_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(ladder, "Held", partial(Held, sleep=clock.sleep, clock=clock))
    city = FieldCard(1, "combobox", "City", options=(Option("Turku", "Turku"),))
    page = FakePage([city, FieldCard(2, "text", "Name")], stubborn={"City"})
    with pytest.raises(FormError, match=r"'City' holds '' instead of 'Turku' \(shows '' after"):
        fill(page, {"City": "Turku", "Name": "Ada"}, submit="Send")
    assert page.values["Name"] == "Ada"
    assert page.done("press") == []


class Late(FakePage):
    """A page whose list is still shown after a press until the next frame is drawn, ``frames`` looks later."""

    frames = 0
    looks = 0

    def look_at_widget(self, *given: Any, **named: Any) -> WidgetView:
        view = super().look_at_widget(*given, **named)
        self.looks += 1
        return replace(view, drawing=True, open=True) if self.looks <= self.frames else view


def _late(frames: int) -> tuple[Late, Held, Clock]:
    page, clock = Late([FieldCard(1, "combobox", "City")]), Clock()
    page.frames = frames
    snapshot = page.snapshot()
    return page, Held(page, snapshot, snapshot.fields[0], sleep=clock.sleep, clock=clock), clock


def test_a_look_waits_until_the_page_has_drawn_what_was_done_last() -> None:
    page, held, _ = _late(frames=3)
    assert not held.look().open
    assert page.looks == 4


def test_a_page_that_draws_nothing_is_not_waited_for_any_longer() -> None:
    _, held, clock = _late(frames=10_000)
    assert held.look().drawing
    assert DRAWING <= clock.now < 2 * DRAWING


def test_what_closes_by_itself_before_the_key_reaches_it_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    page, held = _combobox(["Turku"])
    held.open()

    def gone(*_: object) -> None:
        page.open.clear()
        raise PageError("The field takes no keys.")

    monkeypatch.setattr(page, "send_keys", gone)
    assert not held.close().open

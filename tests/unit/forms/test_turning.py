"""Turning a page on a clock that is handed in: what counts as the next page, what as the same, what as still loading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.page import ButtonCard, FieldCard, PageState
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import FormError, PageError
from GenFlowLibrary.forms.missing import identity
from GenFlowLibrary.forms.turning import first_page, turn, usable
from tests.fakes.fake_page import FakePage

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = FieldCard(1, "text", "Name", "label", name="name", value="Ada", empty=False)
CITY = FieldCard(1, "text", "City", "label", name="city")


class Clock:
    """Time that passes by sleeping alone; ``at`` are things that happen at given seconds."""

    def __init__(self, at: dict[float, Callable[[], None]] | None = None) -> None:
        self.now = 0.0
        self._at = dict(at or {})

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        for moment in [m for m in self._at if m <= self.now]:
            self._at.pop(moment)()


def wizard(*fields: FieldCard, button: str = "Next") -> FakePage:
    return FakePage(
        list(fields), [ButtonCard(0, button)], said=PageState("http://a/", "A", "d1", heading="Step 1")
    )


def turned(page: FakePage, clock: Clock, held: dict[Any, str] | None = None) -> Any:
    snapshot = page.snapshot()
    values = {identity(NAME): "Ada"} if held is None else held
    return turn(page, snapshot, snapshot.buttons[0], values, None, Deadline.after(5, clock), clock.sleep)[0]


def shows(page: FakePage, *fields: FieldCard, **said: Any) -> Callable[[], None]:
    def show() -> None:
        page.fields = [replace(card, number=n) for n, card in enumerate(fields, 1)]
        page.said = replace(page.said, **said)

    return show


def test_other_fields_are_the_next_page_once_two_looks_agree() -> None:
    page = wizard(NAME)
    clock = Clock({0.5: shows(page, CITY)})
    assert [card.label for card in turned(page, clock).fields] == ["City"]
    assert 0.5 <= clock.now < 1


def test_a_heading_and_an_address_that_come_before_the_fields_are_not_the_next_page_yet() -> None:
    page = wizard(NAME)
    clock = Clock(
        {0.2: shows(page, NAME, heading="Step 2", url="http://a/2"), 2.0: shows(page, CITY, heading="Step 2")}
    )
    assert [card.label for card in turned(page, clock).fields] == ["City"]


def test_a_page_without_fields_is_still_loading_for_a_while() -> None:
    page = wizard(NAME)
    clock = Clock({0.2: shows(page), 1.2: shows(page, CITY)})
    assert [card.label for card in turned(page, clock).fields] == ["City"]
    page = wizard(NAME)
    clock = Clock({0.2: shows(page)})
    assert turned(page, clock).fields == ()
    assert 1.5 < clock.now < 2.5


def test_a_summary_with_a_final_button_is_taken_at_once() -> None:
    page = wizard(NAME)

    def summary() -> None:
        shows(page, heading="Check")()
        page.buttons = [ButtonCard(1, "Send claim", "submit")]

    clock = Clock({0.2: summary})
    assert turned(page, clock).buttons[0].label == "Send claim"
    assert clock.now < 1


def test_the_same_fields_emptied_under_another_heading_are_the_next_page() -> None:
    page = wizard(NAME)
    empty = replace(NAME, value="", empty=True)
    clock = Clock({0.2: shows(page, empty, heading="Traveller 2")})
    assert turned(page, clock).fields[0].empty
    page = wizard(NAME)
    clock = Clock({0.2: shows(page, NAME, heading="Traveller 2")})
    with pytest.raises(FormError, match="same page came again unchanged"):
        turned(page, clock)


def test_complaints_are_told_at_once_and_a_message_of_the_next_page_is_none() -> None:
    page = wizard(NAME)
    clock = Clock({0.2: shows(page, NAME, field_errors=(("Name", "Too short."),))})
    with pytest.raises(FormError, match="Pressed 'Next', and the page answered with errors: Name: Too short"):
        turned(page, clock)
    assert clock.now < 1
    page = wizard(NAME)
    clock = Clock({0.2: shows(page, CITY, alerts=("Prices rise tomorrow",))})
    assert turned(page, clock).fields[0].label == "City"


def test_a_new_document_with_the_same_form_came_again_with_what_it_says() -> None:
    page = wizard(NAME)
    clock = Clock({0.2: shows(page, NAME, document="d2")})
    with pytest.raises(FormError, match="came again unchanged and says nothing about why"):
        turned(page, clock)
    page = wizard(NAME)
    page.said = replace(page.said, alerts=("Session over",))
    clock = Clock({0.2: shows(page, NAME, document="d2", heading="Other", alerts=("Session over",))})
    with pytest.raises(FormError, match="Session over"):
        turned(page, clock)


def test_nothing_at_all_is_an_error_at_the_deadline_and_a_form_that_is_gone_its_own() -> None:
    page = wizard(NAME)
    clock = Clock()
    with pytest.raises(FormError, match="same page came again unchanged"):
        turned(page, clock)
    assert clock.now == pytest.approx(5, abs=0.2)
    page = wizard(NAME)
    snapshot = page.snapshot()
    with pytest.raises(PageError, match="found none"):
        turn(page, snapshot, snapshot.buttons[0], {}, "id:none", Deadline.after(1, clock), clock.sleep)


def test_a_next_button_is_waited_for_unless_a_final_one_stands_beside_it() -> None:
    page = wizard(NAME)
    page.buttons = [replace(page.buttons[0], disabled=True)]

    def enable() -> None:
        page.buttons = [replace(page.buttons[0], disabled=False)]

    clock = Clock({0.5: enable})
    snapshot = page.snapshot()
    _, button = usable(page, snapshot, snapshot.buttons[0], None, Deadline.after(5, clock), clock.sleep)
    assert button is not None
    assert not button.disabled

    page.buttons = [ButtonCard(1, "Next", disabled=True), ButtonCard(2, "Finish", "submit")]
    snapshot, clock = page.snapshot(), Clock()
    assert usable(page, snapshot, snapshot.buttons[0], None, Deadline.after(5, clock), clock.sleep)[1] is None
    assert clock.now < 1.5

    page.buttons = page.buttons[:1]
    snapshot = page.snapshot()
    with pytest.raises(FormError, match="'Next' stays disabled"):
        usable(page, snapshot, snapshot.buttons[0], None, Deadline.after(1, clock), clock.sleep)


def test_a_first_page_that_is_slow_is_waited_for() -> None:
    page = wizard()
    clock = Clock({0.5: shows(page, CITY)})
    assert first_page(page, None, Deadline.after(5, clock), clock.sleep).fields[0].label == "City"
    page, clock = wizard(), Clock()
    assert first_page(page, None, Deadline.after(5, clock), clock.sleep).fields == ()
    assert clock.now < 2

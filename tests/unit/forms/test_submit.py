"""Finding the button and waiting for the page, on a clock that is handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.page import ButtonCard, PageState
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.forms.submit import enabled_button, find_button, press_and_wait
from tests.fakes.fake_page import FakePage

if TYPE_CHECKING:
    from collections.abc import Callable


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


def page_with(*labels: str, **changes: Any) -> FakePage:
    return FakePage(buttons=[ButtonCard(0, label, "submit") for label in labels], **changes)


def press(page: FakePage, clock: Clock, timeout: float = 5.0) -> Any:
    snapshot = page.snapshot()
    return press_and_wait(page, snapshot, snapshot.buttons[0], Deadline.after(timeout, clock), clock.sleep)


@pytest.mark.parametrize(
    ("text", "label"),
    [("Save", "Save"), ("save", "Save"), ("SAVE & close", "Save & Close"), ("Sumbit order", "Submit order")],
)
def test_a_button_is_found_by_its_text(text: str, label: str) -> None:
    buttons = page_with("Save", "Save & Close", "Submit order", "Cancel").snapshot()
    assert find_button(buttons, text).label == label


def test_two_buttons_of_one_text_are_not_chosen_between_unless_one_submits() -> None:
    with pytest.raises(FormError, match="one button 'Save', found 2"):
        find_button(page_with("Save", "Save").snapshot(), "Save")
    page = FakePage(buttons=[ButtonCard(0, "Save", "button"), ButtonCard(0, "Save", "submit")])
    assert find_button(page.snapshot(), "Save").number == 2


def test_a_text_like_two_buttons_presses_neither() -> None:
    with pytest.raises(FormError, match="found 'Accept offer A', 'Accept offer B'"):
        find_button(page_with("Accept offer A", "Accept offer B").snapshot(), "Accept offer")


def test_a_new_document_is_an_answer_with_its_heading() -> None:
    page = page_with("Save", on_press=lambda p, _: p.load("document-2", heading="Thank you"))
    submission = press(page, Clock())
    assert (submission.message, submission.complaints) == ("Thank you", ())


def test_a_status_is_waited_for() -> None:
    page = page_with("Save")
    clock = Clock({1.5: lambda: setattr(page, "said", replace(page.said, statuses=("Saved as R-1",)))})
    assert press(page, clock).message == "Saved as R-1"
    assert 1.5 <= clock.now < 2


def test_a_text_of_progress_is_no_answer_yet() -> None:
    page = page_with("Save")

    def say(text: str) -> Callable[[], None]:
        return lambda: setattr(page, "said", replace(page.said, statuses=(text,)))

    assert press(page, Clock({0.2: say("Saving…"), 2.0: say("Saved")})).message == "Saved"


def test_a_page_that_stays_silent_is_an_error_after_the_timeout() -> None:
    clock = Clock()
    with pytest.raises(
        FormError, match="Pressed 'Save', but the page neither changed nor announced anything"
    ):
        press(page_with("Save"), clock, timeout=3)
    assert 3 <= clock.now < 3.3


def test_an_alert_is_a_complaint_and_one_that_was_there_before_is_not() -> None:
    page = page_with("Save")
    page.said = replace(page.said, alerts=("We use cookies",))
    page.on_press = lambda p, _: setattr(
        p, "said", replace(p.said, alerts=("We use cookies", "Card declined"))
    )
    assert press(page, Clock()).complaints == ("Card declined",)


def test_the_same_alert_on_the_same_page_come_back_is_a_complaint() -> None:
    page = page_with("Save")
    page.said = PageState("http://fake/", "Fake", "document-1", heading="Refund", alerts=("Unknown order",))
    page.on_press = lambda p, _: setattr(p, "said", replace(p.said, document="document-2"))
    assert press(page, Clock()).complaints == ("Unknown order",)


def test_a_server_error_without_words_is_told_by_its_status() -> None:
    page = page_with("Save", on_press=lambda p, _: p.load("document-2", heading="Oops", http_status=500))
    assert press(page, Clock()).complaints == ("the server answered with status 500 (Oops)",)


def test_a_form_that_goes_away_is_an_answer() -> None:
    page = page_with("Save", on_press=lambda p, _: setattr(p, "said", replace(p.said, form_shown=False)))
    assert press(page, Clock()).complaints == ()


def test_a_disabled_button_is_waited_for_and_named_when_it_stays_so() -> None:
    page = FakePage(buttons=[ButtonCard(0, "Save", "submit", disabled=True)])

    def enable() -> None:
        page.buttons = [replace(page.buttons[0], disabled=False)]

    clock = Clock({0.5: enable})
    _, button = enabled_button(page, page.snapshot(), "Save", None, Deadline.after(2, clock), clock.sleep)
    assert not button.disabled
    stuck = FakePage(buttons=[ButtonCard(0, "Save", "submit", disabled=True)])
    clock = Clock()
    with pytest.raises(FormError, match="'Save' stays disabled"):
        enabled_button(stuck, stuck.snapshot(), "Save", None, Deadline.after(2, clock), clock.sleep)

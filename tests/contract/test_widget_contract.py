"""What every `Page` promises about widgets, on the fake and on a real browser."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.page import FieldCard, Option, Page
from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.core.errors import PageError
from tests.fakes.fake_page import FakePage

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = """<!doctype html><html lang="en"><title>Widgets</title><form>
<div id="l">Room</div>
<div id="room" role="combobox" tabindex="0" aria-haspopup="listbox" aria-expanded="false" aria-controls="rooms" aria-labelledby="l"
 style="width: 9em; height: 1.2em; border: 1px solid"></div>
<div id="rooms" role="listbox" hidden><div role="option" data-value="Lake">Lake</div>
<div role="option" data-value="Forest">Forest</div></div>
<span role="switch" tabindex="0" aria-checked="false" aria-label="Breakfast">o</span></form>
<script>
const [box, list, light] = ["#room", "#rooms", "[role=switch]"].map((s) => document.querySelector(s));
box.onclick = () => { list.hidden = !list.hidden; };
for (const option of list.children) option.onclick = () => { box.textContent = option.textContent; list.hidden = true; };
document.onkeydown = (event) => {
  if (event.key === "Escape") list.hidden = true;
  if (event.key === "ArrowDown") list.hidden = false;
};
light.onclick = () => light.setAttribute("aria-checked", light.getAttribute("aria-checked") !== "true");
</script>"""
ROOMS = (Option("Lake", "Lake"), Option("Forest", "Forest"))
CARDS = [FieldCard(1, "combobox", "Room", options=ROOMS), FieldCard(2, "switch", "Breakfast", value="false")]


@pytest.fixture(params=["fake", pytest.param("chromium", marks=pytest.mark.browser)])
def opened(request: pytest.FixtureRequest) -> tuple[Page, Callable[[], None]]:
    """The page under test, and what replaces its document."""
    if request.param == "fake":
        fake = FakePage(list(CARDS))
        return fake, lambda: fake.load("document-2")
    show = request.getfixturevalue("show")
    show(HTML)
    return SeleniumPage(request.getfixturevalue("library")), lambda: show(HTML)


def test_a_widget_is_one_card_with_the_options_that_are_known(opened: Any) -> None:
    cards = opened[0].snapshot().fields
    assert [(card.kind, card.label, card.value, card.empty) for card in cards] == [
        ("combobox", "Room", "", True),
        ("switch", "Breakfast", "false", True),
    ]
    assert cards[0].options == ROOMS


def test_looking_touches_nothing(opened: Any) -> None:
    page = opened[0]
    snapshot = page.snapshot()
    view = page.look_at_widget(snapshot, 1, first=True)
    assert (view.open, view.values, [part.role for part in view.parts]) == (False, (), ["trigger"])
    assert page.look_at_widget(snapshot, 1) == view


def test_pressing_opens_chooses_and_closes(opened: Any) -> None:
    page = opened[0]
    snapshot = page.snapshot()
    page.look_at_widget(snapshot, 1, first=True)
    page.press_part(snapshot, 1, 1)
    view = page.look_at_widget(snapshot, 1)
    assert (view.open, [part.text for part in view.of("option")]) == (True, ["Lake", "Forest"])
    page.press_part(snapshot, 1, view.of("option")[1].number)
    after = page.look_at_widget(snapshot, 1)
    assert (after.open, after.value) == (False, "Forest")
    assert page.snapshot().fields[0].value == "Forest"


def test_keys_open_and_close(opened: Any) -> None:
    page = opened[0]
    snapshot = page.snapshot()
    page.look_at_widget(snapshot, 1, first=True)
    page.send_keys(snapshot, 1, Key.DOWN)
    assert page.look_at_widget(snapshot, 1).open
    page.send_keys(snapshot, 1, Key.ESCAPE)
    assert not page.look_at_widget(snapshot, 1).open


def test_a_page_draws_what_a_press_led_to(opened: Any) -> None:
    page = opened[0]
    snapshot = page.snapshot()
    assert not page.look_at_widget(snapshot, 1, first=True).drawing
    page.press_part(snapshot, 1, 1)
    end = time.monotonic() + 5
    while page.look_at_widget(snapshot, 1).drawing:
        assert time.monotonic() < end
    assert page.look_at_widget(snapshot, 1).open


@pytest.mark.browser
def test_a_look_tells_of_what_the_page_will_do_with_its_next_frame(library: Any, show: Any) -> None:
    late = "requestAnimationFrame = (frame => then => setTimeout(() => frame(then), 200))(requestAnimationFrame.bind(window));"
    closing = "box.onclick = () => requestAnimationFrame(() => { box.textContent = 'Lake'; });"
    show(HTML.replace("</script>", f"{late} {closing}</script>"))
    page = SeleniumPage(library)
    snapshot = page.snapshot()
    page.look_at_widget(snapshot, 1, first=True)
    page.press_part(snapshot, 1, 1)
    seen = page.look_at_widget(snapshot, 1)
    assert (seen.drawing, seen.value) == (True, "")
    end = time.monotonic() + 5
    while (seen := page.look_at_widget(snapshot, 1)).drawing:
        assert time.monotonic() < end
    assert seen.value == "Lake"


def test_a_switch_turns_when_pressed(opened: Any) -> None:
    page = opened[0]
    snapshot = page.snapshot()
    page.look_at_widget(snapshot, 2, first=True)
    page.press_part(snapshot, 2, 1)
    assert page.look_at_widget(snapshot, 2).value == "true"


def test_a_new_document_makes_widgets_unreachable(opened: Any) -> None:
    page, reload = opened
    snapshot = page.snapshot()
    page.look_at_widget(snapshot, 1, first=True)
    reload()
    page.snapshot()
    for use in (
        lambda: page.look_at_widget(snapshot, 1),
        lambda: page.press_part(snapshot, 1, 1),
        lambda: page.send_keys(snapshot, 1, Key.DOWN),
    ):
        with pytest.raises(PageError, match="page changed"):
            use()

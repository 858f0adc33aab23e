"""Forms in frames: of the page's own origin in the same look, of another origin by a look of their own."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from selenium.common.exceptions import NoSuchFrameException

from GenFlowLibrary.browser.page import Setting
from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.forms.fill import fill

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

PAGES = Path(__file__).parents[2] / "pages"

CARD = """<form onsubmit="event.preventDefault(); document.title = 'Paid'"><h2>Card</h2>
<label>Number <input name=number></label><label>Security code <input type=password name=code></label>
<label>Note <span contenteditable style="display: block; min-height: 20px"></span></label><button>Pay</button></form>"""


def frame(page: str, **attributes: str) -> str:
    """An inline frame of the page's own origin."""
    said = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<iframe width=500 height=300 {said} srcdoc="{html.escape(page)}"></iframe>'


OUTER = f"<label>Voucher <input name=voucher></label>{frame(CARD, title='Card details')}"
PAGE = f"<h1>Checkout</h1><label>Name <input name=name></label>{frame(OUTER, name='payment')}<label>City <input name=city></label>"
# What a data address holds is of another origin for everything.
ELSEWHERE = (
    "<h1>Checkout</h1><label>Name <input name=name></label>"
    '<iframe title="Card" src="data:text/html,{}" width=500 height=300></iframe><label>City <input name=city></label>'
)


@pytest.fixture
def page(library: Any) -> SeleniumPage:
    return SeleniumPage(library)


@pytest.fixture
def elsewhere(show: Callable[[str], None]) -> None:
    show(ELSEWHERE.format(quote(CARD)))


def in_frames(library: Any, *frames: str) -> Any:
    """The driver inside frames given by selectors; the test must go back itself."""
    library.driver.switch_to.default_content()
    for selector in frames:
        library.driver.switch_to.frame(library.driver.find_element("css selector", selector))
    return library.driver


class TestOfTheSameOrigin:
    def test_fields_of_nested_frames_stand_where_the_frames_do(
        self, page: SeleniumPage, show: Callable[[str], None]
    ) -> None:
        show(PAGE)
        seen = page.snapshot("css:body")
        assert [(card.label, card.frame, card.section) for card in seen.fields] == [
            ("Name", "", "Checkout"),
            ("Voucher", "payment", "Checkout"),
            ("Number", "payment / Card details", "Checkout / Card"),
            ("Security code", "payment / Card details", "Checkout / Card"),
            ("Note", "payment / Card details", "Checkout / Card"),
            ("City", "", "Checkout"),
        ]
        assert [(button.label, button.frame) for button in seen.buttons] == [
            ("Pay", "payment / Card details")
        ]

    def test_they_are_seen_set_and_read_back_in_one_script_each(
        self, page: SeleniumPage, library: Any, show: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        show(PAGE)
        commands: list[str] = []
        execute = library.driver.execute
        monkeypatch.setattr(
            library.driver, "execute", lambda name, *more: (commands.append(name), execute(name, *more))[1]
        )
        data = {"Name": "Ada", "Voucher": "V1", "Number": "4711", "Note": "Ring twice", "City": "Espoo"}
        outcome = fill(page, data, form="css:body")
        assert outcome.ok
        assert [name for name in commands if "Script" in name] == ["w3cExecuteScript"] * 3
        assert not [name for name in commands if "rame" in name]
        driver = in_frames(library, "iframe", "iframe")
        assert driver.execute_script(
            "return [document.querySelector('[name=number]').value, document.querySelector('span').innerText]"
        ) == ["4711", "Ring twice"]
        library.driver.switch_to.default_content()

    def test_real_keys_and_clicks_reach_them_and_leave_the_library_where_it_stood(
        self, page: SeleniumPage, library: Any, show: Callable[[str], None]
    ) -> None:
        show(PAGE)
        seen = page.snapshot("css:body")
        page.set_fields(seen, [Setting(3, "old")])
        reading = page.type_keys(seen, Setting(3, "4711"))
        assert (reading.found, reading.matches) == ("4711", True)
        page.press(seen, 1)
        assert library.driver.execute_script("return document.querySelector('h1').innerText") == "Checkout"
        assert in_frames(library, "iframe", "iframe").execute_script("return document.title") == "Paid"
        library.driver.switch_to.default_content()

    def test_a_frame_that_the_user_selected_stays_selected(
        self, page: SeleniumPage, library: Any, show: Callable[[str], None]
    ) -> None:
        show(PAGE)
        in_frames(library, "iframe")
        seen = page.snapshot("css:body")
        assert [(card.label, card.frame) for card in seen.fields][:2] == [
            ("Voucher", ""),
            ("Number", "Card details"),
        ]
        assert page.type_keys(seen, Setting(2, "4711")).matches
        page.press(seen, 1)
        assert library.driver.execute_script("return document.querySelectorAll('[name=voucher]').length") == 1
        library.driver.switch_to.default_content()

    def test_a_form_in_a_frame_is_the_main_form(
        self, page: SeleniumPage, show: Callable[[str], None]
    ) -> None:
        show(f"<h1>Payments</h1>{frame(CARD)}")
        assert [card.label for card in page.snapshot().fields] == ["Number", "Security code", "Note"]

    def test_a_frame_can_be_given_as_the_form(self, page: SeleniumPage, show: Callable[[str], None]) -> None:
        show(PAGE)
        assert [card.label for card in page.snapshot("css:iframe").fields] == [
            "Voucher",
            "Number",
            "Security code",
            "Note",
        ]

    @pytest.mark.parametrize(
        "style", ["display: none", "visibility: hidden", "width: 1px", "opacity: 0", "margin-left: -5000px"]
    )
    def test_what_is_in_a_hidden_frame_is_left_out_and_counted(
        self, style: str, page: SeleniumPage, show: Callable[[str], None]
    ) -> None:
        show(f"<label>Name <input></label>{frame('<input name=email><input type=hidden>', style=style)}")
        seen = page.snapshot("css:body")
        assert ([card.label for card in seen.fields], seen.left_out) == (["Name"], 2)

    def test_a_frame_that_was_taken_away_is_told(
        self, page: SeleniumPage, library: Any, show: Callable[[str], None]
    ) -> None:
        show(PAGE)
        seen = page.snapshot("css:body")
        library.driver.execute_script("document.querySelector('iframe').remove()")
        name, number = page.set_fields(seen, [Setting(1, "Ada"), Setting(3, "4711")])
        assert name.matches
        assert (number.matches, number.error) == (False, "the field is no longer on the page")
        for use in (lambda: page.press(seen, 1), lambda: page.type_keys(seen, Setting(3, "x"))):
            with pytest.raises(PageError, match="page changed"):
                use()

    def test_a_dialogue_that_a_frame_opens_is_the_users_to_handle(
        self, page: SeleniumPage, library: Any, show: Callable[[str], None]
    ) -> None:
        show(f"<h1>Top</h1>{frame('<input name=a><input name=b><button onclick=alert(5)>Ask</button>')}")
        seen = page.snapshot()
        page.press(seen, 1)
        assert library.driver.switch_to.alert.text == "5"
        library.driver.switch_to.alert.accept()
        assert page.state().heading == "Top"
        assert library.driver.execute_script("return document.querySelectorAll('h1').length") == 1

    def test_what_a_frame_announces_is_in_the_state(
        self, page: SeleniumPage, show: Callable[[str], None]
    ) -> None:
        show(frame("<p role=alert>Card refused</p>"))
        assert page.state().alerts == ("Card refused",)


@pytest.mark.usefixtures("elsewhere")
class TestOfAnotherOrigin:
    def test_its_fields_stand_where_the_frame_does(self, page: SeleniumPage) -> None:
        seen = page.snapshot("css:body")
        assert [(card.number, card.label, card.frame) for card in seen.fields] == [
            (1, "Name", ""),
            (2, "Number", "Card"),
            (3, "Security code", "Card"),
            (4, "Note", "Card"),
            (5, "City", ""),
        ]
        assert [(button.number, button.label, button.frame) for button in seen.buttons] == [
            (1, "Pay", "Card")
        ]

    def test_it_is_filled_read_back_and_pressed(self, page: SeleniumPage, library: Any) -> None:
        seen = page.snapshot("css:body")
        settings = [Setting(5, "Espoo"), Setting(2, "4711"), Setting(1, "Ada"), Setting(99, "x")]
        found = page.set_fields(seen, settings)
        assert [(r.number, r.found, r.matches) for r in found] == [
            (5, "Espoo", True),
            (2, "4711", True),
            (1, "Ada", True),
            (99, "", False),
        ]
        again, readings = page.look_again(seen, settings, "css:body")
        assert [(r.number, r.matches) for r in readings] == [(5, True), (2, True), (1, True), (99, False)]
        assert [card.value for card in again.fields] == ["Ada", "4711", "", "", "Espoo"]
        assert page.type_keys(again, Setting(2, "0815")).found == "0815"
        page.press(again, 1)
        assert library.driver.execute_script("return document.querySelector('h1').innerText") == "Checkout"
        assert in_frames(library, "iframe").title == library.driver.title
        assert library.driver.execute_script("return document.title") == "Paid"
        library.driver.switch_to.default_content()

    def test_it_is_looked_into_only_when_it_belongs_to_the_form(
        self, page: SeleniumPage, library: Any
    ) -> None:
        seen = page.snapshot("css:label")
        assert ([card.label for card in seen.fields], seen.left_out, seen.notes) == (["Name"], 0, ())

    def test_one_without_fields_adds_nothing(self, page: SeleniumPage, show: Callable[[str], None]) -> None:
        show(ELSEWHERE.format(quote("<button>Buy now</button><input type=hidden>")))
        seen = page.snapshot("css:body")
        assert ([card.label for card in seen.fields], seen.buttons, seen.left_out) == (
            ["Name", "City"],
            (),
            0,
        )

    def test_one_that_cannot_be_entered_is_counted_with_a_note(
        self, page: SeleniumPage, library: Any, show: Callable[[str], None]
    ) -> None:
        show(
            "<label>Name <input></label>" + '<iframe title="Offer" src="data:text/html,<input>"></iframe>' * 9
        )
        seen = page.snapshot("css:body")
        assert [card.frame for card in seen.fields] == ["", *["Offer"] * 8]
        assert (seen.left_out, seen.notes) == (
            1,
            ("The frame 'Offer' was not looked into: there are too many frames.",),
        )

    def test_one_that_goes_away_meanwhile_is_counted_with_a_note(
        self, page: SeleniumPage, library: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        switch = library.driver.switch_to

        def gone(*_: Any) -> None:
            raise NoSuchFrameException

        monkeypatch.setattr(type(switch), "frame", gone)
        seen = page.snapshot("css:body")
        assert ([card.label for card in seen.fields], seen.left_out) == (["Name", "City"], 1)
        assert seen.notes == ("The frame 'Card' could not be looked into.",)


def test_a_widget_in_a_frame_is_set_as_anywhere(
    page: SeleniumPage, library: Any, show: Callable[[str], None]
) -> None:
    for widget, data in (
        ("widget_tags", {"Keywords": ["lake", "north wind"]}),
        ("widget_listbox", None),
        ("widget_combobox", None),
    ):
        folder = PAGES / widget
        show(f"<h1>Top</h1>{frame((folder / 'page.html').read_text(encoding='utf-8'))}")
        values = data or json.loads((folder / "data.json").read_text(encoding="utf-8"))
        assert fill(page, values).ok, widget
        assert library.driver.execute_script("return document.querySelector('h1').innerText") == "Top"

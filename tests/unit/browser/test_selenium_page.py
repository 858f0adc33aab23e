"""What goes wrong in a real browser, and what its scripts leave alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.support.expected_conditions import alert_is_present
from selenium.webdriver.support.wait import WebDriverWait

from GenFlowLibrary.browser.page import Setting
from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Callable


def test_no_open_browser_is_an_error_that_says_how_to_open_one() -> None:
    from SeleniumLibrary import SeleniumLibrary

    page = SeleniumPage(SeleniumLibrary(run_on_failure=None))
    for use in (page.snapshot, page.state, lambda: page.snapshot("id:x")):
        with pytest.raises(PageError, match="Expected an open browser, found none: run 'Open Browser'"):
            use()


@pytest.mark.browser
class TestInChromium:
    def test_any_locator_and_any_element_names_the_form(
        self, library: Any, show: Callable[[str], None]
    ) -> None:
        show("<form id=a><input name=x></form><form id=b><input name=y></form>")
        page = SeleniumPage(library)
        for form in ("id:b", "css:#b", "xpath://form[2]", library.driver.find_element("id", "b")):
            assert [card.name for card in page.snapshot(form).fields] == ["y"]

    @pytest.mark.parametrize("locator", ["css:((", "xpath://["])
    def test_a_locator_that_cannot_be_read_is_an_error(
        self, locator: str, library: Any, show: Callable[[str], None]
    ) -> None:
        show("<form></form>")
        with pytest.raises(PageError, match="can't be read"):
            SeleniumPage(library).snapshot(locator)

    def test_what_covers_a_button_is_named(self, library: Any, show: Callable[[str], None]) -> None:
        show(
            '<form><input name=a><button>Send</button></form><div id=veil style="position: fixed; inset: 0"></div>'
        )
        page = SeleniumPage(library)
        with pytest.raises(
            PageError, match=r"The button 'Send' can't be pressed because <div id=\"veil\".*covers it"
        ):
            page.press(page.snapshot("css:form"), 1)

    def test_a_dialogue_that_a_button_opened_is_named_and_left_open(
        self, library: Any, show: Callable[[str], None]
    ) -> None:
        show("<form onsubmit=\"alert('Stored'); return false\"><input name=a><button>Send</button></form>")
        page = SeleniumPage(library)
        page.press(page.snapshot(), 1)
        with pytest.raises(PageError, match="found the browser dialogue 'Stored', which is still open"):
            page.state()
        library.driver.switch_to.alert.accept()

    def test_a_dialogue_that_was_open_before_is_named(
        self, library: Any, show: Callable[[str], None]
    ) -> None:
        show("<form><input name=a></form>")
        page = SeleniumPage(library)
        library.driver.execute_script("setTimeout(() => alert('Session ends'), 0)")
        WebDriverWait(library.driver, 5).until(alert_is_present())
        with pytest.raises(PageError, match="found 'Session ends', which the driver cancels"):
            page.snapshot()

    def test_a_field_that_was_taken_away_is_told(self, library: Any, show: Callable[[str], None]) -> None:
        show("<form><input name=a><input name=b></form>")
        page = SeleniumPage(library)
        snapshot = page.snapshot()
        library.driver.execute_script("document.querySelector('[name=a]').remove()")
        first, second = page.set_fields(snapshot, [Setting(1, "x"), Setting(2, "y")])
        assert (first.matches, first.error) == (False, "the field is no longer on the page")
        assert second.matches

    def test_seeing_changes_nothing_in_the_page(self, library: Any, show: Callable[[str], None]) -> None:
        show(
            "<form><label>A<input name=a></label><p>x</p><select name=s><option>1</select><button>Go</button></form>"
        )
        source = library.driver.page_source
        page = SeleniumPage(library)
        page.snapshot()
        page.state()
        assert library.driver.page_source == source
        assert (
            library.driver.execute_script("return Object.keys(window).filter(k => /genflow/i.test(k))") == []
        )

    def test_controls_that_shadow_document_and_form_are_no_trap(
        self, library: Any, show: Callable[[str], None]
    ) -> None:
        show(
            "<img name=body><form name=querySelectorAll><input name=tagName><input name=attributes>"
            "<input name=contains><input name=closest><input name=getBoundingClientRect><button name=submit>Go</button></form>"
        )
        page = SeleniumPage(library)
        snapshot = page.snapshot()
        assert len(snapshot.fields) == 5
        assert all(
            reading.matches for reading in page.set_fields(snapshot, [Setting(n, "x") for n in range(1, 6)])
        )

    def test_the_events_of_typing_are_heard_in_their_order(
        self, library: Any, show: Callable[[str], None]
    ) -> None:
        show(
            "<form><input name=a><input type=checkbox name=c><select name=s><option>1<option>2</select></form>"
        )
        library.driver.execute_script(
            "window.heard = []; for (const n of ['focus', 'beforeinput', 'input', 'change', 'click', 'blur'])"
            " document.addEventListener(n, (e) => heard.push(e.target.name + ' ' + n), true)"
        )
        page = SeleniumPage(library)
        page.set_fields(page.snapshot(), [Setting(1, "x"), Setting(2, True), Setting(3, ("2",))])
        assert library.driver.execute_script("return heard") == [
            *["a focus", "a beforeinput", "a input", "a change", "a blur"],
            *["c focus", "c click", "c input", "c change", "c blur"],
            *["s focus", "s input", "s change", "s blur"],
        ]

    def test_no_secret_comes_into_the_log_of_the_client(
        self, library: Any, show: Callable[[str], None], caplog: pytest.LogCaptureFixture
    ) -> None:
        show("<form><input name=a><input name=b></form>")
        page = SeleniumPage(library)
        snapshot = page.snapshot()
        secret = SecretHandle("door", "opensesame-4711")
        with caplog.at_level(logging.DEBUG):
            library.driver.execute_script("return 1", "plain-value")
            page.set_fields(snapshot, [Setting(2, secret)])
            page.look_again(snapshot, [Setting(2, secret)])
            page.type_keys(snapshot, Setting(2, secret))
            page.snapshot()  # the secret stands in an open text field now
            page.state()
        assert "plain-value" in caplog.text, "the test must be able to hear what the client logs"
        assert "opensesame" not in caplog.text

    def test_a_password_is_never_read(self, library: Any, show: Callable[[str], None]) -> None:
        show("<form><input type=password name=p value=opensesame><input name=b></form>")
        snapshot = SeleniumPage(library).snapshot()
        assert (snapshot.fields[0].value, snapshot.fields[0].empty) == ("", False)
        assert "opensesame" not in repr(snapshot)

    def test_what_a_page_announces_is_in_its_state(self, library: Any, show: Callable[[str], None]) -> None:
        show(
            "<title>T</title><h1>Head</h1><p role=alert>Bad</p><p role=alert class='alert alert-success'>Good</p>"
            "<p role=status>Saved</p><p role=status hidden>not seen</p>"
            "<form><label>Email <input aria-invalid=true aria-errormessage=m></label><span id=m>Wrong</span></form>"
        )
        state = SeleniumPage(library).state()
        assert (state.title, state.heading) == ("T", "Head")
        assert state.alerts == ("Bad",)
        assert state.statuses == ("Good", "Saved")
        assert state.field_errors == (("Email", "Wrong"),)

    def test_hints_and_errors_are_told_apart(self, library: Any, show: Callable[[str], None]) -> None:
        show(
            "<form><label>Name <input aria-describedby='h e' aria-invalid=true></label><i id=h>As in the passport</i>"
            "<i id=e class=field-error>Too short</i><label>City <input></label><ul class=errorlist><li>Unknown city</ul></form>"
        )
        name = SeleniumPage(library).snapshot().fields[0]
        assert (name.hint, name.error) == ("As in the passport", "Too short")

    def test_a_modal_dialogue_is_the_page(self, library: Any, show: Callable[[str], None]) -> None:
        show(
            "<form><input name=a><input name=b><input name=c></form>"
            "<dialog><form><label>Reason <input name=r></label><label>Note <input name=n></label></form></dialog>"
        )
        library.driver.execute_script("document.querySelector('dialog').showModal()")
        assert [card.name for card in SeleniumPage(library).snapshot().fields] == ["r", "n"]

    def test_sections_are_the_nearest_heading_with_the_one_around_it(
        self, library: Any, show: Callable[[str], None]
    ) -> None:
        show(
            "<form><h2>Customer</h2><div><h3>Address</h3><input name=a></div><div><h3>Contact</h3><input name=b></div>"
            "<fieldset><legend>Delivery</legend>Day <input name=c></fieldset><h2>Other</h2><input name=d></form>"
        )
        assert [card.section for card in SeleniumPage(library).snapshot().fields] == [
            "Customer / Address",
            "Customer / Contact",
            "Customer / Delivery",
            "Other",
        ]

    def test_a_file_is_chosen_by_its_path(
        self, library: Any, show: Callable[[str], None], tmp_path: Any
    ) -> None:
        show("<form><label>Letter <input type=file></label><input></form>")
        file = tmp_path / "letter.txt"
        file.write_text("x", encoding="utf-8")
        page = SeleniumPage(library)
        snapshot = page.snapshot()
        assert not page.set_fields(snapshot, [Setting(1, str(file))])[0].matches
        assert page.type_keys(snapshot, Setting(1, str(file))).found == "letter.txt"

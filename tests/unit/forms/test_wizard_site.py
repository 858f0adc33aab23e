"""A wizard of server-side pages, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.forms.fill import fill
from tests.servers.wizard_site import Site, running_site

pytestmark = pytest.mark.browser

DATA = {
    "Description": "The shade is in pieces.",
    "Reason": "Broken on arrival",
    "Claimed amount": "25.90",
    "Cost centre": "4711",
    "Email": "ada@example.org",
    "Order number": "GF-10442",
}


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def test_each_page_is_filled_and_nothing_is_submitted_unless_it_is_said(library: Any, site: Site) -> None:
    library.driver.get(site.address)
    outcome = fill(SeleniumPage(library), DATA, pages="auto")
    assert outcome.ok
    assert not outcome.submitted
    assert {row.key: row.page for row in outcome.fields} == {
        "Order number": 1,
        "Email": 1,
        "Cost centre": 2,
        "Reason": 2,
        "Claimed amount": 2,
        "Description": 3,
    }
    assert [name for name, _ in site.steps] == ["order", "booking", "damage"]
    assert site.received == []
    assert outcome.url.endswith("/claim/check")


def test_the_last_page_is_submitted_where_it_is_named(library: Any, site: Site) -> None:
    library.driver.get(site.address)
    outcome = fill(SeleniumPage(library), DATA, pages="auto", submit="Submit claim")
    assert outcome.submitted
    assert outcome.message == "Claim received"
    [claim] = site.received
    assert claim == {
        "order": "GF-10442",
        "email": "ada@example.org",
        "centre": "4711",
        "reason": "b",
        "amount": "25.90",
        "text": "The shade is in pieces.",
    }


def test_a_page_that_the_server_sends_back_is_an_error_with_its_words(library: Any, site: Site) -> None:
    library.driver.get(site.address)
    with pytest.raises(FormError, match=r"Pressed 'Save and continue', .*We have no such order") as error:
        fill(SeleniumPage(library), {**DATA, "Order number": "10442"}, pages="auto", submit="Submit claim")
    assert error.value.outcome is not None
    assert [(row.key, row.found, row.page) for row in error.value.outcome.fields] == [
        ("Email", "ada@example.org", 1),
        ("Order number", "10442", 1),
    ]
    assert site.received == []


def test_a_value_that_cannot_go_into_a_later_page_leaves_that_page_as_it_is(library: Any, site: Site) -> None:
    library.driver.get(site.address)
    with pytest.raises(
        FormError,
        match=r"^On page 2 of the wizard: Nothing was typed, because 'Reason' has no option 'Theft'",
    ) as error:
        fill(SeleniumPage(library), {**DATA, "Reason": "Theft"}, pages="auto")
    assert error.value.outcome is not None
    assert [(row.key, row.status, row.page) for row in error.value.outcome.fields][:2] == [
        ("Email", "filled", 1),
        ("Order number", "filled", 1),
    ]
    assert {row.status for row in error.value.outcome.fields if row.page == 2} == {
        "untouched",
        "rejected",
        "unresolved",
    }
    assert library.driver.execute_script("return document.querySelector('[name=centre]').value") == ""

"""What is folded up is opened when a key is meant for it, and only then."""

from __future__ import annotations

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.fill import fill
from GenFlowLibrary.forms.placing import prepare
from tests.fakes.fake_page import FakePage


def form() -> FakePage:
    page = FakePage([FieldCard(1, "text", "Reference code", "label"), FieldCard(2, "text", "City", "label")])
    page.folded = [FieldCard(0, "text", "Customs code", "label")]
    return page


def test_a_folded_field_is_filled_although_a_shown_one_is_called_alike() -> None:
    page = form()
    fill(page, {"Customs code": "4407"})
    assert page.values == {"Reference code": "", "City": "", "Customs code": "4407"}


def test_what_nobody_needs_stays_folded() -> None:
    page = form()
    fill(page, {"City": "Turku"})
    assert page.values == {"Reference code": "", "City": "Turku"}
    assert page.folded


def test_a_key_that_fits_nothing_shown_is_looked_for_in_what_is_folded() -> None:
    page = form()
    assert prepare(page, page.snapshot(), {"Shoe size": "43"}).snapshot.folded == ()


def test_a_key_without_a_value_opens_nothing() -> None:
    page = form()
    prepare(page, page.snapshot(), {"City": "Turku", "Customs code": None})
    assert page.folded

"""Finding an element by a description, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from GenFlowLibrary.browser.targets import Target, TargetList
from GenFlowLibrary.core.errors import InputError, PageError
from GenFlowLibrary.steps.locate import Locator, Wanted
from tests.fakes.fake_page import FakePage

SAVE = Wanted("the Save button")


def page(*names: str) -> FakePage:
    return FakePage(
        things=[Target(n, "button", (name,), sections=("Billing",)) for n, name in enumerate(names, 1)]
    )


def test_the_first_answer_takes_two_looks_and_every_further_one_a_single_look() -> None:
    fake, locator = page("Save", "Cancel"), Locator()
    assert locator.find(fake, SAVE) == "element 1"
    assert len(fake.done("targets")) == 2
    for _ in range(3):
        assert locator.find(fake, SAVE) == "element 1"
    assert len(fake.done("targets")) == 5


def test_nothing_is_remembered_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    fake, locator = page("Cancel"), Locator()
    assert locator.find(fake, SAVE) is None
    monkeypatch.setattr("GenFlowLibrary.steps.locate.point", None)  # matching again would fail
    assert locator.find(fake, SAVE) is None
    assert len(fake.done("targets")) == 2


def test_a_page_that_changes_is_looked_at_anew() -> None:
    fake, locator = page("Cancel"), Locator()
    assert locator.find(fake, SAVE) is None
    fake.things.append(Target(2, "button", ("Save",)))
    assert locator.find(fake, SAVE) == "element 2"


def test_another_description_on_the_same_page_needs_no_new_list() -> None:
    fake, locator = page("Save", "Cancel"), Locator()
    locator.find(fake, SAVE)
    digest = fake.done("targets")[-1][0]
    assert locator.find(fake, Wanted("the Cancel button")) == "element 2"
    assert fake.done("targets")[2:] == [(digest, 0), (digest, 2)]


def test_several_that_fit_are_an_error_that_lists_them() -> None:
    fake = page("Save", "Save")
    fake.things[1] = replace(fake.things[1], sections=("Delivery",), disabled=True)
    with pytest.raises(
        PageError, match="the button 'Save' in 'Billing', the disabled button 'Save' in 'Delivery'; say where"
    ):
        Locator().find(fake, SAVE)


def test_what_the_caller_cannot_use_is_not_found() -> None:
    locator, fake = Locator(), page("Save")
    assert (
        locator.find(fake, Wanted("the Save button", takes=lambda target: target.tag == "input", key="input"))
        is None
    )
    assert locator.find(fake, SAVE) == "element 1"


@pytest.mark.parametrize("description", ["", "  ", "'", "..."])
def test_a_description_that_says_nothing_is_refused(description: str) -> None:
    with pytest.raises(InputError, match="Expected words after 'gen:'"):
        Locator().find(page("Save"), Wanted(description))


def test_what_was_found_is_noted_once_and_what_was_not_with_what_is_alike() -> None:
    said: list[str] = []
    fake, locator = page("Save draft"), Locator(note=said.append)
    locator.find(fake, SAVE)
    fake.things.append(Target(2, "button", ("OK",)))
    locator.find(fake, SAVE)
    locator.find(fake, Wanted("the OK button"))
    assert said == [
        "Nothing on the page fits 'the Save button'. Somewhat alike: button 'Save draft'.",
        "'the OK button' is the button 'OK'.",
    ]


def test_a_page_that_never_stands_still_is_an_error() -> None:
    class Restless(FakePage):
        def targets(self, known: str = "", number: int = 0, within: object = None) -> TargetList:
            self.load(f"document-{len(self.history)}")
            return super().targets(known, number, within)

    fake = Restless(things=[Target(1, "button", ("Save",))])
    with pytest.raises(PageError, match="stand still"):
        Locator().find(fake, SAVE)


def test_a_known_secret_that_the_page_shows_is_not_said() -> None:
    said: list[str] = []
    fake = page("Save", "Save")
    fake.things[1] = replace(fake.things[1], row="opensesame")
    locator = Locator(note=said.append, scrub=lambda text: text.replace("opensesame", "<secret door>"))
    with pytest.raises(PageError, match="in the row '<secret door>'"):
        locator.find(fake, SAVE)
    locator.find(fake, Wanted("the second Save button"))
    assert said == ["'the second Save button' is the button 'Save' in the row '<secret door>'."]

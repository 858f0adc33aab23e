"""Every description of tests/pages/targets_* in a real browser: the element that it means, a refusal, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.forms.candidates import candidates
from GenFlowLibrary.forms.description import read_description
from GenFlowLibrary.forms.pointing import point
from GenFlowLibrary.forms.said import doubt

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDERS = sorted((Path(__file__).parents[2] / "pages").glob("targets_*"))


def _expected(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.browser
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_description_means_what_a_person_means(
    folder: Path, library: Any, show: Callable[[Path], None]
) -> None:
    show(folder / "page.html")
    page = SeleniumPage(library)
    seen = page.targets()
    got = {}
    for description in _expected(folder):
        pointing = point(description, seen.targets)
        if pointing.target:
            element = page.targets(seen.digest, pointing.target.number).element
            got[description] = element.get_attribute("id")
        else:
            got[description] = "must refuse" if pointing.targets else "nothing"
    assert got == _expected(folder)


def test_there_are_pages_and_refusals_enough() -> None:
    meant = [answer for folder in FOLDERS for answer in _expected(folder).values()]
    assert len(meant) >= 40
    assert sum(answer in ("must refuse", "nothing") for answer in meant) >= 20


@pytest.mark.browser
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_speaks_against_what_is_meant_and_an_engine_would_be_shown_it(
    folder: Path, library: Any, show: Callable[[Path], None]
) -> None:
    show(folder / "page.html")
    seen = SeleniumPage(library).targets()
    refused, hidden = {}, []
    for description, right in _expected(folder).items():
        meant = next((target for target in seen.targets if target.id == right), None)
        if meant is None:
            continue
        # An engine sees no places: "the second" and "the top" are for words alone.
        chooses = any(reading.chooses for reading in read_description(description))
        if why := doubt(description, meant, () if chooses else seen.targets):
            refused[description] = why
        if meant not in candidates(description, seen.targets).targets:
            hidden.append(description)
    assert refused == {}
    assert hidden == []

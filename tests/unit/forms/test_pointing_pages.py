"""Every description of tests/pages/targets_* in a real browser: the element that it means, a refusal, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.forms.pointing import point

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

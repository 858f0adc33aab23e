"""Every page of tests/pages/elements_changed/: an element is learned on before.html and looked for again on the page, in a real browser.

`expected.json` says by page which element is right, by its id, where heals are allowed and where they are only recommended: or `nothing`
(not found, as a waiting keyword sees it), or `must refuse` (an error). Nobody is asked on the changed page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.steps.locate import Wanted
from tests.fakes.engine import FakeEngine
from tests.fakes.locating import LocatingRun

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = Path(__file__).parents[2] / "pages" / "elements_changed"
EXPECTED: dict[str, dict[str, str]] = json.loads((PAGES / "expected.json").read_text("utf-8"))
DEFER = Wanted("the button that defers my decision")


def _show(show: Callable[[Path], None], name: str, folder: Path) -> None:
    """Opens a version of the page at the one address that all have."""
    page = folder / "page.html"
    page.write_text((PAGES / f"{name}.html").read_text("utf-8"), "utf-8")
    show(page)


@pytest.mark.browser
@pytest.mark.parametrize("heals", ["allowed", "recommended"])
@pytest.mark.parametrize("change", EXPECTED)
def test_a_changed_page_has_the_learned_element_or_nothing(
    change: str, heals: str, library: Any, show: Callable[[Path], None], tmp_path: Path
) -> None:
    page, learned = SeleniumPage(library), tmp_path / "learned"
    _show(show, "before", tmp_path)
    first = LocatingRun(learned, FakeEngine().enqueue({"reason": "it waits then", "choice": 3}))
    assert first.find(page, DEFER).get_attribute("id") == "keep"
    [file] = learned.iterdir()
    text = file.read_text("utf-8")

    _show(show, change, tmp_path)
    run = LocatingRun(learned, FakeEngine(), heals_allowed=heals == "allowed")
    right = EXPECTED[change][heals]
    if right == "must refuse":
        with pytest.raises(PlanError, match=re.escape(file.name)):
            run.find(page, DEFER)
    else:
        element = run.find(page, DEFER)
        assert (element.get_attribute("id") if element is not None else "nothing") == right
    assert run.calls == 0
    healed = EXPECTED[change]["allowed"] != EXPECTED[change]["recommended"]
    if file.exists():
        assert (file.read_text("utf-8") != text) == (healed and heals == "allowed")


def test_every_page_has_its_answer_and_most_must_refuse() -> None:
    assert {file.stem for file in PAGES.glob("*.html")} == {"before", *EXPECTED}
    refused = [
        answer
        for answers in EXPECTED.values()
        for answer in answers.values()
        if answer in ("nothing", "must refuse")
    ]
    assert len(refused) >= 14

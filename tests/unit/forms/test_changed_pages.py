"""Every folder tests/pages/changed_*: a form is learned from before.html and filled again on after.html, in a real browser.

`expected.json` says what is right where heals are allowed and where they are only recommended: what the fields hold, or what the error
says, and then nothing was typed. `asked` is what the engine answers when the form is learned; on the changed page nobody is asked.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.forms.learned_folder import PlanFolder
from GenFlowLibrary.forms.learned_rules import Learning
from GenFlowLibrary.steps.fill_form import fill_form
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = Path(__file__).parents[2] / "pages"
FOLDERS = sorted(PAGES.glob("changed_*"))
HELD = "return [...document.querySelectorAll('input, select')].map(e => e.type === 'checkbox' ? e.checked : e.value)"

pytestmark = pytest.mark.browser


def _show(show: Callable[[Path], None], source: Path, folder: Path) -> None:
    """Opens a version of the page at the one address that both have."""
    page = folder / "page.html"
    page.write_text(source.read_text("utf-8"), "utf-8")
    show(page)


def _answer(asked: dict[str, str], page: SeleniumPage) -> dict[str, Any]:
    numbers = {card.label: card.number for card in page.snapshot().fields}
    answer: dict[str, Any] = {}
    for number, label in enumerate(asked.values(), 1):
        answer |= {f"why_{number}": "the same thing in other words", f"field_{number}": numbers[label]}
    return answer


@pytest.mark.parametrize("heals", ["allowed", "recommended"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_changed_page_is_healed_or_refused(
    folder: Path, heals: str, library: Any, show: Callable[[Path], None], tmp_path: Path
) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    data = json.loads((folder / "data.json").read_text("utf-8"))
    page, engine, plans = SeleniumPage(library), FakeEngine(), tmp_path / "learned"
    runtime, records = make_runtime(engine)
    runtime = replace(runtime, learning=Learning("heal", heals == "allowed", PlanFolder(plans)))

    _show(show, folder / "before.html", tmp_path)
    if "asked" in expected:
        engine.enqueue(_answer(expected["asked"], page))
    assert fill_form(runtime, page, data, learned="learn").ok
    [file] = plans.iterdir()
    learned = file.read_text("utf-8")

    _show(show, folder / "after.html", tmp_path)
    before = library.driver.execute_script(HELD)
    right = expected[heals]
    if isinstance(right, list):
        with pytest.raises(PlanError) as refusal:
            fill_form(runtime, page, data)
        missing = [text for text in right if text not in str(refusal.value)]
        assert not missing, f"not in the message: {missing}\n{refusal.value}"
        assert library.driver.execute_script(HELD) == before, "nothing may be typed"
        assert file.read_text("utf-8") == learned
        return
    assert fill_form(runtime, page, data).ok
    assert {script: library.driver.execute_script(f"return {script}") for script in right} == right
    said = "\n".join(records[-1].notes)
    assert [text for text in expected["changes"] if text not in said] == [], said
    assert ("changed since" in said) == bool(expected["changes"])
    assert len(engine.history) == ("asked" in expected)
    kept = file.read_text("utf-8") == learned
    assert kept == (heals == "recommended" or not expected["changes"]), (
        "a heal is kept only where it is allowed"
    )
    assert list(plans.iterdir()) == [file]

    # What was kept is right: the page fits its plan now.
    if not kept:
        _show(show, folder / "after.html", tmp_path)
        assert fill_form(runtime, page, data, learned="replay").ok


def test_there_are_changed_pages_of_both_kinds() -> None:
    refused = [
        f for f in FOLDERS if isinstance(json.loads((f / "expected.json").read_text())["allowed"], list)
    ]
    assert len(refused) >= 6
    assert len(FOLDERS) - len(refused) >= 8

"""Every page of tests/pages filled in a real browser, and its state compared with what is expected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage
from GenFlowLibrary.core.errors import FormError, PageError
from GenFlowLibrary.forms.fill import fill

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = Path(__file__).parents[2] / "pages"


def _expected(folder: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return expected


def _page_of(folder: Path) -> Path:
    return folder.parent / _expected(folder).get("page", folder.name) / "page.html"


FOLDERS = sorted(
    folder for folder in PAGES.iterdir() if (folder / "data.json").is_file() and _page_of(folder).is_file()
)

pytestmark = pytest.mark.browser


def _fill(page: SeleniumPage, folder: Path, expected: dict[str, Any]) -> tuple[Any, str]:
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    try:
        outcome = fill(
            page,
            data,
            form=expected.get("form"),
            submit=expected.get("submit"),
            timeout=3,
            pages=expected.get("pages", 1),
        )
    except FormError as error:
        return error.outcome, str(error)
    except PageError as error:
        return None, str(error)
    return outcome, ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_page_ends_as_expected(folder: Path, library: Any, show: Callable[[Path], None]) -> None:
    expected = _expected(folder)
    show(_page_of(folder))
    page = SeleniumPage(library)
    if "labels" in expected or "left_out" in expected:
        snapshot = page.snapshot(expected.get("form"))
        assert expected.get("labels", [card.label for card in snapshot.fields]) == [
            c.label for c in snapshot.fields
        ]
        assert snapshot.left_out == expected.get("left_out", snapshot.left_out)
    outcome, message = _fill(page, folder, expected)
    missing = [text for text in expected.get("error", []) if text not in message]
    assert not missing, f"not in the message: {missing}\n{message}"
    assert expected.get("error") or not message, message
    state = {script: library.driver.execute_script(f"return {script}") for script in expected["state"]}
    assert state == expected["state"]
    if outcome is not None:
        assert outcome.submitted == expected.get("submitted", "submit" in expected)
        assert outcome.message == expected.get("message", outcome.message)
        assert outcome.ok == expected.get("ok", "error" not in expected or outcome.submitted)
        for key, how in expected.get("how", {}).items():
            assert how in next(row.how for row in outcome.fields if row.key == key)
        for key, number in expected.get("row_pages", {}).items():
            assert [row.page for row in outcome.fields if row.key == key] == [number], key


def test_there_are_pages() -> None:
    assert len(FOLDERS) >= 14

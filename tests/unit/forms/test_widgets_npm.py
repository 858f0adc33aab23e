"""Forms built from component libraries that people meet, filled in a real browser. Skipped where the libraries are not fetched."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.forms import test_pages as pages

if TYPE_CHECKING:
    from collections.abc import Callable

NPM = Path(__file__).parents[2] / "pages" / "npm"
FOLDERS = sorted(folder for folder in NPM.iterdir() if (folder / "page.html").is_file())


def _why_absent() -> str:
    spec = importlib.util.spec_from_file_location("fetch_component_libraries", NPM / "fetch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.problem())


ABSENT = _why_absent()

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(ABSENT), reason=ABSENT or "fetched")]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_component_library_is_filled(folder: Path, library: Any, show: Callable[[Path], None]) -> None:
    pages.test_a_page_ends_as_expected(folder, library, show)

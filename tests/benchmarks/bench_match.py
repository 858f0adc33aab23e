"""Matching without a model over our own pages: what went where it belongs, what went elsewhere, what was left.

    python tests/benchmarks/bench_match.py

Every page of tests/pages with data and an expected state is filled in one browser (pages of widgets, wizards and changed forms have
measures of their own). A unit is a control whose expected value is not what it holds when the page opens: right, wrong (it holds something
else) or missed (it was left as it was). A false fill is a control that was to stay as it is and changed. A page is perfect without any of
these. Gates, from one run: right at least 95 %, wrong at most 0.5 %, no false fill.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.browser.selenium_page import SeleniumPage  # noqa: E402
from GenFlowLibrary.core.errors import GenFlowError  # noqa: E402
from GenFlowLibrary.forms.fill import fill  # noqa: E402
from tests.plugins.chromium import OneBrowser, start_chromium  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RIGHT = 0.95
WRONG = 0.005
PAGES = ROOT / "tests" / "pages"
_OTHERS = ("changed_", "targets_", "widget_", "wizard_")
_LOOK = "return arguments[0].map((text) => { try { return eval(text); } catch { return null; } });"


def folders() -> Iterator[tuple[Path, dict[str, Any]]]:
    """The pages to fill, with what is expected of each."""
    for folder in sorted(PAGES.iterdir()):
        if folder.name.startswith(_OTHERS) or not (folder / "data.json").is_file():
            continue
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        if "state" in expected:
            yield folder, expected


def counted(before: Mapping[str, Any], after: Mapping[str, Any], wanted: Mapping[str, Any]) -> Counter[str]:
    """How many units of one page are right, wrong, missed, and how many fills are false; arguments by the control's expression."""
    found: Counter[str] = Counter()
    for control, value in wanted.items():
        changed = after[control] != before[control]
        if value == before[control]:
            found["false"] += changed
        elif after[control] == value:
            found["right"] += 1
        else:
            found["wrong" if changed else "missed"] += 1
    return found


def _fill(library: Any, folder: Path, expected: Mapping[str, Any]) -> Counter[str]:
    wanted = {text: value for text, value in expected["state"].items() if text.startswith("document.")}
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))

    def look() -> dict[str, Any]:
        return dict(zip(wanted, library.driver.execute_script(_LOOK, list(wanted)), strict=True))

    library.driver.get((folder / "page.html").as_uri())
    before = look()
    # What was certain is filled all the same where the fill fails, and to refuse is what some pages are about.
    with suppress(GenFlowError):
        fill(SeleniumPage(library), data, form=expected.get("form"), submit=expected.get("submit"), timeout=3)
    return counted(before, look(), wanted)


def main() -> bool:
    """Measures, prints, and returns whether all gates are kept."""
    library = OneBrowser(start_chromium())
    total: Counter[str] = Counter()
    perfect = pages = 0
    try:
        for folder, expected in folders():
            found = _fill(library, folder, expected)
            pages += 1
            perfect += not (found["wrong"] or found["missed"] or found["false"])
            total += found
            if found["wrong"] or found["missed"] or found["false"]:
                print(f"    {folder.name}: {dict(found)}")
    finally:
        library.driver.quit()
    units = total["right"] + total["wrong"] + total["missed"]
    right, wrong = total["right"] / units, total["wrong"] / units
    print(
        f"{pages} pages, {units} values: right {right:.1%} (gate {RIGHT:.0%}), wrong {wrong:.2%} (gate {WRONG:.1%}), "
        f"missed {total['missed'] / units:.1%}, false fills {total['false']} (gate 0), perfect pages {perfect / pages:.1%}"
    )
    return right >= RIGHT and wrong <= WRONG and not total["false"]


if __name__ == "__main__":
    sys.exit(0 if main() else 1)

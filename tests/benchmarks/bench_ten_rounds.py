"""Ten people from an Excel sheet into a form that deals its seven fields anew for each: one fill a round against seven inputs by XPath.

    python tests/benchmarks/bench_ten_rounds.py

The page (tests/pages/ten_rounds) changes places, ids and names every round and judges itself: every field right, and the time from Start to
the last Submit. Goal: under 1 s of page time for the 70 fields. The sheet has headers with trailing blanks, numeric phone cells and a
thousand empty rows. Both ways press Start and Submit by the same keyword; the total has the sheet and the verdict in it.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.browser.selenium_page import SeleniumPage  # noqa: E402
from GenFlowLibrary.forms.fill import fill  # noqa: E402
from tests.plugins.chromium import OneBrowser, start_chromium  # noqa: E402
from tests.suites.sheets import read_sheet  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = ROOT / "tests" / "pages" / "ten_rounds"
GOAL = 1000.0
ROUNDS = 5


@dataclass(frozen=True)
class Run:
    """One way through all ten rounds: milliseconds as the page took them, and all in all."""

    page: float
    total: float


def by_meaning(library: Any) -> Callable[[dict[str, object]], None]:
    """Ours: the row of the sheet as it is."""
    page = SeleniumPage(library)

    def enter(person: dict[str, object]) -> None:
        fill(page, person, form="css:form")

    return enter


def by_hand(library: Any) -> Callable[[dict[str, object]], None]:
    """What a suite writes without us: an XPath by each label, headers trimmed and numbers made texts."""

    def enter(person: dict[str, object]) -> None:
        for label, value in person.items():
            library.input_text(
                f"xpath://label[normalize-space()='{label.strip()}']/following-sibling::input", str(value)
            )

    return enter


def run(library: Any, enter: Callable[[dict[str, object]], None]) -> Run:
    """Goes through all rounds once. Fails when the page finds a field wrong."""
    library.driver.get((FOLDER / "page.html").as_uri())
    begun = time.perf_counter()
    people = read_sheet(FOLDER / "people.xlsx")
    library.click_button("Start")
    for person in people:
        enter(person)
        library.click_button("Submit")
    result = library.driver.execute_script("return window.result")
    total = (time.perf_counter() - begun) * 1000
    assert result["right"] == result["total"] == 70, f"the page finds {result['right']} of 70 fields right"
    return Run(result["milliseconds"], total)


def main(rounds: int = ROUNDS) -> bool:
    """Runs both ways in turn, prints the medians, and returns whether the goal is met."""
    library = OneBrowser(start_chromium())
    try:
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(run(library, by_meaning(library)))
            theirs.append(run(library, by_hand(library)))
    finally:
        library.driver.quit()
    mine, hand = (statistics.median(each.page for each in runs) for runs in (ours, theirs))
    met = mine < GOAL
    print(
        f"70 fields in ten rounds, 70 of 70 right: page time {mine:.0f} ms (goal under {GOAL:.0f}: {'met' if met else 'missed'}),"
        f" in all {statistics.median(each.total for each in ours):.0f} ms; by label XPaths page time {hand:.0f} ms,"
        f" in all {statistics.median(each.total for each in theirs):.0f} ms; {hand / mine:.1f} times as fast"
    )
    return met


if __name__ == "__main__":
    sys.exit(0 if main() else 1)

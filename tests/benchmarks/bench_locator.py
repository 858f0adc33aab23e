"""`gen:` locators against `id:` locators: the same clicks in the same browser, in one run, through SeleniumLibrary's own `Click Element`.

    python tests/benchmarks/bench_locator.py

Prints the median time of a click by id, by a description asked for the first time on a page, by one that is remembered, and of one poll
that finds nothing, on the small orders page and on a page with 200 more table rows. The goal is that a remembered description costs at
most GOAL seconds more than an id on the small page.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.rf.gen_locator import STRATEGY, GenLocator  # noqa: E402
from tests.plugins.chromium import OneBrowser, start_chromium  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL = 0.03
ROUNDS = 9
SMALL = (ROOT / "tests" / "pages" / "targets_orders" / "page.html").as_uri()
GROW = """
const body = document.querySelector("tbody");
for (let n = 0; n < 200; n++) {
  const row = body.rows[1].cloneNode(true);
  row.removeAttribute("id");
  row.cells[0].textContent = `GF-${20000 + n}`;
  for (const e of row.querySelectorAll("[id]")) e.removeAttribute("id");
  body.append(row);
}"""
WANTED = "gen:the Edit button in the row of GF-10443"


def timed(act: Callable[[], Any]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(library: Any, fresh: Callable[[], GenLocator], prepare: str) -> dict[str, float]:
    """Median seconds by what was done."""

    def poll() -> Any:
        return library._element_finder.find("gen:the Archive button", required=False)

    found: dict[str, list[float]] = {"id": [], "first": [], "remembered": [], "poll": []}
    for _ in range(ROUNDS):
        library.driver.get(SMALL)
        library.driver.execute_script(prepare)
        fresh()
        library.click_element("id:edit-1")  # the first click of a page draws it
        found["id"].append(timed(lambda: library.click_element("id:edit-2")))
        found["first"].append(timed(lambda: library.click_element(WANTED)))
        found["remembered"].append(timed(lambda: library.click_element(WANTED)))
        assert library.driver.execute_script("return document.activeElement.id") == "edit-2"
        assert poll() is None
        found["poll"].append(timed(poll))
    return {name: statistics.median(times) for name, times in found.items()}


def main() -> float:
    """Runs the comparison and returns what a remembered description costs more than an id on the small page, in seconds."""
    library = OneBrowser(start_chromium())
    selenium = library._library

    def fresh() -> GenLocator:
        locator = GenLocator(selenium, str)
        if STRATEGY in selenium._element_finder._strategies:
            selenium.remove_location_strategy(STRATEGY)
        selenium.add_location_strategy(STRATEGY, locator, persist=True)
        return locator

    try:
        results = {"31 targets": measure(library, fresh, ""), "200 more rows": measure(library, fresh, GROW)}
    finally:
        library.driver.quit()
    for page, medians in results.items():
        print(f"{page}: " + ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in medians.items()))
    small = results["31 targets"]
    extra = small["remembered"] - small["id"]
    print(f"a remembered description costs {extra * 1000:.0f} ms more than an id (goal {GOAL * 1000:.0f})")
    return extra


if __name__ == "__main__":
    sys.exit(0 if main() <= GOAL else 1)

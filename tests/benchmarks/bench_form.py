"""A 25-field form: one `fill` against 25 hand-written `Input Text` calls, in the same browser, in one run.

    python tests/benchmarks/bench_form.py

Prints both medians and their ratio (goal: at least 15), after checking that both leave the same values in the DOM, that the fields saw the
same kinds of input and change events, and that the values reached the page's own listeners.
"""

from __future__ import annotations

import statistics
import sys
import time
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.browser.selenium_page import SeleniumPage  # noqa: E402
from GenFlowLibrary.forms.fill import fill  # noqa: E402
from tests.plugins.chromium import OneBrowser, start_chromium  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL = 15.0
ROUNDS = 5
LABELS = [
    "First name",
    "Last name",
    "Email",
    "Phone",
    "Street address",
    "Address line 2",
    "City",
    "Postal code",
    "State",
    "Company",
    "Job title",
    "VAT number",
    "Order number",
    "Invoice number",
    "Customer number",
    "Amount",
    "Currency",
    "Quantity",
    "Subject",
    "Message",
    "Reason",
    "Category",
    "Priority",
    "Website",
    "Fax",
]
PAGE = """<!doctype html><html lang="en"><title>Bench</title><form>%s<button>Save</button></form><script>
window.heard = {};
for (const name of ["input", "change"]) document.addEventListener(name, (event) => {
  (heard[event.target.id] ??= {})[name] = event.target.value;
}, true);</script>"""
READ = "return [[...document.querySelectorAll('input')].map(e => e.value), window.heard]"


def rows() -> str:
    """The form's fields."""
    return "".join(
        f'<p><label for="f{n}">{label}</label> <input id="f{n}">' for n, label in enumerate(LABELS)
    )


def by_hand(library: Any, data: dict[str, str]) -> None:
    """What a suite writes without us."""
    for number, text in enumerate(data.values()):
        library.input_text(f"id:f{number}", text)
    library.driver.execute_script("document.activeElement.blur()")


def timed(library: Any, page: str, act: Callable[[], None]) -> tuple[float, Any]:
    """Seconds for one fill of a fresh page, and what the page holds and heard afterwards."""
    library.driver.get(page)
    start = time.perf_counter()
    act()
    return time.perf_counter() - start, library.driver.execute_script(READ)


def main(rounds: int = ROUNDS) -> float:
    """Runs the comparison and returns the ratio."""
    library = OneBrowser(start_chromium())
    try:
        page = "data:text/html;charset=utf-8," + urllib.parse.quote(PAGE % rows())
        data = {label: f"value {n} of {label}" for n, label in enumerate(LABELS)}
        view = SeleniumPage(library)
        ours, theirs = [], []
        for _ in range(rounds):
            mine, held = timed(library, page, lambda: fill(view, data) and None)
            hand, expected = timed(library, page, lambda: by_hand(library, data))
            assert held == expected, f"different values or events:\n{held}\n{expected}"
            assert held[0] == list(data.values())
            ours.append(mine)
            theirs.append(hand)
    finally:
        library.driver.quit()
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(
        f"25 fields: fill {statistics.median(ours) * 1000:.0f} ms, 25 x Input Text {statistics.median(theirs) * 1000:.0f} ms,"
        f" ratio {ratio:.1f} (goal {GOAL:.0f}: {'met' if ratio >= GOAL else 'missed'});"
        f" first fill {ours[0] * 1000:.0f} ms with the lexicon's loading"
    )
    return ratio


if __name__ == "__main__":
    main()

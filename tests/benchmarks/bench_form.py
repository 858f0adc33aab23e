"""Forms of 25 and 60 fields: one `fill` against what a suite writes by hand in SeleniumLibrary, on the same page, in one run.

    python tests/benchmarks/bench_form.py

Prints both medians and their ratio (goal: at least 20), after checking that both leave the same values in the DOM, and that the page's own
listeners heard of every value in each input and change event that they hear by hand. Where Playwright is installed (pip install
playwright), its `get_by_label(...).fill(...)` is timed too, in the same Chromium started by it: what a user would pick who starts anew.
"""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import sys
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.browser.selenium_page import SeleniumPage  # noqa: E402
from GenFlowLibrary.forms.fill import fill  # noqa: E402
from tests.plugins.chromium import CHROMIUM_FLAGS, OneBrowser, start_chromium  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL = 20.0
ROUNDS = 7
TEXTS = [
    *("First name", "Last name", "Email", "Phone", "Street address", "Address line 2", "City", "Postal code"),
    *("State", "Company", "Job title", "VAT number", "Order number", "Invoice number", "Customer number"),
    *("Amount", "Currency", "Quantity", "Subject", "Message", "Reason", "Category", "Priority", "Website"),
    *("Fax", "Plate", "Make", "Model", "Chassis number", "Engine", "Mileage", "Colour", "Seats", "Doors"),
    *("Policy number", "Claim number", "Place of accident", "Witness", "Garage", "Remarks"),
]
LISTS = [
    *("Cover", "Payment interval", "Deductible", "Fuel", "Gearbox", "Body", "Use of the car", "Parking"),
    *("Channel", "Branch", "Tariff", "Bonus class"),
]
BOXES = [
    *(
        "Legal protection",
        "Accept the terms",
        "Newsletter",
        "Breakdown service",
        "Glass cover",
        "Foreign cover",
    ),
    *("Second driver", "Paperless post"),
]
OPTIONS = ["", "Basic", "Standard", "Premium", "Other"]
HEARD = """window.heard = {};
for (const name of ["input", "change"]) document.addEventListener(name, (event) => {
  (heard[event.target.id] ??= {})[name] = event.target.type === "checkbox" ? event.target.checked : event.target.value;
}, true);"""
READ = """return [[...document.querySelectorAll('input, select')].map(e => e.type === "checkbox" ? e.checked : e.value), window.heard]"""


@dataclass(frozen=True)
class Form:
    """Labels of a form's fields, and what goes into them."""

    texts: list[str]
    lists: list[str]
    boxes: list[str]

    @property
    def data(self) -> dict[str, object]:
        """What is to be filled in: every text of its own, the options in turn, every box ticked."""
        texts = {label: f"value {n} of {label}" for n, label in enumerate(self.texts)}
        lists = {label: OPTIONS[1 + n % 4] for n, label in enumerate(self.lists)}
        return {**texts, **lists, **dict.fromkeys(self.boxes, True)}

    def html(self, more: str = "") -> str:
        """The form as a page, with ``more`` behind its fields."""
        options = "".join(f"<option>{text}</option>" for text in OPTIONS)
        kinds = [(self.texts, "<input {}>"), (self.lists, f"<select {{}}>{options}</select>")]
        kinds.append((self.boxes, "<input type=checkbox {}>"))
        fields = [(label, made) for labels, made in kinds for label in labels]
        rows = "".join(
            f'<p><label for="f{n}">{label}</label> {made.format(f"id=f{n}")}</p>'
            for n, (label, made) in enumerate(fields)
        )
        form = f"<form>{rows}{more}<button>Save</button></form>"
        return f'<!doctype html><html lang="en"><title>Bench</title>{form}<script>{HEARD}</script>'

    @property
    def page(self) -> str:
        """The form as a data URL."""
        return "data:text/html;charset=utf-8," + urllib.parse.quote(self.html())


FORMS = [Form(TEXTS[:25], [], []), Form(TEXTS, LISTS, BOXES)]


def by_hand(library: Any, data: dict[str, object]) -> None:
    """What a suite writes without us."""
    for number, (label, value) in enumerate(data.items()):
        if label in LISTS:
            library.select_from_list_by_label(f"id:f{number}", value)
        elif label in BOXES:
            library.select_checkbox(f"id:f{number}")
        else:
            library.input_text(f"id:f{number}", value)
    library.driver.execute_script("document.activeElement.blur()")


def by_playwright(page: Any, data: dict[str, object]) -> None:
    """What a script writes with Playwright."""
    for label, value in data.items():
        field = page.get_by_label(label, exact=True)
        if label in LISTS:
            field.select_option(label=value)
        elif label in BOXES:
            field.check()
        else:
            field.fill(value)


def timed(library: Any, page: str, act: Callable[[], None]) -> tuple[float, Any]:
    """Seconds for one fill of a fresh page, and what the page holds and heard afterwards."""
    library.driver.get(page)
    start = time.perf_counter()
    act()
    return time.perf_counter() - start, library.driver.execute_script(READ)


def compare(library: Any, form: Form, rounds: int) -> float:
    """Prints and returns how much faster `fill` is than a suite written by hand."""
    view = SeleniumPage(library)
    ours, theirs = [], []
    for _ in range(rounds):
        mine, held = timed(library, form.page, lambda: fill(view, form.data) and None)
        hand, expected = timed(library, form.page, lambda: by_hand(library, form.data))
        assert held[0] == expected[0] == list(form.data.values())
        unheard = [
            name for name, events in expected[1].items() if not events.items() <= held[1][name].items()
        ]
        assert not unheard, f"{unheard} saw fewer events than by hand"
        ours.append(mine * 1000)
        theirs.append(hand * 1000)
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(
        f"{len(form.data)} fields: fill {statistics.median(ours):.0f} ms, by hand {statistics.median(theirs):.0f} ms,"
        f" ratio {ratio:.1f} (goal {GOAL:.0f}: {'met' if ratio >= GOAL else 'missed'}); first fill {ours[0]:.0f} ms"
    )
    return ratio


def rival(rounds: int) -> None:
    """Prints what the same forms take with Playwright, where it is installed."""
    if importlib.util.find_spec("playwright") is None:
        print("Playwright is not installed, so it was not compared: pip install playwright")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = started.chromium.launch(executable_path=program, args=list(CHROMIUM_FLAGS))
        page = browser.new_page()
        for form in FORMS:
            taken = []
            for _ in range(rounds):
                page.goto(form.page)
                start = time.perf_counter()
                by_playwright(page, form.data)
                taken.append((time.perf_counter() - start) * 1000)
                assert page.evaluate(f"() => {{ {READ} }}")[0] == list(form.data.values())
            print(f"{len(form.data)} fields: Playwright {statistics.median(taken):.0f} ms")
        browser.close()


def main(rounds: int = ROUNDS) -> list[float]:
    """Runs the comparisons and returns the ratios."""
    library = OneBrowser(start_chromium())
    try:
        ratios = [compare(library, form, rounds) for form in FORMS]
    finally:
        library.driver.quit()
    rival(rounds)
    return ratios


if __name__ == "__main__":
    main()

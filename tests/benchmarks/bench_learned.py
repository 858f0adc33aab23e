"""Learned plans: an unknown form costs one model call, then a hundred rows cost none; and what a row takes with the plan and without.

    python tests/benchmarks/bench_learned.py

Fills a form of 26 fields, whose last one no word finds, for 100 rows of data in a real browser, against a model on a loopback server that
answers at once: once learning at the first row, once with `learned=off`, where each row asks. Then the same form without that field, with
the plan and by words alone, for what the plan itself costs or saves. Prints calls and medians, after checking each row's values in the DOM.
Goal: 1 call, then 0; a row with the plan is no slower than by words.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.browser.selenium_page import SeleniumPage  # noqa: E402
from GenFlowLibrary.core.settings import LearnedMode, Settings  # noqa: E402
from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine  # noqa: E402
from GenFlowLibrary.forms.learned_folder import PlanFolder  # noqa: E402
from GenFlowLibrary.forms.learned_rules import Learning  # noqa: E402
from GenFlowLibrary.steps.fill_form import fill_form  # noqa: E402
from tests.benchmarks.bench_form import FORMS  # noqa: E402
from tests.fakes.runtime import make_runtime  # noqa: E402
from tests.plugins.chromium import OneBrowser, start_chromium  # noqa: E402
from tests.servers.running import running_server  # noqa: E402

ROWS = 100
UNKNOWN = "Kontierung"  # an accountant's word for what the page calls by the last label below
CALLED = "Booked to"
HELD = "return [...document.querySelectorAll('input')].map(e => e.value)"
LABELS = FORMS[0].texts
RULES = {"when": [UNKNOWN], "answer": {"why_1": "the account it is booked to", "field_1": len(LABELS) + 1}}


def fill_rows(
    library: Any, page: Path, engine: Any, folder: Path, mode: LearnedMode, keys: list[str]
) -> tuple[list[int], list[float]]:
    """Fills the page for every row; returns the calls and the seconds that each took."""
    runtime, _ = make_runtime(engine)
    runtime = replace(runtime, learning=Learning(mode, False, PlanFolder(folder)))
    view, calls, seconds = SeleniumPage(library), [], []
    for row in range(ROWS):
        data = {key: f"value {row} of {n}" for n, key in enumerate(keys)}
        library.driver.get(page.as_uri())
        started = time.perf_counter()
        outcome = fill_form(runtime, view, data)
        seconds.append(time.perf_counter() - started)
        calls.append(outcome.model_calls)
        held = library.driver.execute_script(HELD)
        assert held[: len(keys)] == list(data.values()), held
    return calls, seconds


def main() -> bool:
    """Runs the comparison and returns whether the goals are met."""
    library = OneBrowser(start_chromium())
    settings = Settings(engine="openai", model="scripted-1")
    known, all_keys = list(LABELS), [*LABELS, UNKNOWN]
    with tempfile.TemporaryDirectory() as place, running_server() as server, _ended(library.driver):
        server.rules(RULES)
        engine = OpenAICompatibleEngine(replace(settings, base_url=server.base_url))
        page = Path(place) / "page.html"
        last = f'<p><label for="last">{CALLED}</label> <input id="last">'
        page.write_text(FORMS[0].html(last), encoding="utf-8")
        plans = Path(place) / "plans"
        learned_calls, learned = fill_rows(library, page, engine, plans / "a", "heal", all_keys)
        asking_calls, asking = fill_rows(library, page, engine, plans / "b", "off", all_keys)
        _, planned = fill_rows(library, page, engine, plans / "c", "learn", known)
        _, planned = fill_rows(library, page, engine, plans / "c", "replay", known)
        _, by_words = fill_rows(library, page, engine, plans / "d", "off", known)
    first, later = learned_calls[0], sum(learned_calls[1:])
    print(
        f"Unknown form of {len(all_keys)} fields: {first} model call at the first row, {later} at the next {ROWS - 1}."
    )
    print(f"Without plans the same {ROWS} rows take {sum(asking_calls)} calls.")
    print(f"A row: {_ms(learned[1:])} with the plan, {_ms(asking)} asking a server that answers at once.")
    print(
        f"A row of {len(known)} fields that words find: {_ms(planned[1:])} with the plan, {_ms(by_words)} by words alone."
    )
    print(f"The first row, which learns: {learned[0] * 1000:.0f} ms.")
    return first == 1 and later == 0 and statistics.median(planned[1:]) <= statistics.median(by_words) * 1.1


@contextmanager
def _ended(driver: Any) -> Iterator[None]:
    try:
        yield
    finally:
        driver.quit()


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms"


if __name__ == "__main__":
    sys.exit(0 if main() else 1)

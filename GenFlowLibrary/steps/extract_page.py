"""Read what a page shows: facts out of its text, a table as rows, and whether something is shown at all."""

from __future__ import annotations

import re
import time
import unicodedata
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.answer import Answer, Facts
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import InputError, PageError
from GenFlowLibrary.forms.grid import read_grid
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.extract import extract
from GenFlowLibrary.steps.runtime import Options, Runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.browser.page import Page

TABLE_STEP = "Extract From Page"
SHOW_STEP = "Page Should Show"
_POLL = 0.2
_SHOWN = 300
_LIKE_QUOTES = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00ad": None,
        "\u200b": None,
    }
)


def extract_facts(
    runtime: Runtime,
    page: Page,
    schema: str,
    *,
    region: Any = None,
    options: Options = Options(),  # noqa: B008 - frozen
    scrub: Callable[[Any], Any],
) -> Facts:
    """Returns the facts that a page, or a region of it, states; as `extract` does with a text.

    Raises:
        PageError: no browser is open, the region is not found, or it shows no text.
        SchemaError, EngineError, AnswerError, BudgetExceeded, RecordingError: as `extract`.
    """
    text = str(scrub(page.text(region)))
    if not text.strip():
        where = "on the page" if region is None else f"at '{region}'"
        raise PageError(f"Expected a text to read {where}, found none; wait for it or name another region.")
    return extract(runtime, text, schema, options=options)


def extract_table(runtime: Runtime, page: Page, table: Any, *, scrub: Callable[[Any], Any]) -> list[Answer]:
    """Returns the rows of a table, each a mapping by the headers of its columns.

    Raises:
        PageError: no browser is open, or there is not exactly one table at the locator.
    """
    with runtime.step(TABLE_STEP) as record:
        grid = read_grid(page.table(table))
        record.notes.extend(scrub(list(grid.notes)))
        rows = scrub(list(grid.rows))
        record.answer = [", ".join(f"{name}: {value}" for name, value in row.items()) for row in rows]
        return [Answer(row) for row in rows]


def page_should_show(
    runtime: Runtime,
    page: Page,
    expected: str | None,
    *,
    region: Any = None,
    timeout: float = 10.0,
    scrub: Callable[[Any], Any],
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> str:
    """Waits until a page, or a region of it, shows what is expected, and returns the line that does.

    ``expected`` is a text (letter case, spacing and kinds of quotes do not matter), a pattern (``regexp:GF-[0-9]+``), or a description of a
    thing (``gen:the Save button``).

    Raises:
        InputError: nothing is expected, or the pattern can't be read.
        PageError: it is not shown in time; the message says what is. Or no browser is open.
    """
    with runtime.step(SHOW_STEP) as record:
        wanted = require_text("what the page should show", expected)
        shows = _test(wanted)
        deadline = Deadline.after(timeout, clock)
        while True:
            seen, problem = _look(page, wanted, region)
            line = shows(seen) if problem is None else None
            if line is not None:
                shown = str(scrub(line))
                record.answer = shown
                return shown
            if deadline.passed:
                raise problem or PageError(str(scrub(_not_shown(wanted, seen, timeout))))
            sleep(min(_POLL, deadline.remaining) or _POLL)


def _look(page: Page, wanted: str, region: Any) -> tuple[str, PageError | None]:
    """What is there, or why nothing can be read (yet)."""
    try:
        if wanted.lower().startswith("gen:"):
            return page.text(wanted), None
        return page.text(region), None
    except PageError as problem:
        return "", problem


def _test(wanted: str) -> Callable[[str], str | None]:
    """Returns what finds the expected line in a text."""
    if wanted.lower().startswith("gen:"):
        return lambda text: text.partition("\n")[0]
    if wanted.lower().startswith("regexp:"):
        try:
            pattern = re.compile(wanted.partition(":")[2].strip())
        except re.error as problem:
            raise InputError(
                f"Expected a regular expression after 'regexp:', but '{wanted}' can't be read: {problem}."
            ) from None
        return lambda text: _line_at(text, found.start()) if (found := pattern.search(text)) else None
    plain = normalise(wanted)
    return lambda text: _first_line(text, plain)


def _first_line(text: str, plain: str) -> str | None:
    for line in text.splitlines():
        if plain in normalise(line):
            return line
    return _across_lines(text, plain)


def _across_lines(text: str, plain: str) -> str | None:
    """The expected text where the page breaks it over several lines, ``None`` where it is not there."""
    return plain if plain in normalise(text) else None


def _line_at(text: str, position: int) -> str:
    return text[text.rfind("\n", 0, position) + 1 :].partition("\n")[0]


def normalise(text: str) -> str:
    """Returns a text so that what people read alike is equal: letter case, spacing, quotes, dashes and full width do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_LIKE_QUOTES)).casefold().split())


def _not_shown(wanted: str, seen: str, timeout: float) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - loaded when something is not found

    text = " · ".join(seen.splitlines())
    there = f"'{text[:_SHOWN].rstrip()}{'…' if len(text) > _SHOWN else ''}'" if text else "nothing"
    alike = process.extractOne(
        wanted, seen.splitlines(), scorer=fuzz.ratio, processor=normalise, score_cutoff=60
    )
    nearest = f"; the line most like it is '{alike[0]}'" if alike else ""
    return (
        f"Expected the page to show '{wanted}' within {timeout:g} seconds, but it shows {there}{nearest}; "
        "check the text or allow more time with timeout=."
    )

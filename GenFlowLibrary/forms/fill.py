"""Filling a form by what its fields mean, page by page where it is a wizard, and never silently wrong.

fill the page (fill_page.py) -> table -> next button? turn the page (turning.py) and fill that -> keys left over? -> submit
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import FormError, GenFlowError, InputError, PageError
from GenFlowLibrary.core.outcome import FieldOutcome, FillOutcome
from GenFlowLibrary.forms.fill_page import PageFill, Resolved, Resolver, by_words, fill_page, missing_after
from GenFlowLibrary.forms.match import flatten
from GenFlowLibrary.forms.missing import never_written
from GenFlowLibrary.forms.next_button import next_button
from GenFlowLibrary.forms.submit import enabled_button, press_and_wait
from GenFlowLibrary.forms.table import complaint, empty_rows, quoted, unresolved_rows
from GenFlowLibrary.forms.turning import PageSign, first_page, sign_of, turn, usable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from GenFlowLibrary.browser.page import ButtonCard, FieldCard, Page, Snapshot
    from GenFlowLibrary.forms.missing import Identity

__all__ = ["Missing", "Pages", "Resolved", "Resolver", "Unused", "fill"]

Missing = Literal["fail", "skip", "generate", "ask"]
"""What a required field without data does. Values for ``generate`` and ``ask`` are the resolver's to find."""

Unused = Literal["fail", "warn", "ignore"]
"""What a data key without a field does."""

Pages = int | Literal["auto"]
"""How many pages of a wizard are filled at most; ``auto``: all."""

MOST_PAGES = 30
"""Where ``auto`` stops: a wizard of more pages goes round in circles."""


def fill(
    page: Page,
    data: Mapping[str, object],
    *,
    form: Any = None,
    submit: str | None = None,
    timeout: float = 10.0,
    resolve: Resolver = by_words,
    missing: Missing = "fail",
    unused: Unused = "fail",
    pages: Pages = 1,
    turned: Callable[[FillOutcome], None] = lambda _: None,
) -> FillOutcome:
    """Fills a form and returns what really happened to each field.

    Args:
        page: the browser's page.
        data: data keys and values. A key is whatever names the field: its label, a field name, a phrase in another language; nested
            mappings are flattened, and the outer keys tell fields of different sections apart (``{"billing": {"city": ...}}``). ``None``
            leaves a field alone, an empty text clears it, and an `Instruction` is for the resolver.
        form: locator or element of the form; ``None`` is the page's main form, of each page of a wizard.
        submit: text of the button to press when every field holds its value; ``None`` submits nothing.
        timeout: seconds to wait for the page's answer after pressing, anew for each page of a wizard.
        resolve: tells which key belongs in which field; by default the words of keys and fields decide alone.
        missing: ``skip`` lets required fields without data stay empty; they are in the table all the same.
        unused: ``warn`` and ``ignore`` let keys go that fit no field at all; ``warn`` keeps them in the table. A key that fits several
            fields fails nevertheless, as it is not known where it belongs.
        pages: how many pages of a wizard are filled. Where it is not 1, the next button of each page is pressed, never one that ends
            something, and keys that fit nothing on a page are kept for the later ones.
        turned: is told the outcome so far whenever the next page was reached.

    Raises:
        InputError: the data is empty, or ``pages`` is no number of pages.
        FormError: a value cannot go into its field (nothing was typed on that page then); or a key has no certain field, a required field
            is left empty, or a field holds something else (what was certain is filled, nothing was submitted); or the page answered the
            submission, or the next button, with errors. ``outcome`` holds the table, of all pages.
        PageError: no browser, no such form, or the page changed meanwhile.
    """
    flat = flatten(data)
    if not flat:
        raise InputError(
            "Expected data to fill the form with, got none: give at least one field and its value."
        )
    if pages != "auto" and pages < 1:
        raise InputError(f"Expected pages to be auto or a number from 1, got {pages}: correct it.")
    return _Walk(page, flat, form, submit, timeout, resolve, missing, unused, pages, turned).run()


@dataclass
class _Walk:
    """One fill on its way through the pages.

    ``left`` are the keys that found no field yet, ``rows`` the table so far, ``current`` the rows of a page that was not judged yet, ``at``
    the address and title of the latest page.
    """

    page: Page
    left: Mapping[str, object]
    form: Any
    submit: str | None
    timeout: float
    resolve: Resolver
    missing: Missing
    unused: Unused
    pages: Pages
    turned: Callable[[FillOutcome], None]
    number: int = 1
    rows: tuple[FieldOutcome, ...] = ()
    current: tuple[FieldOutcome, ...] = ()
    at: tuple[str, str] = ("", "")
    held: dict[Identity, str] = field(default_factory=dict)
    seen: list[PageSign] = field(default_factory=list)

    def run(self) -> FillOutcome:
        """Fills page after page, and submits the last where that is wanted."""
        try:
            snapshot = self.page.snapshot(self.form) if self.pages == 1 else self._first_page()
            while True:
                filled, button = self._fill(snapshot)
                if button is None:
                    return self._end(filled)
                snapshot = self._turn(filled, button)
        except FormError as problem:
            if problem.outcome is not None:
                problem.outcome = replace(problem.outcome, fields=self._with_page(problem.outcome.fields))
            else:
                rows = self._with_page(self.current) if self.current else self.rows
                problem.outcome = FillOutcome(rows, url=self.at[0], title=self.at[1]) if rows else None
            self._say_where(problem)
            raise
        except GenFlowError as problem:
            self._say_where(problem)
            raise

    def _fill(self, snapshot: Snapshot) -> tuple[PageFill, ButtonCard | None]:
        """Fills one page, and returns its next button where another page is to come."""
        if not snapshot.fields and self.number == 1 and self._next(snapshot) is None:
            raise PageError(
                f"Expected a form with fields, found none in {snapshot.scope or 'the page'}: check form= or wait for the page."
            )
        supplies = self.missing in ("generate", "ask")
        filled = fill_page(
            self.page, snapshot, self.left, self.form, self.resolve, self.held, supplies=supplies
        )
        self.current, self.at = filled.rows, (filled.after.url, filled.after.title)
        after, button = filled.after, self._next(filled.after)
        empty = missing_after(filled)
        if button is not None and button.disabled and not (empty and self.missing != "skip"):
            after, button = usable(self.page, after, button, self.form, Deadline.after(self.timeout))
            filled = replace(filled, after=after)
        self._judge(filled, empty, last=button is None)
        return filled, button

    def _next(self, snapshot: Snapshot) -> ButtonCard | None:
        if self.pages != "auto" and self.number >= self.pages:
            return None
        return next_button(snapshot.buttons, self.submit)

    def _judge(self, filled: PageFill, empty: list[FieldCard], *, last: bool) -> None:
        """Adds the page's rows to the table.

        Raises:
            FormError: not everything on the page is as wanted.
        """
        here = [key for key in filled.plan.unresolved if key.key not in filled.later]
        everything = replace(
            filled.plan, unresolved=(*here, *(k for k in filled.plan.unresolved if last and k not in here))
        )
        needed = everything if self.unused == "fail" else replace(filled.plan, unresolved=tuple(here))
        told = needed if self.unused == "ignore" else everything
        rows = [*filled.rows, *unresolved_rows(told, filled.cards)]
        rows += empty_rows(empty, filled.after.fields, self._why_empty)
        counting = [row for row in rows if self.missing != "skip" or row.status != "empty"]
        if sentence := complaint(
            needed, counting, filled.cards, self._why_no_further(filled) if last else ""
        ):
            raise FormError(sentence, outcome=self._outcome(filled.after, tuple(rows)))
        self.rows += self._paged(rows)
        self.current = ()
        self.left = filled.later

    def _why_empty(self, card: FieldCard) -> str:
        if self.missing == "generate":
            why = (
                never_written(card)
                or "and the engine gave none: give it as data, or what it follows from with facts="
            )
            return f"no data, {why}"
        return "no data, and the person gave none" if self.missing == "ask" else "no data"

    def _why_no_further(self, filled: PageFill) -> str:
        """Why a wizard ended where keys are left over: its buttons may be called otherwise."""
        if self.pages == 1 or not filled.later or self.unused != "fail":
            return ""
        if self.pages == self.number:
            return f"no more than {self.pages} pages were to be filled"
        labels = [button.label for button in filled.after.buttons if button.label]
        return f"and no button on this page leads to another one ({quoted(labels) or 'it has none'})"

    def _turn(self, filled: PageFill, button: ButtonCard) -> Snapshot:
        if self.number >= MOST_PAGES:
            raise FormError(
                f"Expected at most {MOST_PAGES} pages, found '{button.label}' on the last of them too: check whether "
                "it goes in circles.",
                outcome=self._outcome(filled.after, ()),
            )
        self.held = {**self.held, **filled.held}
        before = self.page.state()
        self.seen.append(sign_of(filled.after, before))
        deadline = Deadline.after(self.timeout)
        snapshot, state = turn(self.page, filled.after, button, self.held, self.form, deadline)
        if sign_of(snapshot, state) in self.seen:
            said = "; ".join(
                [*(f"{label}: {message}" for label, message in state.field_errors), *state.alerts]
            )
            raise FormError(
                f"Pressed '{button.label}', and a page came that was filled before"
                + (f", and it says: {said.rstrip('. ')}." if said else ": check what it asks for.")
            )
        if state.document != before.document:
            self.held = {}
        self.number += 1
        self.turned(FillOutcome(self.rows, url=state.url, title=state.title))
        return snapshot

    def _end(self, filled: PageFill) -> FillOutcome:
        outcome = FillOutcome(self.rows, url=filled.after.url, title=filled.after.title)
        if self.submit is None:
            return outcome
        return _submit(self.page, filled.after, self.submit, self.form, Deadline.after(self.timeout), outcome)

    def _first_page(self) -> Snapshot:
        return first_page(self.page, self.form, Deadline.after(self.timeout))

    def _outcome(self, after: Snapshot, rows: tuple[FieldOutcome, ...]) -> FillOutcome:
        return FillOutcome(rows, url=after.url, title=after.title)

    def _paged(self, rows: list[FieldOutcome] | tuple[FieldOutcome, ...]) -> tuple[FieldOutcome, ...]:
        number = 0 if self.pages == 1 else self.number
        return tuple(replace(row, page=row.page or number) for row in rows)

    def _with_page(self, rows: tuple[FieldOutcome, ...]) -> tuple[FieldOutcome, ...]:
        """The rows of an error behind those of the pages before it, unless they are among them."""
        return rows if rows[: len(self.rows)] == self.rows and self.rows else (*self.rows, *self._paged(rows))

    def _say_where(self, problem: GenFlowError) -> None:
        if self.number > 1:
            problem.args = (f"On page {self.number} of the wizard: {problem}", *problem.args[1:])


def _submit(
    page: Page, after: Snapshot, submit: str, form: Any, deadline: Deadline, outcome: FillOutcome
) -> FillOutcome:
    try:
        snapshot, button = enabled_button(page, after, submit, form, deadline)
        submission = press_and_wait(page, snapshot, button, deadline)
    except FormError as problem:
        raise FormError(str(problem), outcome=outcome) from None
    state = submission.state
    outcome = replace(outcome, submitted=True, url=state.url, title=state.title, message=submission.message)
    if submission.complaints:
        said = "; ".join(submission.complaints)
        raise FormError(
            f"Pressed '{button.label}', and the page answered with errors: {said}.", outcome=outcome
        )
    return outcome

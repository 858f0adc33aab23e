"""Filling a form by what its fields mean, and never silently wrong.

see -> cut as the form does -> match -> check values -> fill in one script -> widgets one by one
-> real keys where the read-back disagrees -> read back -> table -> submit
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import FormError, InputError, PageError
from GenFlowLibrary.core.outcome import FillOutcome
from GenFlowLibrary.forms.composites import recompose
from GenFlowLibrary.forms.fill_widgets import plain_settings, set_widgets
from GenFlowLibrary.forms.match import flatten
from GenFlowLibrary.forms.plan import FillPlan, make_plan, with_remedies, without_unused
from GenFlowLibrary.forms.submit import enabled_button, press_and_wait
from GenFlowLibrary.forms.table import (
    agrees,
    complaint,
    empty_rows,
    field_name,
    filled_rows,
    unresolved_rows,
    unresolved_words,
    untouched_rows,
)

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Page, ReadBack, Snapshot
    from GenFlowLibrary.forms.match import Matching

Resolver = Callable[["Snapshot", Mapping[str, object]], "Matching"]
"""Tells which data key belongs in which field of a snapshot."""

Missing = Literal["fail", "skip"]
"""What a required field without data does."""

Unused = Literal["fail", "warn", "ignore"]
"""What a data key without a field does."""

_TYPABLE = frozenset(
    {"text", "textarea", "password", "email", "tel", "url", "search", "number", "contenteditable", "file"}
)


def fill(
    page: Page,
    data: Mapping[str, object],
    *,
    form: Any = None,
    submit: str | None = None,
    timeout: float = 10.0,
    resolve: Resolver | None = None,
    missing: Missing = "fail",
    unused: Unused = "fail",
) -> FillOutcome:
    """Fills a form and returns what really happened to each field.

    Args:
        page: the browser's page.
        data: data keys and values. A key is whatever names the field: its label, a field name, a phrase in another language; nested
            mappings are flattened, and the outer keys tell fields of different sections apart (``{"billing": {"city": ...}}``). ``None``
            leaves a field alone, an empty text clears it.
        form: locator or element of the form; ``None`` is the page's main form.
        submit: text of the button to press when every field holds its value; ``None`` submits nothing.
        timeout: seconds to wait for the page's answer after pressing.
        resolve: tells which key belongs in which field; by default the words of keys and fields decide alone.
        missing: ``skip`` lets required fields without data stay empty; they are in the table all the same.
        unused: ``warn`` and ``ignore`` let keys go that fit no field at all; ``warn`` keeps them in the table. A key that fits several
            fields fails nevertheless, as it is not known where it belongs.

    Raises:
        InputError: the data is empty.
        FormError: a value cannot go into its field (nothing was typed then); or a key has no certain field, a required field is left
            empty, or a field holds something else (what was certain is filled, nothing was submitted); or the page answered the
            submission with errors. ``outcome`` holds the table.
        PageError: no browser, no such form, or the page changed meanwhile.
    """
    flat = flatten(data)
    if not flat:
        raise InputError(
            "Expected data to fill the form with, got none: give at least one field and its value."
        )
    snapshot = page.snapshot(form)
    if not snapshot.fields:
        raise PageError(
            f"Expected a form with fields, found none in {snapshot.scope or 'the page'}: check form= or wait for the page."
        )
    cut = recompose(flat, snapshot.fields, snapshot.language)
    matching = None if resolve is None else resolve(snapshot, cut.data)
    plan = with_remedies(
        make_plan(snapshot.fields, cut.data, matching, language=snapshot.language), cut.remedies
    )
    if plan.rejected:
        raise _rejection(plan, snapshot)
    plan, after, readings, typed = _set(page, snapshot, plan, form)
    rows = filled_rows(plan, snapshot.fields, readings, typed)
    needed = plan if unused == "fail" else without_unused(plan)
    rows += unresolved_rows(needed if unused == "ignore" else plan, snapshot.fields) + empty_rows(plan, after)
    outcome = FillOutcome(tuple(rows), url=after.url, title=after.title)
    counting = [row for row in rows if missing == "fail" or row.status != "empty"]
    if sentence := complaint(needed, counting, snapshot.fields):
        raise FormError(sentence, outcome=outcome)
    return outcome if submit is None else _submit(page, after, submit, form, Deadline.after(timeout), outcome)


def _rejection(plan: FillPlan, snapshot: Snapshot) -> FormError:
    said = [f"'{field_name(f.card, snapshot.fields)}' {f.problem}" for f in plan.rejected]
    said += unresolved_words(plan, snapshot.fields)
    rows = untouched_rows(plan, snapshot.fields) + unresolved_rows(plan, snapshot.fields)
    outcome = FillOutcome(tuple(rows), url=snapshot.url, title=snapshot.title)
    return FormError(f"Nothing was typed, because {'; '.join(said)}.", outcome=outcome)


def _set(
    page: Page, snapshot: Snapshot, plan: FillPlan, form: Any
) -> tuple[FillPlan, Snapshot, dict[int, ReadBack], frozenset[int]]:
    """Sets the fields in one script and the widgets by hand, lets the page have its say, and types real keys where it disagrees.

    Returns the plan in the words that the widgets show, the form as it is then, what its fields hold, and the numbers of those that were
    typed.
    """
    plain = plain_settings(plan)
    first = {reading.number: reading for reading in page.set_fields(snapshot, plain)}
    plan, refused = set_widgets(page, snapshot, plan)
    wanted = [planned.setting for planned in plan.fields if planned.setting is not None]
    after, readings = page.look_again(snapshot, wanted, form)
    held = {reading.number: reading for reading in readings}
    again = [
        planned.setting
        for planned in plan.fields
        if planned.setting is not None
        and planned.card.kind in _TYPABLE
        and not agrees(planned, held[planned.setting.number])
    ]
    for setting in again:
        page.type_keys(snapshot, setting)
    if again:
        after, readings = page.look_again(snapshot, wanted, form)
    typed = frozenset(setting.number for setting in again)
    held = {reading.number: _with_reason(reading, first.get(reading.number)) for reading in readings}
    held.update({n: replace(held[n], matches=False, error=why) for n, why in refused.items()})
    return plan, after, held, typed


def _with_reason(reading: ReadBack, first: ReadBack | None) -> ReadBack:
    """A field that still disagrees keeps the reason that setting it gave (``the field is read-only``)."""
    if reading.matches or reading.error or first is None:
        return reading
    return replace(reading, error=first.error)


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

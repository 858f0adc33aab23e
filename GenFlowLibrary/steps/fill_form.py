"""Fill a form on the page by what its fields mean, verify it, and submit it where told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.forms.fill import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.core.outcome import FillOutcome
    from GenFlowLibrary.steps.runtime import Runtime

STEP = "Fill Form"


def fill_form(
    runtime: Runtime,
    page: Page,
    data: Mapping[str, Any],
    *,
    form: Any = None,
    submit: str | None = None,
    timeout: float = 10.0,
) -> FillOutcome:
    """Returns what was done to each field, and what the page said after submitting.

    Raises:
        InputError: there is no data.
        PageError: no browser is open, or the form is not found.
        FormError: not every field holds what was wanted, or the page refused the form; its ``outcome`` is in the step record too.
    """
    with runtime.step(STEP) as record:
        try:
            record.table = fill(page, data, form=form, submit=submit, timeout=timeout)
        except FormError as problem:
            record.table = problem.outcome
            raise
        return record.table

"""Read a form: what its fields hold, and what they are. Nothing is touched, and passwords are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.answer import Answer
from GenFlowLibrary.forms.read import read_fields, read_values, require_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.steps.runtime import Runtime

READ_STEP = "Read Form"
FIELDS_STEP = "Get Form Fields"


def read_form(runtime: Runtime, page: Page, *, form: Any = None, scrub: Callable[[Any], Any]) -> Answer:
    """Returns what the fields of a form hold, by their names.

    ``scrub`` takes known secrets out of data: what was typed from a Secret into an open field comes back as its placeholder.

    Raises:
        PageError: no browser is open, the form is not found, or it has no fields.
    """
    with runtime.step(READ_STEP) as record:
        snapshot = page.snapshot(form)
        record.notes.extend(snapshot.notes)
        require_fields(snapshot)
        record.answer = scrub(read_values(snapshot))
        passwords = sum(card.kind == "password" for card in snapshot.fields)
        if passwords:
            record.notes.append(
                f"{passwords} password field{'s were' if passwords > 1 else ' was'} not read."
            )
        return Answer(record.answer)


def get_form_fields(
    runtime: Runtime, page: Page, *, form: Any = None, scrub: Callable[[Any], Any]
) -> list[Answer]:
    """Returns the fields of a form, each as `forms.read.describe` has it.

    Raises:
        PageError: as `read_form`.
    """
    with runtime.step(FIELDS_STEP) as record:
        snapshot = page.snapshot(form)
        record.notes.extend(snapshot.notes)
        require_fields(snapshot)
        fields = scrub(read_fields(snapshot))
        record.answer = {field["label"]: _line(field) for field in fields}
        return [Answer(field) for field in fields]


def _line(field: dict[str, Any]) -> str:
    """A field in one line of the log."""
    marks = [name for name in ("required", "readonly", "disabled") if field[name]]
    options = [f"one of {', '.join(field['options'])}"] if field["options"] else []
    return "; ".join([field["kind"], *marks, *options])

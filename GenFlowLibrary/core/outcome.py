"""What really happened to a form: one row a field, and what the page said after submitting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FieldStatus = Literal["filled", "unchanged", "mismatch", "unresolved", "rejected", "empty", "untouched"]
"""filled: set and read back as wanted · unchanged: held the value already · mismatch: read back as something else ·
unresolved: the data key fits no field, or several · rejected: the value cannot go into the field · empty: required, and no data for it ·
untouched: has a value that would fit, and nothing was typed because another value was rejected."""


@dataclass(frozen=True)
class FieldOutcome:
    """One row of the table in the log. Secrets appear by placeholder in ``wanted`` and ``found``.

    ``page`` is the page of a wizard that the field is on, from 1; 0 where a single form was filled.
    """

    key: str
    field: str
    wanted: str
    found: str
    how: str
    status: FieldStatus
    page: int = 0

    @property
    def ok(self) -> bool:
        """Whether the field holds what was wanted."""
        return self.status in ("filled", "unchanged")


@dataclass(frozen=True)
class FillOutcome:
    """What `Fill Form` did.

    ``fields`` is a row for each data key and each required field left empty. ``submitted`` tells whether the submit button was
    pressed; ``url`` and ``title`` are the page's afterwards; ``message`` is what the page announced (a status or alert, or its heading),
    empty when it announced nothing.
    """

    fields: tuple[FieldOutcome, ...]
    submitted: bool = False
    url: str = ""
    title: str = ""
    message: str = ""
    model_calls: int = field(default=0)

    @property
    def ok(self) -> bool:
        """Whether every field holds what was wanted."""
        return all(row.ok for row in self.fields)

"""One filled-in form as it came from the browser: its values, and what is wrong with them.

A check reads a field through an `Entry`; where the field is not acceptable it is marked with one sentence and
the check goes on, so that a clerk sees every problem of a form at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ONE_LINE = 200


@dataclass(frozen=True)
class Field:
    """A field of a form: its name in the request, its label, and the text of each value on offer."""

    name: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    radios: bool = False

    @property
    def anchor(self) -> str:
        """The id that the error summary links to: the control itself, or the first radio of a group."""
        return f"{self.name}-{next(iter(self.choices))}" if self.radios else self.name

    def shown(self, value: str | bool) -> str:
        """A stored value as a clerk reads it."""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return self.choices.get(value, value)


class Entry:
    """The values of one form and the problems found in them so far (at most one a field)."""

    def __init__(self, fields: tuple[Field, ...], values: Mapping[str, str]) -> None:
        self.fields = {one.name: one for one in fields}
        # Browsers send line ends as CR LF; what is counted and stored has the one that people mean.
        self.values = {name: values.get(name, "").replace("\r\n", "\n") for name in self.fields}
        self._problems: dict[str, str] = {}

    @property
    def problems(self) -> list[tuple[Field, str]]:
        """What is wrong, in the order of the fields on the page."""
        return [(self.fields[name], self._problems[name]) for name in self.fields if name in self._problems]

    def problem(self, name: str) -> str | None:
        return self._problems.get(name)

    def mark(self, name: str, problem: str) -> None:
        """Say what is wrong with a field; the first problem of a field stays."""
        self._problems.setdefault(name, problem)

    def text(
        self, name: str, *, missing: str | None = None, longest: int = ONE_LINE, lines: bool = False
    ) -> str:
        """The trimmed text of a field.

        Args:
            name: the field.
            missing: the sentence for an empty field; None where it may stay empty.
            longest: the most characters it may have.
            lines: whether it may have more than one line.
        """
        value = self.values[name].strip()
        label = self.fields[name].label
        if not value and missing:
            self.mark(name, missing)
        if len(value) > longest:
            self.mark(name, f"{label} must be {longest:,} characters or fewer; it has {len(value):,}.")
        if not lines and len(value.splitlines()) > 1:
            self.mark(name, f"{label} must be on one line.")
        return value

    def choice(self, name: str, *, missing: str) -> str:
        """The value chosen in a select or among radios; what is not on offer counts as not chosen."""
        value = self.values[name]
        if value not in self.fields[name].choices:
            self.mark(name, missing)
        return value

    def ticked(self, name: str) -> bool:
        """Whether a check box was ticked."""
        return bool(self.values[name])

    def day(self, name: str, *, today: date, missing: str | None = None) -> str:
        """A date from today on, as `YYYY-MM-DD`, or an empty text where it may stay empty."""
        value = self.text(name, missing=missing)
        if not value:
            return ""
        label = self.fields[name].label
        if not _is_date(value):
            self.mark(name, f"{label} must be a real date, such as {today.isoformat()}.")
        elif date.fromisoformat(value) < today:
            self.mark(name, f"{label} must not be in the past; the earliest is {today.isoformat()}.")
        return value


def _is_date(text: str) -> bool:
    """Whether the text is a date as `YYYY-MM-DD`; from Python 3.11 on, other ISO forms are read, too."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

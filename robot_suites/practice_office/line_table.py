"""Tables of lines inside a form, such as the issues of a contract: a fixed number of lines, of which the empty ones do not count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .entry import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .entry import Entry


@dataclass(frozen=True)
class Column:
    """A column: its name in the request, its heading, the choices on offer, and whether a line needs it."""

    name: str
    label: str
    choices: Mapping[str, str] | None = None
    required: bool = True


@dataclass(frozen=True)
class LineTable:
    """Lines of the same columns; `name` begins the name of every field: `issue-2-quote`."""

    name: str
    noun: str
    size: int
    columns: tuple[Column, ...]
    longest: int = 1000

    def fields(self) -> tuple[Field, ...]:
        """Every cell as a field of the form."""
        return tuple(
            Field(
                self.cell(line, column),
                f"{column.label} of {self.noun} {line}",
                {"": "", **column.choices} if column.choices else {},
            )
            for line in self.numbers()
            for column in self.columns
        )

    def numbers(self) -> range:
        return range(1, self.size + 1)

    def cell(self, line: int, column: Column) -> str:
        return f"{self.name}-{line}-{column.name}"

    def read(self, entry: Entry) -> list[dict[str, str]]:
        """The lines that hold something; a line that lacks a required cell, or has a choice not on offer, is marked."""
        lines = []
        for number in self.numbers():
            if any(entry.values[self.cell(number, column)].strip() for column in self.columns):
                lines.append({column.name: self._read_cell(entry, number, column) for column in self.columns})
        return lines

    def _read_cell(self, entry: Entry, number: int, column: Column) -> str:
        name = self.cell(number, column)
        missing = f"{column.label} of {self.noun} {number} is missing." if column.required else None
        value = entry.text(name, missing=missing, longest=self.longest)
        if column.choices and value and value not in column.choices:
            entry.mark(name, f"Choose the {column.label.lower()} of {self.noun} {number} from the list.")
        return value

"""Lists of mappings in the data: order lines, passengers, stops, each going into one of the rows that the form repeats.

list -> the group of rows that its name and its keys mean -> "Add another" pressed until there are enough -> line 1 into row 1, line 2 ...
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.forms.match import flatten
from GenFlowLibrary.forms.row_groups import Group, add_button, groups_of, meant_group

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.browser.page import FieldCard, Page, Snapshot

_POLL = 0.1
_PATIENCE = 2.0
"""Seconds in which a pressed button brings a row: most pages take a few milliseconds, some ask their server."""


@dataclass(frozen=True)
class Line:
    """One line of the data and the fields of its row: ``key`` names it (``Order lines[2]``), ``data`` is flat."""

    key: str
    data: Mapping[str, object]
    cards: tuple[FieldCard, ...]


@dataclass
class Lines:
    """What became of the lists: the form with enough rows, the lines with their rows, all fields of such rows, and why a list has none."""

    snapshot: Snapshot
    lines: list[Line] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    remedies: dict[str, str] = field(default_factory=dict)


def is_list_of_lines(value: object) -> bool:
    """Tells whether a value is a list of mappings; ``None`` among them leaves a row as it is."""
    return (
        isinstance(value, (list, tuple))
        and any(isinstance(item, Mapping) for item in value)
        and all(item is None or isinstance(item, Mapping) for item in value)
    )


def lay_out(
    page: Page,
    snapshot: Snapshot,
    lists: Mapping[str, Sequence[Any]],
    form: Any = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Lines:
    """Returns the lines of the data with the fields of their rows. Where the form has too few rows, its button for one more is pressed.

    The first line goes into the first row, as a value goes into a field that holds another one; a line that is ``None`` leaves its row as
    it is. Rows behind the last line must be empty.

    Raises:
        InputError: a line holds a list of lines itself.
        PageError: the page changed or a button cannot be pressed.
    """
    flat = {
        key: [None if line is None else _plain(key, flatten(line)) for line in lines]
        for key, lines in lists.items()
    }
    found = Lines(snapshot)
    for key, lines in flat.items():
        _make_room(page, found, key, lines, form, sleep)
    groups = groups_of(page, found.snapshot) if flat.keys() - found.remedies.keys() else []
    for key, lines in flat.items():
        if key not in found.remedies:
            _put_into_rows(found, key, lines, groups)
    return found


def _plain(key: str, line: dict[str, object]) -> dict[str, object]:
    for name, value in line.items():
        if is_list_of_lines(value):
            raise InputError(
                f"Expected plain values in the lines of '{key}', found a list of lines in '{name}': fill these in a step of their own."
            )
    return line


def _make_room(
    page: Page,
    found: Lines,
    key: str,
    lines: Sequence[Mapping[str, object] | None],
    form: Any,
    sleep: Callable[[float], None],
) -> None:
    """Presses the button for one more row until there are as many as lines, and no more often than there are lines."""
    pressed = ""
    for _ in range(len(lines) + 1):
        groups = groups_of(page, found.snapshot)
        group = meant_group(key, lines, groups)
        rows = len(group.rows) if group else 0
        if rows >= len(lines):
            return
        button = add_button(key, group, groups, found.snapshot)
        if button is None:
            break
        pressed, before = button.label, len(found.snapshot.fields)
        page.press(found.snapshot, button.number)
        found.snapshot = _grown(page, form, before, sleep)
        if len(found.snapshot.fields) <= before:
            found.remedies[key] = f"'{pressed}' was pressed and brought no further row: check what it does"
            return
    found.remedies[key] = (
        f"'{pressed}' was pressed, and what it brought has no fields for its lines"
        if pressed and not rows
        else _no_room(key, rows, len(lines))
    )


def _no_room(key: str, rows: int, lines: int) -> str:
    if not rows:
        return (
            f"no rows of the form have fields for its lines, and no one button adds '{key}': "
            "name it as the page names the rows, and the keys of its lines as their columns"
        )
    return f"the form has {rows} rows for {lines} lines and no button that adds one"


def _grown(page: Page, form: Any, before: int, sleep: Callable[[float], None]) -> Snapshot:
    for _ in range(round(_PATIENCE / _POLL)):
        snapshot = page.snapshot(form)
        if len(snapshot.fields) > before:
            return snapshot
        sleep(_POLL)
    return page.snapshot(form)


def _put_into_rows(
    found: Lines, key: str, lines: Sequence[Mapping[str, object] | None], groups: Sequence[Group]
) -> None:
    group = meant_group(key, lines, groups)
    if group is None or len(group.rows) < len(lines):
        found.remedies[key] = _no_room(key, len(group.rows) if group else 0, len(lines))
        return
    surplus = [number for number, row in enumerate(group.rows, 1) if number > len(lines) and _holds(row)]
    if surplus:
        found.remedies[key] = (
            f"row {surplus[0]} of the form holds something and the data has no line for it: "
            "give ${None} as the line of a row that is to stay as it is"
        )
        return
    found.taken |= {card.number for row in group.rows for card in row}
    found.lines += [
        Line(f"{key}[{number}]", line, row)
        for number, (line, row) in enumerate(zip(lines, group.rows, strict=False), 1)
        if line is not None
    ]


def _holds(row: Sequence[FieldCard]) -> bool:
    """Whether a row holds a line. What is chosen or ticked or counted beforehand in a new row says nothing: texts and widgets do."""
    return any(not card.empty and card.kind not in ("checkbox", "radio", "select", "number") for card in row)

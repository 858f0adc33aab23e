"""What a person can point at on a page, what one reads there, and the tables on it: plain data, as the scripts return it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TargetKind = Literal[
    "button",
    "link",
    "field",
    "checkbox",
    "switch",
    "radio",
    "select",
    "tab",
    "menuitem",
    "option",
    "heading",
    "row",
    "image",
    "table",
    "form",
    "section",
    "dialog",
    "message",
]
"""What a target is for a person, by its ARIA role or its HTML element. Every single radio button is a target of its own."""


@dataclass(frozen=True)
class Target:
    """One visible thing that a person can point at.

    ``names`` are all that it is called, the accessible name first, each once; ``sections`` are the headings, legends and names of what it
    is in, innermost first; ``row`` is the text of the table row or list entry around it, ``row_number`` its position among the rows
    that are no head rows, from 1 (0: in no row), and ``last_row`` the number of those rows. ``places`` are the kinds of page parts
    around it (dialog, header, footer, navigation, menu, sidebar, main). ``tag`` and ``type`` are the element's. ``inside`` tells whether
    it is in the element that was looked in. ``left`` and ``top`` are its place on the page in CSS pixels.
    """

    number: int
    kind: TargetKind
    names: tuple[str, ...] = ()
    tag: str = ""
    type: str = ""
    sections: tuple[str, ...] = ()
    row: str = ""
    row_number: int = 0
    last_row: int = 0
    places: tuple[str, ...] = ()
    disabled: bool = False
    inside: bool = True
    left: int = 0
    top: int = 0

    @property
    def name(self) -> str:
        """The accessible name, empty for what has none."""
        return self.names[0] if self.names else ""


@dataclass(frozen=True)
class TargetList:
    """The targets of a page in document order, numbered from 1, seen in one script round trip.

    ``digest`` changes whenever the page's markup or the look of a target does. ``same`` tells that the page still has the digest that
    was asked about: ``targets`` is empty then, and ``element`` is the element behind the number that was asked for.
    """

    digest: str
    same: bool = False
    targets: tuple[Target, ...] = ()
    element: Any = None


@dataclass(frozen=True)
class Cell:
    """One slot of a table's grid. ``first`` is false where a cell covers a slot further right, ``carried`` where it comes from above."""

    text: str
    header: bool = False
    carried: bool = False
    first: bool = True


@dataclass(frozen=True)
class TableRow:
    """One visible row: its slots, and the part of the table it stands in (``thead``, ``tbody``, ``tfoot`` or empty)."""

    cells: tuple[Cell, ...]
    part: str = ""


def to_target_list(seen: Mapping[str, Any]) -> TargetList:
    """Returns what the script ``targets`` answered as a list of targets."""
    if seen["same"]:
        return TargetList(seen["digest"], same=True, element=seen.get("element"))
    texts = seen["texts"]
    return TargetList(seen["digest"], targets=tuple(_target(raw, texts) for raw in seen["targets"]))


def _target(raw: Mapping[str, Any], texts: Sequence[str]) -> Target:
    row = raw["row"]
    return Target(
        **{
            **raw,
            "names": tuple(raw["names"]),
            "sections": tuple(texts[index] for index in raw["sections"]),
            "row": texts[row] if row >= 0 else "",
            "places": tuple(raw["places"]),
        }
    )


def to_rows(seen: Sequence[Mapping[str, Any]]) -> tuple[TableRow, ...]:
    """Returns the rows that the script ``table`` answered."""
    return tuple(TableRow(tuple(Cell(**cell) for cell in row["cells"]), row["part"]) for row in seen)

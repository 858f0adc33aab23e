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
    it is in the element that was looked in. ``left`` and ``top`` are its place on the page in CSS pixels. ``id`` and ``field_name`` are the
    attributes ``id`` and ``name``.
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
    id: str = ""
    field_name: str = ""

    @property
    def name(self) -> str:
        """The accessible name, empty for what has none."""
        return self.names[0] if self.names else ""


@dataclass(frozen=True)
class TargetList:
    """The targets of a page in document order, numbered from 1, seen in one script round trip.

    ``digest`` changes whenever the page's markup or the look of a target does. ``same`` tells that the page still has the digest that
    was asked about: ``targets`` is empty then, and ``element`` is the element behind the number that was asked for. ``url`` is the address
    of the document (of the frame, in a frame), and ``document`` stands for it as it was loaded.
    """

    digest: str
    same: bool = False
    targets: tuple[Target, ...] = ()
    element: Any = None
    url: str = ""

    @property
    def document(self) -> str:
        """The part of the digest that stays the same until another document is loaded."""
        return self.digest.partition(":")[0]


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


def told(target: Target) -> str:
    """Returns a target as a person would tell it from others: kind, name, row or section."""
    name = f" '{target.name}'" if target.name and target.kind != "row" else ""
    where = ""
    if target.row and target.row.strip() != target.name:
        where = f" in the row '{_short(target.row)}'"
    elif target.sections:
        where = f" in '{_short(target.sections[0])}'"
    return f"the {'disabled ' if target.disabled else ''}{target.kind}{name}{where}"


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def to_target_list(seen: Mapping[str, Any]) -> TargetList:
    """Returns what the script ``targets`` answered as a list of targets."""
    if seen["same"]:
        return TargetList(seen["digest"], same=True, element=seen.get("element"))
    texts = seen["texts"]
    targets = tuple(_target(raw, texts) for raw in seen["targets"])
    return TargetList(seen["digest"], targets=targets, url=seen["url"])


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

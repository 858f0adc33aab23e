"""The keywords an instruction may mean, as an analyst lists them: each with its arguments in the syntax of the schema line.

    "Order Parts (a customer orders spare parts)", "sku: str", "quantity: int", "Cancel Order", "order_no: str"
        ->  Order Parts with sku and quantity, Cancel Order with order_no

Robot Framework parts a line at every two blanks, so that a keyword and its arguments come one by one; a line in a list variable may hold
them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.steps.choices import Choosable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.answers.schema import AnswerSchema

_FIELD = re.compile(r"\s*\w+\s*[:：]")
_PARTED = re.compile(r"\s{2,}|\t")
_NAME = re.compile(r"(?P<name>[^()（）]+?)\s*(?:[(（](?P<description>.*)[)）])?\s*")


@dataclass(frozen=True)
class Signature:
    """A keyword, what it is for, and its arguments (``None``: it has none)."""

    name: str
    description: str = ""
    arguments: AnswerSchema | None = None

    def as_option(self) -> Choosable:
        """Returns the keyword as an option to choose; the names of its arguments tell what it is for, too."""
        needs = ", ".join(
            _shown(field.name, field.description)
            for field in (self.arguments.fields if self.arguments else ())
        )
        described = (
            f"{self.description}; arguments: {needs}"
            if self.description and needs
            else self.description or needs
        )
        return Choosable(self.name, described)


def read_signatures(written: Sequence[str]) -> tuple[Signature, ...]:
    """Returns the keywords of a call in their order.

    Raises:
        InputError: there is none, an argument comes before the first keyword, or a keyword is there twice or cannot be read.
        SchemaError: the arguments of a keyword cannot be read.
    """
    heads: list[str] = []
    arguments: list[list[str]] = []
    for item in written:
        for piece in _pieces(str(item)):
            if not _FIELD.match(piece):
                heads.append(piece)
                arguments.append([])
            elif not heads:
                raise InputError(
                    f"Expected the name of a keyword before its arguments, but found '{piece}'; write it like 'Order Parts    sku: str'."
                )
            else:
                arguments[-1].append(piece)
    if not heads:
        raise InputError(
            "Expected the keywords that the instruction may mean, but found none; write them like 'Order Parts    sku: str'."
        )
    signatures = tuple(_signature(head, fields) for head, fields in zip(heads, arguments, strict=True))
    _refuse_twins(signatures)
    return signatures


def _pieces(item: str) -> list[str]:
    """Returns the parts of an item: the keyword and its arguments where they stand in one text."""
    head, _, rest = (part.strip() for part in _partition(item))
    return [piece for piece in (head, rest) if piece]


def _partition(item: str) -> tuple[str, str, str]:
    if _FIELD.match(item):
        return item, "", ""
    parts = _PARTED.split(item.strip(), maxsplit=1)
    return parts[0], "  ", parts[1] if len(parts) > 1 else ""


def _signature(head: str, fields: Sequence[str]) -> Signature:
    match = _NAME.fullmatch(head)
    if not match:
        raise InputError(
            f"Expected a keyword like 'Order Parts (what it is for)', but found '{head}'; write its name and put the rest in brackets."
        )
    schema = parse_schema("\n".join(fields)) if fields else None
    return Signature(match["name"].strip(), (match["description"] or "").strip(), schema)


def _refuse_twins(signatures: Sequence[Signature]) -> None:
    # Robot Framework itself takes "Order Parts" and "order_parts" for one keyword.
    seen: set[str] = set()
    for signature in signatures:
        name = re.sub(r"[\s_]", "", signature.name).casefold()
        if name in seen:
            raise InputError(f"Expected each keyword once, but found '{signature.name}' twice; remove one.")
        seen.add(name)


def _shown(name: str, description: str) -> str:
    words = name.replace("_", " ")
    return f"{words} ({description})" if description else words

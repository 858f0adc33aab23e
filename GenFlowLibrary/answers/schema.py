"""What an answer is made of: the fields an analyst asked for, as data.

    schema line -> AnswerSchema -> wire model (schema_model.py) | prompt inputs

`schema_line` reads it from text; nothing here knows how it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pydantic import BaseModel

Kind = Literal["str", "int", "float", "Decimal", "bool", "date", "datetime", "Literal", "list", "record"]
"""``record`` is one ``{...}`` of a ``list[{...}]``; the others are named as in the schema line."""


@dataclass(frozen=True)
class FieldType:
    """The type of a field. ``options`` belong to a Literal, ``item`` to a list, ``fields`` to a record."""

    kind: Kind
    options: tuple[str, ...] = ()
    item: FieldType | None = None
    fields: tuple[SchemaField, ...] = ()

    @property
    def is_quoted(self) -> bool:
        """Whether values of the type are quoted from the text: texts, numbers, dates, and lists of these."""
        if self.kind == "record":
            return all(field.is_quoted for field in self.fields)
        return self.item.is_quoted if self.item else self.kind not in ("bool", "Literal")

    def __str__(self) -> str:
        """Returns the type as a schema line writes it: ``list[{sku: str, qty: int}]``."""
        if self.kind == "Literal":
            return f"Literal[{', '.join(map(repr, self.options))}]"
        if self.kind == "list":
            return f"list[{self.item}]"
        if self.kind == "record":
            return f"{{{', '.join(map(str, self.fields))}}}"
        return self.kind


@dataclass(frozen=True)
class SchemaField:
    """One field. An ``optional`` one may be answered with ``None``: "the text does not say"."""

    name: str
    type: FieldType
    description: str = ""
    optional: bool = False

    @property
    def is_quoted(self) -> bool:
        """Whether every value of the field has to occur in the text, as a yes or no or an option need not."""
        return self.type.is_quoted

    def __str__(self) -> str:
        """Returns the field as a schema line writes it."""
        nullable = " | None" if self.optional else ""
        description = f" ({self.description})" if self.description else ""
        return f"{self.name}: {self.type}{nullable}{description}"


@dataclass(frozen=True)
class AnswerSchema:
    """The fields of an answer, in the order they were written."""

    fields: tuple[SchemaField, ...]

    def answer_type(self) -> type[BaseModel]:
        """Returns the flat pydantic model of the answer; the same fields give the same class.

        Every property is required, no other is allowed, an optional field is nullable. ``Decimal``, ``date``
        and ``datetime`` are texts on the wire and Python values once validated. Read them with `values`.
        """
        from GenFlowLibrary.answers.schema_model import build_model  # noqa: PLC0415 - pydantic is paid by steps only

        return build_model("Facts", self.fields)

    def values(self, answer: BaseModel) -> dict[str, Any]:
        """Returns the values of a validated answer by field name, as Python values (records as dicts)."""
        return answer.model_dump(by_alias=True)

    def as_inputs(self) -> list[dict[str, Any]]:
        """Returns each field as plain data: ``name``, ``type`` (a text), ``description``, ``optional``."""
        return [
            {"name": f.name, "type": str(f.type), "description": f.description, "optional": f.optional}
            for f in self.fields
        ]

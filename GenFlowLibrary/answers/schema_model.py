"""The pydantic model of an answer: what a language model has to emit, and how it becomes Python values.

    SchemaField -> annotated type -> create_model

Written for OpenAI's strict mode, which wants every property required, no other allowed, and understands few
schema keywords: so nullable instead of defaulted, texts with a description instead of formats and patterns.
"""

from __future__ import annotations

import functools
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.answers.schema import FieldType, SchemaField

_CONFIG = ConfigDict(extra="forbid", str_strip_whitespace=True, protected_namespaces=())
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@functools.lru_cache(maxsize=128)
def build_model(name: str, fields: tuple[SchemaField, ...]) -> type[BaseModel]:
    """Returns the model named ``name`` with one property a field."""
    return create_model(  # type: ignore[call-overload, no-any-return]
        name, __config__=_CONFIG, **{_attribute(f.name): (_annotation(f), _info(f)) for f in fields}
    )


def _attribute(name: str) -> str:
    """Returns the Python attribute for a field: pydantic reserves some names, such as ``copy`` or ``_x``."""
    return f"genflow_field_{name}" if name.startswith("_") or hasattr(BaseModel, name) else name


def _info(field: SchemaField) -> Any:
    alias = None if _attribute(field.name) == field.name else field.name
    innermost = field.type.item or field.type
    parts = [
        field.description,
        _HINTS.get(innermost.kind, ""),
        "null if the text does not say" if field.optional else "",
    ]
    return Field(description="; ".join(filter(None, parts)) or None, alias=alias, serialization_alias=alias)


def _annotation(field: SchemaField) -> Any:
    kind = _python_type(field.type, field.name)
    if field.optional:
        # Small models answer "" for "not there".
        return Annotated[kind | None, BeforeValidator(_blank_to_none)]
    return Annotated[kind, AfterValidator(_not_blank)] if field.type.kind == "str" else kind


def _python_type(kind: FieldType, name: str) -> Any:
    if kind.kind == "list" and kind.item:
        return list[_python_type(kind.item, name)]  # type: ignore[misc]
    if kind.kind == "record":
        return build_model(f"{name}_item", kind.fields)
    if kind.kind == "Literal":
        return Literal[kind.options]
    return _SIMPLE[kind.kind]


def _blank_to_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _not_blank(value: str) -> str:
    if not value:
        raise ValueError("it is blank, but a value is required")
    return value


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a number is expected, not true or false")  # noqa: TRY004 - pydantic reports ValueErrors
    return value


def _decimal(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    # repr of a float is the shortest text that names it, so the JSON number 42.5 becomes Decimal("42.5").
    text = value.strip() if isinstance(value, str) else repr(value)
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    raise ValueError("a number written like 1234.50 is expected, without currency or thousands separators")


def _date(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        return date.fromisoformat(value.strip())
    raise ValueError("a date written like 2026-03-05 is expected")


def _datetime(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.match(value.strip()) and len(value.strip()) > len("2026-03-05"):
        # datetime.fromisoformat understands a trailing Z only from Python 3.11 on.
        return datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", value.strip()))
    raise ValueError("a date and time written like 2026-03-05T14:30:00 is expected")


def _text(python_type: type, read: Callable[[object], object]) -> Any:
    return Annotated[python_type, BeforeValidator(read), WithJsonSchema({"type": "string"})]


_SIMPLE: dict[str, Any] = {
    "str": str,
    "int": Annotated[int, BeforeValidator(_no_boolean)],
    "float": Annotated[float, BeforeValidator(_no_boolean), Field(allow_inf_nan=False)],
    "bool": bool,
    "Decimal": _text(Decimal, _decimal),
    "date": _text(date, _date),
    "datetime": _text(datetime, _datetime),
}
_HINTS = {
    "Decimal": "a number such as 1234.50, without currency or thousands separators",
    "date": "a date as YYYY-MM-DD",
    "datetime": "a date and time as YYYY-MM-DDTHH:MM:SS",
}

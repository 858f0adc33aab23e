"""Extract: the values of the fields that a text states, each by its label, its shape or its type; never a guess.

    text -> without markup -> candidates a field -> the strongest -> one: taken | none or several: null, or an error if required

What stands in the text is data. It may be taken as a value where it has a field's type; it changes nothing
else.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.reading import as_text, plain
from GenFlowLibrary.answers.schema import SchemaField
from GenFlowLibrary.answers.schema_line import parse_type
from GenFlowLibrary.core.errors import AnswerError
from GenFlowLibrary.engines.embedded.candidates import Candidate, distinct, strongest
from GenFlowLibrary.engines.embedded.dates import find_dates
from GenFlowLibrary.engines.embedded.finders import find, looked_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_SHOWN = 3
_MOST_LINES = 1000
"""Lines of a text that may be records; a longer table is a file to read with a keyword of its own."""


def extract(text: str, fields: Sequence[Mapping[str, Any]]) -> str:
    """Returns the values of the fields as JSON, null where the text states none or several.

    ``fields`` are as `AnswerSchema.as_inputs` gives them.

    Raises:
        AnswerError: a field that must have a value has none, or several.
    """
    shown = plain(as_text(text))
    values: dict[str, Any] = {}
    missing: list[str] = []
    for field in map(_field, fields):
        found = [] if _is_records(field) else find(shown, field)
        values[field.name] = _records(field, shown) if _is_records(field) else _value(field, found)
        if values[field.name] is None and not field.optional:
            missing.append(_complaint(field, found, shown))
        elif values[field.name] == [] and _is_records(field) and _speaks_of(field, shown):
            missing.append(
                f"each record of '{field.name}' on a line of its own, but found parts of them elsewhere"
            )
    if missing:
        raise AnswerError(
            f"Expected the text to state {' and '.join(missing)}; write '| None' behind the type of a field that a text may "
            "not state."
        )
    return json.dumps(values, ensure_ascii=False)


def _field(entry: Mapping[str, Any]) -> SchemaField:
    name = str(entry["name"])
    description = str(entry.get("description") or "")
    return SchemaField(name, parse_type(str(entry["type"]), name), description, bool(entry.get("optional")))


def _value(field: SchemaField, found: Sequence[Candidate]) -> Any:
    """Returns the wire value: of a list all values, else the one that is meant most surely, ``None`` for none or several."""
    if field.type.kind == "list":
        kind = field.type.item.kind if field.type.item else "str"
        values = [_wire(one, kind) for one in distinct(found)]
        return None if field.optional and not values else values
    best = strongest(found)
    return _wire(best[0], field.type.kind) if len(best) == 1 else None


def _wire(candidate: Candidate, kind: str) -> Any:
    if kind == "int":
        return int(Decimal(candidate.value))
    return float(candidate.value) if kind == "float" else candidate.value


def _is_records(field: SchemaField) -> bool:
    return field.type.item is not None and field.type.item.kind == "record"


def _records(field: SchemaField, text: str) -> list[dict[str, Any]] | None:
    """Returns a record for each line that states all fields a record must have."""
    parts = field.type.item.fields if field.type.item else ()
    rows = []
    for line in text.split("\n")[:_MOST_LINES]:
        row = {part.name: _value(part, find(line, part)) for part in parts}
        stated = [name for name, value in row.items() if value is not None]
        if stated and all(part.optional or part.name in stated for part in parts):
            rows.append(row)
    return None if field.optional and not rows else rows


def _speaks_of(field: SchemaField, text: str) -> bool:
    """Whether the text states parts of records though no line of it is one: then an empty list would be untrue."""
    parts = field.type.item.fields if field.type.item else ()
    return any(find(text, part) for part in parts if not part.optional)


def _complaint(field: SchemaField, found: Sequence[Candidate], text: str) -> str:
    """Returns what the text was searched for and what it held, for the error of a required field."""
    wanted = f"'{field.name}' ({looked_for(field)})"
    best = strongest(found)
    if best:
        shown = ", ".join(f"'{one.value}'" for one in best[:_MOST_SHOWN])
        return f"one {wanted}, but found {len(best)}: {shown}{' ...' if len(best) > _MOST_SHOWN else ''}"
    unclear = find_dates(text).unclear if field.type.kind in ("date", "datetime") else ()
    if unclear:
        return f"{wanted}, but found '{unclear[0]}', which can be read in two ways"
    return f"{wanted}, but found none"

"""How a server is told what an answer must look like, from the strictest way down to plain words.

    json_schema (strict) -> json_object with the schema -> json_object -> words alone

Below the first rung the schema stands in the prompt as well. Whatever the rung, the answer is checked on this side.
"""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.answers.parsing import without_thinking
from GenFlowLibrary.core.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

Rung = Literal["json_schema", "json_object_schema", "json_object", "prompt"]

MOST_PROPERTIES, MOST_LEVELS, MOST_ENUM_VALUES = 100, 5, 500
"""What every server with strict schemas takes, records and all enumerations counted together. They are the limits OpenAI
began with; its own are wider today, those of Azure OpenAI are still these."""

_ASK_FOR_JSON = "Answer with one JSON object that satisfies this JSON Schema, and with nothing else:\n"


@functools.lru_cache(maxsize=128)
def strict_schema(answer: type[BaseModel]) -> dict[str, Any]:
    """Returns the strict JSON Schema of an answer type; not to be changed, for it is kept.

    Raises:
        SchemaError: it is larger than servers take.
    """
    from openai.lib._pydantic import to_strict_json_schema  # noqa: PLC0415 - openai takes two seconds to import

    schema = to_strict_json_schema(answer)
    _check_size(schema)
    return schema


def schema_name(answer: type[BaseModel]) -> str:
    """Returns an answer type's name in the alphabet and the length that OpenAI allows."""
    return re.sub(r"[^a-zA-Z0-9_-]", "_", answer.__name__)[:64]


def in_words(schema: Mapping[str, Any]) -> str:
    """Returns the request for JSON that a prompt ends with where a server cannot enforce the schema."""
    return f"\n\n{_ASK_FOR_JSON}{json.dumps(schema, ensure_ascii=False)}"


def keeps_to(text: str, schema: Mapping[str, Any]) -> bool:
    """Whether a finished text is what a server that enforces the schema can have sent.

    Only what no enforcing server gets wrong is looked at: one JSON object with exactly these properties.
    """
    try:
        answer = json.loads(without_thinking(text))
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and set(answer) == set(schema.get("properties", ()))


def _check_size(schema: dict[str, Any]) -> None:
    parts = list(_parts(schema))
    for limit, found, what in (
        (
            MOST_PROPERTIES,
            sum(len(part.get("properties", ())) for part in parts),
            "fields, those of records included",
        ),
        (MOST_LEVELS, _levels(schema, schema.get("$defs", {})), "levels of nesting"),
        (MOST_ENUM_VALUES, sum(len(part.get("enum", ())) for part in parts), "options to choose from"),
    ):
        if found > limit:
            raise SchemaError(
                f"Expected an answer of at most {limit} {what}, but it has {found}; ask for it in several steps."
            )


def _parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields a schema and every part of it once, its definitions included."""
    yield schema
    for part in (*_inner(schema), *schema.get("$defs", {}).values()):
        yield from _parts(part)


def _levels(schema: dict[str, Any], definitions: Mapping[str, Any], level: int = 0) -> int:
    """Returns how deep objects lie in objects; for a type that holds itself one more than is allowed."""
    level += schema.get("type") == "object"
    if level > MOST_LEVELS:
        return level
    inner = list(_inner(schema))
    if "$ref" in schema:
        inner.append(definitions[schema["$ref"].rpartition("/")[2]])
    return max((_levels(part, definitions, level) for part in inner), default=level)


def _inner(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # The names of properties are the user's, and could be any of the schema's own words.
    yield from schema.get("properties", {}).values()
    for name in ("anyOf", "allOf"):
        yield from schema.get(name, ())
    if "items" in schema:
        yield schema["items"]

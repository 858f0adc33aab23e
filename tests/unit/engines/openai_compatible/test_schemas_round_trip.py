"""Any schema that an analyst can write: its line is read again, servers take its strict form, and what fits it comes back whole."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from GenFlowLibrary.answers.schema import AnswerSchema, FieldType, SchemaField
from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.prompt import Message, Prompt
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.record import StepRecord
from tests.servers.replies import render

APIS = ["chat", "responses", "completions"]
SIMPLE = ("str", "int", "float", "Decimal", "bool", "date", "datetime")

# Letters of any script, underscores, and names that pydantic or JSON Schema have a use for themselves.
NAMES = st.sampled_from(
    ["copy", "json", "model_config", "type", "properties", "_x", "class", "größe", "订单号"]
) | (st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True))
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and text
)


def fields(inner: st.SearchStrategy[FieldType]) -> st.SearchStrategy[tuple[SchemaField, ...]]:
    field = st.builds(SchemaField, NAMES, inner, st.just("") | WORDS, st.booleans())
    return st.lists(field, min_size=1, max_size=5, unique_by=lambda field: field.name).map(tuple)


PLAIN = st.sampled_from(SIMPLE).map(FieldType) | st.lists(WORDS, min_size=1, max_size=4, unique=True).map(
    lambda options: FieldType("Literal", options=tuple(options))
)
RECORD = fields(PLAIN).map(lambda inner: FieldType("record", fields=inner))
LISTS = (PLAIN | RECORD).map(lambda item: FieldType("list", item=item))
SCHEMAS = fields(PLAIN | LISTS).map(AnswerSchema)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "str": TEXTS,
    "int": st.integers(-(10**15), 10**15),
    # Beyond 2**53 a float no longer holds every whole number, and the parser refuses those it would change.
    "float": st.floats(-(2**53), 2**53, allow_nan=False),
    "Decimal": st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    ),
    "bool": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes().map(lambda moment: moment.replace(microsecond=0)),
}


def values_of(kind: FieldType) -> st.SearchStrategy[Any]:
    if kind.kind == "Literal":
        return st.sampled_from(kind.options)
    if kind.kind == "list" and kind.item:
        return st.lists(values_of(kind.item), max_size=3)
    return answers_to(kind.fields) if kind.kind == "record" else VALUES[kind.kind]


def answers_to(asked: tuple[SchemaField, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            field.name: (st.none() | values_of(field.type)) if field.optional else values_of(field.type)
            for field in asked
        }
    )


@st.composite
def schemas_with_answers(draw: st.DrawFn) -> tuple[AnswerSchema, dict[str, Any]]:
    schema = draw(SCHEMAS)
    return schema, draw(answers_to(schema.fields))


def on_the_wire(value: Any) -> str:
    """How a model writes what JSON has no type for."""
    assert isinstance(value, (Decimal, date, datetime))
    return value.isoformat() if isinstance(value, date) else str(value)


@given(SCHEMAS)
def test_a_schema_is_what_its_line_says(schema) -> None:
    line = "   ".join(map(str, schema.fields))
    assert parse_schema(line) == schema


@pytest.mark.parametrize("api", APIS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(asked=schemas_with_answers())
def test_what_fits_a_schema_comes_back_whole(api, asked) -> None:
    schema, answer = asked
    seen: list[dict[str, Any]] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(json.loads(request.content))
        text = json.dumps(answer, default=on_the_wire, ensure_ascii=False)
        return httpx2.Response(200, json=render(request.url.path, seen[-1], {"answer": text}, "m"))

    engine = OpenAICompatibleEngine(
        Settings(model="m-1", base_url="http://model.example/v1", api=api),
        http_client=lambda: httpx2.Client(transport=httpx2.MockTransport(handle)),
    )
    gateway = Gateway(budget=Budget(), secrets=Secrets(), engine=engine, timeout=30)
    prompt = Prompt("test", "1", "0", "extract", (Message("user", "Facts?"),), {}, schema.answer_type())
    try:
        reply = gateway.ask(prompt, StepRecord("test"))
    finally:
        engine.close()
    assert schema.values(reply.answers[0]) == answer
    assert len(seen) == 1
    # The server keeps to the schema, so nothing is found out about it: the next call asks in the same way.
    dialect = engine._memory.dialect(engine.address, engine._style)
    assert dialect.way("m-1").rung == engine._style.rungs[0]


@given(SCHEMAS)
def test_the_strict_form_has_every_property_required_and_no_other_allowed(schema) -> None:
    from GenFlowLibrary.engines.answer_format import strict_schema

    def check(part: Any) -> None:
        if isinstance(part, list):
            list(map(check, part))
        elif isinstance(part, dict):
            if part.get("type") == "object" and "properties" in part:
                assert part["required"] == list(part["properties"])
                assert part["additionalProperties"] is False
                assert not {"pattern", "format", "minLength", "default"} & set(part)
            list(map(check, part.values()))

    strict = strict_schema(schema.answer_type())
    assert list(strict["properties"]) == [field.name for field in schema.fields]
    check(strict)

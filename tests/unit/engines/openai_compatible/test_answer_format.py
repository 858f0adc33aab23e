"""How large a schema may be, and what a server that keeps to one can have sent."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import BaseModel, create_model

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.errors import SchemaError
from GenFlowLibrary.engines.answer_format import (
    MOST_ENUM_VALUES,
    MOST_LEVELS,
    MOST_PROPERTIES,
    keeps_to,
    strict_schema,
)


def fields(count: int) -> type[BaseModel]:
    return create_model("Many", **{f"f{number}": (str, ...) for number in range(count)})


def nested(levels: int) -> type[BaseModel]:
    model = create_model("Level", value=(str, ...))
    for number in range(levels - 1):
        model = create_model(f"Level{number}", inner=(model, ...))
    return model


@pytest.mark.parametrize(
    "answer", [fields(MOST_PROPERTIES), nested(MOST_LEVELS), choice_type(MOST_ENUM_VALUES - 1)]
)
def test_what_every_server_takes_passes(answer) -> None:
    assert strict_schema(answer)["additionalProperties"] is False


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (fields(MOST_PROPERTIES + 1), "at most 100 fields, those of records included, but it has 101"),
        (nested(MOST_LEVELS + 1), "at most 5 levels of nesting, but it has 6"),
        (choice_type(MOST_ENUM_VALUES), "at most 500 options to choose from, but it has 501"),
    ],
)
def test_what_is_larger_is_refused_with_what_to_do(answer, found) -> None:
    with pytest.raises(SchemaError, match=f"{found}; ask for it in several steps"):
        strict_schema(answer)


def test_the_fields_of_records_count_as_well() -> None:
    sixty = " ".join(f"f{number}: str" for number in range(60))
    answer = parse_schema(f"{sixty} items: list[{{{sixty}}}]").answer_type()
    with pytest.raises(SchemaError, match="but it has 121"):
        strict_schema(answer)


def test_enumerations_count_together_and_fields_may_be_called_like_words_of_a_schema() -> None:
    several = create_model(
        "Several",
        enum=(Literal[tuple(map(str, range(300)))], ...),
        properties=(Literal[tuple(map(str, range(300)))], ...),
        items=(str, ...),
    )
    with pytest.raises(SchemaError, match="but it has 600"):
        strict_schema(several)
    assert strict_schema(create_model("Odd", enum=(str, ...), items=(list[str], ...), type=(str, ...)))


def test_too_large_a_schema_is_refused_before_anybody_is_asked(server, make_engine, ask) -> None:
    server.script({"answer": "never reached"})
    with pytest.raises(SchemaError, match="ask for it in several steps"):
        ask(make_engine(server.base_url), answer_type=fields(101))
    assert server.log() == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"choice": 1, "reason": "r"}', True),
        ('<think>Hm.</think> {"choice": "of the wrong type", "reason": null}', True),
        ('```json\n{"choice": 1, "reason": "r"}\n```', False),
        ('{"choice": 1}', False),
        ('{"choice": 1, "reason": "r", "more": 1}', False),
        ("[1]", False),
        ("one", False),
        ("[" * 100_000, False),
        ('{"choice": ' + "7" * 5000 + ', "reason": "r"}', False),
    ],
)
def test_whether_a_server_kept_to_the_schema(text, kept, choice_type) -> None:
    assert keeps_to(text, strict_schema(choice_type)) is kept

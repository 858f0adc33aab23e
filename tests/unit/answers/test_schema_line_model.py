from __future__ import annotations

import json
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from GenFlowLibrary.answers.schema_line import parse_schema


def answer(line: str, **values: Any) -> dict[str, Any]:
    schema = parse_schema(line)
    return schema.values(schema.answer_type().model_validate_json(json.dumps(values)))


def test_values_become_python_values() -> None:
    line = "a: str b: int c: Decimal d: date e: datetime f: bool g: list[Decimal] h: list[{x: date | None}]"
    got = answer(
        line,
        a=" x ",
        b=3,
        c="1234.50",
        d="2026-03-05",
        e="2026-03-05T14:30:00Z",
        f=True,
        g=["1", "2.5"],
        h=[{"x": None}],
    )
    assert got == {
        "a": "x",
        "b": 3,
        "c": Decimal("1234.50"),
        "d": date(2026, 3, 5),
        "e": datetime(2026, 3, 5, 14, 30, tzinfo=timezone.utc),
        "f": True,
        "g": [Decimal("1"), Decimal("2.5")],
        "h": [{"x": None}],
    }


def test_a_json_number_becomes_the_decimal_that_it_shows() -> None:
    assert answer("a: Decimal", a=42.1)["a"] == Decimal("42.1")


def test_an_optional_value_may_be_null_or_blank_but_not_left_out() -> None:
    assert answer("a: Decimal | None", a=None) == {"a": None}
    assert answer("a: Decimal | None", a=" ") == {"a": None}
    with pytest.raises(ValidationError):
        answer("a: Decimal | None")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("a: str", ""),
        ("a: str", None),
        ("a: int", True),
        ("a: Decimal", "1,234.50"),
        ("a: Decimal", "42 EUR"),
        ("a: Decimal", "NaN"),
        ("a: date", "05.03.2026"),
        ("a: date", "2026-02-30"),
        ("a: date", 20260305),
        ("a: datetime", "2026-03-05"),
        ("a: Literal['x', 'y']", "z"),
        ("a: list[int]", "1"),
    ],
)
def test_what_is_no_value_of_the_type_is_refused(line: str, value: object) -> None:
    with pytest.raises(ValidationError):
        answer(line, a=value)


def test_another_property_is_refused() -> None:
    with pytest.raises(ValidationError):
        answer("a: str", a="x", b="y")


def test_the_schema_is_what_strict_mode_takes() -> None:
    from openai.lib._pydantic import to_strict_json_schema

    model = parse_schema(
        "a: str | None (code) b: Decimal c: list[{x: date | None, y: Literal['p', 'q']}]"
    ).answer_type()
    schema = model.model_json_schema()
    assert to_strict_json_schema(model) == schema
    assert schema["required"] == ["a", "b", "c"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["b"]["type"] == "string"
    assert "1234.50" in schema["properties"]["b"]["description"]
    assert schema["properties"]["a"]["description"] == "code; null if the text does not say"
    shown = json.dumps(schema)
    assert not any(keyword in shown for keyword in ('"default"', '"pattern"', '"minLength"', '"format"'))


def test_names_that_pydantic_reserves_are_answered_under_their_own_name() -> None:
    line = "copy: str json: int _x: date class: str model_config: bool 订单号: str"
    values = {"copy": "c", "json": 1, "_x": "2026-03-05", "class": "k", "model_config": True, "订单号": "n"}
    assert answer(line, **values) == {**values, "_x": date(2026, 3, 5)}


def test_the_same_fields_give_the_same_class() -> None:
    assert parse_schema("a: str, b: int").answer_type() is parse_schema("a: str\nb: int").answer_type()


def test_fields_are_inputs_of_a_prompt_as_plain_data() -> None:
    assert parse_schema("a: list[date] | None (days)").as_inputs() == [
        {"name": "a", "type": "list[date]", "description": "days", "optional": True}
    ]


def test_texts_numbers_and_dates_are_quoted_from_the_text_but_options_and_yes_or_no_are_not() -> None:
    line = "a: str b: Decimal c: list[date] d: bool e: Literal['x'] f: list[Literal['x']] g: list[{x: str}] h: list[{x: bool}]"
    assert [field.is_quoted for field in parse_schema(line).fields] == [
        True,
        True,
        True,
        False,
        False,
        False,
        True,
        False,
    ]

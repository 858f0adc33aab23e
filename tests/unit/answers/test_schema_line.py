from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.answers.schema import AnswerSchema
from GenFlowLibrary.answers.schema_line import parse_schema, parse_type
from GenFlowLibrary.core.errors import SchemaError


def names(line: str) -> list[str]:
    return [field.name for field in parse_schema(line).fields]


@pytest.mark.parametrize(
    "line",
    [
        "a: str b: int",
        "a: str\nb: int",
        "a: str, b: int",
        "a: str; b: int",
        "a:str    b:int",
        "a：str，b：int",
    ],
)
def test_fields_are_separated_by_blanks_lines_commas_and_semicolons(line: str) -> None:
    assert names(line) == ["a", "b"]


def test_a_field_has_a_type_a_description_and_may_be_optional() -> None:
    order_no, amount = parse_schema(
        "order_no: str (order number, like GF-10442 (five digits))   amount: Decimal | None"
    ).fields
    assert (order_no.type.kind, order_no.optional) == ("str", False)
    assert order_no.description == "order number, like GF-10442 (five digits)"
    assert (amount.type.kind, amount.optional, amount.description) == ("Decimal", True, "")


def test_every_type_is_read() -> None:
    line = (
        "a: str b: int c: float d: Decimal e: bool f: date g: datetime h: list[date] i: Literal['x', 'y z']"
    )
    kinds = [str(field.type) for field in parse_schema(line).fields]
    assert kinds == [
        "str",
        "int",
        "float",
        "Decimal",
        "bool",
        "date",
        "datetime",
        "list[date]",
        "Literal['x', 'y z']",
    ]


def test_a_list_of_records_has_fields_of_its_own() -> None:
    (items,) = parse_schema("items: list[{sku: str (the item's code), qty: int | None}]").fields
    assert items.type.item is not None
    sku, qty = items.type.item.fields
    assert (sku.description, qty.optional) == ("the item's code", True)
    assert str(items.type) == "list[{sku: str (the item's code), qty: int | None}]"


def test_chinese_names_descriptions_and_punctuation_are_fine() -> None:
    (field,) = parse_schema("订单号：str（如 GF-10442，五位数字）").fields
    assert (field.name, field.description) == ("订单号", "如 GF-10442，五位数字")


def test_an_option_keeps_its_full_width_punctuation() -> None:
    (field,) = parse_schema("原因：Literal['迟到，破损', '其他']").fields
    assert field.type.options == ("迟到，破损", "其他")


def test_a_type_written_out_is_read_back_as_the_same_type() -> None:
    for text in ("list[{a: str, b: Literal['x']}]", "list[Decimal]", "Literal['damaged', 'late']", "date"):
        assert str(parse_type(text)) == text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "none is given; write them like 'order_no: str'"),
        ("  \n , ", "none is given"),
        ("order_no", "found 'order_no'; write a name without blanks, a colon and a type"),
        ("order no: str", "found 'order no: str'"),
        (
            "1st: str",
            "field name of letters, digits and underscores, but found '1st'; write it like 'field_1st: str'",
        ),
        ("a: ", "a type behind 'a:'"),
        ("amount: Decimall", "write it like 'amount: Decimal'"),
        ("amount: money", "write it like 'amount: Decimal'"),
        ("a: Integer", "write it like 'a: int'"),
        ("a: Optional[str]", "write it like 'a: str | None'"),
        ("a: str | int", "one type for 'a', but found 'str | int'"),
        ("a: None", "one type for 'a'"),
        (
            "a: str (code) | None",
            "'| None' of 'a' before its description; write it like 'a: str | None (...)'",
        ),
        ("a: str a: int", "'a' is there twice"),
        ("a: str (never closed", "')' to close what 'a' opens"),
        ("a: list[list[str]]", "a list in a list"),
        ("a: list[{b: list[{c: str}]}]", "lists nest one level only"),
        ("a: list[{}]", "fields between the braces of 'a'"),
        ("a: Literal['x' 'y']", "with commas between them"),
        ("a: Literal[1, 2]", "texts in quotes"),
        ("a: Literal[‘x’]", "Literal['damaged', 'late']"),
        ("a: Literal['x', 'x']", "one is there twice"),
        ("a: __import__('os')", "a"),
    ],
)
def test_what_cannot_be_parsed_is_a_sentence_that_names_the_field_and_what_to_write(
    line: str, says: str
) -> None:
    with pytest.raises(SchemaError) as caught:
        parse_schema(line)
    message = str(caught.value)
    assert says in message
    assert message.startswith("Expected ")
    assert "\n" not in message


def test_more_than_a_hundred_fields_are_too_many() -> None:
    assert len(parse_schema(" ".join(f"f{n}: str" for n in range(100))).fields) == 100
    with pytest.raises(SchemaError, match="at most 100 fields, but 'f100' is one more"):
        parse_schema(" ".join(f"f{n}: str" for n in range(101)))


def test_a_deeply_nested_text_ends_in_a_sentence() -> None:
    for text in (
        "a: " + "list[" * 3000,
        "a: list[{a: " * 1500,
        "a: " + "str+" * 4000 + "str",
        "a: x[" + "(" * 5000,
    ):
        with pytest.raises(SchemaError):
            parse_schema(text)


ALPHABET = st.sampled_from(
    [*"ab1_:|()[]{}'\" ,;\n\t\\|：（）如", "str", "list[", "Literal[", "None", "Decimal", "{a: int}"]
)


@given(st.text() | st.lists(ALPHABET, max_size=40).map("".join))
def test_any_text_ends_in_a_schema_or_a_schema_error(line: str) -> None:
    try:
        schema = parse_schema(line)
    except SchemaError as problem:
        assert str(problem).startswith("Expected ")  # noqa: PT017 - both ends are right
    else:
        assert isinstance(schema, AnswerSchema)
        assert schema.fields

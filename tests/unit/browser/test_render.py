"""How field cards read for a model."""

from __future__ import annotations

from typing import Any

import pytest

from GenFlowLibrary.browser.page import FieldCard, Option, Snapshot
from GenFlowLibrary.browser.render import render_cards


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(text, text[:2].lower()) for text in texts)


def render(*cards: FieldCard, with_options: bool = False) -> list[str]:
    return render_cards(
        Snapshot("1", "http://x/", "Title of the page", "form", "en", cards, ()), with_options=with_options
    ).split("\n")


def card(number: int, label: str, kind: Any = "text", **more: Any) -> FieldCard:
    return FieldCard(number, kind, label, **{"label_source": "label", **more})


def test_fields_are_numbered_lines_under_their_sections() -> None:
    lines = render(
        card(1, "Name", required=True),
        card(2, "Street", section="Delivery"),
        card(3, "Born", "date", section="Delivery"),
        card(4, "Number", section="Card", frame="Payment"),
        card(5, "Note", "textarea", constraints={"maxlength": "200"}, readonly=True),
    )
    assert lines == [
        "1 Name*",
        "# Delivery",
        "2 Street",
        "3 Born <date>",
        "# frame Payment / Card",
        "4 Number",
        "#",
        "5 Note <textarea, at most 200 characters, locked>",
    ]


def test_no_value_is_in_the_text_and_no_page_chrome() -> None:
    text = "\n".join(
        render(
            card(1, "Name", value="Ada", empty=False, error="Too short"),
            card(2, "Agree", "checkbox", value="true"),
        )
    )
    assert text == "1 Name\n2 Agree <checkbox>"


def test_hints_explain_and_are_cut() -> None:
    lines = render(
        card(1, "Code", hint="As on the letter"),
        card(2, "Plate", placeholder="ABC-123"),
        card(3, "Email", label_source="placeholder", placeholder="Email"),
        card(4, "Text", hint="word " * 100),
    )
    assert lines[:3] == ["1 Code (As on the letter)", "2 Plate (ABC-123)", "3 Email"]
    assert len(lines[3]) < 100


@pytest.mark.parametrize(
    ("label", "name", "shown"),
    [
        ("First name", "customer[firstName]", False),
        ("Telephone", "tel", False),
        ("Post code", "postcode", False),
        ("Name", "company", True),
        ("Date", "txtInvoiceDate", False),
        ("Date", "field_27", False),
        ("Date", "_r1_:x4k", False),
        ("客户姓名", "customer_name", True),
    ],
)
def test_a_name_that_disagrees_with_the_label_is_shown(label: str, name: str, shown: bool) -> None:
    (line,) = render(card(1, label, name=name))
    assert line == (f"1 {label} [{name}]" if shown else f"1 {label}")


def test_a_label_that_is_the_name_is_not_said_twice() -> None:
    assert render(card(1, "company", label_source="name", name="company")) == ["1 company"]


def test_short_lists_stand_beside_their_field_and_the_request_to_choose_is_no_option() -> None:
    fuel = (Option("Choose", ""), *options("Petrol", "Diesel"))
    size = card(2, "Size", "radio", options=options("Small", "Large"))
    assert render(card(1, "Fuel", "select", options=fuel), size, with_options=True) == [
        "1 Fuel <select> Petrol | Diesel",
        "2 Size <radio> Small | Large",
    ]
    assert render(card(1, "Fuel", "select", options=fuel)) == ["1 Fuel <select>"]


def test_lists_used_twice_or_long_are_shared() -> None:
    pair = options("Yes", "No")
    twelve = options(*(f"{n:02} twelve" for n in range(12)))
    thirteen = options(*(f"{n:02} thirteen" for n in range(13)))
    lines = render(
        card(1, "Own", "radio", options=pair),
        card(2, "Month", "select", options=twelve),
        card(3, "Size", "select", options=thirteen),
        card(4, "Rent", "radio", options=pair),
        with_options=True,
    )
    assert lines[0] == "1 Own <radio> A"
    assert lines[1] == "2 Month <select> " + " | ".join(option.text for option in twelve)
    assert lines[2:] == [
        "3 Size <select> B",
        "4 Rent <radio> A",
        "A: Yes | No",
        "B: 00 thirteen | 01 thirteen | 02 thirteen | … | 12 thirteen (13 options)",
    ]


def test_letters_go_on_after_z() -> None:
    cards = [
        card(n, "Pick", "select", options=options(*(f"{n}-{m}" for m in range(13)))) for n in range(1, 29)
    ]
    lines = render(*cards, with_options=True)
    assert [line.split(":")[0] for line in lines[28:]][24:] == ["Y", "Z", "AA", "AB"]

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from GenFlowLibrary.browser.page import FieldCard, Option
from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.composites import recompose
from GenFlowLibrary.forms.fill import fill
from tests.fakes.fake_page import FakePage

MONTHS = [
    "Month",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Day", *map(str, range(1, 32))]
YEARS = ["Year", *map(str, range(1950, 2020))]
SOON = [str(year) for year in range(2026, 2040)]


def numbered(*made: str | FieldCard) -> list[FieldCard]:
    fields = [FieldCard(0, "text", card, "label") if isinstance(card, str) else card for card in made]
    return [FieldCard(**{**vars(card), "number": n}) for n, card in enumerate(fields, 1)]


def choice(label: str, options: list[str], **more: Any) -> FieldCard:
    return FieldCard(0, "select", label, "label", options=tuple(Option(o, o) for o in options), **more)


def cut(data: dict[str, object], *made: str | FieldCard, language: str = "") -> dict[str, object]:
    return dict(recompose(data, numbered(*made), language).data)


def remedy(data: dict[str, object], *made: str | FieldCard) -> str:
    result = recompose(data, numbered(*made))
    assert dict(result.data) == data
    return next(iter(result.remedies.values()), "")


def test_a_full_name_of_two_words_goes_into_two_fields() -> None:
    expected = {"Full name → first name": "Ada", "Full name → last name": "Brook"}
    assert cut({"Full name": "Ada Brook"}, "First name", "Last name") == expected
    assert cut({"Full name": "Brook, Ada"}, "Vorname", "Nachname") == {
        "Full name → first name": "Ada",
        "Full name → last name": "Brook",
    }


@pytest.mark.parametrize("name", ["Ada Maria Brook", "Ada", "王小明", "김 민수"])
def test_a_name_is_not_cut_by_guess(name: str) -> None:
    assert "first name and the last name" in remedy({"Full name": name}, "First name", "Last name")


def test_a_whole_key_stays_whole_where_a_field_takes_it_or_a_part_has_its_own_key() -> None:
    for data, made in (
        ({"Full name": "Ada Brook"}, ["Full name", "City"]),
        ({"Full name": "Ada Brook", "First name": "Ada"}, ["First name", "Last name"]),
        ({"Product name": "Ada Brook"}, ["First name", "Last name"]),
        ({"Full name": SecretHandle("n", "Ada Brook")}, ["First name", "Last name"]),
    ):
        assert remedy(data, *made) == ""


def test_names_are_joined_in_the_order_of_the_pages_language() -> None:
    data: dict[str, object] = {"Vorname": "Ada", "Nachname": "Brook", "Ort": "Turku"}
    key = "Vorname + Nachname → full name"
    assert cut(data, "Name", "City", language="de") == {key: "Ada Brook", "Ort": "Turku"}
    assert cut(data, "Full name", language="hu-HU")[key] == "Brook Ada"
    assert cut({"名": "小明", "姓": "王"}, "姓名", language="zh-CN") == {"名 + 姓 → full name": "王小明"}


def test_a_date_goes_into_three_lists_in_any_order() -> None:
    born = {"section": "Date of birth"}
    lists = [choice("Month", MONTHS, **born), choice("Day", DAYS, **born), choice("Year", YEARS, **born)]
    page = FakePage(numbered(*lists))
    outcome = fill(page, {"Geburtsdatum": date(1987, 6, 21)})
    assert [(row.field, row.found) for row in outcome.fields] == [
        ("Day", "21"),
        ("Month", "June"),
        ("Year", "1987"),
    ]


def test_lists_without_names_of_their_own_are_told_by_what_they_offer() -> None:
    lists = [choice("Date of birth", DAYS), choice("", MONTHS, name="b2"), choice("", YEARS, name="b3")]
    assert cut({"Date of birth": "21.6.1987"}, *lists) == {
        "Date of birth → birth day": "21",
        "Date of birth → birth month": "06",
        "Date of birth → birth year": "1987",
    }


def test_a_date_with_two_readings_is_not_cut() -> None:
    lists = [choice("Day", DAYS), choice("Month", MONTHS), choice("Year", YEARS)]
    assert "2026-04-03" in remedy({"Date": "03/04/1999"}, *lists)


def test_the_parts_of_a_date_are_joined() -> None:
    joined = cut({"Day": 21, "Month": "June", "Year": "1987"}, FieldCard(0, "date", "Date", "label"))
    assert joined == {"Day + Month + Year → date": date(1987, 6, 21)}


def test_an_expiry_date_is_cut_and_joined() -> None:
    lists = [choice("Expiration (MM/YY)", MONTHS), choice("", SOON, name="cc_exp_year")]
    assert cut({"Expiry date": "03/30"}, "Card number", *lists) == {
        "Expiry date → expiry month": "03",
        "Expiry date → expiry year": "2030",
    }
    short = [choice("Expiry month", MONTHS), choice("Expiry year", [year[2:] for year in SOON])]
    assert cut({"Gültig bis": "3/2030"}, *short)["Gültig bis → expiry year"] == "30"
    assert cut({"Expiry month": "3", "Expiry year": 2030}, "Card number", "Expiry date") == {
        "Expiry month + Expiry year → expiry date": "03/30"
    }


CODES = ["DE (+49)", "FI (+358)", "SE (+46)", "US (+1)"]


def test_a_phone_number_goes_beside_a_list_of_country_codes() -> None:
    assert cut({"Phone": "+49 (0)30 1234"}, choice("Code", CODES), "Phone") == {
        "Phone → phone country code": "DE (+49)",
        "Phone → phone": "30 1234",
    }
    assert cut({"Phone": "0035840123456"}, choice("", CODES), "Mobile phone")["Phone → phone"] == "40123456"


def test_a_phone_number_is_not_cut_where_two_countries_share_its_code_or_none_has_it() -> None:
    listed = choice("Code", [*CODES, "CA (+1)"])
    assert "country code" in remedy({"Phone": "+1 555 014 2268"}, listed, "Phone")
    assert "country code" in remedy({"Phone": "+33 1 23"}, listed, "Phone")
    assert remedy({"Phone": "030 1234"}, listed, "Phone") == ""


def test_a_country_code_is_joined_unless_a_zero_stands_in_between() -> None:
    data: dict[str, object] = {"Phone country code": "DE (+49)", "Phone": "30 1234"}
    assert cut(data, "Phone") == {"Phone country code + Phone → phone": "+49 30 1234"}
    assert "one value" in remedy({**data, "Phone": "030 1234"}, "Phone")


@pytest.mark.parametrize(
    ("address", "street", "number"),
    [
        ("48 Larkspur Terrace", "Larkspur Terrace", "48"),
        ("Hauptstraße 5a", "Hauptstraße", "5a"),
        ("12 rue de la Paix", "rue de la Paix", "12"),
        ("Calle Mayor, 7", "Calle Mayor", "7"),
        ("Ringweg 4-6", "Ringweg", "4-6"),
    ],
)
def test_street_and_house_number_are_told_apart(address: str, street: str, number: str) -> None:
    assert cut({"Street address": address}, "Street", "House number") == {
        "Street address → street name": street,
        "Street address → house number": number,
    }


@pytest.mark.parametrize("address", ["5th Avenue 12", "Straße des 17. Juni 135", "Old Mill", "12"])
def test_a_street_with_two_numbers_or_none_is_not_cut(address: str) -> None:
    assert "house number" in remedy({"Street address": address}, "Street", "House number")


def test_street_and_number_are_joined_in_the_order_of_the_pages_language() -> None:
    data: dict[str, object] = {"Street name": "Hauptstraße", "House number": 5}
    key = "Street name + House number → street address"
    assert cut(data, "Straße und Hausnummer", language="de") == {key: "Hauptstraße 5"}
    assert cut(data, "Address", language="en-GB") == {key: "5 Hauptstraße"}


def test_the_lines_of_an_address_go_into_fields_of_one_line() -> None:
    lines = ["Address line 1", "Address line 2"]
    assert cut({"Address": "48 Larkspur Terrace\nAnnex B"}, *lines) == {
        "Address → street address": "48 Larkspur Terrace",
        "Address → address line 2": "Annex B",
    }
    assert "line" in remedy({"Address": "a\nb\nc"}, *lines)
    assert remedy({"Address": "48 Larkspur Terrace, Annex B"}, *lines) == ""


def test_a_key_that_cannot_be_cut_fails_with_what_to_give_instead() -> None:
    page = FakePage(numbered("First name", "Last name"))
    with pytest.raises(FormError, match="give the first name and the last name as keys of their own"):
        fill(page, {"Full name": "Ada Maria Brook"})
    assert page.done("set_fields") in ([], [()])


def test_an_address_too_long_for_its_first_line_is_cut_at_a_comma() -> None:
    first = FieldCard(0, "text", "Address line 1", "label", constraints={"maxlength": "30"})
    value = "Old Mill House, 48 Larkspur Terrace, Annex B"
    assert cut({"Address": value}, first, "Address line 2") == {
        "Address → street address": "Old Mill House",
        "Address → address line 2": "48 Larkspur Terrace, Annex B",
    }
    assert remedy({"Address": value.replace(",", "")}, first, "Address line 2") == ""


PLUS = {"pattern": r"^(\+|00)\d*$"}


def test_a_phone_number_gets_the_code_of_the_datas_country_where_it_is_refused_without() -> None:
    phone = FieldCard(0, "tel", "Phone (include the country code)", "label", constraints=PLUS)
    data: dict[str, object] = {"Phone": "5550142268", "Country": "Chile"}
    assert cut(data, phone, "Country") == {"Phone → phone": "+565550142268", "Country": "Chile"}
    assert cut({**data, "Country": "CL"}, phone)["Phone → phone"] == "+565550142268"


def test_a_phone_number_stays_as_it_is_where_it_may_or_its_country_is_not_certain() -> None:
    phone = FieldCard(0, "tel", "Phone", "label", constraints=PLUS)
    data: dict[str, object] = {"Phone": "5550142268", "Country": "Chile"}
    assert cut(data, "Phone") == data
    assert cut({**data, "Country": "Westmark"}, phone) == {**data, "Country": "Westmark"}
    assert cut({**data, "Phone": "0555 014 226"}, phone) == {**data, "Phone": "0555 014 226"}
    assert cut({**data, "Billing country": "Peru"}, phone) == {**data, "Billing country": "Peru"}
    assert cut(data, choice("Code", CODES), "Phone") == data


def test_what_stands_in_brackets_explains_a_field_and_does_not_name_it() -> None:
    assert cut({"Phone": "+49 30 1234"}, choice("Code", CODES), "Phone (without country code)") == {
        "Phone → phone country code": "DE (+49)",
        "Phone → phone": "30 1234",
    }

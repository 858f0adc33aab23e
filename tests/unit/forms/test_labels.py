from __future__ import annotations

import pytest

from GenFlowLibrary.forms.labels import alternatives, normal, parts, path_words, words


@pytest.mark.parametrize(
    "text",
    [
        "First name",
        "first_name",
        "firstName",
        "FIRST NAME",
        "  First-Name: ",
        "ｆｉｒｓｔ　ｎａｍｅ",
        "First\u00a0name *",
    ],
)
def test_spellings_of_one_label_are_equal(text: str) -> None:
    assert normal(text) == "first name"


def test_latin_accents_are_dropped_and_japanese_voicing_is_not() -> None:
    assert normal("Prénom") == "prenom"
    assert normal("Straße") == "strasse"
    assert words("ガス") == ("ガ", "ス") != words("カス")


def test_every_chinese_character_is_a_word() -> None:
    assert words("客户Name2") == ("客", "户", "name", "2")


def test_capitals_in_a_row_stay_one_word() -> None:
    assert words("customerVATNumber") == ("customer", "vat", "number")


def test_what_stands_in_brackets_is_a_part_of_its_own() -> None:
    assert parts("Amount (EUR), gross") == ["Amount", "EUR", "gross"]
    assert parts("E-Mail-Adresse") == ["E-Mail-Adresse"]


def test_a_label_may_offer_alternatives() -> None:
    assert alternatives("Email or user name") == ["Email", "user name"]
    assert alternatives("Email / Telefon") == ["Email", "Telefon"]
    assert alternatives("Order") == ["Order"]


def test_a_key_is_a_path_and_a_last_part() -> None:
    assert path_words("customer.address.city") == ("customer address", "city")
    assert path_words("city") == ("", "city")
    assert path_words("Tel.") == ("", "Tel.")


def test_greek_accents_are_dropped_as_in_capitals() -> None:
    assert normal("Όνομα") == normal("ΟΝΟΜΑ")
    assert normal("Το επώνυμό σας") == normal("το επωνυμο σας")


def test_the_korean_particle_of_an_object_is_no_part_of_its_word() -> None:
    assert words("이메일을 입력") == ("이메일", "입력")
    assert words("마을") == ("마을",)

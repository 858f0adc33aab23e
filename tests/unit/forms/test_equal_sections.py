from __future__ import annotations

import pytest

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.match import match


def cards(**sections: list[str]) -> list[FieldCard]:
    made = [(label, section.replace("_", " ")) for section, labels in sections.items() for label in labels]
    return [
        FieldCard(n, "text", label, "label", section=section) for n, (label, section) in enumerate(made, 1)
    ]


def found(keys: list[str], fields: list[FieldCard]) -> dict[str, str]:
    return {m.key: m.card.section for m in match(dict.fromkeys(keys, "x"), fields).matches}


ADDRESS = ["First name", "Last name", "City"]


def test_plain_keys_fill_the_first_of_a_customers_own_sections() -> None:
    fields = cards(Delivery_address=ADDRESS, Billing_address=ADDRESS)
    assert found(ADDRESS, fields) == dict.fromkeys(ADDRESS, "Delivery address")
    fields = cards(Contact_information=ADDRESS, Rechnungsadresse=ADDRESS)
    assert found(ADDRESS, fields) == dict.fromkeys(ADDRESS, "Contact information")


def test_between_two_persons_nothing_is_chosen() -> None:
    assert found(ADDRESS, cards(Sender=ADDRESS, Receiver=ADDRESS)) == {}
    assert found(ADDRESS, cards(Applicant_1=ADDRESS, Applicant_2=ADDRESS)) == {}


def test_one_key_alone_does_not_say_which_section_is_meant() -> None:
    assert found(["City"], cards(Delivery_address=ADDRESS, Billing_address=ADDRESS)) == {}


def test_the_section_that_the_data_as_a_whole_fits_is_meant() -> None:
    fields = cards(Delivery_address=ADDRESS, Billing_address=[*ADDRESS, "Company"])
    assert found([*ADDRESS, "Company"], fields) == dict.fromkeys([*ADDRESS, "Company"], "Billing address")
    fields = cards(Sender=ADDRESS, Receiver=[*ADDRESS, "Phone"])
    assert found([*ADDRESS, "Phone"], fields) == dict.fromkeys([*ADDRESS, "Phone"], "Receiver")


def test_a_key_that_is_nobodys_does_not_choose_the_section_it_happens_to_stand_in() -> None:
    fields = cards(Sender=ADDRESS, Receiver=[*ADDRESS, "Reference"])
    assert found([*ADDRESS, "Reference"], fields) == {"Reference": "Receiver"}


def test_a_relative_is_never_the_one_that_plain_keys_mean() -> None:
    assert (
        found(["Name", "Phone"], cards(Emergency_contact=["Name", "Phone"], Spouse=["Name", "Phone"])) == {}
    )
    fields = cards(Emergency_contact=[*ADDRESS, "Phone"], Guarantor=ADDRESS)
    assert "First name" not in found([*ADDRESS, "Phone"], fields)


def test_a_key_that_names_its_section_stays_with_it_and_the_rest_does_not_follow_it_there() -> None:
    fields = cards(Delivery_address=ADDRESS, Billing_address=ADDRESS)
    keys = ["First name", "Last name", "billing.City"]
    assert found(keys, fields) == {
        "First name": "Delivery address",
        "Last name": "Delivery address",
        "billing.City": "Billing address",
    }


def named(*names: str) -> list[FieldCard]:
    labels = {"first": "First name", "city": "City", "phone": "Phone"}
    made = [(next(labels[word] for word in labels if word in name), name) for name in names]
    return [FieldCard(n, "text", label, "label", name=name) for n, (label, name) in enumerate(made, 1)]


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (["city", "phone", "addresses[0][city]", "addresses[0][phone]"], ["city", "phone"]),
        (["a[city]", "a[phone]", "a[branch][city]", "a[branch][phone]"], ["a[city]", "a[phone]"]),
        (
            ["shipping_city", "shipping_phone", "billing_city", "billing_phone"],
            ["shipping_city", "shipping_phone"],
        ),
        (["city", "phone", "billing_city", "billing_phone"], ["city", "phone"]),
        (["emergency[city]", "emergency[phone]", "city", "phone"], ["city", "phone"]),
    ],
)
def test_without_headings_names_tell_the_records_own_fields_from_what_hangs_on_it(
    names: list[str], meant: list[str]
) -> None:
    result = match({"City": "x", "Phone": "x"}, named(*names))
    assert [m.card.name for m in result.matches] == meant


@pytest.mark.parametrize(
    "names",
    [
        ["sender[city]", "sender[phone]", "receiver[city]", "receiver[phone]"],
        ["people[0][city]", "people[0][phone]", "people[1][city]", "people[1][phone]"],
        ["city_1", "phone_1", "city_2", "phone_2"],
    ],
)
def test_names_of_two_equal_records_choose_nothing(names: list[str]) -> None:
    assert not match({"City": "x", "Phone": "x"}, named(*names)).matches

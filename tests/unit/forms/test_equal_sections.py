from __future__ import annotations

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

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from GenFlowLibrary.browser.page import FieldCard, Option
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.forms.match import FLOOR, MARGIN, Matching, flatten, match


def cards(*labels: str | FieldCard) -> list[FieldCard]:
    made = [FieldCard(0, "text", card, "label") if isinstance(card, str) else card for card in labels]
    return [FieldCard(**{**vars(card), "number": n}) for n, card in enumerate(made, 1)]


def found(keys: list[str], fields: list[FieldCard]) -> dict[str, str]:
    return {m.key: m.card.label or m.card.name for m in match(dict.fromkeys(keys, "x"), fields).matches}


def candidates(result: Matching) -> dict[str, list[str]]:
    return {key.key: [card.label for card in key.candidates] for key in result.unresolved}


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("customer.first_name", "First name"),
        ("Vorname", "First name"),
        ("客户姓名", "Full name"),
        ("order_no", "Order number"),
        ("Bestellnummer", "Order number"),
        ("phone", "Mobile phone"),
        ("amount", "Refund amount (EUR)"),
        ("Fisrt name", "First name"),
        ("postcode", "ZIP / Postal code"),
        ("Nombre", "Nombre"),
        ("Explanation given", "Explanation givn"),
    ],
)
def test_a_key_finds_its_field_by_meaning(key: str, label: str) -> None:
    assert found([key], cards(label, "Favourite colour")) == {key: label}


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("Email", "Email frequency"),
        ("Full name", "Product name"),
        ("Invoice date", "Order date"),
        ("City", "Country"),
        ("First name", "Last name"),
        ("Address line 1", "Address line 2"),
        ("Phone", "Fax"),
        ("customer number", "Order number"),
        ("Phone", "Phone type"),
        ("Billing city", "Delivery city"),
        ("Confirm email", "Email"),
        ("Question 1", "Question 2"),
    ],
)
def test_a_look_alike_is_refused(key: str, label: str) -> None:
    assert found([key], cards(label)) == {}


def test_two_equally_good_fields_are_both_named() -> None:
    result = match({"Email": "a@b.c"}, cards("Email", "Note", "Email"))
    assert result.matches == ()
    assert candidates(result) == {"Email": ["Email", "Email"]}
    assert result.unresolved[0].ambiguous


def test_the_section_in_the_key_tells_equal_labels_apart() -> None:
    fields = cards(
        *(FieldCard(0, "text", "City", "label", section=s) for s in ("Buyer", "Invoice address", "Delivery"))
    )
    result = match({"buyer.city": "A", "billing city": "B", "shipping": "x", "Lieferort": "C"}, fields)
    assert {m.key: m.card.section for m in result.matches} == {
        "buyer.city": "Buyer",
        "billing city": "Invoice address",
        "Lieferort": "Delivery",
    }


def test_a_label_counts_more_than_a_contradicting_name() -> None:
    fields = cards(
        FieldCard(0, "text", "Last name", "label", name="email"), FieldCard(0, "text", "Email", "label")
    )
    assert match({"Email": "x"}, fields).matches[0].card.label == "Email"


def test_a_yes_goes_into_a_check_box_and_a_text_does_not() -> None:
    fields = cards(FieldCard(0, "checkbox", "Send me the newsletter by email", "label"))
    assert match({"Newsletter": "yes"}, fields).matches
    assert not match({"Email": "ada@example.org"}, fields).matches


def test_autocomplete_says_what_a_meaningless_label_does_not() -> None:
    fields = cards(FieldCard(0, "text", "A", "label", autocomplete="section-x billing postal-code"))
    (only,) = match({"Billing postcode": "1"}, fields).matches
    assert only.how == "autocomplete"


def test_headers_and_cells_of_a_spreadsheet_come_as_they_are() -> None:
    assert flatten({"Last Name ": "Brook", " Fax": float("nan"), "Title": None}) == {
        "Last Name": "Brook",
        "Fax": None,
        "Title": None,
    }


def test_nested_data_is_flattened_with_dots() -> None:
    assert flatten({"a": {"b": 1, "c": {"d": 2}}, "e": 3}) == {"a.b": 1, "a.c.d": 2, "e": 3}


WORDS = st.sampled_from(
    [
        "email",
        "phone",
        "city",
        "name",
        "first",
        "last",
        "billing",
        "shipping",
        "order",
        "number",
        "date",
        "amount",
        "note",
        "country",
        "street",
        "company",
        "confirm",
    ]
)
LABELS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=8)


@given(keys=LABELS, labels=LABELS)
@settings(max_examples=60)
def test_no_field_gets_two_keys_and_every_pair_has_floor_and_key_has_one_end(
    keys: list[str], labels: list[str]
) -> None:
    result = match(dict.fromkeys(keys, "x"), cards(*labels))
    numbers = [m.card.number for m in result.matches]
    assert len(numbers) == len(set(numbers))
    assert all(m.score >= FLOOR for m in result.matches)
    assert sorted([m.key for m in result.matches] + [u.key for u in result.unresolved]) == sorted(set(keys))


@given(label=st.lists(WORDS, min_size=1, max_size=3).map(" ".join))
@settings(max_examples=40)
def test_two_fields_that_say_the_same_are_never_chosen_between(label: str) -> None:
    result = match({label: "x"}, cards(label, label))
    assert not result.matches
    assert MARGIN > 0


def test_the_order_of_the_fields_does_not_matter() -> None:
    fields = cards("Email", "First name", "Last name", "Order number", "City")
    keys: dict[str, Any] = dict.fromkeys(["Vorname", "Nachname", "mail", "order id", "town"], "x")
    forth = {m.key: m.card.label for m in match(keys, fields).matches}
    back = {m.key: m.card.label for m in match(keys, fields[::-1]).matches}
    assert forth == back
    assert len(forth) == 5


def test_the_one_text_field_before_the_only_password_says_who_logs_in() -> None:
    password = FieldCard(0, "password", "Password", "label")
    login = cards("Member ID", password)
    assert {m.key: m.card.label for m in match({"Username": "ada", "Password": "x"}, login).matches} == {
        "Username": "Member ID",
        "Password": "Password",
    }
    assert found(["Username", "Password"], cards("Company", password)) == {"Password": "Password"}
    assert found(["Username", "Password"], cards("Club ID", "Site ID", password)) == {"Password": "Password"}
    assert found(["Username"], cards("Club ID", "Note")) == {}


def test_an_email_field_of_a_login_takes_only_what_looks_like_one() -> None:
    login = cards(FieldCard(0, "email", "Email", "label"), FieldCard(0, "password", "Password", "label"))
    assert len(match({"Username": "ada@example.org", "Password": "x"}, login).matches) == 2
    assert len(match({"Username": "ada", "Password": "x"}, login).matches) == 1


def test_a_password_goes_into_no_open_text_field_that_merely_speaks_of_it() -> None:
    assert found(["Password"], cards("Sign in with password")) == {}


def test_a_name_before_a_family_name_is_the_first_name() -> None:
    assert found(["First name", "Last name"], cards("Name", "Surname")) == {
        "First name": "Name",
        "Last name": "Surname",
    }
    assert found(["First name"], cards("Name", "City")) == {}


def test_a_number_after_a_street_is_the_house_number() -> None:
    assert found(["House number"], cards("Street", "Number")) == {"House number": "Number"}
    assert found(["House number"], cards("City", "Number")) == {}


def test_words_for_the_control_in_its_name_do_not_hide_what_it_asks_for() -> None:
    fields = cards(FieldCard(0, "select", "ddlCountryCode", "name", name="ddlCountryCode"))
    assert match({"Country": "Finland"}, fields).matches


def test_a_login_field_gets_no_user_name_that_its_constraints_forbid() -> None:
    number = FieldCard(0, "text", "Member no", "label", constraints={"pattern": "[0-9]{11}"})
    password = FieldCard(0, "password", "Password", "label")
    assert [m.key for m in match({"Username": "ada", "Password": "x"}, cards(number, password)).matches] == [
        "Password"
    ]


def test_a_user_name_that_is_an_address_goes_where_the_only_address_is_asked() -> None:
    email = FieldCard(0, "email", "Email", "label")
    assert len(match({"Username": "ada@example.org"}, cards(email)).matches) == 1
    assert not match({"Username": "ada"}, cards(email)).matches
    assert not match({"Username": "ada@example.org"}, cards(email, email)).matches


def test_two_fields_whose_labels_and_names_contradict_each_other_crosswise_are_left_alone() -> None:
    fields = cards(
        FieldCard(0, "text", "Last name", "label", name="firstname"),
        FieldCard(0, "text", "First name", "label", name="lastname"),
    )
    assert not match({"First name": "Ada", "Last name": "Brook"}, fields).matches


def test_of_two_fields_that_say_the_same_the_one_that_offers_the_value_is_meant() -> None:
    county = FieldCard(
        0,
        "select",
        "County",
        "label",
        options=(Option("Choose", ""), Option("Nevada", "1"), Option("Ohio", "2")),
    )
    fields = cards(county, FieldCard(0, "text", "County", "label"))
    assert [m.card.kind for m in match({"County": "Nevada"}, fields).matches] == ["select"]
    assert [m.card.kind for m in match({"County": "Essex"}, fields).matches] == ["text"]


def test_a_list_is_known_by_what_it_offers_whatever_it_is_called() -> None:
    countries = tuple(Option(text, text) for text in ("Choose", "Germany", "Finland", "Sweden", "Norway"))
    for label in ("Region", "Where to?", ""):
        fields = cards(FieldCard(0, "select", label, "label", options=countries), "City")
        assert [m.card.kind for m in match({"Country": "Finland"}, fields).matches] == ["select"]


def test_a_list_of_countries_under_another_question_is_not_the_country() -> None:
    countries = tuple(Option(text, text) for text in ("Germany", "Finland", "Sweden", "Norway"))
    fields = cards(FieldCard(0, "select", "Nationality", "label", options=countries))
    assert not match({"Country": "Finland"}, fields).matches
    assert match({"Nationality": "Finland"}, fields).matches


def test_the_first_line_of_a_list_says_what_it_is_for() -> None:
    lines = (Option("UF", ""), Option("AC", "AC"), Option("AL", "AL"))
    assert match({"State": "AC"}, cards(FieldCard(0, "select", "x7", "id", id="x7", options=lines))).matches


def test_a_sentence_beside_a_field_is_no_label() -> None:
    fields = cards(
        FieldCard(0, "tel", "The card number must not be empty.", "neighbour", placeholder="Phone number")
    )
    assert not match({"Card number": "4"}, fields).matches
    assert match({"Phone": "4"}, fields).matches


def test_autocomplete_and_two_texts_outvote_a_label_taken_from_another_field() -> None:
    field = FieldCard(
        0,
        "text",
        "Date of birth",
        "aria-labelledby",
        name="city",
        placeholder="City",
        autocomplete="address-level2",
    )
    assert match({"City": "Turku"}, cards(field)).matches
    assert not match(
        {"City": "Turku"}, cards(FieldCard(0, "text", "Date of birth", "label", name="city"))
    ).matches


def test_a_street_before_a_house_number_is_the_street_alone() -> None:
    fields = cards("Street", "House number", "Delivery address")
    assert found(["Street name", "House number"], fields) == {
        "Street name": "Street",
        "House number": "House number",
    }


def test_a_trade_mark_is_no_word() -> None:
    assert found(["Postcode"], cards("ZIP Code™")) == {"Postcode": "ZIP Code™"}


@pytest.mark.parametrize(
    ("key", "labels"),
    [
        ("First name", ["Имя", "Imię", "Jméno", "Fornavn", "Keresztnév", "Prenume", "Eesnimi", "שם פרטי"]),
        (
            "Postcode",
            ["Индекс", "Kod pocztowy", "PSČ", "Irányítószám", "우편번호", "Cod poștal", "Mã bưu điện"],
        ),
        ("Email", ["Эл. почта", "E-posta", "이메일", "E-pasts", "אימייל", "Имейл"]),
        ("City", ["Город", "Miejscowość", "Mesto", "Oraș", "Şehir", "도시"]),
    ],
)
def test_fields_are_found_in_further_languages(key: str, labels: list[str]) -> None:
    assert {label: bool(found([key], cards(label))) for label in labels} == dict.fromkeys(labels, True)


def test_a_number_under_the_sites_own_name_before_a_password_says_who_signs_up() -> None:
    password = FieldCard(0, "password", "Password", "label")
    data = {"Username": "ada", "Password": "x", "Email": "ada@example.org"}
    fields = cards("Mirabilis ID", password, "Email")
    assert {m.key: m.card.label for m in match(data, fields).matches}["Username"] == "Mirabilis ID"
    fields = cards("Order ID", password, "Email")
    assert "Username" not in {m.key for m in match(data, fields).matches}


def test_the_pages_language_decides_between_two_meanings_of_one_word() -> None:
    data = {"Country": "Polska", "State": "Mazowsze"}
    assert [m.key for m in match(data, cards("Kraj"), "pl").matches] == ["Country"]
    assert [m.key for m in match(data, cards("Kraj"), "cs-CZ").matches] == ["State"]
    assert match(data, cards("Kraj")).matches == ()


def test_a_list_of_codes_is_never_meant_by_the_whole_phone_number() -> None:
    codes = tuple(Option(f"+{code}", str(code)) for code in (358, 46, 49, 56, 81))
    fields = cards(
        FieldCard(0, "select", "Phone", "label", options=codes), FieldCard(0, "tel", "", "", name="n")
    )
    assert [m.card.kind for m in match({"Phone": "5550142268"}, fields).matches] == ["tel"]


def test_one_word_for_name_and_first_name_takes_either() -> None:
    assert found(["Full name"], cards("Имя", "Телефон")) == {"Full name": "Имя"}
    assert found(["First name"], cards("Имя", "Телефон")) == {"First name": "Имя"}
    assert found(["First name", "Last name"], cards("Имя", "Фамилия")) == {
        "First name": "Имя",
        "Last name": "Фамилия",
    }


def test_the_same_key_and_texts_are_compared_once_and_each_card_stays_itself() -> None:
    fields = cards("City", "Country")
    again = [FieldCard(**{**vars(card), "value": "held"}) for card in fields]
    assert [m.card.value for m in match({"City": "x"}, fields).matches] == [""]
    assert [m.card.value for m in match({"City": "x"}, again).matches] == ["held"]


def test_a_field_for_one_thing_is_meant_before_one_that_takes_either() -> None:
    fields = cards("Email or phone", "Phone number")
    assert found(["Phone"], fields) == {"Phone": "Phone number"}
    assert found(["Phone"], cards("Email or phone", "Note")) == {"Phone": "Email or phone"}
    assert found(["Postcode"], cards("ZIP / Postal code")) == {"Postcode": "ZIP / Postal code"}


def test_a_box_to_search_an_address_in_comes_after_the_address() -> None:
    lookup = FieldCard(0, "text", "Delivery address", "label", name="searchAddress")
    assert found(["Street address"], cards(lookup, "Address")) == {"Street address": "Address"}
    assert found(["Street address"], cards(lookup)) == {"Street address": "Delivery address"}


def test_of_two_fields_that_say_the_same_the_one_that_can_take_the_value_is_meant() -> None:
    short = FieldCard(0, "text", "Code", "label", name="a", constraints={"maxlength": "4"})
    long = FieldCard(0, "text", "Code", "label", name="b", constraints={"maxlength": "40"})
    assert found(["Code"], cards(short, long)) == {}
    (only,) = match({"Code": "KX-2041-99"}, cards(short, long)).matches
    assert only.card.name == "b"


def test_a_value_that_the_only_field_refuses_is_still_meant_for_it() -> None:
    (only,) = match(
        {"Postcode": "00950"},
        cards(FieldCard(0, "text", "Postcode", "label", constraints={"maxlength": "4"})),
    ).matches
    assert only.card.label == "Postcode"


@pytest.mark.parametrize(
    "name",
    [
        "order[delivery][last_name]",
        "ctl00$Main$LastName",
        "form:lastName",
        "buyer.last_name",
        "form_deliveryAddress_lastName",
    ],
)
def test_the_last_part_of_a_name_that_is_a_path_says_what_is_asked(name: str) -> None:
    assert match({"Last name": "Brook"}, cards(FieldCard(0, "text", name, "name", name=name))).matches


def test_the_last_part_of_a_name_says_nothing_where_it_could_be_of_anything() -> None:
    assert not match(
        {"Name": "Ada Brook"}, cards(FieldCard(0, "text", "Blorb", "label", name="blorb[name]"))
    ).matches


def test_what_a_page_invites_to_near_a_field_is_not_its_name() -> None:
    invited = FieldCard(0, "text", "Sign up with email or phone", "neighbour", name="nick")
    assert found(["Email"], cards(invited)) == {}
    assert found(["Email"], cards(FieldCard(**{**vars(invited), "label_source": "label"}))) == {
        "Email": "Sign up with email or phone"
    }


def test_a_field_kept_for_browsers_comes_after_every_field_for_people() -> None:
    kept = FieldCard(0, "text", "city", "name", name="city", autocomplete="address-level2", aside=True)
    (only,) = match({"City": "Turku"}, cards(kept, "City")).matches
    assert only.card.label == "City"
    (only,) = match({"City": "Turku"}, cards(kept, "Note")).matches
    assert only.card.aside


@pytest.mark.parametrize(
    "data", [{"Last Name": "A", "Last Name ": "B"}, {"a.b": 1, "a": {"b": 2}}, {"a": {"b": 1, " b": 2}}]
)
def test_two_keys_that_are_the_same_without_blanks_are_refused_by_name(data: dict[str, object]) -> None:
    with pytest.raises(
        InputError, match=r"^Expected each data key once, found '(Last Name|a\.b)' twice, .*leave it out\.$"
    ):
        flatten(data)


def test_a_weak_pair_whose_field_refuses_the_value_is_none() -> None:
    fields = cards(FieldCard(0, "text", "Blorb", "label", name="phone_x", constraints={"maxlength": "4"}))
    assert match({"Phone": "2268"}, fields).matches
    assert not match({"Phone": "5550142268"}, fields).matches

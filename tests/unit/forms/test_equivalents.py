from __future__ import annotations

from typing import Any

import pytest

from GenFlowLibrary.browser.page import Option
from GenFlowLibrary.forms.calendar_names import month_of
from GenFlowLibrary.forms.offers import first_line, offered
from GenFlowLibrary.forms.options import choose
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.territories import territory


def options(*texts: str) -> list[Option]:
    return [Option(text, str(n)) for n, text in enumerate(texts, 100)]


GERMAN = options(
    "Bitte wählen", "Deutschland", "Finnland", "Schweden", "Vereinigte Staaten", "Vereinigtes Königreich"
)
FLAGGED = options("🇩🇪 Germany", "🇫🇮 Finland", "🇸🇪 Sweden", "🇺🇸 United States", "🇬🇧 United Kingdom")
CODED = [
    Option(text, code)
    for text, code in (("Allemagne", "DEU"), ("Finlande", "FIN"), ("Suède", "SWE"), ("Italie", "ITA"))
]


@pytest.mark.parametrize(
    "value", ["Germany", "Deutschland", "DE", "DEU", "de", "🇩🇪 Germany", "德国", "Saksa"]
)
@pytest.mark.parametrize("listed", [GERMAN, FLAGGED, CODED])
def test_a_country_is_found_by_any_of_its_names_and_codes(value: str, listed: list[Option]) -> None:
    assert territory(choose(value, listed).text) == "DE"


@pytest.mark.parametrize(("value", "text"), [("USA", "Vereinigte Staaten"), ("UK", "Vereinigtes Königreich")])
def test_usual_short_names_of_countries_are_known(value: str, text: str) -> None:
    assert choose(value, GERMAN).text == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wallis and Futuna Islands", "WF"),
        ("Korea, Republic of", "KR"),
        ("Korea (South)", "KR"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("Congo", "CG"),
        ("Ελλάδα GR", "GR"),
        ("DZ (+213)", "DZ"),
        ("Bolivia, Plurinational State of", "BO"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Westmark", ""),
        ("USA / Canada", ""),
        ("", ""),
    ],
)
def test_a_text_names_one_country_or_none(text: str, code: str) -> None:
    assert territory(text) == code


def test_a_list_of_states_is_no_list_of_countries() -> None:
    states = [Option(text, "") for text in ("IN", "DE", "CA", "AL", "MO", "TX", "NY")]
    assert offered("select", tuple(states)) == ""
    with pytest.raises(ValueRejected, match="no option"):
        choose("Germany", states)


@pytest.mark.parametrize("value", ["3", "03", "March", "Mar", "März", "mars", "3月", 3])
@pytest.mark.parametrize("form", ["{name}", "{number:02d} - {name}", "{name} ({number})", "{number}"])
def test_a_month_is_found_by_name_and_number(value: Any, form: str) -> None:
    names = [
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
    listed = options("Month", *(form.format(name=name, number=n) for n, name in enumerate(names, 1)))
    assert choose(value, listed) is listed[3]


def test_what_is_no_month_is_none() -> None:
    assert [month_of(text) for text in ("13", "0", "listopad", "12 - May", "", "Sun")] == [0] * 6


def test_titles_genders_and_languages_are_found_in_other_words() -> None:
    assert choose("Mr", options("Frau", "Herr", "Divers")).text == "Herr"
    assert choose("Ms", options("M.", "Mme", "Mlle")).text == "Mme"
    assert choose("female", options("männlich", "weiblich", "divers")).text == "weiblich"
    assert choose("Finnish", options("Englisch", "Deutsch", "Finnisch", "Schwedisch")).text == "Finnisch"
    assert choose("yes", options("Ja", "Nein")).text == "Ja"


def test_a_title_that_two_options_mean_is_not_chosen() -> None:
    with pytest.raises(ValueRejected, match="several options"):
        choose("Frau", options("Mr", "Ms", "Mrs"))


def test_a_piece_of_an_options_text_is_enough_where_one_option_has_it() -> None:
    assert choose("Mississippi", options("AL - Alabama", "MS - Mississippi")).text == "MS - Mississippi"
    with pytest.raises(ValueRejected, match="several options"):
        choose("Congo", options("Congo (Brazzaville)", "Congo (Kinshasa)"))


def test_a_year_in_two_digits_is_the_year_in_four() -> None:
    assert choose("2030", options(*(str(year) for year in range(26, 40)))).text == "30"
    assert choose("30", options("Year", *(str(year) for year in range(2026, 2040)))).text == "2030"


@pytest.mark.parametrize(
    ("texts", "concept"),
    [
        (["Choose", "Germany", "Finland", "Sweden", "Norway"], "country"),
        (["DE (+49)", "FI (+358)", "SE (+46)"], "phone_country_code"),
        (["Day", *map(str, range(1, 32))], "day"),
        (["Month", *map(str, range(1, 13))], "month"),
        (["Year", *map(str, range(1990, 2020))], "year"),
        (["Mr", "Mrs"], "honorific"),
        (["Yes", "No"], ""),
        (["Small", "Medium", "Large"], ""),
        (["1", "2", "3"], ""),
        ([], ""),
    ],
)
def test_a_list_is_known_by_what_it_offers(texts: list[str], concept: str) -> None:
    assert offered("select", tuple(options(*texts))) == concept


def test_the_first_line_of_a_list_is_its_placeholder_where_it_is_no_choice() -> None:
    months = tuple(options("Exp. month", *map(str, range(1, 13))))
    assert first_line("select", months) == "Exp. month"
    assert first_line("select", (Option("City", ""), Option("Turku", "t"))) == "City"
    assert first_line("select", tuple(options("Turku", "Oulu"))) == ""


STATES = ["Alabama", "California", "Georgia", "Indiana", "Nevada", "Texas", "Utah"]
CODES = ["AL", "CA", "GA", "IN", "NV", "TX", "UT"]


@pytest.mark.parametrize(
    ("value", "texts", "meant"),
    [
        ("CA", ["State", *STATES], "California"),
        ("tx", STATES, "Texas"),
        ("California", CODES, "CA"),
        ("CA", ["Bari", "Cagliari", "Milano", "Roma", "Torino"], "Cagliari"),
        ("QC", ["Alberta", "Manitoba", "Ontario", "Quebec", "Yukon"], "Quebec"),
        ("New South Wales", ["ACT", "NSW", "NT", "QLD", "VIC"], "NSW"),
    ],
)
def test_a_state_is_meant_by_its_name_or_its_code(value: str, texts: list[str], meant: str) -> None:
    assert choose(value, options(*texts)).text == meant


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("ON", STATES),
        ("Bavaria", CODES),
        ("CA", ["Cash", "Cheque", "Voucher", "Transfer", "Invoice"]),
        ("CA", STATES[3:]),
    ],
)
def test_a_state_of_elsewhere_is_not_chosen(value: str, texts: list[str]) -> None:
    with pytest.raises(ValueRejected):
        choose(value, options(*texts))

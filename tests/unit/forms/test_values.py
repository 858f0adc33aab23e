from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.browser.page import FieldCard, Option
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.numbers import number, plain
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.values import to_setting


def put(value: Any, kind: Any = "text", options: Any = (), **constraints: str) -> Any:
    return to_setting(
        FieldCard(7, kind, "Field", options=tuple(options), constraints=constraints), value
    ).value


def why(value: Any, kind: Any = "text", options: Any = (), **constraints: str) -> str:
    with pytest.raises(ValueRejected) as rejected:
        put(value, kind, options, **constraints)
    return str(rejected.value)


@pytest.mark.parametrize(
    ("given_", "held"),
    [
        (5, "5"),
        (2.5, "2.5"),
        (Decimal("1.10"), "1.10"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("1'234'567", "1234567"),
        ("12,50", "12.50"),
        ("€ 12.50", "12.50"),
        ("12,50 EUR", "12.50"),
        ("-3", "-3"),
        ("0.125", "0.125"),
        (1e20, "100000000000000000000"),
        (40716543298.0, "40716543298"),
    ],
)
def test_numbers_are_read_as_people_write_them(given_: Any, held: str) -> None:
    assert put(given_, "number", step="any") == held


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.500"])
def test_a_number_that_can_be_read_in_two_ways_is_rejected(text: str) -> None:
    assert "can be read in two ways" in why(text, "number", step="any")


@pytest.mark.parametrize("text", ["many", "12 34", "1.2.3", True, "--3"])
def test_what_is_no_number_is_rejected(text: Any) -> None:
    assert "expects a number" in why(text, "number")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_a_decimal_survives_the_number_control(value: Decimal) -> None:
    assert Decimal(plain(number(value))) == value
    assert number(f"{value:,.2f}") == value


@pytest.mark.parametrize(
    ("given_", "held"),
    [
        (date(2026, 4, 3), "2026-04-03"),
        (datetime(2026, 4, 3, 12, 0), "2026-04-03"),
        ("2026-04-03", "2026-04-03"),
        ("2026/4/3", "2026-04-03"),
        ("3.4.2026", "2026-04-03"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("04/04/2026", "2026-04-04"),
        ("3 April 2026", "2026-04-03"),
        ("April 3rd, 2026", "2026-04-03"),
        ("3. März 2026", "2026-03-03"),
        ("3 de mayo de 2026", "2026-05-03"),
        ("3. toukokuuta 2026", "2026-05-03"),
        ("2026年4月3日", "2026-04-03"),
    ],
)
def test_dates_are_read_as_people_write_them(given_: Any, held: str) -> None:
    assert put(given_, "date") == held


@pytest.mark.parametrize("text", ["03/04/2026", "3-4-2026"])
def test_a_date_that_can_be_read_in_two_ways_is_rejected_with_both(text: str) -> None:
    assert "write 2026-04-03 or 2026-03-04" in why(text, "date")


@pytest.mark.parametrize("text", ["2026-02-30", "soon", "31.04.2026", "3 Foo 2026", "13/13/2026"])
def test_what_is_no_date_is_rejected(text: str) -> None:
    assert "expects a date" in why(text, "date")


@given(st.dates())
def test_a_date_survives_the_date_control(value: date) -> None:
    assert put(value, "date") == put(value.isoformat(), "date") == value.isoformat()


@pytest.mark.parametrize(
    ("kind", "given_", "held"),
    [
        ("time", "7:30", "07:30"),
        ("time", "2:30 pm", "14:30"),
        ("time", "12 am", "00:00"),
        ("time", time(7, 30, 15), "07:30:15"),
        ("datetime-local", "2026-04-03 14:30", "2026-04-03T14:30"),
        ("datetime-local", "2026-04-03T14:30:00+02:00", "2026-04-03T14:30"),
        ("datetime-local", datetime(2026, 4, 3, 14, 30), "2026-04-03T14:30"),
        ("datetime-local", "3 April 2026 at 2:30 pm", "2026-04-03T14:30"),
        ("month", "05/2027", "2027-05"),
        ("month", "May 2027", "2027-05"),
        ("month", date(2027, 5, 3), "2027-05"),
        ("week", "2026-W9", "2026-W09"),
        ("week", date(2026, 4, 3), "2026-W14"),
    ],
)
def test_times_months_and_weeks_take_the_iso_form(kind: str, given_: Any, held: str) -> None:
    assert put(given_, kind) == held


@pytest.mark.parametrize(
    ("kind", "text"),
    [("time", "7"), ("time", "25:00"), ("datetime-local", "2026-04-03"), ("month", "13/2026")],
)
def test_half_a_time_is_rejected(kind: str, text: str) -> None:
    assert "expects a" in why(text, kind)


@pytest.mark.parametrize("text", ["yes", "TRUE", "ja", "是", "1", "on", True, 1])
def test_many_words_tick_a_check_box(text: Any) -> None:
    assert put(text, "checkbox") is True


@pytest.mark.parametrize("text", ["no", "nein", "否", "off", "", False, 0])
def test_many_words_untick_a_check_box(text: Any) -> None:
    assert put(text, "checkbox") is False


def test_a_check_box_takes_nothing_else() -> None:
    assert "yes or no" in why("maybe", "checkbox")


COUNTRIES = [Option("Please choose", "")] + [
    Option(text, value)
    for text, value in [
        ("Finland", "FI"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("🇸🇪 Sweden", "SE"),
        ("Côte d’Ivoire", "CI"),
    ]
]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Finland", "FI"),
        ("finland ", "FI"),
        ("NE", "NE"),
        ("Niger", "NE"),
        ("ng", "NG"),
        ("Sweden", "SE"),
        ("Cote d'Ivoire", "CI"),
        ("Finlnad", "FI"),
        ("Fin", "FI"),
    ],
)
def test_an_option_is_meant_by_text_value_or_likeness(text: str, value: str) -> None:
    assert put(text, "select", COUNTRIES) == (value,)


def test_an_option_that_does_not_exist_is_an_error_that_lists_ten() -> None:
    options = [Option(f"Option {n}", str(n + 100)) for n in range(1, 13)]
    message = why("Royal", "select", options)
    assert message.startswith("has no option 'Royal'; its options are 'Option 1', ")
    assert "'Option 10' and 2 more" in message
    assert "'Option 11'" not in message


def test_an_option_that_several_can_mean_is_not_chosen() -> None:
    assert "several options that 'Ni' can mean" in why(
        "Ni", "select", [Option("Ni one", "1"), Option("Ni two", "2")]
    )
    assert "has no option" in why("Nigera", "select", COUNTRIES[2:4])


def test_a_disabled_option_cannot_be_chosen() -> None:
    assert "has no option" in why("Red", "radio", [Option("Red", "r", disabled=True), Option("Blue", "b")])


def test_a_whole_number_means_the_option_with_a_leading_zero() -> None:
    months = [Option(f"{n:02d}", f"m{n}") for n in range(1, 13)]
    assert put(9, "select", months) == ("m9",)
    assert put("9", "select", months) == ("m9",)


def test_a_boolean_chooses_between_yes_and_no() -> None:
    assert put(True, "radio", [Option("Ja", "1"), Option("Nein", "0")]) == ("1",)


def test_a_multi_select_takes_a_list_and_a_select_one() -> None:
    assert put(["Niger", "Finland"], "multiselect", COUNTRIES) == ("NE", "FI")
    assert "takes one option, got 2" in why(["Niger", "Finland"], "select", COUNTRIES)
    assert "takes one value, got a list" in why(["a"], "text")


@pytest.mark.parametrize(
    ("value", "kind", "constraints", "named"),
    [
        ("abcdef", "text", {"maxlength": "5"}, "at most 5 characters (maxlength), got 6"),
        ("😀😀😀", "text", {"maxlength": "5"}, "(maxlength), got 6"),
        ("abc", "password", {"minlength": "5"}, "at least 5 characters (minlength)"),
        ("ab12", "text", {"pattern": "[0-9]+"}, "its pattern [0-9]+ allows"),
        (11, "number", {"max": "10"}, "at most 10 (max)"),
        (0, "number", {"min": "1"}, "at least 1 (min)"),
        ("1.5", "number", {}, "steps of 1 (step)"),
        ("1.3", "number", {"step": "0.5"}, "steps of 0.5 (step)"),
        ("2026-01-01", "date", {"min": "2026-02-01"}, "at least 2026-02-01 (min)"),
        ("ada@", "email", {}, "expects an e-mail address"),
        ("example.org", "url", {}, "begins like https://"),
    ],
)
def test_a_broken_constraint_is_named(value: Any, kind: str, constraints: dict[str, str], named: str) -> None:
    assert named in why(value, kind, **constraints)


def test_a_pattern_that_python_cannot_read_is_left_to_the_browser() -> None:
    assert put("ab", "text", pattern=r"[\p{L}--[a]]+(") == "ab"


def test_an_empty_text_clears_and_breaks_no_constraint() -> None:
    assert put("", "text", minlength="3", pattern="[0-9]+") == ""
    assert put("", "number", min="3") == ""
    assert put("", "date") == ""


def test_a_secret_stays_a_handle_and_its_value_out_of_messages() -> None:
    secret = SecretHandle("pin", "hush-hush")
    assert put(secret, "password") is secret
    message = why(secret, "password", maxlength="4")
    assert "hush" not in message
    assert "<secret pin>" in message
    assert "text fields only" in why(secret, "select", COUNTRIES)


def test_lines_go_into_text_areas_only() -> None:
    assert put("a\nb", "textarea") == "a\nb"
    assert "holds one line" in why("a\nb", "text")


def test_a_file_must_be_there(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    assert "expects a file" in why(str(file), "file")
    file.write_text("x")
    assert put(str(file), "file") == str(file)


def test_a_field_that_cannot_be_changed_is_named_as_such() -> None:
    with pytest.raises(ValueRejected, match="is read-only"):
        to_setting(FieldCard(1, "text", "Field", readonly=True), "x")


@pytest.mark.parametrize("cell", [40716543298, 40716543298.0, "40716543298"])
@pytest.mark.parametrize("kind", ["text", "tel", "number"])
def test_a_whole_number_of_a_spreadsheet_has_no_decimals(cell: Any, kind: Any) -> None:
    assert put(cell, kind, step="any") == "40716543298"


def test_several_files_go_into_a_field_for_several(tmp_path: Path) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text("x", "utf-8")
    several = FieldCard(7, "file", "Papers", multiple=True)
    assert to_setting(several, files).value == f"{files[0]}\n{files[1]}"
    assert to_setting(FieldCard(7, "file", "Paper"), files[:1]).value == str(files[0])
    with pytest.raises(ValueRejected, match="takes one file, got 2"):
        to_setting(FieldCard(7, "file", "Paper"), files)
    with pytest.raises(ValueRejected, match="there is none at"):
        to_setting(several, [files[0], tmp_path / "c.txt"])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("y", "utf-8")
    with pytest.raises(ValueRejected, match="two files of one name"):
        to_setting(several, [files[0], tmp_path / "other" / "a.txt"])

"""Suppliers: the list, and the long form that makes a master record, once for each supplier number."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from .entry import Entry, Field
from .filing_cabinet import FilingCabinet
from .filing_form import FilingForm, show_and_take
from .line_table import Column, LineTable
from .lookup import database

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .records import FiledDetails

COUNTRIES = {
    "AT": "Austria",
    "BE": "Belgium",
    "CN": "China",
    "CZ": "Czechia",
    "DK": "Denmark",
    "FI": "Finland",
    "FR": "France",
    "DE": "Germany",
    "IE": "Ireland",
    "IT": "Italy",
    "NL": "Netherlands",
    "NO": "Norway",
    "PL": "Poland",
    "PT": "Portugal",
    "ES": "Spain",
    "SE": "Sweden",
    "CH": "Switzerland",
    "GB": "United Kingdom",
    "US": "United States",
}
FORMS = {"company": "Limited company", "partnership": "Partnership", "sole": "Sole trader"}
GROUPS = {
    "ceramics": "Ceramics",
    "glass": "Glass",
    "textiles": "Textiles",
    "metal": "Metal goods",
    "services": "Services",
}
CURRENCIES = {"EUR": "EUR", "USD": "USD", "GBP": "GBP", "CHF": "CHF", "SEK": "SEK", "CNY": "CNY"}
LANGUAGES = {"en": "English", "de": "German", "fr": "French"}
LONGEST_REMARK = 1000

_NUMBER = re.compile(r"S-\d{4}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_DAYS = re.compile(r"\d{1,3}")
_MONEY = re.compile(r"\d+(\.\d{1,2})?")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_VALID_REMAINDER = 1

pages = Blueprint("suppliers", __name__)

ACCOUNTS = LineTable(
    name="account",
    noun="bank account",
    size=3,
    columns=(
        Column("bank", "Bank"),
        Column("iban", "IBAN"),
        Column("bic", "BIC", required=False),
        Column("currency", "Currency", CURRENCIES),
    ),
    longest=100,
)


def _address(name: str) -> tuple[Field, ...]:
    return (
        Field(f"{name}_street", "Street and number"),
        Field(f"{name}_postcode", "Postcode"),
        Field(f"{name}_city", "City"),
        Field(f"{name}_country", "Country", COUNTRIES),
    )


def _check(entry: Entry, today: date, cabinet: FilingCabinet) -> FiledDetails:
    details: FiledDetails = {
        "number": _number(entry, cabinet),
        "name": entry.text("name", missing="Enter the name of the company."),
        "legal_form": entry.choice("legal_form", missing="Choose a legal form."),
        "group": entry.choice("group", missing="Choose a product group."),
        "vat_id": entry.text("vat_id", missing="Enter the VAT number."),
        "founded_on": _past_day(entry, "founded_on", today),
        "website": entry.text("website"),
        "language": entry.choice("language", missing="Choose the language of letters."),
        "first_name": entry.text("first_name", missing="Enter the first name of the contact."),
        "last_name": entry.text("last_name", missing="Enter the last name of the contact."),
        "email": _shaped(entry, "email", _EMAIL, "Enter an e-mail address such as name@example.com."),
        "phone": entry.text("phone"),
    }
    for name in ("office", "pickup"):
        details |= _read_address(entry, name)
    return details | {
        "payment_days": _shaped(entry, "payment_days", _DAYS, "Enter the payment term in whole days."),
        "credit_limit": _shaped(entry, "credit_limit", _MONEY, "Enter the credit limit, such as 5000."),
        "valid_until": entry.day(
            "valid_until", today=today, missing="Enter until when the certificate holds."
        ),
        "e_invoices": entry.ticked("e_invoices"),
        "remark": entry.text("remark", longest=LONGEST_REMARK, lines=True),
        "accounts": _read_accounts(entry),
    }


def _number(entry: Entry, cabinet: FilingCabinet) -> str:
    number = _shaped(entry, "number", _NUMBER, "Supplier number must look like S-1234.")
    if cabinet.about(SUPPLIER.kind, number):
        entry.mark("number", f"Supplier {number} has a master record already.")
    return number


def _shaped(entry: Entry, name: str, shape: re.Pattern[str], problem: str) -> str:
    value = entry.text(name, missing=problem)
    if value and not shape.fullmatch(value):
        entry.mark(name, problem)
    return value


def _past_day(entry: Entry, name: str, today: date) -> str:
    value = entry.text(name, missing="Enter the date of foundation.")
    try:
        if date.fromisoformat(value) > today:
            entry.mark(name, "The date of foundation must not be in the future.")
    except ValueError:
        entry.mark(name, f"The date of foundation must be a real date, such as {today.isoformat()}.")
    return value


def _read_address(entry: Entry, name: str) -> dict[str, str]:
    return {
        f"{name}_street": entry.text(f"{name}_street", missing="Enter street and number."),
        f"{name}_postcode": entry.text(f"{name}_postcode", missing="Enter the postcode."),
        f"{name}_city": entry.text(f"{name}_city", missing="Enter the city."),
        f"{name}_country": entry.choice(f"{name}_country", missing="Choose the country."),
    }


def _read_accounts(entry: Entry) -> list[dict[str, str]]:
    accounts = ACCOUNTS.read(entry)
    if not accounts:
        entry.mark("account-1-iban", "Enter at least one bank account.")
    for number in ACCOUNTS.numbers():
        name = f"account-{number}-iban"
        if entry.values[name].strip() and not is_iban(entry.values[name]):
            entry.mark(
                name, f"IBAN of bank account {number} is not a valid IBAN: a digit is wrong or missing."
            )
    return accounts


def is_iban(text: str) -> bool:
    """Whether shape and check digits are those of an IBAN (ISO 13616, the remainder of ISO/IEC 7064 MOD 97-10)."""
    written = re.sub(r"\s", "", text).upper()
    if not _IBAN.fullmatch(written):
        return False
    digits = "".join(str(int(character, 36)) for character in written[4:] + written[:4])
    return int(digits) % 97 == _VALID_REMAINDER


SUPPLIER = FilingForm(
    kind="supplier",
    prefix="SU",
    done="Supplier saved",
    fields=(
        Field("number", "Supplier number"),
        Field("name", "Company name"),
        Field("legal_form", "Legal form", FORMS),
        Field("group", "Product group", GROUPS),
        Field("vat_id", "VAT number"),
        Field("founded_on", "Founded on"),
        Field("website", "Web site"),
        Field("language", "Language of letters", LANGUAGES, radios=True),
        Field("first_name", "First name"),
        Field("last_name", "Last name"),
        Field("email", "E-mail"),
        Field("phone", "Telephone"),
        *_address("office"),
        *_address("pickup"),
        Field("payment_days", "Payment term in days"),
        Field("credit_limit", "Credit limit"),
        Field("valid_until", "Certificate valid until"),
        Field("e_invoices", "Sends invoices by e-mail"),
        Field("remark", "Remark"),
    ),
    table=ACCOUNTS,
    check=_check,
    prefill={},
)


@pages.get("/suppliers")
def list_all() -> str:
    return render_template(
        "suppliers.html", suppliers=FilingCabinet(database()).filings(SUPPLIER.kind), countries=COUNTRIES
    )


@pages.route("/suppliers/new", methods=["GET", "POST"])
def new() -> Response:
    return show_and_take(SUPPLIER, lambda details: str(details["number"]))

"""Approval requests and supplier records: what the office takes, what it refuses, and that it files each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot_suites.practice_office.filing_cabinet import FilingCabinet
from robot_suites.practice_office.suppliers import is_iban

if TYPE_CHECKING:
    from robot_suites.practice_office.database import Database
    from tests.unit.practice_office.clerk import Clerk

APPROVAL = {
    "reviewed_on": "2026-11-22",
    "recommendation": "change",
    "reason": "The notice period is too long.",
    "issue-1-check": "Notice period",
    "issue-1-severity": "high",
    "issue-1-verdict": "broken",
}
SUPPLIER = {
    "number": "S-2101",
    "name": "Nordkeramik Hansen GmbH",
    "legal_form": "company",
    "group": "ceramics",
    "vat_id": "DE811223344",
    "founded_on": "1987-04-02",
    "language": "de",
    "first_name": "Maike",
    "last_name": "Hansen",
    "email": "m.hansen@example.com",
    "office_street": "Speicherhof 14",
    "office_postcode": "28217",
    "office_city": "Bremen",
    "office_country": "DE",
    "pickup_street": "Am Ziegelwerk 3",
    "pickup_postcode": "27793",
    "pickup_city": "Wildeshausen",
    "pickup_country": "DE",
    "payment_days": "30",
    "credit_limit": "25000",
    "valid_until": "2036-06-30",
    "account-2-bank": "Hanseatische Bank",
    "account-2-iban": "DE34 2005 0550 1234 5678 90",
    "account-2-currency": "EUR",
}


def test_an_approval_request_is_filed_once_with_its_issues(clerk: Clerk, database: Database) -> None:
    assert "/contracts/CT-303/approval" in clerk.open("/contracts/CT-303").links.values()
    saved = clerk.send("/contracts/CT-303/approval", APPROVAL)
    assert saved.status == 303
    assert clerk.open(saved.location).text("reference").startswith("AP-")
    (filing,) = FilingCabinet(database).filings("approval")
    assert filing.subject == "CT-303"
    assert filing.details["issues"] == [
        {
            "check": "Notice period",
            "severity": "high",
            "verdict": "broken",
            "place": "",
            "quote": "",
            "remark": "",
        }
    ]
    again = clerk.send("/contracts/CT-303/approval", APPROVAL)
    assert again.status == 409
    assert "already has an approval request" in again.html
    assert len(FilingCabinet(database).filings()) == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"recommendation": "approve"}, "A contract with issues can't be proposed for approval."),
        ({"recommendation": "sign"}, "Choose a recommendation."),
        ({"reason": " "}, "Give the reason."),
        ({"reviewed_on": "2026-11-21"}, "Reviewed on must not be in the past"),
        ({"issue-1-verdict": ""}, "Verdict of issue 1 is missing."),
        ({"issue-1-severity": "awful"}, "Choose the severity of issue 1 from the list."),
        ({"issue-3-quote": "words alone"}, "Check of issue 3 is missing."),
    ],
)
def test_an_approval_request_that_does_not_hold_together_is_refused(
    clerk: Clerk, database: Database, changes: dict[str, str], problem: str
) -> None:
    page = clerk.send("/contracts/CT-303/approval", APPROVAL | changes)
    assert page.status == 422
    assert problem in page.alerts[0].text
    assert FilingCabinet(database).filings() == []


def test_changes_cannot_be_asked_for_without_an_issue(clerk: Clerk) -> None:
    without = {name: value for name, value in APPROVAL.items() if not name.startswith("issue")}
    assert "at least one issue" in clerk.send("/contracts/CT-303/approval", without).html


def test_a_contract_that_did_not_come_in_has_no_page(clerk: Clerk) -> None:
    assert clerk.open("/contracts/CT-999").status == 404
    assert clerk.open("/contracts/CT-999/approval").status == 404
    assert clerk.open("/filings/AP-AAAAAA").status == 404


def test_a_supplier_is_filed_with_its_bank_account(clerk: Clerk, database: Database) -> None:
    assert clerk.send("/suppliers/new", SUPPLIER).status == 303
    (filing,) = FilingCabinet(database).filings("supplier")
    assert (filing.subject, filing.details["pickup_city"]) == ("S-2101", "Wildeshausen")
    assert filing.details["accounts"] == [
        {
            "bank": "Hanseatische Bank",
            "iban": "DE34 2005 0550 1234 5678 90",
            "bic": "",
            "currency": "EUR",
        }
    ]
    assert "Nordkeramik" in clerk.open("/suppliers").html
    again = clerk.send("/suppliers/new", SUPPLIER)
    assert again.error("number") == "Supplier S-2101 has a master record already."


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"number": "2101"}, "number", "must look like S-1234"),
        ({"office_country": "XX"}, "office_country", "Choose the country."),
        ({"founded_on": "1987-02-30"}, "founded_on", "must be a real date"),
        ({"founded_on": "2030-01-01"}, "founded_on", "must not be in the future"),
        ({"valid_until": "2024-12-31"}, "valid_until", "must not be in the past"),
        ({"email": "m.hansen"}, "email", "such as name@example.com"),
        ({"account-2-iban": "DE34200505501234567891"}, "account-2-iban", "not a valid IBAN"),
        ({"account-2-bank": ""}, "account-2-bank", "Bank of bank account 2 is missing."),
    ],
)
def test_a_supplier_with_a_wrong_field_is_refused_at_the_field(
    clerk: Clerk, database: Database, changes: dict[str, str], field: str, problem: str
) -> None:
    page = clerk.send("/suppliers/new", SUPPLIER | changes)
    assert page.status == 422
    assert problem in page.error(field)
    assert FilingCabinet(database).filings() == []


def test_a_supplier_needs_a_bank_account(clerk: Clerk) -> None:
    without = {name: value for name, value in SUPPLIER.items() if not name.startswith("account")}
    assert clerk.send("/suppliers/new", without).error("account-1-iban") == "Enter at least one bank account."


def test_an_iban_is_told_by_its_check_digits() -> None:
    assert is_iban("GB29 NWBK 6016 1331 9268 19")
    assert not is_iban("GB28 NWBK 6016 1331 9268 19")
    assert not is_iban("GB29")

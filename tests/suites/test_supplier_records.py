"""Record entry, judged by what the office holds and by what was reported: every row is in exactly one of the two."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from robot_suites.practice_office.database import Database
from robot_suites.practice_office.filing_cabinet import FilingCabinet
from tests.suites.running import run_robot

if TYPE_CHECKING:
    from robot_suites.practice_office.records import FiledDetails

FOLDER = Path(__file__).parents[2] / "robot_suites" / "supplier_records"
# Columns whose cells are stored as they are written, by the name of the field.
AS_WRITTEN = {
    "name": "Company name",
    "vat_id": "VAT number",
    "website": "Web site",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "phone": "Telephone",
    "office_street": "Office street",
    "office_postcode": "Office postcode",
    "office_city": "Office city",
    "pickup_street": "Pick-up street",
    "pickup_postcode": "Pick-up postcode",
    "pickup_city": "Pick-up city",
    "payment_days": "Payment term",
    "credit_limit": "Credit limit",
    "valid_until": "Certificate until",
    "remark": "Remark",
}

pytestmark = [pytest.mark.browser, pytest.mark.suite]


@dataclass(frozen=True)
class Done:
    """The rows of the table, what the office holds by supplier, and the rows that were reported."""

    rows: list[dict[str, str]]
    entered: dict[str, FiledDetails]
    rejected: list[dict[str, str]]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    output = tmp_path_factory.mktemp("suppliers")
    run_robot(FOLDER / "supplier_records.robot", output, GENFLOW_ENGINE="embedded")
    with Database(output / "practice_office.db") as database:
        entered = {one.subject: one.details for one in FilingCabinet(database).filings("supplier")}
    return Done(read(FOLDER / "suppliers.csv"), entered, read(output / "rejected_suppliers.csv"))


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
    return content


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))


def test_the_bad_rows_are_reported_with_the_reason_and_no_others(
    done: Done, expected: dict[str, Any]
) -> None:
    assert [(int(row["Row"]), row["Supplier"]) for row in done.rejected] == [
        (number, case["supplier"]) for number, case in expected["rejected"].items()
    ]
    for row, case in zip(done.rejected, expected["rejected"].values(), strict=True):
        assert case["reason"] in row["Problem"]


def test_every_other_row_is_entered(done: Done, expected: dict[str, Any]) -> None:
    good = [
        row["Supplier number"]
        for number, row in enumerate(done.rows, 1)
        if number not in expected["rejected"]
    ]
    assert list(done.entered) == good
    assert len(done.entered) + len(done.rejected) == len(done.rows)


def test_what_is_stored_is_what_the_table_says(done: Done, expected: dict[str, Any]) -> None:
    for number, row in enumerate(done.rows, 1):
        if number in expected["rejected"]:
            continue
        stored = done.entered[row["Supplier number"]]
        assert {field: stored[field] for field in AS_WRITTEN} == {
            field: row[column] for field, column in AS_WRITTEN.items()
        }
        assert stored["e_invoices"] == (row["Invoices by e-mail"] == "yes")
        accounts: list[dict[str, str]] = stored["accounts"]  # type: ignore[assignment]
        assert [account["iban"] for account in accounts] == [
            row[column] for column in ("IBAN 1", "IBAN 2") if row[column]
        ]


def test_other_words_and_forms_are_stored_as_the_office_writes_them(
    done: Done, expected: dict[str, Any]
) -> None:
    for supplier, fields in expected["spelled"].items():
        stored = dict(done.entered[supplier])
        accounts: list[dict[str, str]] = stored["accounts"]  # type: ignore[assignment]
        found = {**stored, "currencies": [account["currency"] for account in accounts]}
        assert {field: found[field] for field in fields} == fields

"""Contract signing, judged by what the office holds afterwards: on the embedded engine, from papers good and bad."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from robot_suites.practice_office.database import Database
from robot_suites.practice_office.filing_cabinet import FilingCabinet
from tests.suites.running import run_robot

if TYPE_CHECKING:
    from robot_suites.practice_office.records import FiledDetails

FOLDER = Path(__file__).parents[2] / "robot_suites" / "contract_signing"
NOT_SAID = "The contract does not say it clearly."

pytestmark = [pytest.mark.browser, pytest.mark.suite]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FiledDetails]:
    """What the office holds after the suite, by contract."""
    output = tmp_path_factory.mktemp("contracts")
    run_robot(FOLDER / "contract_signing.robot", output, GENFLOW_ENGINE="embedded")
    with Database(output / "practice_office.db") as database:
        return {one.subject: one.details for one in FilingCabinet(database).filings("approval")}


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
    return read


def test_every_contract_gets_the_recommendation_of_a_careful_clerk(
    filed: dict[str, FiledDetails], expected: dict[str, dict[str, Any]]
) -> None:
    assert {number: details["recommendation"] for number, details in filed.items()} == {
        number: case["recommendation"] for number, case in expected.items()
    }


def test_every_issue_is_filed_with_its_words_and_their_place(
    filed: dict[str, FiledDetails], expected: dict[str, dict[str, Any]]
) -> None:
    for number, case in expected.items():
        issues: list[dict[str, str]] = filed[number]["issues"]  # type: ignore[assignment]
        found = [
            {
                "check": issue["check"].partition(":")[0],
                "severity": issue["severity"],
                "verdict": issue["verdict"],
                "quote": issue["quote"] or None,
            }
            for issue in issues
        ]
        assert found == case["issues"], number
        assert all(bool(issue["place"]) == bool(issue["quote"]) for issue in issues), number
        assert all(issue["remark"] for issue in issues), number


def test_the_clause_on_notice_is_filed_in_the_words_of_the_paper(
    filed: dict[str, FiledDetails], expected: dict[str, dict[str, Any]]
) -> None:
    for number, case in expected.items():
        assert filed[number]["notice_clause"] in ({case["notice"]} if case["notice"] else {"", NOT_SAID}), (
            number
        )


def test_a_paper_that_was_not_reviewed_is_escalated_with_the_reason(filed: dict[str, FiledDetails]) -> None:
    reasons = {number: str(filed[number]["reason"]) for number in ("CT-307", "CT-310", "CT-311")}
    assert all(reason.startswith("The paper was not reviewed.") for reason in reasons.values())
    assert "is encrypted" in reasons["CT-307"]
    assert "to be an Office file" in reasons["CT-310"]
    assert "this language: fr" in reasons["CT-311"]

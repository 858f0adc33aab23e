"""Contracts that wait for a decision: the list, one contract, and its approval form, filed once for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, render_template

from .entry import Entry, Field
from .filing_cabinet import FilingCabinet
from .filing_form import FilingForm, show_and_take
from .line_table import Column, LineTable
from .lookup import database

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response

    from .records import Contract, FiledDetails

RECOMMENDATIONS = {
    "approve": "Propose approval",
    "change": "Ask for changes",
    "escalate": "Escalate to the legal department",
}
SEVERITIES = {"high": "High", "medium": "Medium", "low": "Low"}
VERDICTS = {"broken": "Broken", "missing": "Missing", "unclear": "Unclear"}
LONGEST_REASON = 2000

pages = Blueprint("contracts", __name__)

ISSUES = LineTable(
    name="issue",
    noun="issue",
    size=10,
    columns=(
        Column("check", "Check"),
        Column("severity", "Severity", SEVERITIES),
        Column("verdict", "Verdict", VERDICTS),
        Column("place", "Place", required=False),
        Column("quote", "Quote", required=False),
        Column("remark", "Remark", required=False),
    ),
)


def _check(entry: Entry, today: date, _: FilingCabinet) -> FiledDetails:
    recommendation = entry.choice("recommendation", missing="Choose a recommendation.")
    issues = ISSUES.read(entry)
    if recommendation == "approve" and issues:
        entry.mark("recommendation", "A contract with issues can't be proposed for approval.")
    if recommendation == "change" and not issues:
        entry.mark("recommendation", "Name at least one issue that has to be changed.")
    return {
        "reviewed_on": entry.day("reviewed_on", today=today, missing="Enter the date of the review."),
        "recommendation": recommendation,
        "notice_clause": entry.text("notice_clause", longest=LONGEST_REASON),
        "law_clause": entry.text("law_clause", longest=LONGEST_REASON),
        "reason": entry.text("reason", missing="Give the reason.", longest=LONGEST_REASON, lines=True),
        "issues": issues,
    }


APPROVAL = FilingForm(
    kind="approval",
    prefix="AP",
    done="Approval request saved",
    fields=(
        Field("reviewed_on", "Reviewed on"),
        Field("recommendation", "Recommendation", RECOMMENDATIONS, radios=True),
        Field("notice_clause", "Clause on notice"),
        Field("law_clause", "Clause on the governing law"),
        Field("reason", "Reason"),
    ),
    table=ISSUES,
    check=_check,
    prefill={},
)


@pages.get("/contracts")
def list_all() -> str:
    cabinet = FilingCabinet(database())
    filed = {one.subject: one for one in cabinet.filings(APPROVAL.kind)}
    return render_template(
        "contracts.html", contracts=cabinet.contracts(), filed=filed, recommendations=RECOMMENDATIONS
    )


@pages.get("/contracts/<number>")
def detail(number: str) -> str:
    contract = _find(number)
    filing = FilingCabinet(database()).about(APPROVAL.kind, number)
    return render_template("contract.html", contract=contract, filing=filing, recommendations=RECOMMENDATIONS)


@pages.route("/contracts/<number>/approval", methods=["GET", "POST"])
def approval(number: str) -> Response:
    contract = _find(number)
    before = FilingCabinet(database()).about(APPROVAL.kind, number)
    if before:
        return make_response(render_template("decided.html", contract=contract, filing=before), 409)
    return show_and_take(APPROVAL, lambda _: number, contract=contract)


def _find(number: str) -> Contract:
    contract = FilingCabinet(database()).contract(number)
    if contract is None:
        abort(404, f"There is no contract {number} among those that came in.")
    return contract

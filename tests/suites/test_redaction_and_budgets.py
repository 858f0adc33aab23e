"""Redaction and budgets in real runs: what the server sees, what the files hold, and where a run stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers.running import running_server
from tests.suites.running import run_robot

pytestmark = pytest.mark.suite

PERSONAL = ("Ada Brook", "ada.brook@example.org", "4111 1111 1111 1111", "KD-123456")
WRITES = """
*** Settings ***
Library    GenFlowLibrary    redaction=required    personal=customer    redaction_patterns={"customer_no": "KD-[0-9]{6}"}

*** Variables ***
${LETTER}    Ada Brook (ada.brook@example.org, KD-123456) paid order GF-10442 with 4111 1111 1111 1111.

*** Tasks ***
Write And Extract
    ${text} =    Generate Text    Thank her.    customer=Ada Brook    letter=${LETTER}
    Should Be Equal    ${text}    Dear Ada Brook, your order GF-10442 is paid with 4111 1111 1111 1111.
    ${facts} =    Extract Data    ${LETTER}    mail: str    order_no: str
    Should Be Equal    ${facts.mail}    ada.brook@example.org
    Should Be Equal    ${facts.order_no}    GF-10442
    ${text} =    Generate Text    Greet.    person=Li Wei    personal=person
    Should Be Equal    ${text}    Hello Li Wei
    Run Keyword And Expect Error    Expected to replace everything personal*'age' is too short*
    ...    Generate Text    Greet.    age=${42}    personal=age
"""
ASKS = """
*** Settings ***
Library    GenFlowLibrary    engine=openai    {arguments}

*** Tasks ***
First
    {first}
Second
    {second}
"""


def test_a_server_and_all_files_see_placeholders_and_the_task_the_values(tmp_path: Path) -> None:
    (tmp_path / "t.robot").write_text(WRITES, "utf-8")
    with running_server() as server:
        server.script(
            {"answer": "Dear [CUSTOMER_1], your order GF-10442 is paid with [CARD_1]."},
            {"answer": {"mail": "[EMAIL_1]", "order_no": "GF-10442"}},
            {"answer": "Hello [PERSON_1]"},
        )
        settings = {"GENFLOW_BASE_URL": server.base_url, "GENFLOW_MODEL": "m", "GENFLOW_RECORDING": "auto"}
        run_robot(tmp_path / "t.robot", tmp_path / "out", **settings)
        asked = [seen for seen in server.log() if seen["method"] == "POST"]
    assert len(asked) == 3
    assert "[CUSTOMER_1]" in str(asked[0]["body"])
    assert "GF-10442" in str(asked[0]["body"])
    recording = (tmp_path / "recordings" / "t.jsonl").read_text("utf-8")
    trace = (tmp_path / "out" / "genflow-trace.jsonl").read_text("utf-8")
    # Extract Data was told of no name, and of a name alone no pattern can know.
    for value in PERSONAL[1:]:
        assert value not in str(asked)
        assert value not in recording
        assert value not in trace
    assert "Ada Brook" not in str(asked[0])
    assert "Li Wei" not in str(asked) + recording + trace


def ask(expected: str = "") -> str:
    expects = f"Run Keyword And Expect Error    {expected}    " if expected else ""
    return f"{expects}Complete Prompt    Write."


@pytest.mark.parametrize(
    ("arguments", "first", "second", "requests"),
    [
        ("max_calls=1", "", "*the run to stay within max_calls=1, but it has used 1 request already*", 1),
        ("max_calls_per_task=1", "", "", 2),
        ("max_calls_per_suite=1", "", "*the suite to stay within max_calls_per_suite=1*", 1),
        ("max_calls_per_day=1", "", "*the day to stay within max_calls_per_day=1*", 1),
        ("max_total_tokens=3", "", "*max_total_tokens=3, but it has used*", 1),
        ("max_cost=1", "*price for the model 'm'*", "*price for the model 'm'*", 0),
        (
            "max_cost=0.00001    prices=${{CURDIR}}/prices.yaml",
            "",
            "*max_cost=0.00001, but it has used*EUR already*",
            1,
        ),
        ("max_calls_per_hour=1", "*but library argument sets 'max_calls_per_hour'*", "*", 0),
        ("max_cost=free", "*Expected max_cost to be a number*", "*", 0),
    ],
)
def test_a_limit_stops_the_call_and_says_which_it_was(
    tmp_path: Path, arguments: str, first: str, second: str, requests: int
) -> None:
    (tmp_path / "prices.yaml").write_text(
        "currency: EUR\nmodels:\n  m: {prompt: 1, completion: 20}\n", "utf-8"
    )
    suite = ASKS.format(
        arguments=arguments.replace("{{", "{").replace("}}", "}"), first=ask(first), second=ask(second)
    )
    (tmp_path / "t.robot").write_text(suite, "utf-8")
    with running_server() as server:
        server.script({"answer": "some words"})
        run_robot(
            tmp_path / "t.robot",
            tmp_path / "out",
            GENFLOW_BASE_URL=server.base_url,
            GENFLOW_MODEL="m",
            GENFLOW_DAY_SPENDING=str(tmp_path / "day.sqlite"),
        )
        assert len([seen for seen in server.log() if seen["method"] == "POST"]) == requests
    if requests == 1:
        assert "Left in the budget: the" in (tmp_path / "out" / "output.xml").read_text("utf-8")


def test_the_day_goes_on_in_the_next_run(tmp_path: Path) -> None:
    suite = ASKS.format(arguments="max_calls_per_day=3", first=ask(), second=ask())
    (tmp_path / "t.robot").write_text(suite, "utf-8")
    again = ASKS.format(arguments="max_calls_per_day=3", first=ask(), second=ask("*max_calls_per_day=3*"))
    (tmp_path / "again.robot").write_text(again, "utf-8")
    with running_server() as server:
        server.script({"answer": "some words"})
        for name in ("t", "again"):
            run_robot(
                tmp_path / f"{name}.robot",
                tmp_path / "out",
                GENFLOW_BASE_URL=server.base_url,
                GENFLOW_MODEL="m",
                GENFLOW_DAY_SPENDING=str(tmp_path / "day.sqlite"),
            )
        assert len([seen for seen in server.log() if seen["method"] == "POST"]) == 3

"""The main job, judged by what the office holds afterwards: on the embedded engine, a real server process, and the recording."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.servers.running import running_server
from tests.suites.running import run_robot

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "robot_suites" / "customer_enquiries.robot"
OFFICE = ROOT / "robot_suites" / "practice_office"
STATUS = {"reply": "replied", "refund": "refunded", "escalate": "escalated"}
KEY = "sk-planted-office-key-7731"

pytestmark = [pytest.mark.browser, pytest.mark.suite]


def office_holds(output: Path) -> dict[str, dict[str, Any]]:
    """Returns what the office stored, by enquiry."""
    command = [sys.executable, str(OFFICE), "--database", str(output / "practice_office.db"), "--json"]
    listed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return {enquiry["enquiry"]: enquiry for enquiry in json.loads(listed.stdout)}


def check_against_a_careful_clerk(output: Path) -> None:
    """Compares every enquiry with what a careful clerk would have done, and every refund with what the customer wrote."""
    expected = yaml.safe_load((OFFICE / "seed" / "expected.yaml").read_text("utf-8"))
    held = office_holds(output)
    assert {number: held[number]["status"] for number in expected} == {
        number: STATUS[case["action"]] for number, case in expected.items()
    }
    for number, case in expected.items():
        for submission in held[number]["submissions"]:
            if submission["kind"] == "refund":
                details = submission["details"]
                assert (details["order_no"], details["amount"], details["currency"]) == (
                    case["order_no"],
                    case["amount"],
                    case["currency"],
                ), number


def steps_in(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / "genflow-trace.jsonl").read_text("utf-8").splitlines()]


def test_on_the_embedded_engine(tmp_path: Path) -> None:
    printed = run_robot(SUITE, tmp_path, GENFLOW_ENGINE="embedded")
    check_against_a_careful_clerk(tmp_path)
    assert "Decide Next Action" in printed, "the summary at the end of the run"


def test_on_a_server_chosen_by_settings_alone_and_then_from_its_recording(tmp_path: Path) -> None:
    recordings, live, replayed = tmp_path / "recordings", tmp_path / "live", tmp_path / "replayed"
    with running_server("--office", "--key", KEY) as server:
        run_robot(
            SUITE,
            live,
            "--loglevel",
            "TRACE",
            GENFLOW_BASE_URL=server.base_url,
            GENFLOW_MODEL="scripted-1",
            OPENAI_API_KEY=KEY,
            GENFLOW_RECORDING="record",
            GENFLOW_RECORDINGS=str(recordings),
        )
        calls = [request for request in server.log() if request["method"] == "POST"]
    check_against_a_careful_clerk(live)
    assert len(calls) > 100
    # The server invents an order number for ENQ-1006 and gives it up when it is told so; see office_rules.yaml.
    asked_twice = [step["exchanges"] for step in steps_in(live) if len(step["exchanges"]) > 1]
    assert [
        ["GF-20404" in str(exchange["completion"]) for exchange in exchanges] for exchanges in asked_twice
    ] == [[True, False]]
    for file in [*live.rglob("*"), *recordings.rglob("*")]:
        if file.is_file():
            assert KEY not in file.read_text("utf-8", errors="replace"), file.name

    # The server is gone. Nothing but the recording is told to the second run.
    run_robot(SUITE, replayed, GENFLOW_RECORDING="replay", GENFLOW_RECORDINGS=str(recordings))
    check_against_a_careful_clerk(replayed)
    assert all(
        exchange["completion"]["from_recording"]
        for step in steps_in(replayed)
        for exchange in step["exchanges"]
    )

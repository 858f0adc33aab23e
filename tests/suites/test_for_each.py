"""Generate For Each in a robot process against the scripted server: ended in every way, and gone on with."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from robot.api import ExecutionResult

from tests.servers.running import RunningServer, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.suite

SUITE = """
*** Settings ***
Library    GenFlowLibrary    timeout=20 s
*** Tasks ***
All Rows
    [Timeout]    %{FOR_EACH_TIMEOUT=1 minute}
    ${done} =    Generate For Each    ${CURDIR}/rows.csv    Thank the customer.
    ...    output=${CURDIR}/answers.csv    concurrency=4
    Should Be Equal As Integers    ${done.rows}    40
    Should Be Equal As Integers    ${done.failed}    0
    Log    before: ${done.from_before}
"""


@pytest.fixture
def server() -> Iterator[RunningServer]:
    with running_server() as server:
        server.script({"answer": "Thank you.", "delay": 0.1})
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "each.robot").write_text(SUITE, "utf-8")
    rows = "\n".join(f"{number},Customer {number:03}" for number in range(1, 41))
    (tmp_path / "rows.csv").write_text(f"number,customer\n{rows}\n", "utf-8")
    return tmp_path


@contextmanager
def started_robot(folder: Path, server: RunningServer, **more: str) -> Iterator[subprocess.Popen[str]]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("GENFLOW_", "OPENAI_"))
    }
    command = [sys.executable, "-m", "robot", "--outputdir", str(folder / "out"), str(folder / "each.robot")]
    with subprocess.Popen(
        command,
        env={**clean, "GENFLOW_BASE_URL": server.base_url, "GENFLOW_MODEL": "m", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as robot:
        yield robot


def asked(server: RunningServer) -> Counter[str]:
    """Returns how often each customer was asked about."""
    said = [str(entry["body"]["messages"]) for entry in server.log()]
    return Counter(text[text.index("Customer ") :][:12] for text in said)


def finish(folder: Path, server: RunningServer) -> Any:
    with started_robot(folder, server) as robot:
        printed, _ = robot.communicate(timeout=60)
    assert robot.returncode == 0, printed
    with (folder / "answers.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["number"] for line in lines] == [str(number) for number in range(1, 41)]
    assert {line["answer"] for line in lines} == {"Thank you."}
    return ExecutionResult(folder / "out" / "output.xml").suite.tests[0]


def wait_for_requests(server: RunningServer, count: int) -> None:
    end = time.monotonic() + 30
    while len(server.log()) < count:
        assert time.monotonic() < end, "The robot asked too little within 30 s."
        time.sleep(0.02)


def test_all_rows_are_answered_and_the_log_says_how_it_went(folder: Path, server: RunningServer) -> None:
    finish(folder, server)
    assert sum(asked(server).values()) == 40
    log = (folder / "out" / "output.xml").read_text("utf-8")
    assert "40 of 40 rows answered, 0 failed" in log
    assert log.count("Customer 007") <= 1, "rows are in the trace, not in the log"
    assert (folder / "out" / "genflow-trace.jsonl").read_text("utf-8").count("\n") == 41


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_an_ended_batch_goes_on_and_pays_no_answered_row_twice(
    folder: Path, server: RunningServer, ending: signal.Signals
) -> None:
    with started_robot(folder, server) as robot:
        wait_for_requests(server, 14)
        robot.send_signal(ending)
        robot.communicate(timeout=30)
    before = asked(server)
    assert 14 <= len(before) < 40
    finish(folder, server)
    again = [customer for customer, count in asked(server).items() if count > 1]
    # Of the four that were under way nobody knows whether they came through; each other is paid for once.
    assert len(again) <= 4
    assert len(asked(server)) == 40


def test_a_keyword_timeout_gets_through_and_the_next_run_goes_on(folder: Path, server: RunningServer) -> None:
    # A first run imports what takes seconds; its rows are from before then.
    with started_robot(folder, server, FOR_EACH_TIMEOUT="3.5 s", GENFLOW_MAX_CALLS="1") as robot:
        robot.communicate(timeout=30)
    server.script({"answer": "Thank you.", "delay": 5})
    with started_robot(folder, server, FOR_EACH_TIMEOUT="4 s") as robot:
        robot.communicate(timeout=30)
    task = ExecutionResult(folder / "out" / "output.xml").suite.tests[0]
    assert "timeout 4 seconds exceeded" in task.message
    assert task.elapsed_time.total_seconds() < 4.6
    server.script({"answer": "Thank you.", "delay": 0.05})
    finish(folder, server)


def test_a_rate_limit_slows_the_batch_down_and_fails_no_row(folder: Path) -> None:
    with running_server("--rate", "10") as server:
        server.script({"answer": "Thank you."})
        finish(folder, server)
        counts = server.counts()
    assert counts["passed"] == 40
    assert counts["refused"] <= 10

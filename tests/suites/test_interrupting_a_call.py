"""Robot Framework's timeouts and Ctrl-C get through a model call at once, whatever the server does, in a robot process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from robot.api import ExecutionResult

from tests.servers.running import FaultServer, fault_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.suite

HELD_UP = [
    pytest.param({"answer": "late", "silent": "request"}, id="no answer"),
    pytest.param({"answer": "late", "silent": "body"}, id="half an answer"),
    pytest.param({"answer": "slow", "drip": 0.05}, id="a dripping answer"),
    pytest.param(
        {"status": 503, "text": "down", "headers": {"Retry-After": "40"}}, id="a wait between attempts"
    ),
]
TIMED = """
*** Settings ***
Library    GenFlowLibrary    timeout=1 minute
*** Tasks ***
Import The Client
    Run Keyword And Expect Error    *no model is served*    Complete Prompt    Hello?
Ask In A Hurry
    Hurry
Ask Again
    ${answer} =    Complete Prompt    And now?
    Should Be Equal    ${answer}    Hello!

*** Keywords ***
Hurry
    [Timeout]    0.7 s
    Complete Prompt    Hello?
"""
WAITING = """
*** Settings ***
Library    GenFlowLibrary    timeout=1 minute
*** Tasks ***
Ask
    Complete Prompt    Hello?
Never Reached
    Complete Prompt    Hello?
"""


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with fault_server() as server:
        yield server


@contextmanager
def started_robot(suite: str, folder: Path, server: FaultServer) -> Iterator[subprocess.Popen[str]]:
    """Starts Robot Framework on a suite that asks a server."""
    file = folder / "ask.robot"
    file.write_text(suite, "utf-8")
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("GENFLOW_", "OPENAI_"))
    }
    with subprocess.Popen(
        [sys.executable, "-m", "robot", "--outputdir", str(folder / "out"), str(file)],
        env={**clean, "GENFLOW_BASE_URL": server.base_url, "GENFLOW_MODEL": "m"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as robot:
        yield robot


@pytest.mark.parametrize("fault", HELD_UP)
def test_a_keyword_timeout_ends_the_call_and_the_next_one_works(
    server: FaultServer, tmp_path: Path, fault: dict[str, object]
) -> None:
    server.script({"status": 404, "text": ""}, fault, {"answer": "Hello!"})
    with started_robot(TIMED, tmp_path, server) as robot:
        robot.communicate(timeout=60)
    first, hurried, last = ExecutionResult(tmp_path / "out" / "output.xml").suite.tests
    assert first.passed
    assert hurried.message == "Keyword timeout 700 milliseconds exceeded."
    assert 0.7 <= hurried.elapsed_time.total_seconds() < 1.2
    assert last.passed, last.message
    assert len(server.log()) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal for another process's Ctrl-C alone")
@pytest.mark.parametrize("fault", HELD_UP)
def test_ctrl_c_ends_the_call_and_the_run_says_so(
    server: FaultServer, tmp_path: Path, fault: dict[str, object]
) -> None:
    server.script(fault)
    with started_robot(WAITING, tmp_path, server) as robot:
        _wait_for_a_request(server)
        started = time.monotonic()
        robot.send_signal(signal.SIGINT)
        printed, _ = robot.communicate(timeout=30)
        took = time.monotonic() - started

    assert "Execution terminated by signal" in printed
    assert "Traceback" not in printed
    # Most of it is Robot Framework writing its log; the call itself ends within a tenth of a second.
    assert took < 15
    tests = ExecutionResult(tmp_path / "out" / "output.xml").suite.tests
    assert [test.status for test in tests] == ["FAIL", "FAIL"]
    assert len(server.log()) == 1


def _wait_for_a_request(server: FaultServer) -> None:
    end = time.monotonic() + 30
    while not server.log():
        assert time.monotonic() < end, "Robot Framework asked nothing within 30 s."
        time.sleep(0.02)
    time.sleep(0.2)

"""Settings in real runs: how long `Set Engine` holds, and what a wrong one does to a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from robot.api import ExecutionResult

from tests.servers.running import running_server
from tests.suites.running import run_robot

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.suite

NOBODY = "http://127.0.0.1:9/v1"
ASKS = """
*** Settings ***
Library    GenFlowLibrary
*** Tasks ***
Ask
    Run Keyword And Expect Error    Expected a completion from {address},*    Classify Text    late parcel    a=parcel    b=bill
"""


def test_set_engine_in_the_setup_of_a_folder_holds_for_all_its_suites(tmp_path: Path) -> None:
    folder = tmp_path / "tasks"
    folder.mkdir()
    (folder / "__init__.robot").write_text(
        "*** Settings ***\nLibrary    GenFlowLibrary\n"
        f"Suite Setup    Set Engine    openai    base_url={NOBODY}    model=m    timeout=1 s\n"
    )
    (folder / "1.robot").write_text(ASKS.format(address=NOBODY))
    (folder / "2.robot").write_text(
        ASKS.format(address="http://127.0.0.1:8/v1")
        + "*** Settings ***\nSuite Setup    Set Engine    base_url=http://127.0.0.1:8/v1\n"
    )
    (folder / "3.robot").write_text(ASKS.format(address=NOBODY))
    assert "3 passed" in run_robot(folder, tmp_path / "out", "--rpa")


def test_a_wrong_library_argument_is_one_sentence_and_the_other_suites_run(tmp_path: Path) -> None:
    for name, argument, expected in (
        (
            "wrong",
            "max_calls=many",
            "Expected max_calls to be a whole number, but library argument sets it to 'many';*",
        ),
        ("right", "max_calls=3", "Expected the text to classify to hold a text*"),
    ):
        (tmp_path / f"{name}.robot").write_text(
            f"*** Settings ***\nLibrary    GenFlowLibrary    engine=embedded    {argument}\n*** Tasks ***\nAsk\n"
            f"    Run Keyword And Expect Error    {expected}    Classify Text    ${{EMPTY}}    a    b\n"
        )
    printed = run_robot(tmp_path, tmp_path / "out", "--rpa")
    assert "2 passed" in printed
    assert "Traceback" not in printed


def test_half_a_character_from_a_model_leaves_the_output_whole(tmp_path: Path) -> None:
    body = r'{"model": "m\u001b[31m", "choices": [{"message": {"content": "Dear \ud83d Ada"}, "finish_reason": "stop"}]}'
    (tmp_path / "write.robot").write_text(
        "*** Settings ***\nLibrary    GenFlowLibrary\n*** Tasks ***\nWrite\n"
        "    ${text} =    Generate Text    Write.\n    Should Be Equal    ${text}    Dear \\ufffd Ada\n"
    )
    with running_server() as server:
        server.script({"status": 200, "body": body, "headers": {"Content-Type": "application/json"}})
        run_robot(
            tmp_path / "write.robot", tmp_path / "out", GENFLOW_BASE_URL=server.base_url, GENFLOW_MODEL="m"
        )
    assert ExecutionResult(tmp_path / "out" / "output.xml").suite.passed

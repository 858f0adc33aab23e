"""Complete Prompt through each endpoint of a server, in a robot process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers.running import running_server
from tests.suites.running import run_robot

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.suite

SUITE = """
*** Settings ***
Library    GenFlowLibrary    api=${API}
Library    Collections
*** Tasks ***
One Text
    ${text} =    Complete Prompt    Say hello.    temperature=0.5    top_p=0.9    max_tokens=20
    Should Be Equal    ${text}    Hello!
Several Texts
    Skip If    '${API}' == 'responses'    Its endpoint gives one.
    ${texts} =    Complete Prompt    Say hello.    n=3    stop=END    model=m-2
    ${expected} =    Create List    Hello!    Hello!    Hello!
    Lists Should Be Equal    ${texts}    ${expected}
Several Texts Where There Is One
    Skip If    '${API}' != 'responses'    The others give several.
    Run Keyword And Expect Error
    ...    Expected parameters that api=responses has, but n is set, which it lacks; leave out n, or set api=chat.
    ...    Complete Prompt    Say hello.    n=3
A Choice
    ${category} =    Classify Text    My kettle is broken.    delivery=where a parcel is    complaint=broken
    Should Be Equal    ${category.category}    complaint
Another Endpoint
    Set Engine    api=chat
    ${text} =    Complete Prompt    Say hello.
    Should Be Equal    ${text}    Hello!
"""
RULES = (
    {"when": ["kettle"], "answer": {"reason": "It is broken.", "choice": 2}},
    {"when": ["Say hello."], "answer": "Hello!"},
)


@pytest.mark.parametrize(
    ("api", "path"),
    [("chat", "/chat/completions"), ("responses", "/responses"), ("completions", "/completions")],
)
def test_prompts_are_completed_through_the_endpoint_that_is_set(tmp_path: Path, api: str, path: str) -> None:
    (tmp_path / "ask.robot").write_text(SUITE, "utf-8")
    with running_server() as server:
        server.rules(*RULES)
        run_robot(
            tmp_path / "ask.robot",
            tmp_path / "out",
            "--variable",
            f"API:{api}",
            GENFLOW_BASE_URL=server.base_url,
            GENFLOW_MODEL="m-1",
        )
        paths = [request["path"] for request in server.log()]
    assert set(paths[:-1]) == {f"/v1{path}"}
    assert paths[-1] == "/v1/chat/completions"


def test_an_endpoint_that_nobody_has_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "ask.robot").write_text(
        "*** Settings ***\nLibrary    GenFlowLibrary    api=telepathy\n*** Tasks ***\nAsk\n"
        "    Run Keyword And Expect Error    Expected api to be one of chat, responses, completions, but library argument "
        "sets it to 'telepathy'; choose one of them.    Complete Prompt    Hello?\n",
        "utf-8",
    )
    assert "1 passed" in run_robot(tmp_path / "ask.robot", tmp_path / "out", "--rpa")

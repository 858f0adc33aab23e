"""One key, planted at every place it can come from and echoed in every form; it must stand nowhere in what a run leaves."""

from __future__ import annotations

import base64
import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from tests.servers.running import RunningServer, running_server
from tests.suites.running import run_robot

HERE = Path(__file__).parent
PLANTED = 'zebra+Quartz/42&<"x">'
FORMS = {
    "raw": PLANTED,
    "url": quote(PLANTED, safe=""),
    "url path": quote(PLANTED),
    "form": quote_plus(PLANTED),
    "url lower case": re.sub("%..", lambda found: found.group().lower(), quote(PLANTED, safe="")),
    "html": html.escape(PLANTED),
    "json": json.dumps(PLANTED)[1:-1],
    **{
        f"base64 after {shift} bytes": base64.b64encode(b"user:"[:shift] + PLANTED.encode()).decode()
        for shift in range(4)
    },
    "base64 within": base64.b64encode(f"robot:{PLANTED} and more".encode()).decode(),
    "base64 for addresses": base64.urlsafe_b64encode(PLANTED.encode()).decode(),
}
# What is in every base64 of the key, whatever stands before and behind it, and telling pieces of the other forms.
PIECES = (
    *(
        base64.b64encode(b"\0" * shift + PLANTED.encode()).decode()[
            -(-8 * shift // 6) : 8 * (shift + len(PLANTED)) // 6
        ]
        for shift in range(3)
    ),
    *("zebra+Quartz", "zebra%2BQuartz", "zebra%2bQuartz", "Quartz/42", "Quartz%2F42"),
)

pytestmark = pytest.mark.suite


def everything_said() -> list[dict[str, Any]]:
    """The server's replies in the order of the suite: the key in each form as text, in an answer, in a refusal, in a page."""
    replies: list[dict[str, Any]] = []
    for form in FORMS.values():
        replies += [
            {"answer": f"It is {form} they say"},
            {"answer": {"reason": f"It is {form} they say", "choice": 1}},
            {"status": 400, "body": {"error": {"message": f"Bad request with {form} in it", "code": form}}},
            {"html": f"<html><title>{form}</title>{form}</html>"},
            {"echo_key": True},
        ]
    return replies


def assert_nowhere(folder: Path, printed: str) -> None:
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != ".env"]
    assert len(files) > 3
    for place, content in (
        ("console", printed),
        *((str(file), file.read_text("utf-8", "replace")) for file in files),
    ):
        # A file may escape once more what was escaped already.
        for shown in (
            content,
            content.replace("\\\\", "\\"),
            content.replace('\\"', '"'),
            html.unescape(content),
        ):
            found = [piece for piece in (*FORMS.values(), *PIECES) if piece in shown]
            assert not found, (place, found)


def run(suite: str, folder: Path, server: RunningServer, *options: str, **environment: str) -> str:
    return run_robot(
        HERE / f"{suite}.robot",
        folder / "out",
        *("--loglevel", "TRACE", "--debugfile", "debug.txt", "--xunit", "xunit.xml", *options),
        cwd=folder,
        PYTHONPATH=str(HERE.parents[1]),
        **{
            "GENFLOW_BASE_URL": server.base_url,
            "GENFLOW_MODEL": "m",
            "GENFLOW_RECORDING": "auto",
            "GENFLOW_RECORDINGS": str(folder / "recordings"),
            **environment,
        },
    )


@pytest.mark.parametrize("output", ["output.xml", "output.json"])
@pytest.mark.parametrize("source", ["environment", "dotenv", "openai variable"])
def test_a_key_that_a_server_echoes_is_nowhere(tmp_path: Path, source: str, output: str) -> None:
    environment = {"environment": "GENFLOW_API_KEY", "openai variable": "OPENAI_API_KEY"}
    given = {environment[source]: PLANTED} if source in environment else {}
    if source == "dotenv":
        (tmp_path / ".env").write_text(f"GENFLOW_API_KEY='{PLANTED}'\n", "utf-8")
    with running_server("--key", PLANTED) as server:
        server.script(*everything_said())
        printed = run(
            "secrets_of_engines",
            tmp_path,
            server,
            "--output",
            output,
            "--variable",
            f"FORMS:{len(FORMS)}",
            **given,
        )
        asked = [seen for seen in server.log() if seen["method"] == "POST"]
        assert len(asked) == 5 * len(FORMS)
        assert {seen["headers"]["authorization"] for seen in asked} == {f"Bearer {PLANTED}"}
    left = {file.name for file in tmp_path.rglob("*")}
    assert {
        output,
        "log.html",
        "debug.txt",
        "xunit.xml",
        "genflow-trace.jsonl",
        "secrets_of_engines.jsonl",
    } <= left
    assert_nowhere(tmp_path, printed)


def test_a_key_that_the_suite_passes_on_is_nowhere(tmp_path: Path) -> None:
    with running_server("--key", PLANTED) as server:
        server.script({"answer": f"It is {PLANTED} they say"}, {"echo_key": True})
        printed = run("secrets_given", tmp_path, server, PLANTED=PLANTED)
    assert_nowhere(tmp_path, printed)


BACKEND = """
import os
from keyring.backend import KeyringBackend

class Planted(KeyringBackend):
    priority = 1
    def get_password(self, service, name):
        with open("asked.txt", "a") as file:
            file.write(f"{service} {name}\\n")
        return os.environ["PLANTED"] if (service, name) == ("openai/eu", "robot") else None
    def set_password(self, service, name, password): ...
    def delete_password(self, service, name): ...
"""


def test_a_key_in_the_keyring_is_read_once_used_and_nowhere(tmp_path: Path) -> None:
    (tmp_path / "planted_backend.py").write_text(BACKEND, "utf-8")
    with running_server("--key", PLANTED) as server:
        server.script(*everything_said()[:5])
        printed = run(
            "secrets_of_engines",
            tmp_path,
            server,
            "--pythonpath",
            str(tmp_path),
            GENFLOW_API_KEY="keyring:openai/eu/robot",
            PYTHON_KEYRING_BACKEND="planted_backend.Planted",
            PLANTED=PLANTED,
        )
        assert server.log()[0]["headers"]["authorization"] == f"Bearer {PLANTED}"
    assert (tmp_path / "asked.txt").read_text("utf-8") == "openai/eu robot\n"
    assert_nowhere(tmp_path, printed)


def test_the_keyring_is_not_asked_by_a_dry_run_nor_for_the_embedded_engine(tmp_path: Path) -> None:
    (tmp_path / "planted_backend.py").write_text(BACKEND, "utf-8")
    (tmp_path / "t.robot").write_text(
        "*** Settings ***\nLibrary    GenFlowLibrary    engine=embedded\n*** Tasks ***\nT\n"
        "    ${kind} =    Classify Text    my parcel is late    a=parcel, late    b=bill, invoice\n",
        "utf-8",
    )
    for options in (("--dryrun",), ()):
        run_robot(
            tmp_path / "t.robot",
            tmp_path / "out",
            *options,
            cwd=tmp_path,
            GENFLOW_API_KEY="keyring:a/b",
            PYTHON_KEYRING_BACKEND="planted_backend.Planted",
            PYTHONPATH=str(tmp_path),
            PLANTED=PLANTED,
        )
    assert not (tmp_path / "asked.txt").exists()

"""Every row of tests/servers/faults.yaml, on a real server process: what comes out, how many requests it took, how long."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from GenFlowLibrary.core import errors
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.record import StepRecord
from tests.servers.running import FaultServer, fault_server

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVERS = Path(__file__).parents[3] / "servers"
ROWS: list[dict[str, Any]] = yaml.safe_load((SERVERS / "faults.yaml").read_text("utf-8"))
APIS = ["chat", "responses", "completions"]
WITHIN = 1.0
SLACK = 5.0  # seconds for a busy machine; what hangs hangs for longer
LONG = {"{megabyte}": "x" * 2**20, "{digits}": "7" * 5000}
CASES = [pytest.param(row, api, id=f"{row['fault']}-{api}") for row in ROWS for api in row.get("api", APIS)]


@pytest.fixture(scope="session")
def plain_server() -> Iterator[FaultServer]:
    with fault_server() as server:
        yield server


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a private authority (ca.pem) and a certificate for 127.0.0.1 that it signed (server.pem, server.key)."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there to make certificates with")
    folder = tmp_path_factory.mktemp("tls")
    new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=IP:127.0.0.1"]
    for command in (
        [*new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Private authority"],
        [*new, "-keyout", "server.key", "-out", "server.pem", "-subj", "/CN=127.0.0.1", *signed],
    ):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def tls_server(authority: Path) -> Iterator[FaultServer]:
    with fault_server(certificate=authority / "server.pem", key=authority / "server.key") as server:
        yield server


class Case:
    """A row with its server, ready to be asked."""

    def __init__(self, row: dict[str, Any], server: FaultServer, names: dict[str, str]) -> None:
        self.row = row
        self.server = server
        self.names = {**names, "{root}": server.root, "{tls_root}": server.root.replace("http:", "https:")}
        server.script(*(self._filled(reply) for reply in row["server"]))

    @property
    def base_url(self) -> str:
        return self.filled(self.row.get("base_url", self.server.base_url))

    def filled(self, text: str) -> str:
        for name, value in {**self.names, **LONG}.items():
            text = text.replace(name, value)
        return text

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner) for inner in value]
        return self.filled(value) if isinstance(value, str) else value

    def prompt(self, answer_type: Any) -> Prompt:
        return Prompt(
            name="test",
            version="1",
            digest="0",
            ability="generate",
            messages=(Message("system", "Be brief."), Message("user", "Say hello.")),
            inputs={},
            answer_type=answer_type if self.row.get("schema") else None,
            parameters=Parameters(**self.row.get("prompt", {})),
            stream=self.row.get("stream", False),
        )


@pytest.fixture
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The row of a test, its script laid before its server, and its environment set."""
    row = request.getfixturevalue("row")
    names = {"{ca}": str(request.getfixturevalue("authority") / "ca.pem")} if row.get("tls") else {}
    case = Case(row, request.getfixturevalue("tls_server" if row.get("tls") else "plain_server"), names)
    for name, value in row.get("environment", {}).items():
        monkeypatch.setenv(name, case.filled(value))
    return case


@pytest.mark.parametrize(("row", "api"), CASES)
def test_a_fault_ends_in_a_typed_answer_or_a_typed_error(
    row, api, case: Case, make_engine, choice_type, key
) -> None:
    engine = make_engine(case.base_url, api=api, **row.get("settings", {}))
    gateway = Gateway(budget=Budget(), secrets=Secrets(), engine=engine, timeout=row.get("deadline", 5))
    record = StepRecord("test")
    told = None
    started = time.monotonic()
    try:
        kind, said = "answer", gateway.ask(case.prompt(choice_type), record).completion.text
    except errors.GenFlowError as error:
        kind, said = _kind(error), str(error)
        told = getattr(error, "attempts", None)
    took = time.monotonic() - started

    assert (kind, said) == (row["ends"], said)
    if kind == "answer":
        assert said == row["says"]
    else:
        assert re.search(_sentence(row, case.base_url), said), said
        assert key not in said
        assert "\n" not in said
    assert len(case.server.log()) == row["requests"]
    assert told in (None, row.get("attempts", row["requests"]))
    assert took < row.get("within", WITHIN) + SLACK
    if "waits" in row:
        waited = zip(engine.slept, row["waits"], strict=True)
        assert all(least <= slept <= most for slept, (least, most) in waited)


def _kind(error: errors.GenFlowError) -> str:
    """Returns the name of an error in the error tree."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == errors.__name__)


def _sentence(row: dict[str, Any], address: str) -> str:
    by_the_server = row["ends"].startswith("Engine") and not row["says"].startswith("with ")
    start = f"^Expected a completion from {re.escape(address)}, but " if by_the_server else ""
    # A busy machine has taken a little of the time already when the engine gets it.
    return start + re.sub(r"[\d.]+ s allowed", r"[\\d.]+ s allowed", row["says"])


def test_the_table_is_as_long_as_it_should_be_and_every_row_is_one_fault() -> None:
    assert len({row["fault"] for row in ROWS}) == len(ROWS) >= 45

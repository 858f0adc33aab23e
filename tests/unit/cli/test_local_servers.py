"""Finding model servers on this machine: who answers, who does not, and what is printed."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from GenFlowLibrary.cli import local_servers
from GenFlowLibrary.cli.local_servers import USUAL, LocalServer, Usual, find_local_servers
from GenFlowLibrary.cli.main import main
from tests.servers.running import running_server


@contextmanager
def serving(
    body: Any, status: int = 200, delay: float = 0.0, **headers: str
) -> Iterator[tuple[int, list[Any]]]:
    """A server in a thread: its port, and the requests it saw."""
    seen: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.path, dict(self.headers)))
            time.sleep(delay)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1], seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def models(*names: str, owner: str = "me") -> dict[str, Any]:
    return {"object": "list", "data": [{"id": name, "object": "model", "owned_by": owner} for name in names]}


def test_the_usual_ports_are_those_of_the_servers_manuals() -> None:
    assert {usual.name: usual.port for usual in USUAL} == {
        "Ollama": 11434,
        "LM Studio": 1234,
        "llama.cpp": 8080,
        "vLLM": 8000,
    }


def test_a_server_is_found_with_its_models_and_the_settings_that_use_it() -> None:
    with serving(models("qwen3:8b", "llama3.2:1b")) as (port, seen):
        (server,) = find_local_servers([Usual("Ollama", port)])
    assert server == LocalServer("Ollama", f"http://127.0.0.1:{port}/v1", ("qwen3:8b", "llama3.2:1b"))
    assert server.settings == (f"GENFLOW_BASE_URL=http://127.0.0.1:{port}/v1", "GENFLOW_MODEL=qwen3:8b")
    assert server.found == f"listens at http://127.0.0.1:{port}/v1 with qwen3:8b, llama3.2:1b"
    assert [path for path, _ in seen] == ["/v1/models"]
    assert "authorization" not in {name.lower() for name in seen[0][1]}


def test_a_server_says_itself_who_it_is() -> None:
    with serving(models("m", owner="vllm")) as (port, _):
        assert find_local_servers([Usual("llama.cpp", port)])[0].name == "vLLM"


def test_a_server_without_a_model_says_so() -> None:
    with serving({"object": "list", "data": None}) as (port, _):
        (server,) = find_local_servers([Usual("Ollama", port)])
    assert "no model loaded" in server.found
    assert server.settings[1] == "GENFLOW_MODEL=NAME_OF_A_MODEL"


def test_many_models_are_not_all_shown() -> None:
    server = LocalServer("Ollama", "http://127.0.0.1:1/v1", tuple(f"m{number}" for number in range(8)))
    assert server.found.endswith("m4 and 3 more")


@pytest.mark.parametrize(
    "body",
    [
        b"<html>the practice office</html>",
        b"",
        b"[" * 100_000,
        b"\xff\xfe",
        [],
        {"object": "list", "data": "x"},
        {"data": []},
    ],
)
def test_another_application_on_the_port_is_none(body: Any) -> None:
    with serving(body) as (port, _):
        assert find_local_servers([Usual("llama.cpp", port)]) == []


def test_neither_refusals_nor_redirects_nor_closed_ports_are_servers() -> None:
    with serving(models("m")) as (elsewhere, seen), serving({}, 401) as (refusing, _):
        with serving({}, 302, Location=f"http://127.0.0.1:{elsewhere}/v1/models") as (redirecting, _):
            places = [Usual("a", refusing), Usual("b", redirecting), Usual("c", 9)]
            assert find_local_servers(places) == []
        assert seen == []


def test_silent_servers_are_waited_for_together_and_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_servers, "_SECONDS", 0.3)
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
    began = time.monotonic()
    assert find_local_servers([Usual("silent", one.getsockname()[1]) for one in listening]) == []
    assert time.monotonic() - began < 5
    for one in listening:
        one.close()


def test_the_doctor_prints_the_settings_of_a_real_process(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("GENFLOW_ENGINE", "GENFLOW_BASE_URL", "GENFLOW_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    with running_server() as server:
        port = int(server.base_url.rpartition(":")[2].partition("/")[0])
        monkeypatch.setattr(local_servers, "USUAL", (Usual("LM Studio", port),))
        assert main(["doctor", "--no-browser"]) == 0
        printed = capsys.readouterr().out
        monkeypatch.setenv("GENFLOW_BASE_URL", server.base_url.replace("127.0.0.1", "localhost"))
        monkeypatch.setenv("GENFLOW_MODEL", "scripted-1")
        main(["doctor", "--no-browser"])
        used = capsys.readouterr().out
    assert f"GENFLOW_BASE_URL={server.base_url}\n         GENFLOW_MODEL=scripted-1\n" in printed
    assert "(in use)" in used
    assert "To use it" not in used

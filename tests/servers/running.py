"""Running the scripted server and the fault server as processes, from tests and benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAM = Path(__file__).with_name("openai_server.py")
_FAULTS = Path(__file__).with_name("fault_server.py")
_START_SECONDS = 15.0
# Loopback is never behind a proxy, whatever the environment says.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class RunningServer:
    """A server process that listens. ``base_url`` is what the settings want."""

    base_url: str

    def script(self, *replies: dict[str, Any]) -> None:
        """Makes the server reply so to the next requests, and forget those it has seen."""
        self._post("/__script", list(replies))

    def rules(self, *rules: dict[str, Any]) -> None:
        """Makes the server answer by rules, and forget the requests it has seen."""
        self._post("/__rules", list(rules))

    def log(self) -> list[dict[str, Any]]:
        """Returns the requests seen: method, path, headers (names in lower case), body."""
        with _opener.open(self._root + "/__log", timeout=5) as response:
            seen: list[dict[str, Any]] = json.load(response)
        return seen

    def counts(self) -> dict[str, int]:
        """Returns how many completions were let through and refused (see ``--rate``)."""
        with _opener.open(self._root + "/__counts", timeout=5) as response:
            counts: dict[str, int] = json.load(response)
        return counts

    @property
    def _root(self) -> str:
        return self.base_url.removesuffix("/v1")

    def _post(self, path: str, data: Any) -> None:
        request = urllib.request.Request(self._root + path, json.dumps(data).encode(), method="POST")
        with _opener.open(request, timeout=5):
            pass


@contextmanager
def running_server(*arguments: str) -> Iterator[RunningServer]:
    """Starts the server with command line arguments (see its module's docstring), and ends it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready"
        command = [sys.executable, str(_PROGRAM), "--ready-file", str(ready), *arguments]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        try:
            yield RunningServer(_address(process, ready))
        finally:
            process.terminate()
            process.wait(5)


@dataclass(frozen=True)
class FaultServer:
    """A fault server process that listens. ``root`` is its address without a path, ``base_url`` what the settings want."""

    root: str
    process: subprocess.Popen[str]

    @property
    def base_url(self) -> str:
        """The address of the API."""
        return f"{self.root}/v1"

    def script(self, *replies: dict[str, Any]) -> None:
        """Makes the server reply so to the next requests, and forget those it has seen."""
        self._order({"script": list(replies)})

    def log(self) -> list[dict[str, Any]]:
        """Returns the requests seen: method, target, headers (names in lower case), body."""
        seen: list[dict[str, Any]] = self._order({"log": True})
        return seen

    def _order(self, order: dict[str, Any]) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def fault_server(*, certificate: Path | None = None, key: Path | None = None) -> Iterator[FaultServer]:
    """Starts a fault server (see its module's docstring), with TLS where it is given a certificate, and ends it afterwards."""
    tls = ["--tls", str(certificate), str(key)] if certificate else []
    command = [sys.executable, str(_FAULTS), *tls]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = process.stdout.readline().strip()
        try:
            yield FaultServer(f"{'https' if certificate else 'http'}://127.0.0.1:{port}", process)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[bytes], ready: Path) -> str:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if ready.exists():
            return ready.read_text("utf-8")
        if process.poll() is not None:
            raise RuntimeError(
                f"The scripted server ended with exit code {process.returncode} before it listened."
            )
        time.sleep(0.01)
    raise TimeoutError(f"The scripted server did not listen within {_START_SECONDS} s.")

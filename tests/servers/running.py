"""Running the scripted server as a process, from tests and benchmarks."""

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

"""Browsers on "another machine": drivers as remote ends, and a Selenium Grid in small in front of one.

driver: a chromedriver or geckodriver that listens, which is all that ``Open Browser    remote_url=`` needs
small grid: passes every command on to a driver, but keeps the files it is sent in a folder of its own, as a node of a Grid does
"""

from __future__ import annotations

import base64
import http.client
import io
import json
import re
import subprocess
import tempfile
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTENS = re.compile(r"(?:successfully on port |Listening on 127\.0\.0\.1:)(\d+)")
_COMMAND_SECONDS = 60.0


@contextmanager
def running_driver(program: str) -> Iterator[str]:
    """Starts a chromedriver or geckodriver on a free port, gives its address, and ends it afterwards."""
    command = [program, "--port=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if found := _LISTENS.search(line):
                    break
            else:
                raise RuntimeError(f"Expected {program} to listen, but it said: {''.join(said)}")
            # Whatever it says later is read, or it would stand still when the pipe is full.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield f"http://127.0.0.1:{found[1]}"
        finally:
            process.terminate()
            process.wait(10)


class SmallGrid(ThreadingHTTPServer):
    """The server; ``files`` are those that it was sent."""

    daemon_threads = True

    def __init__(self, driver: str, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.driver = urlsplit(driver)
        self.folder = folder
        self.files: list[Path] = []

    @property
    def address(self) -> str:
        """What ``remote_url=`` takes."""
        return f"http://127.0.0.1:{self.server_port}"

    def keep(self, zipped: bytes) -> Path:
        """Unpacks the one file of an archive where the browser can read it."""
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            [name] = archive.namelist()
            kept = Path(archive.extract(name, tempfile.mkdtemp(dir=self.folder)))
        self.files.append(kept)
        return kept

    def pass_on(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Sends a command to the driver and returns its answer."""
        connection = http.client.HTTPConnection(
            self.driver.hostname or "", self.driver.port, timeout=_COMMAND_SECONDS
        )
        try:
            connection.request(
                method, path, body or None, {"Content-Type": "application/json; charset=utf-8"}
            )
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


class _Passing(BaseHTTPRequestHandler):
    server: SmallGrid

    def _command(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.endswith("/se/file"):
            kept = self.server.keep(base64.b64decode(json.loads(body)["file"]))
            status, answer = 200, json.dumps({"value": str(kept)}).encode()
        else:
            status, answer = self.server.pass_on(self.command, self.path, body)
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_DELETE = _command  # noqa: N815 - names of the standard library

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def small_grid(driver: str) -> Iterator[SmallGrid]:
    """Starts a small grid in front of the driver at an address, and ends it afterwards, with the files it was sent."""
    with tempfile.TemporaryDirectory() as folder, SmallGrid(driver, Path(folder)) as grid:
        threading.Thread(target=grid.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield grid
        finally:
            grid.shutdown()

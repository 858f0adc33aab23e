"""Running the freight office as a process of its own, and looking into its database from outside."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAM = Path(__file__).with_name("serve.py")
_START_SECONDS = 60.0


@dataclass(frozen=True)
class FreightOffice:
    """An office that is open: the ``address`` of its admin, and the ``folder`` with its database and what was uploaded."""

    address: str
    folder: Path

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Returns what the database holds."""
        with closing(sqlite3.connect(self.folder / "freight.sqlite3")) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query, values)]

    def column(self, query: str, *values: object) -> list[Any]:
        """Returns the only column of a query."""
        return [next(iter(row.values())) for row in self.rows(query, *values)]


@contextmanager
def freight_office(folder: Path, password: str, language: str = "en-gb") -> Iterator[FreightOffice]:
    """Opens an office with a new database in an empty folder, and closes it afterwards."""
    ready = folder / "ready"
    command = [sys.executable, str(_PROGRAM), "--folder", str(folder), "--ready-file", str(ready)]
    environment = {**os.environ, "FREIGHT_PASSWORD": password, "FREIGHT_LANGUAGE": language}
    with (folder / "office.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield FreightOffice(_address(process, ready, folder / "office.log"), folder)
        finally:
            process.terminate()
            process.wait(10)


def _address(process: subprocess.Popen[bytes], ready: Path, log: Path) -> str:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if ready.exists():
            return ready.read_text("utf-8")
        if process.poll() is not None:
            raise RuntimeError(f"The freight office did not open: {log.read_text('utf-8', errors='replace')}")
        time.sleep(0.05)
    raise TimeoutError(f"The freight office did not open within {_START_SECONDS} s.")

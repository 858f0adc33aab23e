"""JSON Lines files that several processes may append to, and the sink that writes the trace into one.

record -> plain, scrubbed data -> one line -> locked append
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.trace.plain import Scrub, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from GenFlowLibrary.trace.record import Exchange, StepRecord

FILE_NAME = "genflow-trace.jsonl"


class JsonlSink:
    """Appends each step record as one line to a file; prompts and completions are included, secrets are not.

    Lines of earlier runs stay, for other processes may be writing beside this one. A line is in the file when
    `write` returns.
    """

    def __init__(self, path: Path, scrub: Scrub) -> None:
        self.path = path
        self._scrub = scrub

    def write(self, record: StepRecord) -> None:
        """Appends a record.

        Raises:
            OSError: the file cannot be written.
        """
        append_line(self.path, as_data(record, self._scrub))

    def close(self) -> None:
        """Does nothing: the file is closed after each line."""


def as_data(record: StepRecord, scrub: Scrub) -> dict[str, Any]:
    """Returns a step record as plain, scrubbed data."""
    data = {name: getattr(record, name) for name in _FIELDS}
    data["exchanges"] = [_exchange(exchange) for exchange in record.exchanges]
    return dict(plain(data, scrub))


_FIELDS = (
    *("step", "suite", "task", "started", "seconds", "status", "error", "notes", "answer", "table"),
    *("usage", "spent", "budget", "from_recording"),
)


def _exchange(exchange: Exchange) -> dict[str, Any]:
    prompt = exchange.prompt
    return {
        "prompt": {
            "name": prompt.name,
            "version": prompt.version,
            "digest": prompt.digest,
            "ability": prompt.ability,
            "language": prompt.language,
            "messages": prompt.messages,
            "inputs": prompt.inputs,
            "draft": prompt.draft,
            "schema": prompt.schema,
            "parameters": prompt.parameters.given(),
        },
        "completion": exchange.completion,
        "recorded": exchange.recorded,
        "fault": exchange.fault,
    }


def append_line(path: Path, data: Any) -> None:
    """Appends plain data as one line of JSON, whole, also when several processes append to the same file.

    The line is written with one call to a file opened for appending (POSIX.1-2017, write: with O_APPEND no
    other write comes between finding the end and writing), under an exclusive lock, which network file
    systems and Windows need in addition. Where the file's last line was left torn by a process that died, the
    new line starts on a line of its own.

    Raises:
        OSError: the file cannot be created, locked or written.
    """
    # A lone surrogate cannot be written as UTF-8; `backslashreplace` writes it as \udXXX, which is what JSON
    # calls it.
    line = json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
    try:
        with locked(descriptor):
            if _ends_torn(descriptor):
                line = b"\n" + line
            while line:
                line = line[os.write(descriptor, line) :]
    finally:
        os.close(descriptor)


def _ends_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    if size == 0:
        return False
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"


if sys.platform == "win32":
    import msvcrt

    _LOCK_OFFSET = 1 << 40  # far behind the end, because Windows keeps readers off a locked byte

    @contextmanager
    def locked(descriptor: int, *, shared: bool = False) -> Iterator[None]:
        """Holds the lock on an open file; Windows knows no shared one."""
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _LOCK_OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        os.lseek(descriptor, place, os.SEEK_SET)
        try:
            yield
        finally:
            os.lseek(descriptor, _LOCK_OFFSET, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
            os.lseek(descriptor, place, os.SEEK_SET)
else:
    import fcntl

    @contextmanager
    def locked(descriptor: int, *, shared: bool = False) -> Iterator[None]:
        """Holds the lock on an open file; several may hold a shared one, nobody anything beside one that is not."""
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)

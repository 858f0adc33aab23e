"""The office as a process: listens on 127.0.0.1 only, says where, and ends cleanly when it is told to.

bind -> ready file and one line on the standard output -> serve -> SIGTERM or SIGINT -> ready file removed
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

HOST = "127.0.0.1"


class PortTakenError(Exception):
    """The port can't be used; the message is for the user."""


class _QuietHandler(WSGIRequestHandler):
    """Says nothing about single requests; errors are still printed."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def serve(app: Flask, port: int, ready_file: Path | None = None, *, verbose: bool = False) -> None:
    """Serve until SIGTERM or SIGINT comes; returns then.

    Args:
        app: the office.
        port: 0 picks a free one.
        ready_file: gets the URL as soon as the office listens, and is removed at the end.
        verbose: log every request on the standard error.

    Raises:
        PortTakenError: another program listens on the port.
    """
    if ready_file:
        ready_file.unlink(missing_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.INFO if verbose else logging.ERROR)
    with _listening(port) as listener:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        handler = WSGIRequestHandler if verbose else _QuietHandler
        server = make_server(
            HOST, listener.getsockname()[1], app, threaded=True, request_handler=handler, fd=listener.fileno()
        )
        # In a thread of its own, because a server can't be shut down from the thread in which it serves.
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        serving.start()
        try:
            _announce(f"http://{HOST}:{server.port}/", ready_file)
            # Waiting in slices lets Windows deliver Ctrl+C.
            while not stop.wait(0.5):
                pass
        finally:
            server.shutdown()
            serving.join()
            if ready_file:
                ready_file.unlink(missing_ok=True)


def _listening(port: int) -> socket.socket:
    """A listening socket; werkzeug's own would end the process with several lines where the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there it would let two servers share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTakenError(
            f"Expected port {port} of {HOST} to be free, but it can't be used ({error.strerror}); give"
            " another --port, or 0 for any free one."
        ) from error
    return listener


def _announce(url: str, ready_file: Path | None) -> None:
    if ready_file:
        # Written beside and moved: whoever waits for the file never reads half a URL.
        new = ready_file.with_name(ready_file.name + ".new")
        new.write_text(url + "\n", encoding="utf-8")
        new.replace(ready_file)
    print(f"Practice office: {url}", flush=True)

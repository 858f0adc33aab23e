"""A server that does wrong what a server can do wrong, byte by byte, as `faults.yaml` tells it.

    python tests/servers/fault_server.py [--tls CERTIFICATE KEY]

It is a process of its own on loopback and needs the standard library alone. It prints its port, then takes orders on its
standard input, one line of JSON each, and answers each with one on its standard output:

    {"script": [reply, ...]}     reply so to the next requests, the last one to all that follow, and forget what was seen
    {"log": true}                the requests seen since: method, target, headers (names in lower case), body

A reply says what the body is:

    answer: text or data         a good completion of the endpoint that was asked; what it may differ in is said in replies.py
    json | text | base64         this data, this text, these bytes
    deep: 100000                 so many opened brackets
    zeros: 20                    so many megabytes of zeros (with packed: gzip it is a small bomb)
    echo_key: true               an error that holds the key that was sent, with status 401 as some servers do

what is done to it:

    before: text                 stands in front of it
    replaced: [from, to]         in its text
    encoding: latin-1            utf-8 unless set
    cut: 40                      only so many bytes of it, and a length that fits
    packed: gzip | broken        Content-Encoding: gzip, and whether that is true

how it travels:

    status: 200, headers: {}     as HTTP says; the type is application/json unless set
    retry_at: 7, clock: 3600     Retry-After as the date in 7 s, on a clock that is 3600 s ahead
    version: "1.0"               HTTP/1.0 without a length: the end of the connection is the end of the body
    raw: text                    this instead of everything above
    reset | close | silent: request | headers | body
                                 the connection is reset, closed or left open in silence: instead of an answer, after the
                                 headers, in the middle of the body
    drip: 0.05                   one byte every so many seconds
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import gzip
import json
import socket
import ssl
import struct
import sys
import threading
import time
from email.utils import formatdate
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.servers.replies import render

MODEL = "faulty-1"
SILENCE = 60.0
TLS_HELLO = b"\x16"


class Script:
    """The replies to come and the requests seen. Shared by the threads of the connections."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._replies: list[dict[str, Any]] = [{"answer": "ok"}]
        self._seen: list[dict[str, Any]] = []

    def obey(self, order: dict[str, Any]) -> Any:
        """Follows an order from the standard input and returns the answer to it."""
        with self._lock:
            if "script" in order:
                self._replies, self._seen = list(order["script"]), []
                return True
            return list(self._seen)

    def next(self, request: dict[str, Any]) -> dict[str, Any]:
        """Notes a request and returns the reply to it."""
        with self._lock:
            self._seen.append(request)
            return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]


def read_request(stream: BinaryIO) -> dict[str, Any] | None:
    """Returns the next request of a connection, ``None`` where it ends or wants TLS instead."""
    first = stream.read(1)
    if first in (b"", TLS_HELLO):
        return None
    method, _, rest = (first + stream.readline()).decode("latin-1").strip().partition(" ")
    headers: dict[str, str] = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    content = stream.read(int(headers.get("content-length", 0)))
    body = json.loads(content) if content else {}
    return {"method": method, "target": rest.partition(" ")[0], "headers": headers, "body": body}


def make_body(reply: dict[str, Any], request: dict[str, Any]) -> bytes:
    """Returns the body of a reply before it is packed."""
    if "base64" in reply:
        return base64.b64decode(reply["base64"])
    if "deep" in reply:
        return b"[" * reply["deep"]
    if "zeros" in reply:
        return b"0" * (reply["zeros"] * 2**20)
    text = reply.get("before", "") + _text(reply, request)
    if "replaced" in reply:
        text = text.replace(*reply["replaced"])
    return text.encode(reply.get("encoding", "utf-8"))[: reply.get("cut")]


def _text(reply: dict[str, Any], request: dict[str, Any]) -> str:
    if "text" in reply:
        return str(reply["text"])
    if reply.get("echo_key"):
        key = request["headers"].get("authorization", "").removeprefix("Bearer ")
        error = {"message": f"Incorrect API key provided: {key}.", "code": "invalid_api_key"}
        return json.dumps({"error": error})
    if "json" in reply:
        return json.dumps(reply["json"])
    path = request["target"].partition("/v1")[2]
    return json.dumps(render(path, request["body"], reply, MODEL)) if "answer" in reply else ""


def make_head(reply: dict[str, Any], length: int) -> bytes:
    """Returns the head of a reply with a body of this length."""
    headers = {"Date": formatdate(time.time() + reply.get("clock", 0), usegmt=True)}
    headers["Content-Type"] = "application/json"
    if reply.get("version") != "1.0":
        headers["Content-Length"] = str(length)
    if "packed" in reply:
        headers["Content-Encoding"] = "gzip"
    if "retry_at" in reply:
        headers["Retry-After"] = formatdate(
            time.time() + reply.get("clock", 0) + reply["retry_at"], usegmt=True
        )
    headers.update(reply.get("headers", {}))
    status = reply.get("status", 401 if reply.get("echo_key") else 200)
    lines = [f"HTTP/{reply.get('version', '1.1')} {status} Scripted"]
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode()


def answer(connection: socket.socket, request: dict[str, Any], reply: dict[str, Any]) -> bool:
    """Sends a reply, and returns whether the connection goes on."""
    if "raw" in reply:
        connection.sendall(reply["raw"].encode("latin-1"))
        return False
    body = make_body(reply, request)
    if reply.get("packed") == "gzip":
        body = gzip.compress(body)
    head = make_head(reply, len(body))
    for deed in ("reset", "close", "silent"):
        if deed in reply:
            sent = {"request": b"", "headers": head, "body": head + body[: len(body) // 2]}[reply[deed]]
            connection.sendall(sent)
            _end(connection, deed)
            return False
    if "drip" in reply:
        for octet in head + body:
            connection.sendall(bytes([octet]))
            time.sleep(reply["drip"])
        return False
    connection.sendall(head + body)
    return reply.get("version") != "1.0"


def _end(connection: socket.socket, deed: str) -> None:
    if deed == "silent":
        connection.settimeout(SILENCE)
        connection.recv(1)  # until the other side has enough
    if deed == "reset":
        time.sleep(0.05)  # a reset overtakes data that was not read yet
        # Lingering for zero seconds makes the kernel send a reset instead of an orderly end.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def serve(connection: socket.socket, script: Script) -> None:
    """Serves one connection to its end. Clients that go away are part of the tests."""
    with contextlib.suppress(OSError), connection, connection.makefile("rb") as stream:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (request := read_request(stream)) is not None:
            if not answer(connection, request, script.next(request)):
                break
        else:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")  # lost on who said goodbye


def listen(listener: socket.socket, script: Script) -> None:
    """Serves each connection in a thread of its own."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # an SSLError among them, where the client does not trust the certificate
            continue
        threading.Thread(target=serve, args=(connection, script), daemon=True).start()


def main() -> None:
    """Runs the server until its standard input ends."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    options = parser.parse_args()
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    port = listener.getsockname()[1]
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
        listener = context.wrap_socket(listener, server_side=True)
    script = Script()
    threading.Thread(target=listen, args=(listener, script), daemon=True).start()
    print(port, flush=True)
    for order in sys.stdin:
        print(json.dumps(script.obey(json.loads(order))), flush=True)


if __name__ == "__main__":
    main()

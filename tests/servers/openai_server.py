"""A server that speaks the OpenAI protocol and says what it was told to: good answers by rules, faults by script.

    python tests/servers/openai_server.py --port 0 --ready-file FILE (--office | --rules FILE | --script FILE) [--key KEY]

It serves chat completions, responses and plain completions, is a process of its own on loopback, needs the standard
library alone (and PyYAML for files that are YAML), and writes its address, such as ``http://127.0.0.1:40123/v1``, into the
ready file once it listens.

Rules (answering mode) are a list; the first rule whose every text in ``when`` occurs in the request's messages
answers. ``schema`` may name the answer type that must be asked for as well; ``answer`` is text, or data that is sent
as JSON. Nothing matches: 500 with a message that shows the prompt.

    - when: ["broken on arrival", "Choose one of the categories"]
      schema: Choice
      answer: {reason: It says that the item is broken., choice: 2}

A script (fault mode) is a list of replies, one a request; the last one is repeated. A reply has one of

    answer: text or data            a good completion; what it may differ in is said in replies.py
    completion: data                a success with this body
    status: 503                     with body (text or data) and headers
    html: text                      a success that is a page
    drip: 0.2                       a good completion, one byte every 0.2 s; with part: headers, those
    reset: body | request           the connection is reset in the middle of the answer, or instead of one
    echo_key: true                  a 401 that echoes the key, as some servers do

and may have ``delay: seconds`` before it.

``--rate 50`` lets 50 completions a second through, and as many at once after a pause, and refuses the others with 429 and
``Retry-After: 1``, as servers with a bucket of tokens do. ``GET /__counts`` says how many were let through and refused.

``GET /__log`` gives the requests seen, ``POST /__script`` and ``POST /__rules`` replace what is answered and forget them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.servers.replies import is_endpoint, render, said_to, schema_asked

OFFICE_RULES = Path(__file__).with_name("office_rules.yaml")
MODEL = "scripted-1"


class Mind:
    """What the server answers, and what it was asked. Shared by the threads that serve requests."""

    def __init__(self, key: str | None = None) -> None:
        self.key = key
        self._lock = threading.Lock()
        self.rules: list[dict[str, Any]] | None = None
        self._script: list[dict[str, Any]] = []
        self.log: list[dict[str, Any]] = []

    def follow_rules(self, rules: list[dict[str, Any]]) -> None:
        """Answers by rules from now on."""
        for rule in rules:
            if not isinstance(rule.get("when"), list) or "answer" not in rule:
                raise SystemExit(
                    f"Expected a rule with a list 'when' and an 'answer', but found {rule!r}; correct it."
                )
        with self._lock:
            self.rules, self._script, self.log = rules, [], []

    def follow_script(self, script: list[dict[str, Any]]) -> None:
        """Replies by script from now on."""
        with self._lock:
            self.rules, self._script, self.log = None, list(script), []

    def note(self, entry: dict[str, Any]) -> None:
        """Remembers a request."""
        with self._lock:
            self.log.append(entry)

    def reply(self, body: dict[str, Any]) -> dict[str, Any]:
        """Returns how to reply to a request, as a script would put it."""
        with self._lock:
            if self.rules is None:
                return (
                    self._script.pop(0)
                    if len(self._script) > 1
                    else dict((self._script or [{"answer": "ok"}])[0])
                )
            rules = self.rules
        said, wanted = said_to(body), schema_asked(body)
        for rule in rules:
            if all(text in said for text in rule["when"]) and rule.get("schema") in (None, wanted):
                return {"answer": rule["answer"]}
        message = f"No rule fits this prompt (answer type {wanted}); add one to the rules: {said[-600:]}"
        return {"status": 500, "body": {"error": {"message": message, "type": "no_rule", "code": "no_rule"}}}


class Limiter:
    """A bucket of tokens: ``rate`` come in a second, and there is room for those of one second."""

    def __init__(self, rate: float | None) -> None:
        self._rate = rate
        self._tokens = rate or 0.0
        self._at = time.monotonic()
        self._lock = threading.Lock()
        self.counts = {"passed": 0, "refused": 0}

    def passes(self) -> bool:
        """Whether a request may pass; takes a token then."""
        with self._lock:
            now = time.monotonic()
            if self._rate is not None:
                self._tokens = min(self._rate, self._tokens + (now - self._at) * self._rate)
                self._at = now
            passed = self._rate is None or self._tokens >= 1
            self._tokens -= passed
            self.counts["passed" if passed else "refused"] += 1
            return passed


class Handler(BaseHTTPRequestHandler):
    """Serves one connection."""

    protocol_version = "HTTP/1.1"
    # Without it the header and the body travel as two packets, and the second waits 40 ms for the first's receipt.
    wbufsize = -1
    disable_nagle_algorithm = True
    mind: Mind
    limiter: Limiter

    def do_GET(self) -> None:
        if self.path == "/__log":
            return self._send(200, self.mind.log)
        if self.path == "/__counts":
            return self._send(200, self.limiter.counts)
        self.mind.note({"method": "GET", "path": self.path, "headers": self._headers(), "body": None})
        if self.path == "/v1/models" and self._key_fits():
            return self._send(
                200, {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "tests"}]}
            )
        return self._refuse()

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.path in ("/__script", "/__rules"):
            follow = self.mind.follow_script if self.path == "/__script" else self.mind.follow_rules
            follow(json.loads(content))
            return self._send(200, {"ok": True})
        try:
            body = json.loads(content)
        except ValueError:
            body = {}
        self.mind.note({"method": "POST", "path": self.path, "headers": self._headers(), "body": body})
        if not is_endpoint(self.path) or not self._key_fits():
            return self._refuse()
        if not self.limiter.passes():
            error = {"message": "Too many requests.", "type": "requests", "code": "rate_limit_exceeded"}
            return self._send(429, {"error": error}, {"Retry-After": "1"})
        return self._reply(body, self.mind.reply(body))

    def _reply(self, body: dict[str, Any], reply: dict[str, Any]) -> None:
        time.sleep(reply.get("delay", 0))
        if reply.get("echo_key"):
            return self._refuse_key()
        if "reset" in reply:
            return self._reset(render(self.path, body, reply, MODEL), reply["reset"])
        if "drip" in reply:
            return self._drip(render(self.path, body, reply, MODEL), reply["drip"], reply.get("part", "body"))
        if "html" in reply:
            return self._send(200, reply["html"], {"Content-Type": "text/html; charset=utf-8"})
        if "completion" in reply:
            return self._send(200, reply["completion"], reply.get("headers"))
        if "status" in reply:
            return self._send(reply["status"], reply.get("body", ""), reply.get("headers"))
        return self._send(200, render(self.path, body, reply, MODEL), reply.get("headers"))

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _key_fits(self) -> bool:
        sent = self.headers.get("authorization", "").removeprefix("Bearer ") or self.headers.get("api-key")
        return self.mind.key in (None, sent)

    def _refuse(self) -> None:
        if not self._key_fits():
            return self._refuse_key()
        message = f"Unknown request: {self.command} {self.path}"
        return self._send(
            404, {"error": {"message": message, "type": "invalid_request_error", "code": "unknown_url"}}
        )

    def _refuse_key(self) -> None:
        key = (self.headers.get("authorization") or "").removeprefix("Bearer ")
        message = f"Incorrect API key provided: {key}. You can find your API key in your account."
        self._send(
            401, {"error": {"message": message, "type": "invalid_request_error", "code": "invalid_api_key"}}
        )

    def _send(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        content = body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()
        kind = "text/plain; charset=utf-8" if isinstance(body, str) else "application/json"
        own = {"Date": self.date_time_string(), "Content-Type": kind, "Content-Length": str(len(content))}
        self.send_response_only(status)
        for name, value in {**own, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _drip(self, body: dict[str, Any], pause: float, part: str) -> None:
        content = json.dumps(body).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n".encode()
        at_once, slowly = (head + b"\r\n", content) if part == "body" else (b"", head + b"\r\n" + content)
        self.close_connection = True
        with contextlib.suppress(ConnectionError):
            self.wfile.write(at_once)
            for octet in slowly:
                self.wfile.write(bytes([octet]))
                self.wfile.flush()
                time.sleep(pause)

    def _reset(self, body: dict[str, Any], when: str) -> None:
        content = json.dumps(body).encode()
        if when == "body":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            time.sleep(0.05)  # a reset overtakes data that was not read yet
        # Lingering for zero seconds makes the kernel send a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """The listening server: a thread for each connection."""

    daemon_threads = True
    # Many robots may knock at once.
    request_queue_size = 128

    def shutdown_request(self, request: Any) -> None:
        # The base class says an orderly goodbye first, which would undo a reset.
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: clients that go away are part of the tests."""


def read_file(file: Path) -> Any:
    """Returns the content of a rules or script file, JSON or YAML by its name."""
    text = file.read_text("utf-8")
    if file.suffix == ".json":
        return json.loads(text)
    import yaml

    return yaml.safe_load(text)


def main() -> None:
    """Runs the server until it is killed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ready-file", type=Path)
    parser.add_argument("--key", help="the only key that is accepted; any other is echoed in a 401")
    parser.add_argument("--rate", type=float, help="completions a second that are let through")
    told = parser.add_mutually_exclusive_group()
    told.add_argument(
        "--office", action="store_true", help=f"answer by {OFFICE_RULES.name}, beside this file"
    )
    told.add_argument("--rules", type=Path)
    told.add_argument("--script", type=Path)
    options = parser.parse_args()

    mind = Mind(options.key)
    if options.office or options.rules:
        mind.follow_rules(read_file(options.rules or OFFICE_RULES))
    elif options.script:
        mind.follow_script(read_file(options.script))
    bound = type("BoundHandler", (Handler,), {"mind": mind, "limiter": Limiter(options.rate)})
    with Server(("127.0.0.1", options.port), bound) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/v1"
        if options.ready_file:
            draft = options.ready_file.with_suffix(".writing")
            draft.write_text(address, "utf-8")
            os.replace(draft, options.ready_file)  # at once, so that nobody reads half of it
        print(address, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.05)


if __name__ == "__main__":
    main()

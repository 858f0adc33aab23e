"""A small real site with a wizard of server-side pages: each step is posted, checked, and answered with a redirect to the next.

with running_site() as site:
    site.address      http://127.0.0.1:40123/claim/order
    site.received     what was submitted in the end, one dictionary a claim
    site.steps        what was posted, in order: ("order", {"order": "GF-10442", ...})
"""

from __future__ import annotations

import html
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDER = """<label>Order number <input name="order" required value="{order}"{order_state}></label> {order_error}
<label>Email <input name="email" type="email" required value="{email}"></label>"""
_BOOKING = """<label>Cost centre <input name="centre" value="{centre}"></label>
<label>Reason <select name="reason" required>
<option value="">Choose<option value="b">Broken on arrival<option value="l">Lost</select></label>
<label>Claimed amount <input name="amount" type="number" step="0.01" required></label>"""
_DAMAGE = """<label>Description <textarea name="text" required maxlength="120"></textarea></label>"""
STEPS = (
    ("order", "Your order", _ORDER),
    ("booking", "Booking", _BOOKING),
    ("damage", "Damage", _DAMAGE),
    ("check", "Check", ""),
)


@dataclass
class Site:
    """What the server knows: one claim at a time."""

    address: str = ""
    claim: dict[str, str] = field(default_factory=dict)
    steps: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    received: list[dict[str, str]] = field(default_factory=list)

    def page(self, name: str, error: str = "") -> str:
        """The page of a step, with what was posted to it where it comes again with an error."""
        number = [step for step, _, _ in STEPS].index(name)
        _, title, fields = STEPS[number]
        known = {key: html.escape(self.claim.get(key, "")) for key in ("order", "email", "centre")}
        inside = fields.format(
            **known,
            order_state=' aria-invalid="true" aria-describedby="e"' if error else "",
            order_error=f'<span id="e" class="error">{error}</span>' if error else "",
        )
        last = number == len(STEPS) - 1
        button = "Submit claim" if last else "Save and continue"
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>'
            f'<form method="post" action="/claim/{name}">{inside}<button>{button}</button></form>'
            '<form action="/claim/order"><button>Cancel</button></form></body></html>'
        )

    def post(self, name: str, posted: dict[str, str]) -> tuple[str, str]:
        """Takes a step, and returns where it leads, or the page again."""
        self.steps.append((name, posted))
        self.claim.update(posted)
        if name == "order" and not posted.get("order", "").startswith("GF-"):
            return "", self.page("order", "We have no such order.")
        if name == "check":
            self.received.append(dict(self.claim))
            self.claim.clear()
            return "/claim/done", ""
        names = [step for step, _, _ in STEPS]
        return f"/claim/{names[names.index(name) + 1]}", ""


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2].partition("?")[0]
        if name == "done":
            self._send(200, "<!doctype html><title>Done</title><h1>Claim received</h1>")
        elif name in [step for step, _, _ in STEPS]:
            self._send(200, self.site.page(name))
        else:
            self._send(404, "<!doctype html><title>Nothing</title>")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        posted = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        there, again = self.site.post(self.path.rpartition("/")[2], posted)
        if there:
            self.send_response(303)
            self.send_header("Location", there)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(422, again)

    def _send(self, status: int, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def running_site() -> Iterator[Site]:
    """Serves the site on a free port of this machine."""
    site = Site()
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"site": site})) as server:
        site.address = f"http://127.0.0.1:{server.server_address[1]}/claim/order"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()

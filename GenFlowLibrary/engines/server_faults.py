"""What a model server's refusals mean: ask again, never again, or not a model server at all.

    status, headers, body -> PassingFault | EngineRejected | EngineProtocolError

The status and the error's code decide, never the prose of a message. What the server said is quoted with known
secrets replaced, and at most `QUOTE_LIMIT` characters of it: a 401 of some servers echoes the whole key.
"""

from __future__ import annotations

import email.utils
import json
import math
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.characters import on_one_line
from GenFlowLibrary.core.errors import EngineError, EngineProtocolError, EngineRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

QUOTE_LIMIT = 200

PASSING_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
"""Statuses after which the same request may succeed. 409 is a lock timeout (the openai client asks again, too),
425 too early, 520 to 524 a proxy that does not reach its server (Cloudflare), 529 overload (Anthropic)."""

_FOUND = {
    408: "it did not get the request in time",
    429: "it is asked too often",
    502: "its gateway does not reach it",
    503: "it is overloaded or down",
    504: "its gateway does not reach it in time",
    529: "it is overloaded",
}
_QUOTA = {"insufficient_quota", "insufficient_balance", "billing_hard_limit_reached", "billing_not_active"}
_TOO_LONG = {"context_length_exceeded", "string_above_max_length", "request_too_large"}
_FILTERED = {"content_filter", "content_policy_violation", "responsibleaipolicyviolation"}
_NO_MODEL = {"model_not_found", "deploymentnotfound"}
_UNAUTHORISED, _PAYMENT_REQUIRED, _FORBIDDEN, _NOT_FOUND, _PROXY_LOGIN, _TOO_LARGE = (
    401,
    402,
    403,
    404,
    407,
    413,
)
_REDIRECTS, _CLIENT_ERRORS = range(300, 400), range(400, 500)


class PassingFault(Exception):
    """One attempt failed in a way that the next one may not.

    ``found`` goes on from "Expected a completion from X, but "; ``remedy`` says what to do once every attempt
    failed; ``retry_after`` is the number of seconds the server asked to wait, where it did; ``connected`` is whether the
    fault lies with what the server does, and not with the way to it.
    """

    def __init__(
        self,
        found: str,
        *,
        remedy: str = "try again later or raise max_attempts",
        retry_after: float | None = None,
        connected: bool = True,
    ) -> None:
        super().__init__(found)
        self.found = found
        self.remedy = remedy
        self.retry_after = retry_after
        self.connected = connected


@dataclass(frozen=True)
class Server:
    """How messages speak of a server: its address, and what it said with ``scrub`` taking the secrets out."""

    address: str
    scrub: Callable[[str], str]

    @property
    def expected(self) -> str:
        """How every sentence about this server begins."""
        return f"Expected a completion from {self.address}"

    def quote(self, text: str) -> str:
        """Returns what the server said on one line, in quotes and cut to `QUOTE_LIMIT`; nothing for nothing."""
        # Scrubbed before it is cut: half a key would not be recognised any more.
        line = on_one_line(self.scrub(text))
        room = QUOTE_LIMIT - 2
        return f"'{line if len(line) <= room else line[: room - 1] + '…'}'" if line else ""


@dataclass(frozen=True)
class HttpReply:
    """What came back over the wire. Header names are in lower case."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", errors="replace").strip()

    @property
    def data(self) -> Any:
        """The body as JSON, ``None`` where it is none."""
        return self._parsed[0]

    @property
    def repeated(self) -> set[str]:
        """The names that stand more than once in one object of the body; JSON lets the last one count."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[Any, set[str]]:
        repeated: set[str] = set()

        def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            found = dict(pairs)
            if len(found) < len(pairs):
                counts = Counter(name for name, _ in pairs)
                repeated.update(name for name, count in counts.items() if count > 1)
            return found

        try:
            return json.loads(self.content, object_pairs_hook=gather), repeated
        except (ValueError, RecursionError):
            return None, repeated

    @property
    def is_html(self) -> bool:
        """Whether the body is a page for people."""
        return "html" in self.headers.get("content-type", "").lower() or self.text.startswith("<")

    @cached_property
    def error(self) -> Mapping[str, Any]:
        """The error object of the OpenAI protocol, or what comes nearest to it; empty where there is none."""
        found = self.data.get("error", self.data) if isinstance(self.data, dict) else None
        return found if isinstance(found, dict) else {"message": found} if isinstance(found, str) else {}

    @property
    def codes(self) -> set[str]:
        """The error's code and type, in lower case."""
        return {str(self.error.get(name)).lower() for name in ("code", "type")}

    @property
    def message(self) -> str:
        """What the server says about its error; nothing for a page."""
        for name in ("message", "detail"):
            if isinstance(self.error.get(name), str):
                return str(self.error[name])
        return "" if self.is_html else self.text


def understand(reply: HttpReply, server: Server, *, model: str, now: float) -> PassingFault | EngineError:
    """Returns what a reply that is no success means, to be raised.

    Args:
        reply: the reply.
        server: who sent it.
        model: the model that was asked for.
        now: the time in seconds since the epoch, for a ``Retry-After`` that is a date.
    """
    said = server.quote(reply.message)
    told = f"(status {reply.status}: {said})" if said else f"(status {reply.status})"
    if reply.codes & _QUOTA or reply.status == _PAYMENT_REQUIRED:
        remedy = "add credit or raise the account's limit, then run again"
        found = f"the account's quota is used up {told}"
        return EngineRejected(f"{server.expected}, but {found}; {remedy}.", elsewhere=True)
    if reply.status in PASSING_STATUSES:
        found = f"{_FOUND.get(reply.status, 'it failed')} {told}"
        return PassingFault(found, retry_after=retry_after(reply.headers, now))
    if reply.status in _REDIRECTS:
        target = server.quote(reply.headers.get("location", "").partition("?")[0]) or "another address"
        remedy = "correct base_url, or log in to the proxy that stands in between"
        return EngineProtocolError(
            f"{server.expected}, but it redirects to {target} (status {reply.status}); {remedy}."
        )
    refused = _refusal(reply, model)
    if refused:
        found, remedy = refused
        return EngineRejected(f"{server.expected}, but {found} {told}; {remedy}.")
    remedy = "check that base_url ends in the path of the API, such as /v1"
    return EngineProtocolError(f"{server.expected}, but no model is served at this address {told}; {remedy}.")


def _refusal(reply: HttpReply, model: str) -> tuple[str, str] | None:
    """Returns what was found and what to do, where a model server says no for good."""
    key = "correct GENFLOW_API_KEY or OPENAI_API_KEY"
    if reply.status == _PROXY_LOGIN:
        return "the proxy in between wants a log-in", "put user and password into HTTP_PROXY and HTTPS_PROXY"
    if reply.status == _UNAUTHORISED:
        return "it does not accept the API key", key
    if reply.codes & _TOO_LONG or reply.status == _TOO_LARGE:
        return "the prompt is too long for it", "shorten the text or choose a model with a larger context"
    if reply.codes & _FILTERED:
        return "its content filter refused the prompt", "reword the prompt or its inputs"
    # A 404 with an error object is about the model: without one, it is another kind of server.
    error_of_the_protocol = isinstance(reply.data, dict) and "error" in reply.data
    if reply.codes & _NO_MODEL or (reply.status == _NOT_FOUND and error_of_the_protocol):
        return f"it does not offer the model '{model}'", "correct GENFLOW_MODEL or base_url"
    if reply.status == _FORBIDDEN:
        return "it does not permit this", f"ask for access to the model, or {key}"
    if reply.status in _CLIENT_ERRORS and reply.error and reply.status != _NOT_FOUND:
        return "it refused the request", "correct the setting or the prompt that it names"
    return None


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Returns the seconds a server asks to wait, never below zero; ``None`` where it does not say.

    ``retry-after-ms`` goes before ``Retry-After``, which is a number of seconds or an HTTP date (RFC 9110,
    section 10.2.3). A date is measured against the reply's own ``Date`` where there is one, so that a wrong
    clock on either side does not matter, else against ``now`` (seconds since the epoch).
    """
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if not math.isnan(seconds):
            return max(0.0, seconds)
    until = _http_date(headers.get("retry-after", ""))
    if until is None:
        return None
    return max(0.0, until - (_http_date(headers.get("date", "")) or now))


def _http_date(text: str) -> float | None:
    fields = email.utils.parsedate_tz(text)
    if fields is None:
        return None
    try:
        return float(email.utils.mktime_tz(fields))
    except (ValueError, OverflowError):
        return None

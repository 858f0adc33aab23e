"""The way to one server through the openai client: sends one request, brings back its reply or how the connection failed.

    body -> openai client (no retries, no redirects) -> bytes, at most MOST_BYTES -> HttpReply | fault

It imports ``openai``, which takes about two seconds, and is itself imported by the first call.
"""

from __future__ import annotations

import socket
import ssl
import threading
from typing import TYPE_CHECKING, Any

import httpx2
import openai

from GenFlowLibrary.core.errors import EngineError, EngineProtocolError, EngineRejected, SettingsError
from GenFlowLibrary.engines.bounded_http import MOST_BYTES, BoundedClient, TooLarge, read_to_its_end
from GenFlowLibrary.engines.deadline_call import DeadlinePassed, call_within
from GenFlowLibrary.engines.openai_clients import make_client, refused_settings
from GenFlowLibrary.engines.server_faults import HttpReply, PassingFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.engines.endpoint import Endpoint

_CONNECT = 5.0
"""Seconds to connect, the openai client's default: that nobody is there shows long before the deadline."""
_OTHER_SERVER = "check that base_url is the address of an OpenAI-compatible server"


class Wire:
    """The connections to one server.

    Each call under way has a client to itself, taken from those that are idle: a call can be cut off in no other way than by
    closing its client, which must not cut off the calls of other threads.

    Args:
        endpoint: the server and the key it is asked with.
        http_client: makes the HTTP client; for tests.
    """

    def __init__(self, endpoint: Endpoint, http_client: Callable[[], httpx2.Client] | None = None) -> None:
        self._endpoint = endpoint
        self._http_client = http_client or self._bounded_client
        self._trusted: ssl.SSLContext | None = None
        self._idle: list[openai.OpenAI] = []
        self._busy: list[openai.OpenAI] = []
        self._lock = threading.Lock()

    def post(
        self,
        api: str,
        body: dict[str, Any],
        deadline: Deadline,
        on_request: Callable[[], None],
        on_line: Callable[[bytes], None] | None = None,
    ) -> HttpReply:
        """Returns the reply to a request, whatever its status.

        Args:
            api: the calling style: ``chat``, ``responses``, ``completions`` or ``decisions``.
            body: the request.
            deadline: when the whole reply must be here.
            on_request: is called when the request is about to be sent.
            on_line: takes each line of a stream as it comes, in another thread.

        Raises:
            PassingFault: no reply came, or not before the deadline.
            EngineRejected, EngineProtocolError: no reply can come.
            SettingsError: what the environment says of proxies or certificates cannot be used.
        """
        client = self._take()
        try:
            return self._post(client, api, body, deadline, on_request, on_line)
        finally:
            self._give_back(client)

    def _post(
        self,
        client: openai.OpenAI,
        api: str,
        body: dict[str, Any],
        deadline: Deadline,
        on_request: Callable[[], None],
        on_line: Callable[[bytes], None] | None,
    ) -> HttpReply:
        if deadline.passed:
            raise PassingFault("no time was left to ask it", remedy="ask for less in one step")
        limits = httpx2.Timeout(deadline.remaining, connect=min(_CONNECT, deadline.remaining))
        create = {
            "chat": client.chat.completions.with_raw_response.create,
            "responses": client.responses.with_raw_response.create,
            "completions": client.completions.with_raw_response.create,
            "decisions": client.decisions.with_raw_response.create,
        }[api]

        def send() -> httpx2.Response:
            try:
                response: httpx2.Response = create(**body, timeout=limits).http_response  # type: ignore[operator]
            except openai.APIStatusError as refusal:
                return refusal.response
            return response if response.is_closed else read_to_its_end(response, on_line)

        on_request()
        try:
            response = call_within(deadline, send, lambda: self._drop(client))
        except DeadlinePassed:
            raise PassingFault("its answer was not complete in time", remedy="try again later") from None
        except TooLarge:
            raise self._too_large() from None
        except openai.APIConnectionError as problem:
            raise self._not_connected(problem) from None
        except openai.OpenAIError as problem:
            raise self._not_sent(problem) from None
        except RuntimeError:
            if not client.is_closed():
                raise
            raise _cut_off() from None  # by `close`, before it was sent
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpReply(response.status_code, response.content, headers)

    def close(self) -> None:
        """Closes the connections. Calls that are under way are cut off, and ask again."""
        with self._lock:
            clients = [*self._idle, *self._busy]
            self._idle, self._busy = [], []
        for client in clients:
            client.close()

    def _take(self) -> openai.OpenAI:
        with self._lock:
            client = self._idle.pop() if self._idle else None
        client = client or make_client(self._endpoint, self._make_http_client())
        with self._lock:
            self._busy.append(client)
        return client

    def _give_back(self, client: openai.OpenAI) -> None:
        """Keeps a client for the next call, unless it was closed meanwhile."""
        with self._lock:
            if client in self._busy:
                self._busy.remove(client)
                self._idle.append(client)

    def _drop(self, client: openai.OpenAI) -> None:
        with self._lock:
            if client in self._busy:
                self._busy.remove(client)
        client.close()

    def _bounded_client(self) -> BoundedClient:
        """Reading the trusted certificates takes 16 ms: a batch, with a client for each thread, reads them once."""
        with self._lock:
            self._trusted = self._trusted or httpx2.create_ssl_context()
        return BoundedClient(self._trusted)

    def _make_http_client(self) -> httpx2.Client:
        try:
            return self._http_client()
        except OSError as problem:  # an SSLError among them
            raise SettingsError(
                "Expected SSL_CERT_FILE or SSL_CERT_DIR to name certificates in PEM format, "
                f"but they cannot be read: {problem.strerror or problem}; correct or unset it."
            ) from None
        except (httpx2.InvalidURL, ValueError, ImportError):
            raise SettingsError(
                "Expected HTTP_PROXY, HTTPS_PROXY and ALL_PROXY to be addresses such as http://proxy:3128, "
                "but one is not, or names a kind of proxy that is not supported; correct or unset it."
            ) from None

    def _too_large(self) -> EngineProtocolError:
        expected = self._endpoint.server.expected
        limit = MOST_BYTES // 2**20
        return EngineProtocolError(f"{expected}, but its answer is larger than {limit} MB; {_OTHER_SERVER}.")

    def _not_sent(self, problem: openai.OpenAIError) -> Exception:
        """Returns what it means that the client raised before it sent anything: no credentials, mostly."""
        return problem if isinstance(problem, openai.APIError) else refused_settings(self._endpoint, problem)

    def _not_connected(self, problem: openai.APIConnectionError) -> PassingFault | EngineError:
        """Returns what a failed connection means, by the types of its causes."""
        causes = tuple(_causes(problem))
        expected = self._endpoint.server.expected
        for kinds, error, found, remedy in _FOR_GOOD:
            if any(isinstance(cause, kinds) for cause in causes):
                return error(f"{expected}, but {found}; {remedy}.")
        for kinds, found, remedy, connected in _MAY_PASS:
            if any(isinstance(cause, kinds) for cause in causes):
                return PassingFault(found, remedy=remedy, connected=connected)
        return _cut_off()


_Kinds = tuple[type[BaseException], ...]

_FOR_GOOD: tuple[tuple[_Kinds, type[EngineError], str, str], ...] = (
    (
        (ssl.SSLCertVerificationError,),
        EngineRejected,
        "its TLS certificate is not trusted",
        "name the file of its authority in SSL_CERT_FILE, or correct base_url",
    ),
    (
        (httpx2.DecodingError,),
        EngineProtocolError,
        "its answer cannot be unpacked",
        _OTHER_SERVER,
    ),
)
# The first that fits counts; `connected` is whether the server was reached (see `circuit`).
_MAY_PASS: tuple[tuple[_Kinds, str, str, bool], ...] = (
    ((socket.gaierror,), "its name cannot be resolved", "check the network and base_url", False),
    (
        (ssl.SSLError,),
        "no TLS connection can be made with it",
        "check whether base_url begins with http or https",
        False,
    ),
    (
        (httpx2.ProxyError,),
        "the proxy lets nothing through",
        "correct HTTP_PROXY, HTTPS_PROXY or NO_PROXY",
        False,
    ),
    (
        (httpx2.ConnectError, httpx2.ConnectTimeout),
        "nobody answers there",
        "start the server or correct base_url",
        False,
    ),
    ((openai.APITimeoutError,), "it did not answer in time", "try again later", True),
    (
        (httpx2.RemoteProtocolError,),
        "its answer broke off or is not HTTP",
        "try again later or correct base_url",
        False,
    ),
)


def _cut_off() -> PassingFault:
    return PassingFault(
        "the connection was cut before the answer was complete", remedy="try again later", connected=False
    )


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__

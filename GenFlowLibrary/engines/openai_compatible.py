"""The engine that asks a server which speaks the OpenAI protocol: chat completions through the openai client.

    Prompt -> request as the server takes it (dialect) -> attempt (_Wire) -> typed reading | fault -> retry

``openai`` is imported by the first call: it takes about two seconds, and neither a dry run nor libdoc may pay
for it. The client's own retries and redirects are off: one loop asks again (`retry`), and where an API redirects
to there is a log-in page or a better address, not an answer.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import EngineError, EngineProtocolError, EngineRejected, SettingsError
from GenFlowLibrary.core.prompt import Parameters, Prompt
from GenFlowLibrary.engines.completion_reading import Read, read_completion
from GenFlowLibrary.engines.deadline_call import DeadlinePassed, call_within
from GenFlowLibrary.engines.dialect import Dialect, request_body
from GenFlowLibrary.engines.endpoint import Endpoint, read_endpoint, unusable_address
from GenFlowLibrary.engines.retry import nap, persist
from GenFlowLibrary.engines.server_faults import HttpReply, PassingFault, understand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx2
    import openai
    from pydantic import BaseModel

    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.core.settings import Settings

_CONNECT = 5.0
"""Seconds to connect, the openai client's default: that nobody is there shows long before the deadline."""
_SUCCESS = range(200, 300)


class OpenAICompatibleEngine:
    """Asks OpenAI, or any server that speaks its protocol.

    Args:
        settings: ``base_url`` (OpenAI's unless set), ``api_key`` (most local servers need none), ``model``,
            ``max_attempts``, and the sampling parameters for prompts that do not set them.
        http_client: makes the HTTP client; for tests.
        sleep: waits a number of seconds between two attempts; for tests.

    Raises:
        SettingsError: the address or the key cannot be used.
    """

    name = "openai"
    needs_network = True

    def __init__(
        self,
        settings: Settings,
        *,
        http_client: Callable[[], httpx2.Client] | None = None,
        sleep: Callable[[float], None] = nap,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._dialect = Dialect()
        self._endpoint = read_endpoint(settings)
        self._wire = _Wire(self._endpoint, http_client)

    @property
    def model(self) -> str:
        """The settings' model; empty where every prompt has to name one."""
        return self._settings.model or ""

    @property
    def address(self) -> str:
        """Where the requests go."""
        return self._endpoint.address

    def complete(self, prompt: Prompt, deadline: Deadline) -> Completion:
        """Returns the completion of a prompt; ``usage.requests`` counts every request made for it.

        A request that only finds out what the server takes (see `dialect`) is no attempt in the sense of
        ``max_attempts``.

        Raises:
            SettingsError: neither the prompt nor the settings name a model.
            EngineUnavailable, EngineRejected, EngineProtocolError: as `Engine.complete`; ``attempts`` counts
                the requests.
        """
        model = prompt.parameters.model or self.model
        if not model:
            raise SettingsError(
                f"Expected the name of a model that {self.address} offers, but none is set; "
                "set GENFLOW_MODEL, or the library's argument model."
            )
        asking = _Asking(self._wire, self._dialect, prompt, model, self._settings, deadline)
        started, known = time.monotonic(), len(self._dialect.notes)
        try:
            read = persist(
                asking.attempt,
                server=self._endpoint.server,
                deadline=deadline,
                max_attempts=self._settings.max_attempts,
                sleep=self._sleep,
            )
        except EngineError as error:
            error.attempts = asking.requests
            raise
        return Completion(
            texts=read.texts,
            engine=self.name,
            model=read.model,
            finish_reason=read.finish_reason,
            usage=read.usage + Usage(requests=asking.requests),
            seconds=time.monotonic() - started,
            notes=tuple(self._dialect.notes[known:]),
        )

    def close(self) -> None:
        """Closes the connections; a later call opens new ones."""
        self._wire.close()


class _Asking:
    """One prompt on its way to one completion; ``requests`` counts what was sent for it."""

    def __init__(
        self,
        wire: _Wire,
        dialect: Dialect,
        prompt: Prompt,
        model: str,
        settings: Settings,
        deadline: Deadline,
    ) -> None:
        self._wire = wire
        self._dialect = dialect
        self._prompt = prompt
        self._model = model
        self._parameters = _with_defaults(prompt.parameters, settings)
        self._deadline = deadline
        self.requests = 0

    def attempt(self) -> Read:
        """Returns what the server answers, in the first way to ask that it does not refuse."""
        server, way = self._wire.endpoint.server, self._dialect.way(self._model)
        while True:
            body = request_body(
                self._prompt,
                way=way,
                model=self._model,
                parameters=self._parameters,
                schema=_strict_schema,
            )
            reply = self._wire.post(body, self._deadline, self._count)
            if reply.status in _SUCCESS:
                read = read_completion(reply, server, body=body, now=time.time())
                self._dialect.worked(self._model, way)
                return read
            other = self._dialect.other_way(way, body, reply)
            if other is None:
                raise understand(reply, server, model=self._model, now=time.time())
            way = other

    def _count(self) -> None:
        self.requests += 1


class _Wire:
    """The way to one server: sends one request, and brings back its reply or how the connection failed."""

    def __init__(self, endpoint: Endpoint, http_client: Callable[[], httpx2.Client] | None) -> None:
        self.endpoint = endpoint
        self._http_client = http_client
        self._client: openai.OpenAI | None = None
        self._lock = threading.Lock()

    def post(self, body: dict[str, Any], deadline: Deadline, on_request: Callable[[], None]) -> HttpReply:
        """Returns the reply to a chat completion request, whatever its status.

        Args:
            body: the request.
            deadline: when the whole reply must be here.
            on_request: is called when the request is about to be sent.

        Raises:
            PassingFault: no reply came, or not before the deadline.
            EngineRejected, EngineProtocolError: no reply can come.
        """
        import httpx2  # noqa: PLC0415 - see the module's docstring
        import openai  # noqa: PLC0415

        client = self._open()
        if deadline.passed:
            raise PassingFault("no time was left to ask it", remedy="ask for less in one step")
        limits = httpx2.Timeout(deadline.remaining, connect=min(_CONNECT, deadline.remaining))

        def send() -> httpx2.Response:
            try:
                return client.chat.completions.with_raw_response.create(**body, timeout=limits).http_response
            except openai.APIStatusError as refusal:
                return refusal.response

        on_request()
        try:
            response = call_within(deadline, send, self.close)
        except DeadlinePassed:
            raise PassingFault("its answer was not complete in time", remedy="try again later") from None
        except openai.APIConnectionError as problem:
            raise self._not_connected(problem) from None
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpReply(response.status_code, response.content, headers)

    def close(self) -> None:
        """Closes the connections. Calls that other threads have under way are cut off, and ask again."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _open(self) -> openai.OpenAI:
        import httpx2  # noqa: PLC0415 - see the module's docstring
        import openai  # noqa: PLC0415

        make = self._http_client or (lambda: openai.DefaultHttpxClient(follow_redirects=False))
        with self._lock:
            if self._client is None:
                address, key = self.endpoint.address, self.endpoint.key
                try:
                    self._client = openai.OpenAI(
                        api_key=key, base_url=address, max_retries=0, http_client=make()
                    )
                except httpx2.InvalidURL:
                    raise unusable_address(address) from None
            return self._client

    def _not_connected(self, problem: openai.APIConnectionError) -> PassingFault | EngineError:
        """Returns what a failed connection means, by the types of its causes."""
        import httpx2  # noqa: PLC0415 - see the module's docstring
        import openai  # noqa: PLC0415

        def due_to(*kinds: type[BaseException]) -> bool:
            return any(isinstance(cause, kinds) for cause in _causes(problem))

        expected = self.endpoint.server.expected
        if due_to(ssl.SSLCertVerificationError):
            remedy = "name the file of its authority in SSL_CERT_FILE, or correct base_url"
            return EngineRejected(f"{expected}, but its TLS certificate is not trusted; {remedy}.")
        if due_to(httpx2.DecodingError):
            remedy = "check that base_url is the address of an OpenAI-compatible server"
            return EngineProtocolError(f"{expected}, but its answer cannot be unpacked; {remedy}.")
        if due_to(socket.gaierror):
            return PassingFault("its name cannot be resolved", remedy="check the network and base_url")
        if due_to(httpx2.ProxyError):
            return PassingFault("the proxy lets nothing through", remedy="correct HTTPS_PROXY or NO_PROXY")
        if due_to(httpx2.ConnectError, httpx2.ConnectTimeout):
            return PassingFault("nobody answers there", remedy="start the server or correct base_url")
        if due_to(openai.APITimeoutError):
            return PassingFault("it did not answer in time", remedy="try again later")
        return PassingFault("the connection was cut before the answer was complete", remedy="try again later")


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__


def _strict_schema(answer: type[BaseModel]) -> dict[str, Any]:
    from openai.lib._pydantic import to_strict_json_schema  # noqa: PLC0415 - see the module's docstring

    return to_strict_json_schema(answer)


def _with_defaults(parameters: Parameters, settings: Settings) -> Parameters:
    """Returns a prompt's parameters, filled up with those of the settings."""
    defaults = {"temperature": settings.temperature, "max_tokens": settings.max_tokens, "seed": settings.seed}
    return Parameters(**{**defaults, **parameters.given()})

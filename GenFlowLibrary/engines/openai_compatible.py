"""The engine that asks a server which speaks the OpenAI protocol, in one of three calling styles.

    Prompt -> circuit -> retry: attempt (`asking`: style, dialect, wire, typed reading) -> Completion

``openai`` is imported by the first call, with the wire: neither a dry run nor libdoc may pay for it. The client's own
retries and redirects are off: one loop asks again (`retry`), and where an API redirects to there is a log-in page or a
better address, not an answer.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import EngineError, SettingsError
from GenFlowLibrary.core.prompt import Parameters, Prompt
from GenFlowLibrary.engines.asking import Asking
from GenFlowLibrary.engines.batch_pace import paced
from GenFlowLibrary.engines.calling_style import find_style
from GenFlowLibrary.engines.confidence import confidence_of_choice
from GenFlowLibrary.engines.endpoint import read_endpoint
from GenFlowLibrary.engines.retry import nap, persist
from GenFlowLibrary.engines.server_memory import ServerMemory
from GenFlowLibrary.engines.streaming import characters_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import httpx2

    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.core.settings import Settings
    from GenFlowLibrary.engines.calling_style import CallingStyle
    from GenFlowLibrary.engines.completion_reading import Read
    from GenFlowLibrary.engines.openai_wire import Wire
    from GenFlowLibrary.engines.server_faults import HttpReply


class OpenAICompatibleEngine:
    """Asks OpenAI, or any server that speaks its protocol.

    Args:
        settings: ``base_url`` (OpenAI's unless set), ``api_key`` (most local servers need none), ``model``, ``api``,
            ``max_attempts``, ``structured``, ``confidence``, and the sampling parameters for prompts that do not set them.
        memory: what the run has found out about servers; shared by the engines of a run.
        http_client: makes the HTTP client; for tests.
        sleep: waits a number of seconds between two attempts; for tests.
        progress: is told, while a stream comes, how many characters have come, from another thread; 0 begins anew.

    Raises:
        SettingsError: the address or the key cannot be used.
    """

    name = "openai"
    needs_network = True
    is_deterministic = False

    def __init__(
        self,
        settings: Settings,
        *,
        memory: ServerMemory | None = None,
        http_client: Callable[[], httpx2.Client] | None = None,
        sleep: Callable[[float], None] = nap,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._settings = settings
        self._progress = progress or (lambda _characters: None)
        self._sleep = sleep
        self._endpoint = read_endpoint(settings)
        self._style = find_style(settings.api)
        self._memory = memory or ServerMemory()
        self._circuit = self._memory.circuit(self.address)
        self._http_client = http_client
        self._wire: Wire | None = None
        self._lock = threading.Lock()

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

        A request that only finds out what the server takes (see `dialect`), or that gives an answer more room (see
        `asking`), is no attempt in the sense of ``max_attempts``.

        Raises:
            SettingsError: neither the prompt nor the settings name a model.
            InputError: a parameter is set that the calling style does not have, or the answer's schema is too large.
            EngineUnavailable, EngineRejected, EngineProtocolError: as `Engine.complete`; ``attempts`` counts
                the requests.
        """
        model = prompt.parameters.model or self.model
        if not model:
            raise SettingsError(
                f"Expected the name of a model that {self.address} offers, but none is set; "
                "set GENFLOW_MODEL, or the library's argument model."
            )

        most = _most_choice(prompt)
        style = find_style("decisions") if most and self._settings.confidence == "decisions" else self._style
        measure = bool(most) and self._measures(prompt)

        written = 0

        def post(body: dict[str, Any]) -> HttpReply:
            return paced(lambda: self._open().post(style.name, body, deadline, count, watch), deadline)

        def count() -> None:
            nonlocal written
            asking.requests, written = asking.requests + 1, 0

        def watch(line: bytes) -> None:
            nonlocal written
            written += characters_in(line)
            self._progress(written)

        asking = Asking(
            post,
            style=style,
            dialect=self._memory.dialect(self.address, style, self._settings.structured),
            server=self._endpoint.server,
            prompt=prompt,
            model=model,
            parameters=_with_defaults(prompt.parameters, self._settings),
            most_choice=most,
            measure=measure,
        )
        started = time.monotonic()
        read = self._persist(asking, deadline)
        confidence = _confidence(read, most) if measure else read.confidence
        return Completion(
            texts=read.texts,
            engine=self.name,
            model=read.model,
            finish_reason=read.finish_reason,
            usage=asking.spent + Usage(requests=asking.requests),
            confidence=confidence,
            seconds=time.monotonic() - started,
            notes=(*asking.notes, *_unmeasured(style, measure=measure and confidence is None)),
        )

    def close(self) -> None:
        """Closes the connections; a later call opens new ones."""
        with self._lock:
            wire = self._wire
        if wire is not None:
            wire.close()

    def _measures(self, prompt: Prompt) -> bool:
        settings = self._settings
        return prompt.measure or settings.confidence == "measured" or settings.escalate_below is not None

    def _persist(self, asking: Asking, deadline: Deadline) -> Read:
        """Returns what is read in as many attempts as it takes, and tells the circuit how they ended."""
        self._circuit.check(self._endpoint.server)
        try:
            read = persist(
                asking.attempt,
                server=self._endpoint.server,
                deadline=deadline,
                max_attempts=self._settings.max_attempts,
                sleep=self._sleep,
            )
        except EngineError as error:
            error.attempts, error.usage = asking.requests, asking.spent
            if asking.unreached:
                self._circuit.failed(asking.unreached)
            else:
                self._circuit.answered()
            raise
        self._circuit.answered()
        return read

    def _open(self) -> Wire:
        with self._lock:
            if self._wire is None:
                from GenFlowLibrary.engines.openai_wire import Wire  # noqa: PLC0415 - see the module's docstring

                self._wire = Wire(self._endpoint, self._http_client)
            return self._wire


def _most_choice(prompt: Prompt) -> int:
    """Returns the largest number to choose where the answer is a choice among numbers, 0 for every other answer."""
    from GenFlowLibrary.answers.choice import Choice  # noqa: PLC0415 - a raw prompt needs no answer types

    if prompt.answer_type is None or not issubclass(prompt.answer_type, Choice):
        return 0
    numbers = prompt.answer_type.model_json_schema()["properties"]["choice"].get("enum")
    return max(numbers) if numbers else 0


def _confidence(read: Read, most: int) -> float | None:
    if read.confidence is not None or len(read.texts) > 1:
        return read.confidence  # of several answers, how many agree tells more: see the steps
    return confidence_of_choice(read.texts[0], read.logprobs, most)


def _unmeasured(style: CallingStyle, *, measure: bool) -> tuple[str, ...]:
    """Returns, for the log, why a confidence that was to be measured is not."""
    if not measure:
        return ()
    if style.name in ("chat", "decisions"):
        return ("The confidence of the choice is not measured: the server told no probabilities for it.",)
    return (
        f"The confidence of the choice is not measured: api={style.name} is not asked for it, api=chat is.",
    )


def _with_defaults(parameters: Parameters, settings: Settings) -> Parameters:
    """Returns a prompt's parameters, filled up with those of the settings."""
    defaults = {"temperature": settings.temperature, "max_tokens": settings.max_tokens, "seed": settings.seed}
    return Parameters(**{**defaults, **parameters.given()})

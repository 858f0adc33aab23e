"""What one server takes, found out by asking: how an answer's form is asked for, and how long it may be.

    the style's strictest rung -> refused or ignored -> the next one ... -> remembered as soon as it has worked

Servers differ, and a refusal is how they say so. It is found out at most once for each model and run, and told in a note.
"""

from __future__ import annotations

import dataclasses
import re
import threading
from typing import TYPE_CHECKING

from GenFlowLibrary.engines.calling_style import CallingStyle, Way

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from GenFlowLibrary.engines.answer_format import Rung
    from GenFlowLibrary.engines.server_faults import HttpReply

_TOLD: dict[Rung, str] = {
    "json_object_schema": "takes no json_schema: answers are asked for as a JSON object, the schema beside it",
    "json_object": "takes no json_schema: answers are asked for as a JSON object, the schema in the prompt",
    "prompt": "takes no response_format: answers are asked for as JSON in the prompt alone",
}
_REFUSALS = (400, 422, 501)
_FAILURE, _VALIDATION = 500, "validation error"
_FORMATS = ("response_format", "text")
# Any of these in a refusal is about the format: the parameter's names, and what servers call it in prose.
_NAMES_THE_FORMAT = re.compile(
    r"response_format|text\.format|json_schema|json_object|json mode|structured output", re.IGNORECASE
)


class Dialect:
    """What has been found out about a server in one calling style, by model. Threads may share it.

    Args:
        style: The calling style.
        structured: The rung to begin with, where the style has it; else the strictest.
    """

    def __init__(self, style: CallingStyle, structured: str = "auto") -> None:
        self._style = style
        self._first = next((rung for rung in style.rungs if rung == structured), style.rungs[0])
        self._lock = threading.Lock()
        self._ways: dict[str, Way] = {}

    def way(self, model: str) -> Way:
        """Returns the way to begin with for a model."""
        with self._lock:
            return self._ways.get(model) or Way(self._first, self._style.limits[0])

    def other_way(self, way: Way, body: Mapping[str, Any], reply: HttpReply) -> Way | None:
        """Returns the way to try after a refusal.

        ``None`` where the refusal is about something else, or nothing is left to try.
        """
        if reply.status not in _REFUSALS and not _refuses_as_a_failure(reply):
            return None
        newer = self._style.limits[self._style.limits.index(way.limit) + 1 :]
        if way.limit in body and newer and newer[0] in reply.text:
            return dataclasses.replace(way, limit=newer[0])
        if "stream_options" in body and "stream_options" in reply.text:
            return dataclasses.replace(way, stream_usage=False)
        if "logprobs" in body and "logprobs" in reply.text:
            return dataclasses.replace(way, logprobs=False)
        if any(name in body for name in _FORMATS) and _NAMES_THE_FORMAT.search(reply.text):
            return self._next_rung(way)
        return None

    def worked(self, model: str, way: Way, *, ignored: bool = False) -> tuple[str, ...]:
        """Remembers the way that led to a completion, and returns what is new about the model in sentences.

        Not sooner: a server that echoes the request in an unrelated refusal names every parameter of it.

        Args:
            model: The model.
            way: The way that worked.
            ignored: Whether the server did not keep to the form that it took without a word; the next rung, which says it in
                the prompt as well, is remembered then.
        """
        before = self.way(model)
        told = []
        if ignored:
            told.append(
                f"The model '{model}' ignores json_schema: the schema is put into the prompt as well."
            )
            way = self._next_rung(way) or way
        elif way.rung != before.rung:
            told.append(f"The model '{model}' {_TOLD[way.rung]}.")
        if way.limit != before.limit:
            told.append(f"The model '{model}' takes the length limit as {way.limit}.")
        if way.logprobs != before.logprobs:
            told.append(
                f"The model '{model}' tells no log-probabilities: the confidence of choices is not measured."
            )
        if way.stream_usage != before.stream_usage:
            told.append(f"The server takes no stream_options: what a stream of '{model}' costs is not told.")
        if way.room != before.room:
            told.append(
                f"The server cuts answers of '{model}' short unless a limit is set: {way.limit}={way.room} is sent."
            )
        with self._lock:
            self._ways[model] = way
        return tuple(told)

    def _next_rung(self, way: Way) -> Way | None:
        lower = self._style.rungs[self._style.rungs.index(way.rung) + 1 :]
        return dataclasses.replace(way, rung=lower[0]) if lower else None


def _refuses_as_a_failure(reply: HttpReply) -> bool:
    """Whether a failure is a refusal: the server of llama-cpp-python 0.3 answers a request that does not validate with a 500."""
    return reply.status == _FAILURE and _VALIDATION in reply.text

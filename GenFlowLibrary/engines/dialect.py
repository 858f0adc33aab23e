"""The request as one server takes it: how an answer's schema is asked for, and how long it may be.

    json_schema (strict) -> json_object -> asked for in the prompt

Servers differ, and a refusal is how they say so. It is found out at most once for each model: a refused way
is replaced by the next one, which is remembered as soon as it has worked, and told in ``notes``.

The limit goes out as ``max_tokens``: OpenAI's newer models refuse that name, loudly, and then get
``max_completion_tokens``. The other way round the limit would be lost without a word: Ollama (its issue 7125)
and llama-cpp-python (its issue 1907) ignore the newer name.
"""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from GenFlowLibrary.core.prompt import Parameters, Prompt
    from GenFlowLibrary.engines.server_faults import HttpReply

Rung = Literal["json_schema", "json_object", "prompt"]

_NEXT: dict[Rung, Rung] = {"json_schema": "json_object", "json_object": "prompt"}
_TOLD: dict[Rung, str] = {
    "json_object": "takes no json_schema: answers are asked as a JSON object, the schema in the prompt",
    "prompt": "takes no response_format: answers are asked for as JSON in the prompt alone",
}
_REFUSALS = (400, 422)
# Any of these in a refusal is about the format: the parameter's names, and what servers call it in prose.
_NAMES_THE_FORMAT = re.compile(
    "response_format|json_schema|json_object|json mode|structured output", re.IGNORECASE
)
_NEWER_LIMIT = "max_completion_tokens"
_ASK_FOR_JSON = "Answer with one JSON object that satisfies this JSON Schema, and with nothing else:\n"


@dataclass(frozen=True)
class Way:
    """One way to put a request."""

    rung: Rung = "json_schema"
    limit: str = "max_tokens"


class Dialect:
    """What has been found out about a server, by model. ``notes`` tells it in sentences."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._ways: dict[str, Way] = {}

    def way(self, model: str) -> Way:
        """Returns the way to begin with for a model."""
        return self._ways.get(model, Way())

    def other_way(self, way: Way, body: Mapping[str, Any], reply: HttpReply) -> Way | None:
        """Returns the way to try after a refusal.

        ``None`` where the refusal is about something else, or nothing is left to try.
        """
        if reply.status not in _REFUSALS:
            return None
        if way.limit in body and way.limit != _NEWER_LIMIT and _NEWER_LIMIT in reply.text:
            return dataclasses.replace(way, limit=_NEWER_LIMIT)
        if "response_format" in body and _NAMES_THE_FORMAT.search(reply.text):
            return dataclasses.replace(way, rung=_NEXT[way.rung])
        return None

    def worked(self, model: str, way: Way) -> None:
        """Remembers the way that led to a completion.

        Not sooner: a server that echoes the request in an unrelated refusal names every parameter of it.
        """
        before = self.way(model)
        self._ways[model] = way
        if way.rung != before.rung:
            self.notes.append(f"The model '{model}' {_TOLD[way.rung]}.")
        if way.limit != before.limit:
            self.notes.append(f"The model '{model}' takes the length limit as {way.limit}.")


def request_body(
    prompt: Prompt,
    *,
    way: Way,
    model: str,
    parameters: Parameters,
    schema: Callable[[type[BaseModel]], dict[str, Any]],
) -> dict[str, Any]:
    """Returns the body of a chat completion request: model, messages, and the parameters that are set.

    Args:
        prompt: what is asked.
        way: how this server wants it.
        model: the model to ask.
        parameters: the sampling parameters to send instead of the prompt's own.
        schema: makes the strict JSON Schema of an answer type.
    """
    messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
    body: dict[str, Any] = {"model": model, "messages": messages}
    for name, value in dataclasses.replace(parameters, model=None).given().items():
        body[way.limit if name == "max_tokens" else name] = list(value) if isinstance(value, tuple) else value
    if prompt.answer_type is None:
        return body
    wanted = schema(prompt.answer_type)
    if way.rung == "json_schema":
        # The alphabet and the length that OpenAI allows.
        name = re.sub(r"[^a-zA-Z0-9_-]", "_", prompt.answer_type.__name__)[:64]
        described = {"name": name, "strict": True, "schema": wanted}
        return {**body, "response_format": {"type": "json_schema", "json_schema": described}}
    # On the last message: the chat templates of some models take no system message, or only a first one.
    messages[-1]["content"] += f"\n\n{_ASK_FOR_JSON}{json.dumps(wanted, ensure_ascii=False)}"
    return body if way.rung == "prompt" else {**body, "response_format": {"type": "json_object"}}

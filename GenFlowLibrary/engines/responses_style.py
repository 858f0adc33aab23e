"""Responses: OpenAI's newer endpoint; one answer, made of items.

output: [reasoning, message: [output_text | refusal], ...], status: completed | incomplete | failed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import EngineProtocolError, EngineRejected, InputError
from GenFlowLibrary.engines.answer_format import Rung, in_words, schema_name
from GenFlowLibrary.engines.completion_reading import (
    OTHER_SERVER,
    Choice,
    Read,
    finish,
    read_model,
    read_usage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from GenFlowLibrary.core.prompt import Parameters
    from GenFlowLibrary.engines.calling_style import Request, Way
    from GenFlowLibrary.engines.server_faults import Server

_MISSING = ("stop", "seed")
_REASONS = {
    "completed": "stop",
    "max_output_tokens": "length",
    "max_tokens": "length",
    "content_filter": "content_filter",
}


class ResponsesStyle:
    """``POST /responses``."""

    name = "responses"
    rungs: tuple[Rung, ...] = ("json_schema", "json_object", "prompt")
    limits = ("max_output_tokens",)

    def body(self, request: Request, way: Way) -> dict[str, Any]:
        """Returns model, input, the parameters that are set, and the form of the answer.

        ``store`` is false: OpenAI keeps responses for thirty days otherwise, and nothing here refers to one again.

        Raises:
            InputError: ``n`` above 1, ``stop`` or ``seed`` is set, which the endpoint does not have.
        """
        parameters = request.parameters
        _refuse_missing(parameters)
        messages = [{"role": each.role, "content": each.content} for each in request.prompt.messages]
        body: dict[str, Any] = {"model": request.model, "input": messages, "store": False}
        for name, value in parameters.given().items():
            if name in ("temperature", "top_p", "max_tokens"):
                body[way.limit if name == "max_tokens" else name] = value
        if request.schema is None or request.prompt.answer_type is None:
            return body
        if way.rung == "json_schema":
            described = {"type": "json_schema", "name": schema_name(request.prompt.answer_type)}
            return {**body, "text": {"format": {**described, "strict": True, "schema": request.schema}}}
        messages[-1]["content"] += in_words(request.schema)
        return body if way.rung == "prompt" else {**body, "text": {"format": {"type": "json_object"}}}

    def read(self, data: Mapping[str, Any], server: Server, body: Mapping[str, Any]) -> Read:
        """Returns what a response holds; see `CallingStyle.read`."""
        items = data.get("output")
        if not isinstance(items, list) or not items:
            raise EngineProtocolError(
                f"{server.expected}, but its answer has no output; try again or {OTHER_SERVER}."
            )
        parts = list(_parts(items))
        texts = [part.get("text") for part in parts if part.get("type") == "output_text"]
        if not all(isinstance(text, str) for text in texts):
            raise EngineProtocolError(
                f"{server.expected}, but the content of its answer is not text; {OTHER_SERVER}."
            )
        refusals = [str(part.get("refusal")) for part in parts if part.get("type") == "refusal"]
        choice = Choice(
            text="".join(map(str, texts)),
            reason=_reason(data, server),
            refusal=" ".join(refusals) or None,
            called_a_tool=any(str(_kind(item)).endswith("_call") for item in items),
        )
        usage = read_usage(data.get("usage"), "input_tokens", "output_tokens")
        text, reason = finish(choice, server, body, usage)
        return Read((text,), reason, read_model(data, body), usage)


def _refuse_missing(parameters: Parameters) -> None:
    given = parameters.given()
    missing = [name for name in _MISSING if name in given] + (["n"] if given.get("n", 1) > 1 else [])
    if missing:
        raise InputError(
            f"Expected parameters that api=responses has, but {missing[0]} is set, which it lacks; "
            f"leave out {missing[0]}, or set api=chat."
        )


def _kind(item: Any) -> Any:
    return item.get("type") if isinstance(item, dict) else None


def _parts(items: list[Any]) -> Iterator[Mapping[str, Any]]:
    """Yields the parts of all messages; other items, such as reasoning, are no part of the answer."""
    for item in items:
        content = item.get("content") if _kind(item) == "message" else None
        if isinstance(content, list):
            yield from (part for part in content if isinstance(part, dict))


def _reason(data: Mapping[str, Any], server: Server) -> Any:
    """Returns why a response ended, in the words of a chat completion where they are known."""
    status = data.get("status")
    if status in ("failed", "cancelled"):
        raise EngineRejected(
            f"{server.expected}, but it ended as '{status}' without saying why; try again or choose another model."
        )
    details = data.get("incomplete_details")
    said = details.get("reason") if status == "incomplete" and isinstance(details, dict) else status
    return _REASONS.get(said, said) if isinstance(said, str) else said

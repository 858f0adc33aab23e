"""Chat completions: messages in, messages out; the style that every server has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import EngineProtocolError
from GenFlowLibrary.engines.answer_format import Rung, in_words, schema_name
from GenFlowLibrary.engines.completion_reading import (
    OTHER_SERVER,
    Choice,
    Read,
    read_choices,
)
from GenFlowLibrary.engines.confidence import MOST_ALTERNATIVES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.engines.calling_style import Request, Way
    from GenFlowLibrary.engines.server_faults import Server

_TOOL_CALLS = ("tool_calls", "function_call")


class ChatStyle:
    """``POST /chat/completions``."""

    name = "chat"
    rungs: tuple[Rung, ...] = ("json_schema", "json_object_schema", "json_object", "prompt")
    # OpenAI's newer models refuse the first name, loudly, and then get the second. The other way round the limit would be
    # lost without a word: Ollama (its issue 7125) and llama-cpp-python (its issue 1907) ignore the newer name.
    limits = ("max_tokens", "max_completion_tokens")

    def body(self, request: Request, way: Way) -> dict[str, Any]:
        """Returns model, messages, the parameters that are set, and the form of the answer."""
        messages = [{"role": each.role, "content": each.content} for each in request.prompt.messages]
        body: dict[str, Any] = {"model": request.model, "messages": messages}
        for name, value in request.parameters.given().items():
            if name != "model":
                body[way.limit if name == "max_tokens" else name] = (
                    list(value) if isinstance(value, tuple) else value
                )
        if request.measure and way.logprobs:
            body |= {"logprobs": True, "top_logprobs": MOST_ALTERNATIVES}
        if request.schema is None or request.prompt.answer_type is None:
            return body
        if way.rung == "json_schema":
            described = {
                "name": schema_name(request.prompt.answer_type),
                "strict": True,
                "schema": request.schema,
            }
            return {**body, "response_format": {"type": "json_schema", "json_schema": described}}
        # On the last message: the chat templates of some models take no system message, or only a first one.
        messages[-1]["content"] += in_words(request.schema)
        if way.rung == "prompt":
            return body
        form: dict[str, Any] = {"type": "json_object"}
        # llama.cpp and its relatives enforce a schema that stands here; others refuse it.
        return {
            **body,
            "response_format": {**form, "schema": request.schema}
            if way.rung == "json_object_schema"
            else form,
        }

    def read(self, data: Mapping[str, Any], server: Server, body: Mapping[str, Any]) -> Read:
        """Returns what a chat completion holds; see `CallingStyle.read`."""
        return read_choices(data, server, body, _message)


def _message(choice: Mapping[str, Any], server: Server) -> Choice:
    message = choice.get("message")
    if not isinstance(message, dict):
        raise EngineProtocolError(
            f"{server.expected}, but a choice in its answer has no message; {OTHER_SERVER}."
        )
    return Choice(
        text=message.get("content"),
        reason=choice.get("finish_reason"),
        refusal=message.get("refusal"),
        called_a_tool=choice.get("finish_reason") in _TOOL_CALLS
        or any(message.get(name) for name in _TOOL_CALLS),
        logprobs=choice.get("logprobs"),
    )

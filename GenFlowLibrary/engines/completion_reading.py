"""Reading a success: a completion, or a typed error for everything that only looks like one.

    HTTP 200 -> JSON object -> choices -> texts

The client's own models let a null, a wrong type and a whole HTML page pass, so the bytes are read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.characters import on_one_line, writable
from GenFlowLibrary.core.completion import Usage
from GenFlowLibrary.core.errors import EngineProtocolError, EngineRejected
from GenFlowLibrary.engines.server_faults import HttpReply, Server, understand

if TYPE_CHECKING:
    from collections.abc import Mapping

_FINISHED = {
    "stop": "stop",
    "length": "length",
    # What other servers write for the same two: TGI, Cohere, Anthropic's and Google's bridges, Mistral.
    "eos": "stop",
    "eos_token": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "complete": "stop",
    "max_tokens": "length",
    "model_length": "length",
}
_TOOL_CALLS = ("tool_calls", "function_call")
_ERROR_STATUSES = range(400, 600)
_OTHER_SERVER = "check that base_url is the address of an OpenAI-compatible server"


@dataclass(frozen=True)
class Read:
    """What a reply holds: a text for each choice, whether one was cut, which model wrote it, its cost."""

    texts: tuple[str, ...]
    finish_reason: str
    model: str
    usage: Usage


def read_completion(reply: HttpReply, server: Server, *, body: Mapping[str, Any], now: float) -> Read:
    """Returns what a success holds.

    Args:
        reply: the reply, with a status of success.
        server: who sent it.
        body: the request it answers.
        now: the time in seconds since the epoch, for an error object that says when to try again.

    Raises:
        PassingFault: it is an error that may pass.
        EngineRejected: the model refused, its filter did, or its limit left no room for an answer.
        EngineProtocolError: it is not a completion, or not the one that was asked for.
    """
    data = reply.data
    if not isinstance(data, dict):
        raise EngineProtocolError(
            f"{server.expected}, but it answered with {_looks(reply, server)}; {_remedy(reply)}."
        )
    if data.get("error"):
        raise understand(_as_refusal(reply), server, model=body["model"], now=now)
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices:
        raise EngineProtocolError(
            f"{server.expected}, but its answer has no choices; try again or {_OTHER_SERVER}."
        )
    wanted = body.get("n", 1)
    if len(choices) < wanted:
        raise EngineProtocolError(
            f"{server.expected} with {wanted} choices, but it sent {len(choices)}; "
            "leave out n and ask several times instead."
        )
    read = [_choice(choice, server, body) for choice in choices[:wanted]]
    model = data.get("model")
    return Read(
        texts=tuple(text for text, _ in read),
        finish_reason="length" if any(reason == "length" for _, reason in read) else "stop",
        model=(on_one_line(model) if isinstance(model, str) else "") or str(body["model"]),
        usage=_usage(data.get("usage")),
    )


def _looks(reply: HttpReply, server: Server) -> str:
    if reply.is_html:
        return "an HTML page"
    if not reply.text:
        return "nothing"
    kind = "text" if reply.data is None and reply.text != "null" else "JSON"
    return f"{kind} that is no completion: {server.quote(reply.text)}"


def _remedy(reply: HttpReply) -> str:
    if reply.is_html:
        return "check that base_url ends in the path of the API, such as /v1, and that no log-in is asked for"
    return _OTHER_SERVER


def _as_refusal(reply: HttpReply) -> HttpReply:
    """Returns an error object that came with a success as the refusal it is; its code may be a status."""
    code = str(reply.error.get("code", ""))
    status = int(code) if code.isdecimal() and int(code) in _ERROR_STATUSES else 400
    return HttpReply(status, reply.content, reply.headers)


def _choice(choice: Any, server: Server, body: Mapping[str, Any]) -> tuple[str, str]:
    """Returns the text of a choice and why it ended."""
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        raise EngineProtocolError(
            f"{server.expected}, but a choice in its answer has no message; {_OTHER_SERVER}."
        )
    reason, content = choice.get("finish_reason"), message.get("content")
    if message.get("refusal"):
        said = server.quote(str(message["refusal"]))
        raise EngineRejected(
            f"{server.expected}, but the model declined: {said}; reword the prompt or choose another model."
        )
    if reason == "content_filter":
        raise EngineRejected(
            f"{server.expected}, but its content filter stopped the answer; reword the prompt or its inputs."
        )
    if reason in _TOOL_CALLS or any(message.get(name) for name in _TOOL_CALLS):
        raise EngineProtocolError(
            f"{server.expected}, but the model called a tool, and none was offered; "
            "choose another model or turn its tools off."
        )
    if not isinstance(reason, str) or reason.lower() not in _FINISHED:
        found = (
            f"with the unknown end {server.quote(str(reason))}"
            if reason
            else "without saying that it is finished"
        )
        raise EngineProtocolError(
            f"{server.expected}, but its answer came {found}; try again or choose another model."
        )
    ended = _FINISHED[reason.lower()]
    if content is not None and not isinstance(content, str):
        raise EngineProtocolError(
            f"{server.expected}, but the content of its answer is not text; {_OTHER_SERVER}."
        )
    if not (content or "").strip() and "stop" not in body:
        raise _empty(ended, server)
    return writable(content or ""), ended


def _empty(ended: str, server: Server) -> EngineProtocolError | EngineRejected:
    if ended == "length":
        return EngineRejected(
            f"{server.expected}, but its limit was used up before any text came; raise max_tokens."
        )
    return EngineProtocolError(
        f"{server.expected}, but its answer is empty; try again or choose another model."
    )


def _usage(usage: Any) -> Usage:
    found = usage if isinstance(usage, dict) else {}
    return Usage(_count(found.get("prompt_tokens")), _count(found.get("completion_tokens")))


def _count(value: Any) -> int:
    """Returns a token count; 0 for what is absent or no count."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0

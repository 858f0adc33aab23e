"""Reading a success: a completion, or a typed error for everything that only looks like one.

    HTTP 200 -> JSON object, every name once -> no error object -> calling style -> texts

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
    from collections.abc import Callable, Mapping

    from GenFlowLibrary.engines.calling_style import CallingStyle

OTHER_SERVER = "check that base_url is the address of an OpenAI-compatible server"

MOST_TOKENS = 10**9
"""A count beyond this is nobody's cost, and would use up any budget at once: it counts as not told."""
_LONGEST_NAME = 200
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
_ERROR_STATUSES = range(400, 600)
# Sent twice with different values, these would leave open what was answered.
_ONCE = frozenset(
    {"choices", "message", "content", "finish_reason", "text", "output", "status", "refusal", "error"}
)


@dataclass(frozen=True)
class Read:
    """What a reply holds: a text for each choice, whether one was cut, which model wrote it, its cost.

    ``logprobs`` is what it says of the first text's tokens, nothing in it checked; ``confidence`` is what it says itself.
    """

    texts: tuple[str, ...]
    finish_reason: str
    model: str
    usage: Usage
    logprobs: Any = None
    confidence: float | None = None


@dataclass(frozen=True)
class Choice:
    """One choice as its server sent it: nothing in it is checked yet."""

    text: Any
    reason: Any
    refusal: Any = None
    called_a_tool: bool = False
    logprobs: Any = None


class LimitUsedUp(EngineRejected):
    """The length limit was reached before any text came, as when a model reasons first. ``usage`` is what it cost."""

    def __init__(self, message: str, usage: Usage) -> None:
        super().__init__(message)
        self.usage = usage


def read_completion(
    reply: HttpReply, server: Server, *, style: CallingStyle, body: Mapping[str, Any], now: float
) -> Read:
    """Returns what a success holds.

    Args:
        reply: the reply, with a status of success.
        server: who sent it.
        style: how it was asked.
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
    twice = sorted(reply.repeated & _ONCE)
    if twice:
        raise EngineProtocolError(
            f"{server.expected}, but its answer has '{twice[0]}' twice in one object; {OTHER_SERVER}."
        )
    return style.read(data, server, body)


def read_choices(
    data: Mapping[str, Any],
    server: Server,
    body: Mapping[str, Any],
    open_choice: Callable[[Mapping[str, Any], Server], Choice],
) -> Read:
    """Returns what a body with ``choices`` holds; ``open_choice`` takes one of them apart.

    Raises:
        EngineRejected, EngineProtocolError: as `read_completion`.
    """
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices:
        raise EngineProtocolError(
            f"{server.expected}, but its answer has no choices; try again or {OTHER_SERVER}."
        )
    wanted = body.get("n", 1)
    if len(choices) < wanted:
        raise EngineProtocolError(
            f"{server.expected} with {wanted} choices, but it sent {len(choices)}; "
            "leave out n and ask several times instead."
        )
    usage = read_usage(data.get("usage"), "prompt_tokens", "completion_tokens")
    opened: list[Choice] = []
    read = []
    for choice in choices[:wanted]:
        if not isinstance(choice, dict):
            raise EngineProtocolError(
                f"{server.expected}, but a choice in its answer has no message; {OTHER_SERVER}."
            )
        opened.append(open_choice(choice, server))
        read.append(finish(opened[-1], server, body, usage))
    return Read(
        texts=tuple(text for text, _ in read),
        finish_reason="length" if any(reason == "length" for _, reason in read) else "stop",
        model=read_model(data, body),
        usage=usage,
        logprobs=opened[0].logprobs,
    )


def finish(choice: Choice, server: Server, body: Mapping[str, Any], usage: Usage) -> tuple[str, str]:
    """Returns the text of a choice and why it ended: ``stop`` or ``length``.

    Raises:
        EngineRejected, EngineProtocolError: as `read_completion`.
    """
    if choice.refusal:
        said = server.quote(str(choice.refusal))
        raise EngineRejected(
            f"{server.expected}, but the model declined: {said}; reword the prompt or choose another model."
        )
    if choice.reason == "content_filter":
        raise EngineRejected(
            f"{server.expected}, but its content filter stopped the answer; reword the prompt or its inputs."
        )
    if choice.called_a_tool:
        raise EngineProtocolError(
            f"{server.expected}, but the model called a tool, and none was offered; "
            "choose another model or turn its tools off."
        )
    reason = _end(choice.reason, server)
    if choice.text is not None and not isinstance(choice.text, str):
        raise EngineProtocolError(
            f"{server.expected}, but the content of its answer is not text; {OTHER_SERVER}."
        )
    text = choice.text or ""
    if not text.strip() and "stop" not in body:
        raise _empty(reason, server, usage)
    return writable(text), reason


def read_usage(usage: Any, prompt: str, completion: str) -> Usage:
    """Returns the token counts under these two names; 0 for what is absent or no sensible count."""
    found = usage if isinstance(usage, dict) else {}
    return Usage(_count(found.get(prompt)), _count(found.get(completion)))


def usage_of(reply: HttpReply) -> Usage:
    """Returns what a reply says it cost, whatever else is wrong with it."""
    told = reply.data.get("usage") if isinstance(reply.data, dict) else None
    in_chat, in_responses = ("prompt_tokens", "completion_tokens"), ("input_tokens", "output_tokens")
    names = in_responses if isinstance(told, dict) and "input_tokens" in told else in_chat
    return read_usage(told, *names)


def read_model(data: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """Returns the model that answered; the one that was asked where the server does not say."""
    model = data.get("model")
    told = on_one_line(model[:_LONGEST_NAME]) if isinstance(model, str) else ""
    return told or str(body["model"])


def _end(reason: Any, server: Server) -> str:
    if isinstance(reason, str) and reason.lower() in _FINISHED:
        return _FINISHED[reason.lower()]
    found = (
        f"with the unknown end {server.quote(str(reason))}"
        if reason
        else "without saying that it is finished"
    )
    raise EngineProtocolError(
        f"{server.expected}, but its answer came {found}; try again or choose another model."
    )


def _empty(ended: str, server: Server, usage: Usage) -> EngineProtocolError | EngineRejected:
    if ended == "length":
        return LimitUsedUp(
            f"{server.expected}, but its limit was used up before any text came; raise max_tokens.", usage
        )
    return EngineProtocolError(
        f"{server.expected}, but its answer is empty; try again or choose another model."
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_TOKENS else 0


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
    return OTHER_SERVER


def _as_refusal(reply: HttpReply) -> HttpReply:
    """Returns an error object that came with a success as the refusal it is; its code may be a status."""
    code = str(reply.error.get("code", ""))
    status = int(code) if code.isdecimal() and int(code) in _ERROR_STATUSES else 400
    return HttpReply(status, reply.content, reply.headers)

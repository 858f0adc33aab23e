"""Completions in the form of each endpoint of the OpenAI protocol, with the deviations that a test asks for.

A reply is a mapping. ``answer`` is text, or data that is sent as JSON; it differs from a good completion in what else it has:

    finish_reason, refusal, tool_calls   why it ended (in chat's words), what the model declined, tools it called
    message, choices                     the whole message of a chat completion; the whole list of choices (or outputs)
    usage, more                          the whole cost; fields that are laid over the whole body
    shares                               probability of each number to choose: told of its token where log-probabilities are asked
                                         for, and by the endpoint decisions
"""

from __future__ import annotations

import json
import math
import re
import time
from typing import Any

CHAT, RESPONSES, COMPLETIONS, DECISIONS = "/chat/completions", "/responses", "/completions", "/decisions"


def endpoint_of(path: str) -> str:
    """Returns the endpoint that a path leads to, also Azure's ``/openai/deployments/NAME/chat/completions?api-version=...``."""
    bare = path.partition("?")[0].removeprefix("/v1").removeprefix("/openai")
    return re.sub(r"^/deployments/[^/]+", "", bare)


def is_endpoint(path: str) -> bool:
    """Whether a path of the protocol gives completions."""
    return endpoint_of(path) in (CHAT, RESPONSES, COMPLETIONS, DECISIONS)


def said_to(body: dict[str, Any]) -> str:
    """Returns what a request asks, whichever endpoint it is for."""
    messages = body.get("messages") or body.get("input") or []
    return "\n".join(str(message.get("content")) for message in messages) + str(body.get("prompt") or "")


def schema_asked(body: dict[str, Any]) -> str | None:
    """Returns the name of the strict schema that a request asks for."""
    in_chat = (body.get("response_format") or {}).get("json_schema")
    in_responses = (body.get("text") or {}).get("format")
    return (in_chat or in_responses or {}).get("name")


def render(path: str, body: dict[str, Any], reply: dict[str, Any], model: str) -> dict[str, Any]:
    """Returns the body of a reply as the endpoint under ``path`` sends it."""
    answer = reply.get("answer", "")
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    make = {RESPONSES: _response, COMPLETIONS: _completion, DECISIONS: _decision}.get(
        endpoint_of(path), _chat
    )
    costs = (len(said_to(body)) // 4, len(text) // 4 + 1)
    rendered = make(text, reply, body.get("n") or 1, costs)
    if body.get("logprobs") and "shares" in reply:
        rendered["choices"][0]["logprobs"] = _logprobs(text, reply["shares"])
    return {**rendered, "model": body.get("model", model), **reply.get("more", {})}


def _chat(text: str, reply: dict[str, Any], count: int, costs: tuple[int, int]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": reply.get("refusal")}
    if "tool_calls" in reply:
        message["tool_calls"] = reply["tool_calls"]
    choice = {"message": reply.get("message", message), "logprobs": None}
    choice["finish_reason"] = reply.get("finish_reason", "stop")
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": int(time.time()),
        "choices": reply.get("choices", [{"index": index, **choice} for index in range(count)]),
        "usage": reply.get("usage", _usage(("prompt_tokens", "completion_tokens"), costs)),
        "system_fingerprint": "scripted",
    }


def _completion(text: str, reply: dict[str, Any], count: int, costs: tuple[int, int]) -> dict[str, Any]:
    choice = {"text": text, "logprobs": None, "finish_reason": reply.get("finish_reason", "stop")}
    return {
        "id": "cmpl-scripted",
        "object": "text_completion",
        "created": int(time.time()),
        "choices": reply.get("choices", [{"index": index, **choice} for index in range(count)]),
        "usage": reply.get("usage", _usage(("prompt_tokens", "completion_tokens"), costs)),
    }


def _response(text: str, reply: dict[str, Any], _count: int, costs: tuple[int, int]) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "output_text", "text": text, "annotations": []}
    if reply.get("refusal"):
        part = {"type": "refusal", "refusal": reply["refusal"]}
    items: list[dict[str, Any]] = [{"type": "reasoning", "id": "rs-1", "summary": []}]
    items.append({"type": "message", "role": "assistant", "status": "completed", "content": [part]})
    items += [
        {"type": "function_call", "name": "look", "arguments": "{}"} for _ in reply.get("tool_calls", ())
    ]
    ended = reply.get("finish_reason", "stop")
    incomplete = {"length": "max_output_tokens", "content_filter": "content_filter"}.get(ended)
    return {
        "id": "resp-scripted",
        "object": "response",
        "created_at": int(time.time()),
        "status": "incomplete" if incomplete else "completed" if ended == "stop" else ended,
        "incomplete_details": {"reason": incomplete} if incomplete else None,
        "error": None,
        "output": reply.get("choices", items),
        "usage": reply.get("usage", _usage(("input_tokens", "output_tokens"), costs)),
    }


def _decision(text: str, reply: dict[str, Any], _count: int, costs: tuple[int, int]) -> dict[str, Any]:
    choice = str(json.loads(text)["choice"])
    shares = [{"value": str(number), "probability": share} for number, share in reply["shares"].items()]
    answer = {
        "type": "choice",
        "name": "choice",
        "choice": choice,
        "confidence": 0.5,
        "probabilities": shares,
    }
    refusal = {"type": "refusal", "name": "choice"}
    return {
        "answers": reply.get("choices", [refusal if reply.get("refusal") else answer]),
        "usage": reply.get("usage", _usage(("input_tokens", "output_tokens"), costs)),
    }


def _logprobs(text: str, shares: dict[str, float]) -> dict[str, Any]:
    """Returns a text as tokens of one character each, the number to choose with its alternatives."""
    place = text.rindex('"choice": ') + len('"choice": ')
    listed = [{"token": str(number), "logprob": math.log(share)} for number, share in shares.items()]
    return {
        "content": [
            {
                "token": letter,
                "logprob": math.log(shares[letter]) if at == place else -0.01,
                "top_logprobs": listed if at == place else [],
            }
            for at, letter in enumerate(text)
        ]
    }


def _usage(names: tuple[str, str], costs: tuple[int, int]) -> dict[str, int]:
    return {names[0]: costs[0], names[1]: costs[1], "total_tokens": sum(costs)}

"""Decisions: OpenAI's endpoint that answers a choice with the probability of each option, and writes nothing.

    numbered options -> one question of the type choice -> {"reason", "choice"} with its probability

It gives no reason, and the answer says so. Only some models have it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import EngineProtocolError, InputError
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

    from GenFlowLibrary.engines.answer_format import Rung
    from GenFlowLibrary.engines.calling_style import Request, Way
    from GenFlowLibrary.engines.server_faults import Server

_INSTRUCTIONS = "Choose the number that answers the question at the end of the input."
_LEAST_LIKELY_TOLD = 0.01
_RUNNERS_UP = 2


class DecisionsStyle:
    """``POST /decisions``, for prompts whose answer is a number among options."""

    name = "decisions"
    rungs: tuple[Rung, ...] = ("prompt",)
    limits = ("max_tokens",)

    def body(self, request: Request, _way: Way) -> dict[str, Any]:
        """Returns model, input and one question. The endpoint has no sampling parameters: it does not sample.

        Raises:
            InputError: several answers are asked for.
        """
        if (request.parameters.n or 1) > 1:
            raise InputError(
                "Expected one answer from the endpoint decisions, but several are asked for, which would be the same; "
                "leave out samples."
            )
        question = {
            "type": "choice",
            "name": "choice",
            "instructions": _INSTRUCTIONS,
            "choices": list(_choices(request)),
        }
        messages = [{"role": each.role, "content": each.content} for each in request.prompt.messages]
        return {"model": request.model, "input": messages, "questions": [question]}

    def read(self, data: Mapping[str, Any], server: Server, body: Mapping[str, Any]) -> Read:
        """Returns the decision as the answer that the other styles bring; see `CallingStyle.read`."""
        answers = data.get("answers")
        answer = answers[0] if isinstance(answers, list) and answers and isinstance(answers[0], dict) else {}
        refused = answer.get("type") == "refusal"
        value = answer.get("choice")
        values = [choice["value"] for choice in body["questions"][0]["choices"]]
        if not refused and value not in values:
            raise EngineProtocolError(
                f"{server.expected}, but its answer is none of the numbers that were asked about; try again or {OTHER_SERVER}."
            )
        shares = _probabilities(answer)
        text = "" if refused else json.dumps({"reason": _told(value, shares), "choice": int(str(value))})
        usage = read_usage(data.get("usage"), "input_tokens", "output_tokens")
        choice = Choice(text, "stop", refusal="it did not answer this question" if refused else None)
        text, reason = finish(choice, server, body, usage)
        return Read((text,), reason, read_model(data, body), usage, confidence=shares.get(value))


def _choices(request: Request) -> Iterator[dict[str, str]]:
    options = request.prompt.inputs.get("options")
    named = {
        str(option.get("number")): ": ".join(
            str(option[key]) for key in ("name", "description") if option.get(key)
        )
        for option in (options if isinstance(options, list) else ())
        if isinstance(option, dict)
    }
    for number in range(request.most_choice + 1):
        text = named.get(str(number), "none of them" if number == 0 else "")
        yield {"value": str(number), "description": text} if text else {"value": str(number)}


def _probabilities(answer: Mapping[str, Any]) -> dict[Any, float]:
    listed = answer.get("probabilities")
    return {
        entry["value"]: float(entry["probability"])
        for entry in (listed if isinstance(listed, list) else ())
        if isinstance(entry, dict)
        and isinstance(entry.get("value"), str)
        and isinstance(entry.get("probability"), (int, float))
        and 0 <= entry["probability"] <= 1
    }


def _told(value: Any, shares: Mapping[Any, float]) -> str:
    others = sorted(((share, other) for other, share in shares.items() if other != value), reverse=True)
    likely = [
        f"{share:.2f} for {other}" for share, other in others[:_RUNNERS_UP] if share > _LEAST_LIKELY_TOLD
    ]
    beside = f", with {' and '.join(likely)}" if likely else ""
    known = f"{shares[value]:.2f}" if value in shares else "unknown"
    return f"The endpoint decisions gives no reason; the probability of {value} is {known}{beside}."

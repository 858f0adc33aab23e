"""Texts that come in pieces: in each calling style, with progress, cost and an end."""

from __future__ import annotations

import contextlib
import io
import json
import time
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import EngineError
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.engines.server_faults import HttpReply, PassingFault, Server
from GenFlowLibrary.engines.streaming import characters_in, put_together
from GenFlowLibrary.rf.streamed_length import StreamedLength

if TYPE_CHECKING:
    from GenFlowLibrary.core.completion import Completion

LINES = "One.\u2028Two."
WHOLE = {
    "model": "m-2",
    "status": "completed",
    "output": [{"type": "message", "content": [{"type": "output_text", "text": LINES}]}],
    "usage": {"input_tokens": 4, "output_tokens": 2},
}
USAGE = {"choices": [], "usage": {"prompt_tokens": 4, "completion_tokens": 2}}
STREAMS: dict[str, list[dict[str, Any]]] = {
    "chat": [
        {"model": "m-2", "choices": [{"index": 0, "delta": {"role": "assistant", "content": "One.\u2028"}}]},
        {"model": "m-2", "choices": [{"index": 0, "delta": {"content": "Two."}, "finish_reason": "stop"}]},
        USAGE,
    ],
    "completions": [
        {"model": "m-2", "choices": [{"index": 0, "text": "One.\u2028"}]},
        {"model": "m-2", "choices": [{"index": 0, "text": "Two.", "finish_reason": "stop"}]},
        USAGE,
    ],
    "responses": [
        {"type": "response.created", "response": {}},
        {"type": "response.output_text.delta", "delta": "One.\u2028"},
        {"type": "response.output_text.delta", "delta": "Two."},
        {"type": "response.completed", "response": WHOLE},
    ],
}


def stream(events: list[dict[str, Any]]) -> bytes:
    return "".join(f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events).encode()


def write(engine: Any, **parameters: Any) -> Completion:
    prompt = Prompt(
        name="complete_prompt",
        version="1",
        digest="0",
        ability="complete",
        messages=(Message("user", "Count."),),
        inputs={},
        parameters=Parameters(**parameters),
        stream=True,
    )
    completion: Completion = engine.complete(prompt, Deadline.after(10, time.monotonic))
    return completion


@pytest.mark.parametrize("api", STREAMS)
def test_pieces_make_the_text_with_its_cost_and_its_length_is_told_on_the_way(make_engine, api: str) -> None:
    seen: list[dict[str, Any]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(json.loads(request.content))
        return httpx2.Response(
            200, headers={"content-type": "text/event-stream"}, content=iter([stream(STREAMS[api])])
        )

    engine = make_engine(api=api, http_client=lambda: httpx2.Client(transport=httpx2.MockTransport(answer)))
    told: list[int] = []
    engine._progress = told.append
    completion = write(engine)
    assert (completion.text, completion.model, completion.finish_reason) == (LINES, "m-2", "stop")
    assert (completion.usage.prompt_tokens, completion.usage.completion_tokens) == (4, 2)
    assert seen[0]["stream"] is True
    assert ("stream_options" in seen[0]) is (api != "responses")
    assert max(told, default=0) == len(LINES)
    assert told == sorted(told)


def reply(content: bytes) -> HttpReply:
    return HttpReply(200, content, {"content-type": "text/event-stream"})


def test_several_choices_are_told_apart_by_their_index() -> None:
    pieces = [(1, "b"), (0, "a"), (1, "d"), (0, "c")]
    events = [{"choices": [{"index": at, "delta": {"content": text}}]} for at, text in pieces]
    ends = [{"choices": [{"index": at, "delta": {}, "finish_reason": "stop"}]} for at in (0, 1)]
    whole = put_together(reply(stream(events + ends)), Server("x", str), api="chat").data
    assert [choice["message"]["content"] for choice in whole["choices"]] == ["ac", "bd"]


def test_one_choice_without_an_end_makes_all_of_it_unfinished() -> None:
    events = [{"choices": [{"index": 0, "text": "a", "finish_reason": "stop"}, {"index": 1, "text": "b"}]}]
    with pytest.raises(PassingFault, match="ended before"):
        put_together(reply(stream(events)), Server("x", str), api="completions")


@given(st.binary(max_size=200), st.sampled_from(["chat", "responses", "completions"]))
def test_any_bytes_are_a_reply_or_one_of_our_faults(content: bytes, api: str) -> None:
    assert characters_in(content) >= 0
    with contextlib.suppress(EngineError, PassingFault):
        assert put_together(reply(b"data: " + content), Server("x", str), api=api).data


def test_the_console_tells_the_length_every_five_seconds_and_never_the_text() -> None:
    console, now = io.StringIO(), [0.0]
    show = StreamedLength(console, lambda: now[0])
    for second in range(12):
        now[0] = float(second)
        show(second * 1000)
    assert console.getvalue() == "\n  6,000 characters so far\n  11,000 characters so far"

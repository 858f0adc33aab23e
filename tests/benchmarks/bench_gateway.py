"""What the gateway adds to a call: Gateway.ask against the bare openai client, on the same server, in turns.

    python tests/benchmarks/bench_gateway.py [pairs]

Goal: at most 3 ms a call. Prints the median of the differences of each pair, which a slow moment of the machine does not
bend, and the ratio of the medians. Exit code 1 where the goal is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

import openai
from openai.lib._pydantic import to_strict_json_schema
from pydantic import BaseModel

from GenFlowLibrary.core.limits import Limits
from GenFlowLibrary.core.prompt import Message, Prompt
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.record import StepRecord
from tests.servers.running import RunningServer, running_server

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL_MS = 3.0
PAIRS = 400
WARM_UP = 20
# About as long as a prompt that classifies an enquiry.
TEXT = "Classify this enquiry: my kettle arrived broken, order 4711, please send another one. " * 20


class Choice(BaseModel):
    """The answer of a classification."""

    reason: str
    choice: int


def through_the_gateway(server: RunningServer) -> tuple[Callable[[], None], Callable[[], None]]:
    """Returns what makes one call, and what closes its connections."""
    engine = OpenAICompatibleEngine(Settings(base_url=server.base_url, model="m-1"))
    gateway = Gateway(budget=Budget(Limits(max_calls=10**9)), secrets=Secrets(), engine=engine)
    prompt = Prompt(
        name="classify",
        version="1",
        digest="0",
        ability="classify",
        messages=(Message("system", "Choose one."), Message("user", TEXT)),
        inputs={"text": TEXT, "options": []},
        answer_type=Choice,
    )

    def call() -> None:
        reply = gateway.ask(prompt, StepRecord("Classify Text"))
        assert reply.answers == (Choice(reason="It is broken.", choice=2),)

    return call, engine.close


def through_the_bare_client(server: RunningServer) -> tuple[Callable[[], None], Callable[[], None]]:
    """Returns what makes one call with the same request, and what closes its connections."""
    client = openai.OpenAI(api_key="not-needed", base_url=server.base_url, max_retries=0)
    schema = {"name": "Choice", "strict": True, "schema": to_strict_json_schema(Choice)}

    def call() -> None:
        completion = client.chat.completions.create(
            model="m-1",
            messages=[{"role": "system", "content": "Choose one."}, {"role": "user", "content": TEXT}],
            response_format={"type": "json_schema", "json_schema": schema},
        )
        assert completion.choices[0].message.content

    return call, client.close


def milliseconds(call: Callable[[], None]) -> float:
    """Returns how long one call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def main(pairs: int) -> int:
    """Measures, prints, and returns the exit code."""
    with running_server() as server:
        server.script({"answer": {"reason": "It is broken.", "choice": 2}})
        ours, close_ours = through_the_gateway(server)
        bare, close_bare = through_the_bare_client(server)
        for _ in range(WARM_UP):
            ours()
            bare()
        times = []
        for turn in range(pairs):  # who goes first alternates: the second finds a warmer machine
            if turn % 2:
                mine, theirs = milliseconds(ours), milliseconds(bare)
            else:
                theirs, mine = milliseconds(bare), milliseconds(ours)
            times.append((mine, theirs))
        close_ours()
        close_bare()
    added = statistics.median(mine - theirs for mine, theirs in times)
    our_median, bare_median = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"bare openai client  {bare_median:8.2f} ms a call (median of {pairs})")
    print(f"through the gateway {our_median:8.2f} ms a call, ratio {our_median / bare_median:.2f}")
    print(
        f"the gateway adds    {added:8.2f} ms a call (goal: at most {GOAL_MS:g}): {'met' if added <= GOAL_MS else 'MISSED'}"
    )
    return 0 if added <= GOAL_MS else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS))

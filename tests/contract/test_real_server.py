"""The openai engine on a real model server: opt-in, see CONTRIBUTING.md. ``TEST_MODEL_SERVER`` is the server's address.

A model of random weights will do: what is checked is that the way to ask is found, not what is said.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine
from GenFlowLibrary.engines.server_memory import ServerMemory
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.record import StepRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = os.environ.get("TEST_MODEL_SERVER", "")
pytestmark = pytest.mark.skipif(not ADDRESS, reason="TEST_MODEL_SERVER names no model server")


def prompt(**changes: Any) -> Prompt:
    given: dict[str, Any] = {
        "name": "classify_text",
        "version": "1",
        "digest": "0",
        "ability": "classify",
        "messages": (Message("user", "My kettle is broken. 1. delivery 2. complaint. Which number?"),),
        "inputs": {"text": "My kettle is broken."},
        "answer_type": choice_type(2),
        "parameters": Parameters(max_tokens=400, temperature=0.8, seed=3),
    }
    return Prompt(**{**given, **changes})


@pytest.fixture
def engine() -> Iterator[OpenAICompatibleEngine]:
    model = os.environ.get("TEST_MODEL", "tiny")
    engine = OpenAICompatibleEngine(Settings(base_url=ADDRESS, model=model), memory=ServerMemory())
    yield engine
    engine.close()


def test_the_ladder_finds_a_rung_on_which_the_server_keeps_to_the_schema(
    engine: OpenAICompatibleEngine,
) -> None:
    gateway = Gateway(budget=Budget(), secrets=Secrets(), engine=engine, timeout=120)
    first, second = StepRecord("Classify Text"), StepRecord("Classify Text")
    for record in (first, second):
        assert gateway.ask(prompt(), record).answers[0].choice in (0, 1, 2)  # type: ignore[attr-defined]
    assert len(second.exchanges) == 1, "what was found out is remembered"
    print("\n".join(first.notes))


def test_a_text_ends_at_its_limit_and_is_counted(engine: OpenAICompatibleEngine) -> None:
    free = prompt(ability="complete", answer_type=None, parameters=Parameters(max_tokens=8, seed=3))
    completion = engine.complete(free, Deadline.after(60, time.monotonic))
    assert completion.text
    assert completion.finish_reason in ("stop", "length")
    assert 0 < completion.usage.completion_tokens <= 9


def test_a_confidence_is_measured_or_the_log_says_why_not(engine: OpenAICompatibleEngine) -> None:
    completion = engine.complete(prompt(measure=True), Deadline.after(120, time.monotonic))
    if completion.confidence is None:
        assert any("not measured" in note for note in completion.notes)
    else:
        assert 0 < completion.confidence <= 1

"""What every engine does alike: the embedded one, a server asked in each of the three calling styles (a real process), and a lineup.

Each answer is recorded and replayed as well. A real model server has tests of its own, for what it says is nobody's to foresee
(`test_real_server.py`).
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.answers.parsing import parse_answer
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import EngineError, EngineUnavailable, NeedsLanguageModel
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.lineup import Lineup
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.engines.registry import choose_engine
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.record import StepRecord
from tests.servers.running import RunningServer, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from GenFlowLibrary.engines.protocol import Engine

APIS = ["chat", "responses", "completions"]
TEXT = "My kettle arrived broken."
OPTIONS = [
    {"number": 1, "name": "delivery", "description": "where a parcel is", "examples": []},
    {"number": 2, "name": "complaint", "description": "something is broken", "examples": ["it is broken"]},
]
RULES = [
    {"when": ["Which number", "kettle"], "answer": {"reason": "It is broken.", "choice": 2}},
    {"when": ["kettle"], "answer": "We are sorry about the kettle."},
    {"when": [], "answer": "Hello!"},
]
CHOOSE = Prompt(
    name="classify_text",
    version="1",
    digest="0",
    ability="classify",
    messages=(Message("system", "You sort texts."), Message("user", f"Which number fits? {TEXT}")),
    inputs={"text": TEXT, "options": OPTIONS},
    answer_type=choice_type(2),
)
WRITE = Prompt(
    name="reply",
    version="1",
    digest="0",
    ability="generate",
    messages=(Message("user", "Write about the kettle."),),
    inputs={},
    draft="We are sorry about the kettle.",
)


def raw(**parameters: Any) -> Prompt:
    return Prompt(
        name="complete_prompt",
        version="1",
        digest="0",
        ability="complete",
        messages=(Message("user", "Say hello."),),
        inputs={"prompt": "Say hello."},
        parameters=Parameters(**parameters),
    )


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as server:
        yield server


@pytest.fixture(params=["embedded", *APIS, "lineup"])
def engine(request: pytest.FixtureRequest, server: RunningServer) -> Iterator[Engine]:
    server.rules(*RULES)
    settings = {"embedded": {"engine": "embedded"}, "lineup": {}}.get(request.param, {"api": request.param})
    engine, _ = choose_engine(Settings(base_url=server.base_url, model="m-1", **settings), {})
    embedded, _ = choose_engine(Settings(engine="embedded"), {})
    yield Lineup(engine, "main", 20.0, (("embedded", embedded),)) if request.param == "lineup" else engine
    engine.close()


def soon(seconds: float = 20.0) -> Deadline:
    return Deadline.after(seconds)


def gateway(engine: Engine | None, recording: Recording | None = None) -> Gateway:
    return Gateway(budget=Budget(), secrets=Secrets(), engine=engine, recording=recording, timeout=20)


def test_a_choice_is_json_of_its_type(engine: Engine) -> None:
    completion = engine.complete(CHOOSE, soon())
    assert len(completion.texts) == 1
    assert parse_answer(completion.text, choice_type(2)).choice == 2


def test_a_text_comes_with_who_wrote_it_and_what_it_cost(engine: Engine) -> None:
    completion = engine.complete(WRITE, soon())
    assert completion.text.strip() == "We are sorry about the kettle."
    assert completion.engine == engine.name
    assert completion.model == engine.model
    assert completion.finish_reason == "stop"
    assert completion.usage.requests == int(engine.needs_network)
    assert (completion.usage.total_tokens > 0) is engine.needs_network
    assert completion.confidence is None or 0 <= completion.confidence <= 1
    assert 0 <= completion.seconds < 20
    assert not completion.from_recording


def test_a_raw_prompt_is_completed_or_refused_honestly(engine: Engine) -> None:
    if engine.needs_network:
        assert engine.complete(raw(), soon()).texts == ("Hello!",)
    else:
        with pytest.raises(NeedsLanguageModel):
            engine.complete(raw(), soon())


def test_what_leaves_this_machine_does_not_leave_it_after_the_deadline(
    engine: Engine, server: RunningServer
) -> None:
    if not engine.needs_network:
        assert parse_answer(engine.complete(CHOOSE, soon(-1)).text, choice_type(2)).choice == 2
        return
    started = time.monotonic()
    with pytest.raises(EngineUnavailable) as caught:
        engine.complete(CHOOSE, soon(-1))
    assert time.monotonic() - started < 10  # the first call imports the client
    assert caught.value.attempts == len(server.log()) == 0


def test_an_engine_works_on_after_it_was_closed(engine: Engine) -> None:
    first = engine.complete(CHOOSE, soon())
    engine.close()
    assert engine.complete(CHOOSE, soon()).texts == first.texts
    engine.close()
    engine.close()


def test_an_error_is_one_sentence_and_counts_its_requests(engine: Engine, server: RunningServer) -> None:
    if not engine.needs_network:
        pytest.skip("Nobody refuses the embedded engine anything.")
    server.script({"status": 403, "body": {"error": {"message": "no\naccess"}}})
    with pytest.raises(EngineError) as caught:
        engine.complete(CHOOSE, soon())
    assert caught.value.attempts == len(server.log()) == 1
    assert "\n" not in str(caught.value)


def test_an_answer_is_recorded_and_replayed_whoever_gave_it(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    given = gateway(engine, Recording(file, "record", str)).ask(CHOOSE, StepRecord("Classify Text"))

    class Nobody:
        name, model, needs_network, is_deterministic = "nobody", "", True, False

    replayed = gateway(Nobody(), Recording(file, "replay", str)).ask(CHOOSE, StepRecord("Classify Text"))  # type: ignore[arg-type]
    assert replayed.answers == given.answers
    assert replayed.completion.from_recording


@pytest.mark.parametrize("api", APIS)
def test_one_wrong_answer_is_put_right_in_every_style(api: str, server: RunningServer) -> None:
    good = {"reason": "It is broken.", "choice": 2}
    server.script({"answer": {"reason": "r", "choice": 7}}, {"answer": json.dumps(good)})
    engine, _ = choose_engine(Settings(base_url=server.base_url, model="m-1", api=api), {})
    record = StepRecord("Classify Text")
    try:
        reply = gateway(engine).ask(CHOOSE, record)
    finally:
        engine.close()
    assert reply.answers[0].model_dump() == good
    assert len(server.log()) == len(record.exchanges) == 2
    assert "it is 7" in json.dumps(server.log()[1]["body"])

"""Who answers where the first engine does not: through the gateway, with its budget, deadline and recording."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import (
    AnswerError,
    BudgetExceeded,
    EngineError,
    EngineProtocolError,
    EngineRejected,
    EngineUnavailable,
    NeedsLanguageModel,
    SettingsError,
)
from GenFlowLibrary.core.limits import Limits
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.core.settings import Resolved, Settings
from GenFlowLibrary.core.settings_sources import load
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.lineup import Lineup
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.engines.registry import line_up
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.record import StepRecord
from tests.fakes.engine import FakeEngine

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {"reason": "It says so.", "choice": 1}
WRONG = {"reason": "It says so.", "choice": 9}
PROMPT = Prompt(
    name="classify_text",
    version="1",
    digest="0",
    ability="classify",
    messages=(Message("user", "Which number?"),),
    inputs={"text": "x"},
    answer_type=choice_type(2),
    parameters=Parameters(model="the-first-ones"),
)


class Desk:
    """Three engines and the gateway to them."""

    def __init__(self, *, recording: Recording | None = None, max_calls: int | None = None) -> None:
        self.now = 0.0
        self.main, self.second, self.third = (
            FakeEngine(f"fake-{n}", f"model-{n}") for n in ("main", "second", "third")
        )
        self.record = StepRecord("Classify Text")
        self.gateway = Gateway(
            budget=Budget(Limits(max_calls=max_calls)),
            secrets=Secrets(),
            recording=recording,
            clock=lambda: self.now,
        )

    def ask(self, *, fallback: bool = False, escalate: bool = False, below: float | None = None) -> Any:
        stand_ins = (("second", self.second), ("third", self.third)) if fallback else ()
        stronger = ("strong", self.third) if escalate else None
        lineup = Lineup(self.main, "main", 60.0, stand_ins, stronger, below)
        return self.gateway.ask(PROMPT, self.record, engine=lineup)

    @property
    def asked(self) -> list[int]:
        return [len(engine.history) for engine in (self.main, self.second, self.third)]


def sure(confidence: float | None) -> Completion:
    return Completion((json.dumps(GOOD),), "fake", "m", usage=Usage(1, 1, 1), confidence=confidence)


def test_the_first_that_can_be_reached_answers_and_the_log_says_why() -> None:
    desk = Desk()
    desk.main.enqueue(EngineUnavailable("Nobody is there.", attempts=2))
    desk.second.enqueue(EngineRejected("The quota is used up.", attempts=1, elsewhere=True))
    desk.third.enqueue(GOOD)
    reply = desk.ask(fallback=True)
    assert reply.completion.engine == "fake-third"
    assert "'second' is asked instead of 'main': Nobody is there." in desk.record.notes
    assert "'third' is asked instead of 'second': The quota is used up." in desk.record.notes
    assert [exchange.completion is None for exchange in desk.record.exchanges] == [True, True, False]


@pytest.mark.parametrize(
    "error",
    [
        EngineRejected("The content filter refused the prompt."),
        EngineProtocolError("It is a log-in page."),
        NeedsLanguageModel("It needs one."),
    ],
)
def test_what_another_engine_would_meet_too_or_must_not_see_ends_it(error: EngineError) -> None:
    desk = Desk()
    desk.main.enqueue(error)
    with pytest.raises(type(error)):
        desk.ask(fallback=True)
    assert desk.asked == [1, 0, 0]


def test_a_wrong_answer_is_nothing_to_fall_back_from() -> None:
    desk = Desk()
    desk.main.enqueue(WRONG, WRONG, WRONG)
    with pytest.raises(AnswerError):
        desk.ask(fallback=True)
    assert desk.asked == [3, 0, 0]


def test_the_model_of_the_keyword_is_the_first_engines_alone() -> None:
    desk = Desk()
    desk.main.enqueue(EngineUnavailable("Nobody is there."))
    desk.second.enqueue(GOOD)
    desk.ask(fallback=True)
    assert desk.main.history[0].prompt.parameters.model == "the-first-ones"
    assert desk.second.history[0].prompt.parameters.model is None


def test_everybody_asked_is_paid_from_one_budget() -> None:
    desk = Desk(max_calls=1)
    desk.main.enqueue(EngineUnavailable("Nobody is there.", attempts=1))
    with pytest.raises(BudgetExceeded):
        desk.ask(fallback=True)
    assert desk.asked == [1, 0, 0]


def test_each_has_its_share_of_one_deadline() -> None:
    desk = Desk()

    def hang(_prompt: Prompt, deadline: Any) -> Completion:
        desk.now += deadline.remaining
        raise EngineUnavailable("It did not answer in time.", attempts=1)

    desk.main.enqueue(hang)
    desk.second.enqueue(hang)
    desk.third.enqueue(GOOD)
    desk.ask(fallback=True)
    ends = [engine.history[0].deadline.at for engine in (desk.main, desk.second, desk.third)]
    assert ends == [20.0, 40.0, 60.0]


def test_the_last_resort_that_is_no_language_model_does_not_hide_what_went_wrong() -> None:
    desk = Desk()
    desk.main.enqueue(EngineUnavailable("Nobody is there."))
    desk.second.enqueue(EngineUnavailable("Nobody is there either."))
    desk.third.enqueue(NeedsLanguageModel("The embedded engine cannot do that."))
    with pytest.raises(EngineUnavailable, match="either"):
        desk.ask(fallback=True)


def test_an_answer_that_will_not_do_after_its_repairs_is_asked_of_the_stronger_engine() -> None:
    desk = Desk()
    desk.main.enqueue(WRONG, WRONG, WRONG)
    desk.third.enqueue(GOOD)
    assert desk.ask(escalate=True).answers[0].choice == 1
    assert desk.asked == [3, 0, 1]
    assert any(
        note.startswith("'strong' is asked instead of 'main', for its answer") for note in desk.record.notes
    )


@pytest.mark.parametrize(("confidence", "escalated"), [(0.79, True), (0.8, False), (None, False)])
def test_a_measured_confidence_that_is_too_low_escalates_and_an_unmeasured_one_says_so(
    confidence: float | None, escalated: bool
) -> None:
    desk = Desk()
    desk.main.enqueue(sure(confidence))
    desk.third.enqueue(sure(0.3))
    reply = desk.ask(escalate=True, below=0.8)
    assert reply.completion.confidence == (0.3 if escalated else confidence)
    assert desk.asked == [1, 0, int(escalated)]
    told = [note for note in desk.record.notes if note.startswith("No confidence was measured")]
    assert len(told) == (confidence is None)


def test_an_answer_is_recorded_once_under_the_question_whoever_gave_it(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    desk = Desk(recording=Recording(file, "record", str))
    desk.main.enqueue(sure(0.1))
    desk.third.enqueue(GOOD)
    desk.ask(escalate=True, below=0.8)
    (line,) = map(json.loads, file.read_text("utf-8").splitlines())
    assert (line["engine"], line["model"]) == ("fake-third", "model-third")
    assert [bool(exchange.recorded) for exchange in desk.record.exchanges] == [False, True]
    again = Desk(recording=Recording(file, "replay", str))
    assert again.ask(fallback=True).answers[0].choice == 1
    assert again.asked == [0, 0, 0]


def test_an_engine_that_always_answers_alike_is_not_asked_again() -> None:
    desk = Desk()
    desk.main.is_deterministic = True
    desk.main.enqueue(WRONG)
    with pytest.raises(AnswerError, match="and always will"):
        desk.ask()
    assert desk.asked == [1, 0, 0]


def test_what_a_failed_call_cost_is_charged() -> None:
    desk = Desk()
    error = EngineRejected("Its limit was used up.", attempts=2)
    error.usage = Usage(30, 12)
    desk.main.enqueue(error)
    with pytest.raises(EngineRejected):
        desk.ask()
    assert desk.record.spent.tokens == 42
    assert desk.record.usage == Usage(30, 12, 2)


# From the settings ---------------------------------------------------------------------------------------------------

FILE = """
[engines.main]
base_url = "http://main/v1"
fallback = ["second", "embedded"]
escalate = "strong"
escalate_below = 0.7
[engines.second]
base_url = "http://second/v1"
fallback = ["main"]
[engines.strong]
base_url = "http://strong/v1"
"""


def lined_up(folder: Path, engine: str, text: str = FILE) -> tuple[Any, str]:
    (folder / "genflow.toml").write_text(text, "utf-8")
    engines: dict[Settings, FakeEngine] = {}

    def find(resolved: Resolved) -> tuple[Any, str]:
        name = resolved.settings.base_url or resolved.settings.engine
        return engines.setdefault(resolved.settings, FakeEngine(name)), f"{name} answers."

    return line_up(load(folder, {}).overlay({"engine": engine}, "keyword argument"), find)


def test_the_settings_name_the_successors_and_the_log_says_who_they_are(tmp_path: Path) -> None:
    lineup, why = lined_up(tmp_path, "main")
    assert [engine.name for _, engine in lineup.stand_ins] == ["http://second/v1", "embedded"]
    assert lineup.stronger[1].name == "http://strong/v1"
    assert lineup.unsure_below == 0.7
    assert why == (
        "http://main/v1 answers. Where it cannot answer, second and then embedded is asked. "
        "Where its answer will not do, strong is asked."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('fallback = ["nobody"]', r"one of auto, embedded, openai, main, but fallback of genflow.toml"),
        ('escalate = "main"', r"to name another engine than 'main'"),
        ("escalate_below = 0.5", r"Expected escalate to name the engine that is asked below"),
    ],
)
def test_a_successor_that_cannot_be_one_is_an_error(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        lined_up(tmp_path, "main", f'[engines.main]\nbase_url = "http://main/v1"\n{text}\n')

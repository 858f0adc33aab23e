from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import (
    AnswerError,
    BudgetExceeded,
    EngineUnavailable,
    GenFlowError,
    NeedsLanguageModel,
    RecordingError,
)
from GenFlowLibrary.core.limits import Limits
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.core.spending import Spending
from GenFlowLibrary.engines.gateway import Gateway, Reply
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.record import StepRecord
from tests.fakes.engine import FakeEngine
from tests.fakes.prompts import make_prompt

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.core.prompt import Prompt

CHOICE = make_prompt(answer_type=choice_type(2))
TEXT = make_prompt("reply", ability="generate")
RAW = make_prompt("complete", ability="complete")
GOOD = {"reason": "r", "choice": 2}
BAD = {"reason": "r", "choice": 9}


class Clock:
    """Seconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """A gateway with all that stands around it."""

    def __init__(
        self, *, recording: Recording | None = None, max_calls: int | None = None, needs_network: bool = True
    ) -> None:
        self.engine = FakeEngine(needs_network=needs_network)
        self.budget = Budget(Limits(max_calls=max_calls))
        self.secrets = Secrets()
        self.clock = Clock()
        self.record = StepRecord("Classify Text")
        self.gateway = Gateway(
            budget=self.budget,
            secrets=self.secrets,
            recording=recording,
            timeout=30.0,
            engine=self.engine,
            clock=self.clock,
        )

    def ask(self, prompt: Prompt = CHOICE, **options: Any) -> Reply:
        return self.gateway.ask(prompt, self.record, **options)

    @property
    def faults(self) -> list[str]:
        return [exchange.fault for exchange in self.record.exchanges]


def recording(tmp_path: Path, mode: Any) -> Recording:
    return Recording(tmp_path / "r.jsonl", mode, lambda text: text)


def test_a_good_answer_comes_back_typed() -> None:
    desk = Desk()
    desk.engine.enqueue(GOOD)
    reply = desk.ask()
    assert reply.answers[0].choice == 2  # type: ignore[attr-defined]
    assert reply.completion is desk.record.exchanges[0].completion
    assert desk.faults == [""]
    assert (desk.budget.spent.tokens, desk.budget.spent.calls) == (15, 1)


def test_another_engine_can_be_asked_for_one_call() -> None:
    desk, other = Desk(), FakeEngine("other").enqueue(GOOD)
    assert desk.ask(engine=other).completion.engine == "other"
    assert desk.engine.history == []


def test_a_bad_answer_is_asked_for_once_more_with_what_was_wrong() -> None:
    desk = Desk()
    desk.engine.enqueue(BAD, GOOD)
    assert desk.ask().answers[0].choice == 2  # type: ignore[attr-defined]
    first, second = (asked.prompt for asked in desk.engine.history)
    assert second.messages[: len(first.messages)] == first.messages
    assert second.messages[-2].content == '{"reason": "r", "choice": 9}'
    assert "Expected 'choice' in the answer to be 0, 1 or 2, but it is 9." in second.messages[-1].content
    assert desk.faults == ["Expected 'choice' in the answer to be 0, 1 or 2, but it is 9.", ""]
    assert desk.budget.spent.calls == 2


def test_ask_and_repair_share_one_deadline() -> None:
    desk = Desk()
    desk.engine.enqueue(BAD, GOOD)
    desk.ask()
    first, second = (asked.deadline for asked in desk.engine.history)
    assert first is second
    assert first.at == 130.0


def test_the_second_repair_shows_the_last_answer_alone() -> None:
    desk = Desk()
    desk.engine.enqueue(BAD, "nonsense", GOOD)
    assert desk.ask().answers[0].choice == 2  # type: ignore[attr-defined]
    first, _, third = (asked.prompt for asked in desk.engine.history)
    assert third.messages[len(first.messages)].content == "nonsense"
    assert len(third.messages) == len(first.messages) + 2


def test_after_failing_repairs_the_error_says_what_came_and_carries_it() -> None:
    desk = Desk()
    desk.engine.enqueue(BAD, BAD, "I would rather not.")
    with pytest.raises(AnswerError) as raised:
        desk.ask()
    assert str(raised.value) == (
        "Expected the answer as a JSON object, but 'I would rather not.' came (fake-1 answered the prompt "
        "'classify_text' with 'I would rather not.' after being asked 3 times); use a stronger model or make the prompt clearer."
    )
    assert raised.value.completion is desk.record.exchanges[2].completion
    assert len(desk.engine.history) == 3
    assert all(desk.faults)


def test_no_repair_is_begun_when_the_time_is_up() -> None:
    desk = Desk()

    def slowly(prompt: Prompt, deadline: Deadline) -> Completion:
        desk.clock.now += 31.0
        return Completion(("nonsense",), "fake", "fake-1")

    desk.engine.enqueue(slowly)
    with pytest.raises(AnswerError, match="and no time was left to ask again"):
        desk.ask()


def test_what_the_check_finds_is_repaired_like_a_wrong_shape() -> None:
    desk = Desk()
    desk.engine.enqueue(GOOD, {"reason": "r", "choice": 1})

    def check(answer: BaseModel) -> str | None:
        return "Option 2 was ruled out." if answer.choice == 2 else None  # type: ignore[attr-defined]

    assert desk.ask(check=check).answers[0].choice == 1  # type: ignore[attr-defined]
    assert "Option 2 was ruled out." in desk.engine.history[1].prompt.messages[-1].content
    assert desk.faults == ["Option 2 was ruled out.", ""]


def test_a_check_that_is_never_content_ends_in_its_sentence() -> None:
    desk = Desk()
    desk.engine.enqueue(GOOD, GOOD, GOOD)
    with pytest.raises(AnswerError, match=r"^Option 2 was ruled out \(fake-1 answered"):
        desk.ask(check=lambda _: "Option 2 was ruled out.")


def test_every_choice_of_several_is_validated() -> None:
    desk = Desk()
    desk.engine.enqueue((GOOD, BAD, GOOD), (GOOD, GOOD, GOOD))
    prompt = make_prompt(answer_type=choice_type(2), n=3)
    reply = desk.ask(prompt)
    assert len(reply.answers) == 3
    assert '"choice": 9' in desk.engine.history[1].prompt.messages[-2].content


def test_fewer_choices_than_asked_for_are_noted() -> None:
    desk = Desk()
    desk.engine.enqueue("a text")
    desk.ask(make_prompt(ability="generate", n=3))
    assert desk.record.notes == ["n=3 choices were asked for, and 1 came."]


def test_free_text_has_no_answers_and_no_thinking() -> None:
    desk = Desk()
    desk.engine.enqueue("<think>Polite!</think>Dear Ann")
    reply = desk.ask(TEXT)
    assert (reply.completion.text, reply.answers) == ("Dear Ann", ())


def test_a_raw_completion_is_left_as_it_came() -> None:
    desk = Desk()
    desk.engine.enqueue("<think>hm</think> x")
    assert desk.ask(RAW).completion.text == "<think>hm</think> x"


@pytest.mark.parametrize("empty", ["", "  \n", "<think>never ends"])
def test_an_empty_text_is_no_answer(empty: str) -> None:
    desk = Desk()
    desk.engine.enqueue(empty, "Dear Ann")
    assert desk.ask(TEXT).completion.text == "Dear Ann"
    desk.engine.enqueue(empty, empty, empty)
    with pytest.raises(
        AnswerError, match=r"Expected a text, but an empty one came \(fake-1 .* with 'nothing'"
    ):
        desk.ask(TEXT)


@pytest.mark.parametrize(
    ("prompt", "reason", "words"),
    [
        (CHOICE, "length", "cut off at the length limit; raise max_tokens"),
        (TEXT, "length", "cut off at the length limit; raise max_tokens"),
        (CHOICE, "content_filter", "content filter of fake-1 held it back"),
        (TEXT, "content_filter", "content filter of fake-1 held it back"),
        (RAW, "content_filter", "content filter of fake-1 held it back"),
    ],
)
def test_an_unfinished_answer_says_why_and_is_not_asked_for_again(
    prompt: Prompt, reason: str, words: str
) -> None:
    desk = Desk()
    desk.engine.enqueue(GOOD, finish_reason=reason)
    with pytest.raises(AnswerError, match=words) as raised:
        desk.ask(prompt)
    assert raised.value.completion is not None
    assert len(desk.engine.history) == 1
    assert words in desk.faults[0]


def test_a_raw_completion_may_end_at_the_length_and_says_so() -> None:
    desk = Desk()
    desk.engine.enqueue("Once upon a", finish_reason="length")
    assert desk.ask(RAW).completion.text == "Once upon a"
    assert desk.record.notes == ["The text was cut off at the length limit (max_tokens)."]


def test_no_call_is_made_beyond_the_budget_and_the_record_says_so() -> None:
    desk = Desk(max_calls=1)
    desk.engine.enqueue(BAD)
    with pytest.raises(BudgetExceeded, match="max_calls=1"):
        desk.ask()  # the repair is the second call
    assert len(desk.engine.history) == 1
    with pytest.raises(BudgetExceeded):
        desk.ask()
    assert len(desk.engine.history) == 1
    assert "max_calls=1" in desk.faults[-1]


def test_an_engine_on_this_machine_costs_no_budget() -> None:
    desk = Desk(max_calls=1, needs_network=False)
    desk.engine.enqueue(GOOD, GOOD, GOOD)
    for _ in range(3):
        desk.ask()
    assert desk.budget.spent == Spending()


def test_requests_of_failed_calls_are_paid_for_and_leave_their_fault() -> None:
    desk = Desk(max_calls=3)
    desk.engine.enqueue(
        EngineUnavailable("Expected an answer, but nobody is there; start the server.", attempts=3)
    )
    with pytest.raises(EngineUnavailable):
        desk.ask()
    assert (desk.budget.spent.tokens, desk.budget.spent.calls) == (0, 3)
    assert desk.record.exchanges[0].completion is None
    assert desk.faults == ["Expected an answer, but nobody is there; start the server."]
    with pytest.raises(BudgetExceeded):
        desk.ask()


def test_an_engine_that_forgets_to_count_is_charged_one_request() -> None:
    desk = Desk()
    desk.engine.enqueue(GOOD, usage=Usage(10, 5, 0))
    desk.ask()
    assert desk.budget.spent.calls == 1


class Timeout(Exception):
    """Stands for Robot Framework's timeout: not an error of ours."""


def test_a_timeout_goes_through_untouched_and_leaves_its_trace() -> None:
    desk = Desk()
    timeout = Timeout("Keyword timeout 5 seconds exceeded.")
    desk.engine.enqueue(timeout)
    with pytest.raises(Timeout) as raised:
        desk.ask()
    assert raised.value is timeout
    assert desk.faults == ["The call was cut off before it ended."]
    assert desk.budget.spent.calls == 1


def test_nobody_to_ask_is_a_programming_error() -> None:
    gateway = Gateway(budget=Budget(), secrets=Secrets())
    with pytest.raises(ValueError, match="needs one with each call"):
        gateway.ask(CHOICE, StepRecord("s"))


def test_what_is_recorded_is_replayed_without_engine_and_budget(tmp_path: Path) -> None:
    first = Desk(recording=recording(tmp_path, "record"))
    first.engine.enqueue(GOOD)
    first.ask()
    again = Desk(recording=recording(tmp_path, "replay"), max_calls=1)
    again.budget.enter(StepRecord("another"), "fake-1")
    reply = again.ask()
    assert reply.answers == (choice_type(2)(**GOOD),)  # type: ignore[arg-type]
    assert reply.completion.from_recording
    assert again.engine.history == []
    assert again.record.from_recording
    assert again.record.usage == Usage()


def test_auto_asks_once_and_replays_from_then_on(tmp_path: Path) -> None:
    desk = Desk(recording=recording(tmp_path, "auto"))
    desk.engine.enqueue(BAD, GOOD)
    assert not desk.ask().completion.from_recording
    assert desk.ask().completion.from_recording
    assert len(desk.engine.history) == 2


def test_nothing_is_kept_that_did_not_validate(tmp_path: Path) -> None:
    desk = Desk(recording=recording(tmp_path, "auto"))
    desk.engine.enqueue(BAD, BAD, BAD, EngineUnavailable("gone", attempts=1))
    desk.engine.enqueue("x", finish_reason="length")
    for _ in range(3):
        with pytest.raises(GenFlowError):
            desk.ask()
    assert not (tmp_path / "r.jsonl").exists()


def test_a_replay_without_its_answer_asks_nobody_and_leaves_its_fault(tmp_path: Path) -> None:
    desk = Desk(recording=recording(tmp_path, "replay"))
    with pytest.raises(RecordingError):
        desk.ask()
    assert desk.engine.history == []
    assert "GENFLOW_RECORDING=record" in desk.faults[0]


def test_a_recorded_answer_that_would_not_do_names_its_file_and_asks_nobody(tmp_path: Path) -> None:
    kept = recording(tmp_path, "auto")
    kept.keep(CHOICE, Completion(('{"reason": "r", "choice": 9}',), "openai", "m"))
    desk = Desk(recording=kept)
    with pytest.raises(
        AnswerError, match=r"but it is 9 \(recorded for the prompt 'classify_text' in '.*r\.jsonl'\)"
    ):
        desk.ask()
    assert desk.engine.history == []
    assert desk.faults == ["Expected 'choice' in the answer to be 0, 1 or 2, but it is 9."]


def test_what_is_odd_in_the_recording_stands_in_the_notes(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"key": "abc', "utf-8")
    desk = Desk(recording=recording(tmp_path, "auto"))
    desk.engine.enqueue(GOOD)
    desk.ask()
    assert "Line 1" in desk.record.notes[0]


def test_the_engine_sees_placeholders_instead_of_secrets() -> None:
    desk = Desk()
    desk.secrets.add(SecretHandle("P", "hunter22"))
    desk.engine.enqueue("Dear Ann")
    desk.ask(
        make_prompt(
            ability="generate", content="pass hunter22", inputs={"p": ["hunter22"]}, draft="Your hunter22"
        )
    )
    seen = desk.engine.history[0].prompt
    assert seen.messages[1].content == "pass <secret P>"
    assert seen.inputs == {"p": ["<secret P>"]}
    assert seen.draft == "Your <secret P>"


def test_a_secret_that_an_engine_says_comes_back_as_its_placeholder() -> None:
    desk = Desk()
    desk.secrets.add(SecretHandle("KEY", "sk-123456"))
    desk.engine.enqueue("Your key is sk-123456.")
    assert desk.ask(TEXT).completion.text == "Your key is <secret KEY>."


def test_errors_and_their_causes_hold_no_secret() -> None:
    desk = Desk()
    desk.secrets.add(SecretHandle("KEY", "sk-123456"))

    def leaking(prompt: Prompt, deadline: Deadline) -> Completion:
        try:
            raise OSError("Authorization: Bearer sk-123456")
        except OSError as cause:
            raise NeedsLanguageModel("Expected a key, but sk-123456 is none; change it.") from cause

    desk.engine.enqueue(leaking)
    with pytest.raises(NeedsLanguageModel) as raised:
        desk.ask()
    assert str(raised.value) == "Expected a key, but <secret KEY> is none; change it."
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    assert desk.faults == ["Expected a key, but <secret KEY> is none; change it."]


def test_causes_without_secrets_stay_for_those_who_debug() -> None:
    desk = Desk()

    def failing(prompt: Prompt, deadline: Deadline) -> Completion:
        raise EngineUnavailable("gone") from OSError("refused")

    desk.engine.enqueue(failing)
    with pytest.raises(EngineUnavailable) as raised:
        desk.ask()
    assert isinstance(raised.value.__cause__, OSError)


def test_requests_without_a_completion_stand_in_the_record_as_in_the_budget() -> None:
    desk = Desk()
    desk.engine.enqueue(EngineUnavailable("gone", attempts=4))
    with pytest.raises(EngineUnavailable):
        desk.ask()
    assert desk.record.usage.requests == desk.budget.spent.calls == 4

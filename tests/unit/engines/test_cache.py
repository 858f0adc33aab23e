"""The cache: what was asked once is not paid for again, and nothing else comes out of it."""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import AnswerError
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.cache import AnswerCache
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.detectors import make_redactor
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.steps.runtime import Options
from GenFlowLibrary.steps.sureness import settle
from GenFlowLibrary.trace.record import StepRecord
from tests.fakes.engine import FakeEngine


class Colour(BaseModel):
    colour: str


def prompt_of(text: str = "red?", answer_type: Any = None, **parameters: Any) -> Prompt:
    return Prompt(
        "ask", "1", "0", "generate", (Message("user", text),), {"text": text}, answer_type,
        parameters=Parameters(**parameters),
    )  # fmt: skip


class Desk:
    """A gateway with a cache, on a clock that is set."""

    def __init__(self, file: Path, **asked: Any) -> None:
        self.now = 1000.0
        self.secrets = Secrets()
        self.cache = AnswerCache(file, 60, self.secrets.scrub, asked=asked, now=lambda: self.now)
        self.engine = FakeEngine()
        self.budget = Budget()
        self.gateway = Gateway(budget=self.budget, secrets=self.secrets, cache=self.cache)

    def ask(self, prompt: Prompt, **options: Any) -> tuple[str, StepRecord]:
        record = StepRecord("Test")
        reply = self.gateway.ask(prompt, record, engine=options.pop("engine", self.engine), **options)
        return reply.completion.text, record


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache.sqlite"


def test_the_same_question_costs_nothing_the_second_time_and_the_log_says_so(file: Path) -> None:
    desk = Desk(file)
    desk.engine.enqueue("Red.")
    assert desk.ask(prompt_of())[0] == "Red."
    text, record = desk.ask(prompt_of())
    assert text == "Red."
    assert len(desk.engine.history) == 1
    assert desk.budget.spent.calls == 1
    assert record.usage == Usage()
    assert record.exchanges[0].completion.from_recording  # type: ignore[union-attr]
    assert any("cache=on" in note for note in record.notes)


def test_another_run_finds_it_until_its_time_is_over(file: Path) -> None:
    first = Desk(file)
    first.engine.enqueue("Red.")
    first.ask(prompt_of())
    second = Desk(file)
    second.now = 1059.0
    assert second.ask(prompt_of())[0] == "Red."
    second.now = 1060.0
    second.engine.enqueue("Green.")
    assert second.ask(prompt_of())[0] == "Green."


@pytest.mark.parametrize(
    "other",
    [
        prompt_of("blue?"),
        prompt_of(temperature=1.0),
        prompt_of(model="other"),
        prompt_of(answer_type=Colour),
    ],
    ids=["another text", "another parameter", "another model", "another schema"],
)
def test_any_other_question_is_asked(file: Path, other: Prompt) -> None:
    desk = Desk(file)
    desk.engine.enqueue("Red.", {"colour": "blue"})
    desk.ask(prompt_of())
    desk.ask(other)
    assert len(desk.engine.history) == 2


def test_other_settings_of_the_engine_ask_anew(file: Path) -> None:
    for temperature in (0.0, 1.0):
        desk = Desk(file, temperature=temperature)
        desk.engine.enqueue("Red.")
        desk.ask(prompt_of())
        assert len(desk.engine.history) == 1


def test_an_answer_that_failed_its_check_is_not_kept(file: Path) -> None:
    desk = Desk(file)
    desk.engine.enqueue(*[{"colour": "?"}] * 3)
    with pytest.raises(AnswerError):
        desk.ask(prompt_of(answer_type=Colour), check=lambda answer: "Expected a colour, but it is none.")
    desk.engine.enqueue({"colour": "red"})
    assert desk.ask(prompt_of(answer_type=Colour), check=lambda answer: None)[0] == '{"colour": "red"}'
    assert len(desk.engine.history) == 4


def test_a_kept_answer_that_fails_the_check_of_now_is_asked_for_anew(file: Path) -> None:
    desk = Desk(file)
    desk.engine.enqueue({"colour": "red"}, {"colour": "blue"})
    desk.ask(prompt_of(answer_type=Colour))

    def only_blue(answer: BaseModel) -> str | None:
        return None if answer == Colour(colour="blue") else "Expected blue, but it is not."

    assert desk.ask(prompt_of(answer_type=Colour), check=only_blue)[0] == '{"colour": "blue"}'


def test_an_engine_on_this_machine_is_not_cached(file: Path) -> None:
    desk = Desk(file)
    desk.engine.needs_network = False
    desk.engine.enqueue("Red.", "Green.")
    assert [desk.ask(prompt_of())[0] for _ in range(2)] == ["Red.", "Green."]


def test_no_secret_and_no_question_stands_in_the_file(file: Path) -> None:
    desk = Desk(file)
    desk.secrets.add(SecretHandle("PASSWORD", "kettle-4711"))
    desk.engine.enqueue("It is kettle-4711.")
    desk.ask(prompt_of("Is it kettle-4711, dear Ada?"))
    content = file.read_bytes()
    assert b"kettle-4711" not in content
    assert b"Ada" not in content
    assert b"<secret PASSWORD>" in content


def test_personal_data_stays_out_of_the_file_and_comes_back_into_the_answer(file: Path) -> None:
    desk = Desk(file)
    redactor = make_redactor(Settings(redaction="on"))
    desk.gateway = Gateway(budget=Budget(), secrets=desk.secrets, cache=desk.cache, redactor=redactor)
    desk.engine.enqueue("Write to [EMAIL_1].")
    assert desk.ask(prompt_of("Where is ada@example.org?"))[0] == "Write to ada@example.org."
    assert desk.ask(prompt_of("Where is bob@example.org?"))[0] == "Write to bob@example.org."
    assert b"example.org" not in file.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_user_may_read_the_file(file: Path) -> None:
    desk = Desk(file)
    desk.engine.enqueue("Red.")
    desk.ask(prompt_of())
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_used_is_told_once_and_fails_no_step(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database at all, and long enough to be seen as none " * 50)
    desk = Desk(file)
    desk.engine.enqueue("Red.", "Green.")
    _, first = desk.ask(prompt_of())
    text, second = desk.ask(prompt_of())
    assert text == "Green."
    assert [sum("cannot be used" in note for note in record.notes) for record in (first, second)] == [1, 0]


def test_what_another_version_wrote_is_asked_anew(file: Path) -> None:
    desk = Desk(file)
    desk.engine.enqueue("Red.", "Green.")
    desk.ask(prompt_of())
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE answer SET completion = '{}'")
    connection.close()
    assert desk.ask(prompt_of())[0] == "Green."


def test_what_is_too_old_leaves_the_file(file: Path) -> None:
    desk = Desk(file)
    desk.engine.enqueue("Red.", "Green.")
    desk.ask(prompt_of())
    desk.now = 2000.0
    desk.ask(prompt_of("blue?"))
    with sqlite3.connect(file) as connection:
        count = connection.execute("SELECT count(*) FROM answer").fetchone()[0]
    connection.close()
    assert count == 1


def test_threads_and_runs_side_by_side_lose_nothing(file: Path) -> None:
    desks = [Desk(file) for _ in range(4)]
    answer = Completion(("Red.",), "fake", "fake-1")

    def keep(desk: Desk, first: int) -> None:
        for number in range(first, first + 20):
            desk.cache.keep(prompt_of(str(number)), "fake", "fake-1", answer)

    threads = [
        threading.Thread(target=keep, args=(desk, 100 * at)) for at, desk in enumerate([*desks, *desks])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in (number for at in range(8) for number in range(100 * at, 100 * at + 20)):
        assert desks[0].cache.find(prompt_of(str(number)), "fake", "fake-1") is not None
    assert [note for desk in desks for note in desk.cache.take_notes()] == []


CHOICE = choice_type(2)
UNMEASURED = Completion(('{"reason": "It fits.", "choice": 1}',), "fake", "fake-1")
MEASURED = replace(UNMEASURED, confidence=0.9)


def test_an_answer_kept_without_a_confidence_is_asked_for_anew_where_one_counts(file: Path) -> None:
    desk = Desk(file)
    prompt = prompt_of(answer_type=CHOICE)
    desk.engine.enqueue(UNMEASURED, MEASURED)
    desk.ask(prompt)
    options = Options(min_confidence=0.8)
    for _ in range(2):  # what was measured replaces what was not
        reply = desk.gateway.ask(replace(prompt, measure=True), StepRecord("Test"), engine=desk.engine)
        assert settle(reply, options).choice == 1
    assert len(desk.engine.history) == 2


def test_a_measured_answer_serves_where_no_confidence_is_asked_for(file: Path) -> None:
    desk = Desk(file)
    prompt = prompt_of(answer_type=CHOICE)
    desk.engine.enqueue(MEASURED)
    desk.ask(replace(prompt, measure=True))
    desk.ask(prompt)
    assert len(desk.engine.history) == 1


def test_what_could_not_be_measured_is_not_paid_for_again(file: Path) -> None:
    desk = Desk(file)
    prompt = prompt_of(answer_type=CHOICE)
    desk.engine.enqueue(UNMEASURED)
    for _ in range(2):
        desk.ask(replace(prompt, measure=True))
    assert len(desk.engine.history) == 1

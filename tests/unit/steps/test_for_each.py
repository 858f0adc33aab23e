"""Generate For Each: the rows in their order, side by side, and never one twice."""

from __future__ import annotations

import csv
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import (
    BudgetExceeded,
    EngineRejected,
    EngineUnavailable,
    GenFlowError,
    InputError,
    NeedsLanguageModel,
    PromptError,
    RecordingError,
)
from GenFlowLibrary.core.limits import Limits
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.embedded.engine import EmbeddedEngine
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.detectors import make_redactor
from GenFlowLibrary.policy.redactor import Redactor
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.prompts.loader import PromptLibrary
from GenFlowLibrary.steps.for_each import run as module
from GenFlowLibrary.steps.for_each.outcome import ForEachOutcome, Manner
from GenFlowLibrary.steps.for_each.question import make_question
from GenFlowLibrary.steps.for_each.rows import open_rows
from GenFlowLibrary.steps.for_each.run import for_each
from GenFlowLibrary.steps.runtime import Options, Runtime
from GenFlowLibrary.trace.trace import Trace
from tests.fakes.runtime import RememberingSink

GREETING = """---
version: "1"
description: Greets.
ability: generate
inputs:
  customer: the name
draft:
  en: Dear {{ customer }}!
---
# User
Greet {{ customer }}.
"""


class Crowd:
    """An engine for many threads: answers with the row's number, and remembers what it was asked."""

    name = "crowd"
    model = "crowd-1"
    needs_network = True
    is_deterministic = False

    def __init__(self, react: Any = None, *, seconds: float = 0.0) -> None:
        self.asked: list[str] = []
        self.most_at_once = 0
        self._at_once = 0
        self._react = react
        self._seconds = seconds
        self._lock = threading.Lock()

    def complete(self, prompt: Any, _deadline: Any) -> Completion:
        number = str(prompt.inputs.get("facts", {}).get("number", ""))
        with self._lock:
            self.asked.append(number)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            time.sleep(self._seconds)
            text = self._react(number) if self._react else f"Answer {number}"
            return Completion((text,), self.name, self.model, usage=Usage(10, 5, 1))
        finally:
            with self._lock:
                self._at_once -= 1

    def close(self) -> None:
        pass


class Bench:
    """A batch in a folder, run as often as one likes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "out.csv"
        self.records: list[Any] = []
        self.redactor = Redactor()

    def run(
        self,
        engine: Any,
        rows: Any,
        *,
        limits: Limits | None = None,
        recording: Recording | None = None,
        manner: Manner | None = None,
        progress: Any = None,
        **question: Any,
    ) -> ForEachOutcome:
        secrets, sink = Secrets(), RememberingSink()
        self.records = sink.records
        runtime = Runtime(
            gateway=Gateway(
                budget=Budget(limits), secrets=secrets, recording=recording, redactor=self.redactor
            ),
            prompts=PromptLibrary([self.folder]),
            trace=Trace([sink], secrets.scrub, conceal=self.redactor.conceal),
            find_engine=lambda name: (engine, "The test's."),
        )
        question = question or {"instruction": "Write something."}
        return for_each(
            runtime,
            open_rows(rows),
            make_question(runtime, **question),
            self.output,
            manner=manner or Manner(),
            options=Options(),
            progress=progress,
        )

    def lines(self) -> list[dict[str, str]]:
        with self.output.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def answers(self) -> list[str]:
        return [line["answer"] for line in self.lines()]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "greeting.md").write_text(GREETING, "utf-8")
    return Bench(tmp_path)


def numbered(count: int) -> list[dict[str, object]]:
    return [{"number": number, "text": f"Row {number}"} for number in range(1, count + 1)]


def test_answers_stand_in_the_order_of_the_rows_whoever_is_done_first(bench: Bench) -> None:
    def slowly(number: str) -> str:
        time.sleep(0.03 if int(number) % 4 == 1 else 0)
        return f"Answer {number}"

    done = bench.run(Crowd(slowly), numbered(24), manner=Manner(6))
    assert bench.answers() == [f"Answer {number}" for number in range(1, 25)]
    assert (done.rows, done.succeeded, done.failed, done.output) == (24, 24, 0, bench.output)


@pytest.mark.parametrize("concurrency", [1, 5])
def test_no_more_rows_are_asked_at_once_than_allowed(bench: Bench, concurrency: int) -> None:
    engine = Crowd(seconds=0.01)
    bench.run(engine, numbered(20), manner=Manner(concurrency))
    assert engine.most_at_once == concurrency


@pytest.mark.parametrize("concurrency", [0, 65])
def test_more_at_once_than_one_process_can_do_is_refused(concurrency: int) -> None:
    with pytest.raises(InputError, match="1 to 64"):
        Manner(concurrency)


def test_a_batch_that_a_limit_ended_goes_on_and_asks_no_answered_row_again(bench: Bench) -> None:
    engine = Crowd()
    with pytest.raises(BudgetExceeded, match="max_calls=7"):
        bench.run(engine, numbered(20), limits=Limits(max_calls=7))
    assert len(engine.asked) == 7
    done = bench.run(engine, numbered(20))
    assert sorted(engine.asked, key=int) == [str(number) for number in range(1, 21)]
    assert (done.from_before, done.succeeded) == (7, 20)
    assert bench.answers() == [f"Answer {number}" for number in range(1, 21)]


def test_a_limit_for_the_step_holds_for_the_batch_and_its_rows_are_parts_of_it(bench: Bench) -> None:
    engine = Crowd()
    with pytest.raises(BudgetExceeded, match="max_calls_per_step=5"):
        bench.run(engine, numbered(20), limits=Limits(max_calls_per_step=5), manner=Manner(8))
    assert len(engine.asked) == 5
    whole, parts = bench.records[-1], bench.records[:-1]
    assert whole.spent.calls == 5
    assert [part.step for part in parts] == ["Generate For Each, a row"] * 5
    assert all(part.whole is whole for part in parts)


def test_a_second_run_of_a_finished_batch_asks_nobody_and_writes_the_same(bench: Bench) -> None:
    bench.run(Crowd(), numbered(5))
    first = bench.output.read_bytes()
    engine = Crowd()
    assert bench.run(engine, numbered(5)).from_before == 5
    assert engine.asked == []
    assert bench.output.read_bytes() == first


def test_a_row_is_known_by_its_content_wherever_it_stands_then(bench: Bench) -> None:
    bench.run(Crowd(), numbered(3))
    engine = Crowd()
    bench.run(engine, [{"number": 9, "text": "new"}, *reversed(numbered(3))])
    assert engine.asked == ["9"]
    assert bench.answers() == ["Answer 9", "Answer 3", "Answer 2", "Answer 1"]


def test_rows_alike_are_each_asked_once(bench: Bench) -> None:
    engine = Crowd()
    rows = [{"number": 1, "text": "same"}] * 3
    bench.run(engine, rows)
    bench.run(engine, rows)
    assert engine.asked == ["1"] * 3
    assert bench.answers() == ["Answer 1"] * 3


def test_a_key_keeps_the_answer_of_a_row_that_changed_and_says_so(bench: Bench) -> None:
    manner = Manner(key="number")
    bench.run(Crowd(), numbered(2), manner=manner)
    engine = Crowd()
    bench.run(engine, [{"number": 1, "text": "other"}, {"number": 2, "text": "Row 2"}], manner=manner)
    assert engine.asked == []
    assert any("1 rows have changed" in note for note in bench.records[-1].notes)


def test_a_key_that_comes_twice_or_is_empty_fails_that_row_and_costs_nothing(bench: Bench) -> None:
    engine = Crowd()
    rows = [{"number": 1, "text": "a"}, {"number": 1, "text": "b"}, {"number": None, "text": "c"}]
    done = bench.run(engine, rows, manner=Manner(key="number"))
    assert engine.asked == ["1"]
    assert [(failure.row, failure.kind) for failure in done.failures] == [(2, "business"), (3, "business")]


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ({"instruction": "Write."}, {"instruction": "Write more."}, "the instruction"),
        (
            {"instruction": "Write.", "language": "en"},
            {"instruction": "Write.", "language": "de"},
            "the language",
        ),
        ({"instruction": "Write."}, {"prompt": "greeting"}, "the prompt file"),
    ],
)
def test_another_question_does_not_mix_and_is_named(
    bench: Bench, first: dict[str, str], second: dict[str, str], named: str
) -> None:
    rows = [{"number": 1, "customer": "Ada"}]
    bench.run(Crowd(), rows, **first)
    with pytest.raises(InputError, match=named):
        bench.run(Crowd(), rows, **second)
    assert bench.answers() == ["Answer 1"]


def test_an_edited_prompt_file_does_not_mix_either(bench: Bench) -> None:
    rows = [{"customer": "Ada"}]
    bench.run(EmbeddedEngine(), rows, prompt="greeting", language="en")
    (bench.folder / "greeting.md").write_text(GREETING.replace("Dear", "Hello"), "utf-8")
    with pytest.raises(InputError, match="the prompt file"):
        bench.run(EmbeddedEngine(), rows, prompt="greeting", language="en")


def test_a_row_that_fails_does_not_stop_the_others_and_says_whose_fault_it_is(bench: Bench) -> None:
    def react(number: str) -> str:
        if number == "2":
            raise EngineRejected("Expected a completion, but the prompt is too long; shorten it.", attempts=1)
        return "" if number == "3" else f"Answer {number}"

    done = bench.run(Crowd(react), numbered(4))
    assert (done.succeeded, done.business, done.application) == (2, 1, 1)
    assert [(line["answer"], line["answer.status"]) for line in bench.lines()] == [
        ("Answer 1", "done"),
        ("", "application"),
        ("", "business"),
        ("Answer 4", "done"),
    ]
    assert "too long" in bench.lines()[1]["answer.error"]


def test_a_later_run_asks_again_what_the_engine_failed_and_the_rest_only_when_told(bench: Bench) -> None:
    def react(number: str) -> str:
        if number == "2":
            raise EngineRejected("Expected a completion, but no; wait.", attempts=1)
        return "" if number == "3" else f"Answer {number}"

    bench.run(Crowd(react), numbered(4))
    engine = Crowd()
    assert bench.run(engine, numbered(4)).business == 1
    assert engine.asked == ["2"]
    engine = Crowd()
    assert bench.run(engine, numbered(4), manner=Manner(repeat_failed=True)).succeeded == 4
    assert engine.asked == ["3"]


def test_an_engine_that_fails_every_row_ends_the_batch(bench: Bench) -> None:
    def react(number: str) -> str:
        raise EngineRejected(
            "Expected a completion, but it does not accept the API key; correct it.", attempts=1
        )

    engine = Crowd(react)
    with pytest.raises(EngineUnavailable, match="does not accept the API key"):
        bench.run(engine, numbered(300))
    assert len(engine.asked) < 40
    done = bench.run(Crowd(), numbered(300))
    assert done.succeeded == 300


def test_a_busy_server_is_asked_again_when_it_says_and_the_row_does_not_fail(bench: Bench) -> None:
    refused: list[str] = []

    def react(number: str) -> str:
        if number == "2" and len(refused) < 2:
            refused.append(number)
            raise EngineUnavailable(
                "Expected a completion, but it is busy; wait.", attempts=1, retry_after=0.05
            )
        return f"Answer {number}"

    began = time.monotonic()
    assert bench.run(Crowd(react), numbered(5)).succeeded == 5
    assert time.monotonic() - began >= 0.1


def test_a_server_that_asks_to_wait_for_hours_ends_the_batch(bench: Bench) -> None:
    def react(number: str) -> str:
        raise EngineUnavailable(
            "Expected a completion, but it asks to wait; try then.", attempts=1, retry_after=7200
        )

    with pytest.raises(EngineUnavailable, match="asks to wait"):
        bench.run(Crowd(react), numbered(5))


def test_what_would_be_the_same_with_every_row_ends_the_batch_at_once(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(NeedsLanguageModel):
        bench.run(EmbeddedEngine(), numbered(5))
    bench.output = tmp_path / "other.csv"
    replayed = Recording(tmp_path / "none.jsonl", "replay", str)
    with pytest.raises(RecordingError):
        bench.run(Crowd(), numbered(5), recording=replayed)


def test_a_recorded_batch_is_replayed_without_an_engine(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "recording.jsonl"
    bench.run(Crowd(), numbered(12), recording=Recording(file, "record", str), manner=Manner(6))
    bench.output = tmp_path / "again.csv"
    engine = Crowd()
    bench.run(engine, numbered(12), recording=Recording(file, "replay", str), manner=Manner(6))
    assert engine.asked == []
    assert bench.answers() == [f"Answer {number}" for number in range(1, 13)]


def test_the_time_for_all_rows_ends_it_within_a_moment_and_it_goes_on_later(bench: Bench) -> None:
    began = time.monotonic()
    with pytest.raises(BudgetExceeded, match=r"within 0\.2 s"):
        bench.run(Crowd(seconds=0.05), numbered(100), manner=Manner(2, within=0.2))
    assert time.monotonic() - began < 5
    engine = Crowd()
    done = bench.run(engine, numbered(100))
    assert done.succeeded == 100
    assert len(engine.asked) + done.from_before == 100
    assert done.from_before >= 1


def test_an_interruption_gets_through_at_once_and_leaves_a_batch_that_goes_on(bench: Bench) -> None:
    class Impatient:
        def show(self, done: int, failed: int, part: float | None, before: int = 0) -> None:
            if done >= 4:
                raise KeyboardInterrupt

        def end(self) -> None:
            pass

    slow = Crowd(lambda number: time.sleep(0.6 if int(number) > 4 else 0) or f"Answer {number}")
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        bench.run(slow, numbered(40), progress=Impatient())
    assert time.monotonic() - began < 5
    # The calls that were under way end in their own time, and their answers are in the journal.
    engine = Crowd()
    done = bench.run(engine, numbered(40))
    assert done.succeeded == 40
    assert sorted([*slow.asked, *engine.asked], key=int) == [str(number) for number in range(1, 41)]


def test_progress_is_told_in_the_thread_of_the_batch_and_says_what_was_answered_before(bench: Bench) -> None:
    class Shown:
        def __init__(self) -> None:
            self.told: list[tuple[int, int, float | None, int]] = []
            self.threads: set[int] = set()
            self.ended = 0

        def show(self, done: int, failed: int, part: float | None, before: int = 0) -> None:
            self.told.append((done, failed, part, before))
            self.threads.add(threading.get_ident())

        def end(self) -> None:
            self.ended += 1

    first = Shown()
    bench.run(Crowd(), numbered(20), progress=first)
    assert first.threads == {threading.get_ident()}
    assert first.told[-1] == (20, 0, 1.0, 0)
    assert first.ended == 1
    again = Shown()
    bench.run(Crowd(), numbered(20), progress=again)
    assert [part for _, _, part, _ in again.told] == [number / 20 for number in range(1, 21)]
    assert again.told[-1] == (20, 0, 1.0, 20)


def test_drafts_are_filled_from_the_columns_that_the_prompt_file_wants(bench: Bench) -> None:
    rows = [{"customer": "Ada", "unasked": 1}, {"customer": None, "unasked": 2}]
    done = bench.run(EmbeddedEngine(), rows, prompt="greeting", language="en")
    assert bench.answers() == ["Dear Ada!", ""]
    assert done.failures[0].kind == "business"
    assert "customer" in done.failures[0].error


def test_a_prompt_file_without_its_column_is_refused_before_anything_is_asked(bench: Bench) -> None:
    with pytest.raises(PromptError, match="customer"):
        bench.run(EmbeddedEngine(), [{"name": "Ada"}], prompt="greeting")
    assert not bench.output.exists()


def test_a_schema_gives_a_column_for_each_field(bench: Bench) -> None:
    rows = [{"id": 1, "text": "Order GF-10442 costs 25.90 EUR."}, {"id": 2, "text": "Nothing is said."}]
    schema = "order_no: str | None (like GF-10442)\namount: Decimal | None"
    done = bench.run(EmbeddedEngine(), rows, schema=schema, column="text")
    assert done.succeeded == 2
    first, second = bench.lines()
    assert (first["answer.order_no"], first["answer.amount"]) == ("GF-10442", "25.90")
    assert (second["answer.order_no"], second["answer.amount"]) == ("", "")


def test_json_lines_keep_types_and_the_row(bench: Bench) -> None:
    bench.output = bench.folder / "out.jsonl"
    rows = [{"id": 1, "text": "Order GF-10442 costs 25.90 EUR.", "answer": "a column of this name"}]
    bench.run(EmbeddedEngine(), rows, schema="order_no: str | None (like GF-10442)")
    line = json.loads(bench.output.read_text("utf-8"))
    assert line == {
        "number": 1,
        "row": rows[0],
        "status": "done",
        "answer": {"order_no": "GF-10442"},
        "error": "",
    }


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ({"instruction": ""}, "found none"),
        ({"instruction": "Write.", "schema": "a: str"}, "found both"),
        ({"instruction": "Write.", "column": "text"}, "column="),
        ({"schema": "a: str", "column": "nowhere"}, "'nowhere'"),
    ],
)
def test_a_question_that_is_none_is_refused(bench: Bench, question: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        bench.run(Crowd(), numbered(1), **question)


def test_somebody_elses_file_is_not_overwritten(bench: Bench) -> None:
    bench.output.write_text("mine")
    with pytest.raises(InputError, match="no batch wrote"):
        bench.run(Crowd(), numbered(1))
    assert bench.output.read_text() == "mine"


@pytest.mark.parametrize("name", ["out.txt", "out"])
def test_an_unknown_kind_of_output_is_refused(bench: Bench, name: str) -> None:
    bench.output = bench.folder / name
    with pytest.raises(InputError, match=r"\.csv or \.jsonl"):
        bench.run(Crowd(), numbered(1))


def test_a_column_that_the_answer_needs_is_refused_in_csv(bench: Bench) -> None:
    with pytest.raises(InputError, match="'answer'"):
        bench.run(Crowd(), [{"answer": "mine"}])


def test_a_key_that_is_no_column_is_refused(bench: Bench) -> None:
    with pytest.raises(InputError, match="key="):
        bench.run(Crowd(), numbered(1), manner=Manner(key="customer"))


def test_two_batches_never_write_one_output(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from GenFlowLibrary.steps.for_each import journal

    monkeypatch.setattr(journal, "_WAIT_FOR_OTHERS", 0.0)
    first = journal.Journal(bench.folder / "x.journal", {"the schema": 1})
    try:
        with pytest.raises(InputError, match="another batch"):
            journal.Journal(bench.folder / "x.journal", {"the schema": 1})
    finally:
        first.close()


def test_a_file_beside_the_output_that_is_no_journal_is_told(bench: Bench) -> None:
    (bench.folder / "out.csv.journal").write_bytes(
        b"not a database, and long enough to be seen as none " * 40
    )
    with pytest.raises(GenFlowError, match=r"out\.csv\.journal"):
        bench.run(Crowd(), numbered(1))


def test_no_more_rows_are_held_than_the_window(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW", 10)
    ahead: list[int] = []

    def react(number: str) -> str:
        if number == "1":
            time.sleep(0.2)
        else:
            ahead.append(int(number))
        return number

    bench.run(Crowd(react), numbered(60), manner=Manner(4))
    assert bench.answers() == [str(number) for number in range(1, 61)]
    before_the_first = [number for number in ahead if number <= 10]
    assert sorted(before_the_first) == list(range(2, 11))
    assert max(ahead[:9]) <= 10


def test_many_threads_share_one_budget_and_one_trace_without_losing_a_row(bench: Bench) -> None:
    engine = Crowd()
    done = bench.run(engine, numbered(400), manner=Manner(16))
    assert done.succeeded == 400
    assert bench.records[-1].spent.calls == 400
    assert bench.records[-1].spent.tokens == 400 * 15
    assert len(bench.records) == 401


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_what_was_answered_is_not_lost(bench: Bench) -> None:
    bench.run(Crowd(), numbered(1))
    bench.output.unlink()
    bench.output.symlink_to("/dev/full")
    with pytest.raises(InputError, match="make room"):
        bench.run(Crowd(), numbered(5))
    bench.output.unlink()
    engine = Crowd()
    done = bench.run(engine, numbered(5))
    assert done.succeeded == 5
    assert done.from_before == 5 - len(engine.asked)


def test_personal_data_of_failed_rows_stays_out_of_the_log_and_the_trace(bench: Bench) -> None:
    bench.redactor = make_redactor(Settings(redaction="on", personal=("customer",)))
    rows = [{"number": number, "customer": f"Ada Brook {number}"} for number in range(1, 30)]

    def react(number: str) -> str:
        return "" if int(number) % 3 == 0 else "Dear [CUSTOMER_1]!"

    done = bench.run(Crowd(react), rows, manner=Manner(8))
    assert done.business == 9
    assert bench.answers()[0] == "Dear Ada Brook 1!"
    for record in bench.records:
        assert "Ada Brook" not in str([record.answer, record.error, record.notes])

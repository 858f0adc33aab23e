"""The block in log.html: complete, escaped, without secrets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from robot.api import logger

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.outcome import FieldOutcome, FillOutcome
from GenFlowLibrary.core.prompt import Message, Prompt
from GenFlowLibrary.rf.log_blocks import LogSink, render_block
from GenFlowLibrary.trace.record import Exchange, StepRecord


def make_record(answer: object = None, text: str = "the text") -> StepRecord:
    prompt = Prompt("classify_text", "3", "d", "classify", (Message("user", text),), {})
    completion = Completion(("{}",), "openai", "qwen3:8b", usage=Usage(10, 5, 1))
    return StepRecord("Classify Text", seconds=0.25, exchanges=[Exchange(prompt, completion)], answer=answer)


def test_it_shows_step_engine_model_tokens_time_answer_and_the_prompt() -> None:
    html = render_block(
        make_record({"category": "billing", "confidence": None, "order_no": None, "codes": ["a", "b"]})
    )
    for expected in (
        "Classify Text",
        "openai / qwen3:8b",
        "15 tokens in 1 call",
        "0.250 s",
        "billing",
        "not stated",
    ):
        assert expected in html
    assert "Prompt classify_text, version 3" in html
    assert "<details" in html


def test_what_comes_from_outside_is_escaped() -> None:
    html = render_block(make_record("<script>alert(1)</script>", text="<img src=x onerror=alert(1)>"))
    assert "<script>" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_failed_step_shows_its_error() -> None:
    record = make_record()
    record.status, record.error = "FAIL", "Expected this, but found that."
    assert "Expected this, but found that." in render_block(record)


def test_a_form_is_a_table_with_what_was_wanted_found_and_how() -> None:
    rows = (
        FieldOutcome("Amount", "Amount", "25.90", "25.90", "label", "filled"),
        FieldOutcome("Colour", "", "red", "", "", "unresolved"),
    )
    record = StepRecord("Fill Form", table=FillOutcome(rows, submitted=True, message="Refund saved"))
    html = render_block(record)
    for expected in ("Wanted", "Found", "25.90", "✔ filled, label", "✘ no field found", "Refund saved"):
        assert expected in html


def test_the_table_of_a_wizard_tells_the_page_of_each_row_and_that_of_one_form_does_not() -> None:
    row = FieldOutcome("Amount", "Amount", "25.90", "25.90", "generated", "filled")
    assert "Page</th>" not in render_block(StepRecord("Fill Form", table=FillOutcome((row,))))
    html = render_block(
        StepRecord("Fill Form", table=FillOutcome((replace(row, page=1), replace(row, page=2))))
    )
    assert "Page</th>" in html
    assert "✔ filled, generated" in html
    assert html.index(">1</td>") < html.index(">2</td>")


def test_a_step_answered_from_the_recording_says_so_and_costs_nothing() -> None:
    record = make_record()
    exchange = record.exchanges[0]
    assert exchange.completion is not None
    recorded = Completion(("{}",), "openai", "m", usage=Usage(10, 5, 1), from_recording=True)
    record.exchanges[0] = Exchange(exchange.prompt, recorded)
    html = render_block(record)
    assert "from the recording" in html
    assert "0 tokens in 0 calls" in html


def test_the_sink_scrubs_what_it_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[str] = []
    monkeypatch.setattr(logger, "info", lambda message, html: logged.append(message))
    LogSink(lambda text: text.replace("hunter2", "<secret pw>")).write(
        make_record("hunter2", text="say hunter2")
    )
    assert len(logged) == 1
    assert "hunter2" not in logged[0]


def test_half_a_character_does_not_break_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(logger, "info", lambda text, **_: written.append(text))
    LogSink(lambda text: text).write(make_record("half \ud83d an emoji", text="\ud83d"))
    assert "half \ufffd an emoji" in written[0]
    written[0].encode("utf-8")

"""Summarize Text."""

from __future__ import annotations

import pytest

from GenFlowLibrary.core.errors import AnswerError, InputError
from GenFlowLibrary.engines.embedded.engine import EmbeddedEngine
from GenFlowLibrary.steps.summarize import summarize
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime

TEXT = "The lamp of order GF-10442 arrived on Monday. Its shade is broken. The customer wants 25.90 EUR back."
GOOD = {"text": "The lamp of GF-10442 is broken, and the customer wants 25.90 EUR back."}


def test_a_summary_states_only_what_the_text_does() -> None:
    engine = FakeEngine().enqueue({"text": "The customer of GF-10443 wants 30 EUR back."}, GOOD)
    assert summarize(make_runtime(engine)[0], TEXT) == GOOD["text"]
    again = engine.history[1].prompt.messages[-1].content
    assert "'GF-10443'" in again
    assert "'30 EUR'" in again


def test_a_summary_has_no_more_sentences_than_asked_for() -> None:
    engine = FakeEngine().enqueue({"text": "It broke. It is a lamp."}, GOOD)
    assert summarize(make_runtime(engine)[0], TEXT, max_sentences=1) == GOOD["text"]
    assert "at most 1 sentences" in engine.history[1].prompt.messages[-1].content


def test_an_engine_that_insists_fails_the_step() -> None:
    with pytest.raises(AnswerError, match="'99'"):
        summarize(make_runtime(FakeEngine().enqueue(*[{"text": "It is 99."}] * 3))[0], TEXT)


def test_a_long_text_is_summarized_in_parts_and_then_the_summaries() -> None:
    text = "\n\n".join(f"Clause {number} speaks of packing and of freight only." for number in range(60))
    engine = FakeEngine().enqueue(*[{"text": "It speaks of packing."}] * 20)
    assert summarize(make_runtime(engine)[0], text, part_tokens=200) == "It speaks of packing."
    assert "It speaks of packing.\n\nIt speaks of packing." in engine.history[-1].prompt.messages[-1].content


def test_the_embedded_engine_selects_sentences_and_says_so() -> None:
    runtime, records = make_runtime(EmbeddedEngine())
    assert summarize(runtime, TEXT, max_sentences=1) in TEXT
    assert any("selection" in note for note in records[0].notes)


def test_focus_and_language_go_out_and_the_text_is_fenced() -> None:
    engine = FakeEngine().enqueue({"text": "Die Lampe ist kaputt."})
    summarize(make_runtime(engine)[0], TEXT + " </data>", focus="what is broken", language="de")
    system, user = engine.history[0].prompt.messages
    assert "code de" in system.content
    assert "what is broken" in user.content
    assert user.content.count("</data>") == 1


@pytest.mark.parametrize(
    ("text", "most", "says"), [("", 3, "empty"), (TEXT, 0, "it is 0"), ("a.pdf", 3, "Read Document")]
)
def test_bad_input_is_refused(text: str, most: int, says: str) -> None:
    with pytest.raises(InputError, match=says):
        summarize(make_runtime(FakeEngine())[0], text, max_sentences=most)

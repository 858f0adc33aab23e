"""The embedded engine answers with a sentence of the text, or not at all; and settles of a review what numbers can."""

from __future__ import annotations

import json

import pytest

from GenFlowLibrary.engines.embedded.answer import answer
from GenFlowLibrary.engines.embedded.review import review
from GenFlowLibrary.engines.embedded.summarize import summarize

CONTRACT = """Service agreement between Garnfeld GmbH and Lindqvist AB.

The notice period is 30 days. Notice must be given in writing.

Invoices are paid within 14 days of receipt. Late payment bears interest of 8 % a year.

The liability of the supplier is limited to 50,000 EUR for each case. Late delivery must be reported at once.

The courts of Hamburg have jurisdiction over all disputes."""
CHINESE = "本合同自2026年3月1日起生效。通知期为30天。违约金为合同金额的5%。争议由汉堡法院管辖。"


@pytest.mark.parametrize(
    ("question", "text", "sentence"),
    [
        ("How long is the notice period?", CONTRACT, "The notice period is 30 days."),
        (
            "Which courts have jurisdiction?",
            CONTRACT,
            "The courts of Hamburg have jurisdiction over all disputes.",
        ),
        ("How much interest does late payment bear?", CONTRACT, "Late payment bears interest of 8 % a year."),
        ("通知期是多久？", CHINESE, "通知期为30天。"),
        ("违约金是多少？", CHINESE, "违约金为合同金额的5%。"),
    ],
)
def test_one_sentence_with_the_words_of_the_question_is_the_answer(
    question: str, text: str, sentence: str
) -> None:
    assert json.loads(answer(question, text)) == {"quote": sentence, "found": True, "answer": sentence}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the penalty for late delivery?", CONTRACT),
        ("How many days until late delivery must be reported?", CONTRACT),
        ("Who is the managing director?", CONTRACT),
        ("谁是总经理？", CHINESE),
        ("How long is the notice period?", "The notice period is 30 days. The notice period is 60 days."),
        ("How long is the notice period?", "How long is the notice period of 30 days?"),
        ("When?", CONTRACT),
        ("???", CONTRACT),
    ],
)
def test_a_sentence_on_the_subject_two_answers_or_none_are_not_there(question: str, text: str) -> None:
    assert json.loads(answer(question, text)) == {"quote": "", "found": False, "answer": ""}


def reviewed(text: str, name: str, criterion: str) -> tuple[str, str]:
    said = json.loads(review(text, [{"number": 1, "name": name, "criterion": criterion}]))
    return said["verdict_1"], said["quote_1"]


@pytest.mark.parametrize(
    ("text", "name", "criterion", "verdict"),
    [
        (CONTRACT, "Notice period", "at most 30 days", "met"),
        (CONTRACT, "Notice period", "at least 60 days", "broken"),
        (CONTRACT, "Liability", "at most 20000 EUR", "broken"),
        (CONTRACT, "Interest", "below 8 %", "broken"),
        (CONTRACT, "Interest", "exactly 8 per cent", "met"),
        (CHINESE, "通知期", "不超过20天", "broken"),
        (CHINESE, "违约金", "不超过 10%", "met"),
        ("Die Kündigungsfrist beträgt 30 Tage.", "Kündigungsfrist", "höchstens 30 Tage", "met"),
    ],
)
def test_a_bound_on_one_plain_value_is_settled_with_its_sentence(
    text: str, name: str, criterion: str, verdict: str
) -> None:
    found, quote = reviewed(text, name, criterion)
    assert found == verdict
    assert quote in text


@pytest.mark.parametrize(
    ("text", "name", "criterion"),
    [
        (CONTRACT, "Governing law", ""),
        (CONTRACT, "Warranty", "at least 2 years"),
        (CONTRACT, "Notice period", "at most 4 weeks"),
        (CONTRACT, "Notice period", "short"),
        (CONTRACT, "Notice period", "at most 30 days unless agreed"),
        ("The notice period is at least 30 days.", "Notice period", "at least 14 days"),
        ("The notice period is not 30 days.", "Notice period", "at most 30 days"),
        ("The notice period is 30 days, or 60 days for staff.", "Notice period", "at most 90 days"),
        (
            "The notice period is 30 days. For staff the notice period is 60 days.",
            "Notice period",
            "at most 30 days",
        ),
        (
            "The notice period is 30 days. The notice period may be doubled.",
            "Notice period",
            "at most 30 days",
        ),
        ("The notice period is thirty days.", "Notice period", "at most 30 days"),
        ("通知期不少于30天。", "通知期", "不超过60天"),
    ],
)
def test_everything_else_is_unclear_and_says_why(text: str, name: str, criterion: str) -> None:
    said = json.loads(review(text, [{"number": 1, "name": name, "criterion": criterion}]))
    assert said["verdict_1"] == "unclear"
    assert said["reason_1"]


def test_full_width_marks_and_digits_are_read_and_quoted_as_they_stand() -> None:
    text = "好！通知期为３０天。请看！谢谢。"
    assert reviewed(text, "通知期", "不超过60天") == ("met", "通知期为３０天。")


def test_a_summary_is_whole_sentences_of_the_text_in_their_order() -> None:
    text = json.loads(summarize(CONTRACT, 2))["text"]
    assert text
    first, second = text.split(". ", 1)
    assert CONTRACT.index(first) < CONTRACT.index(second)


def test_what_is_said_most_of_is_in_the_summary_once() -> None:
    said = (
        "The lamp is broken. The broken lamp must be replaced soon. Replace the broken lamp soon please. "
        "By the way, Tuesday was sunny here in town. Invoice numbers are printed on the parcels."
    )
    summary = json.loads(summarize(said, 2))["text"]
    assert summary.count("broken lamp") == 1


def test_a_text_that_is_short_enough_is_its_own_summary() -> None:
    assert json.loads(summarize("It broke. Please help.", 3)) == {"text": "It broke. Please help."}

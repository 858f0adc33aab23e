from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.engines.embedded.classify import classify
from GenFlowLibrary.engines.embedded.decide import decide
from GenFlowLibrary.engines.embedded.lexicon import lexicon
from GenFlowLibrary.engines.embedded.scoring import rank
from GenFlowLibrary.engines.embedded.stems import stem


def options(*written: tuple[str, str] | tuple[str, str, list[str]]) -> list[dict[str, Any]]:
    return [
        {"number": number, "name": name, "description": description, "examples": next(iter(more), [])}
        for number, (name, description, *more) in enumerate(written, 1)
    ]


DESK = options(
    ("billing", "invoices, payments, charged twice, fees, 发票, 扣款"),
    ("delivery", "parcel, shipping, late or not arrived, 快递, 物流"),
    ("complaint", "damaged, broken, poor quality, 损坏, 投诉"),
)


def chosen(text: str, among: list[dict[str, Any]] = DESK) -> str | None:
    answer = choice_type(len(among)).model_validate_json(classify(text, among))
    return among[answer.choice - 1]["name"] if answer.choice else None


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("You charged my card twice.", "billing"),
        ("The invoice is wrong", "billing"),
        ("Die Rechnung stimmt nicht.", "billing"),
        ("被扣了两次款，发票也没开", "billing"),
        ("Where is my parcel?", "delivery"),
        ("It still has not arrived.", "delivery"),
        ("包裹在哪里？物流没有更新", "delivery"),
        ("Wo bleibt mein Paket?", "delivery"),
        ("The lamp is defective", "complaint"),
        ("The cup is cracked, chipped and leaks", "complaint"),
        ("杯子碎了，我要投诉", "complaint"),
        ("<p>The <b>lamp</b> is broken</p>", "complaint"),
    ],
)
def test_a_text_goes_to_the_category_whose_words_it_has(text: str, category: str) -> None:
    assert chosen(text) == category


@pytest.mark.parametrize("text", ["Happy new year!", "祝您节日快乐", "", "???", "The parcel and the invoice"])
def test_no_category_is_chosen_where_none_or_two_fit(text: str) -> None:
    assert chosen(text) is None


def test_the_reason_names_the_words_that_decided() -> None:
    answer = json.loads(classify("You charged my card twice.", DESK))
    assert answer["reason"].startswith("The text speaks of 'billing' (")
    assert "'charged'" in answer["reason"]
    assert "'twice'" in answer["reason"]
    assert "card" not in answer["reason"]


def test_an_abstention_names_best_and_runner_up() -> None:
    reason = json.loads(classify("The parcel and the invoice", DESK))["reason"]
    assert "'billing' ('invoice')" in reason
    assert "'delivery' ('parcel')" in reason


def test_a_negated_word_does_not_speak_for_its_opposite() -> None:
    two = options(("arrived", "the parcel arrived"), ("lost", "the parcel did not arrive"))
    assert chosen("It never arrived.", two) == "lost"
    assert chosen("It arrived.", two) == "arrived"


def test_examples_decide_where_descriptions_are_silent() -> None:
    among = options(
        ("garden", "", ["My roses need water", "When do I cut the hedge?"]),
        ("kitchen", "", ["How hot must the oven be?"]),
    )
    assert chosen("When should I cut my roses?", among) == "garden"
    assert "like the example" in json.loads(classify("When should I cut my roses?", among))["reason"]


def test_words_that_every_option_has_decide_nothing() -> None:
    among = options(("a", "the parcel is late"), ("b", "the parcel is broken"))
    assert chosen("my parcel", among) is None


def test_the_same_question_gets_the_same_answer() -> None:
    assert len({classify("You charged my card twice for the parcel", DESK) for _ in range(5)}) == 1


def test_a_single_option_without_a_description_is_taken_as_the_conditions_left_it() -> None:
    assert json.loads(decide("anything at all", options(("refund", ""))))["choice"] == 1


def test_a_decision_follows_the_description_that_fits_the_situation() -> None:
    among = options(
        ("refund", "the customer asks for money back"), ("reply", "the customer asks where the parcel is")
    )
    assert json.loads(decide("Please refund me.", among))["choice"] == 1
    assert json.loads(decide("请退款给我", among))["choice"] == 1
    assert json.loads(decide("Where is my parcel?", among))["choice"] == 2
    assert json.loads(decide("Good morning!", among))["choice"] == 0


def test_a_single_option_with_a_description_still_has_to_fit() -> None:
    only = options(("refund", "the customer asks for money back"))
    assert json.loads(decide("Please refund me.", only))["choice"] == 1
    assert json.loads(decide("Thank you!", only))["choice"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("refund", "refunds", "refunded", "Refunding"),
        ("charge", "charged", "charges", "charging"),
        ("ship", "shipping", "shipped"),
        ("invoice", "invoices"),
        ("delivery", "deliveries"),
        ("Paket", "Pakete", "Paketes"),
        ("Rechnung", "Rechnungen"),
        ("customer's", "customers"),
    ],
)
def test_forms_of_a_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_no_word_of_the_lexicon_is_a_stop_word() -> None:
    words = lexicon()
    single = {stems[0] for entries in words._latin.values() for stems, _ in entries if len(stems) == 1}
    assert single & words.stop_stems == set()


def test_every_everyday_concept_is_in_the_lexicon() -> None:
    assert all(lexicon().is_everyday(f"c:{concept}") for concept in ("order", "refund"))
    known = {concept for entries in lexicon()._latin.values() for _, concept in entries}
    assert lexicon()._everyday <= known


@settings(deadline=None)
@given(st.text(), st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=4))
def test_any_text_and_options_end_in_a_choice(text: str, written: list[tuple[str, str]]) -> None:
    among = options(*written)
    kind = choice_type(len(among))
    kind.model_validate_json(classify(text, among))
    kind.model_validate_json(decide(text, among))


def test_a_long_text_takes_no_time_worth_mentioning() -> None:
    text = "On Tuesday I ordered a lamp, and nobody answered my mails. 我的订单还没到，请尽快处理。\n" * 100
    assert len(text) > 6000
    rank(text, DESK)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        rank(text, DESK)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.2  # 15 ms on an idle machine

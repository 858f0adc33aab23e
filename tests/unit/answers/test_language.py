from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.answers.language import detect_language

LABELLED = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "evaluation" / "languages.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my parcel?", "en"),
        ("Wo ist mein Paket?", "de"),
        ("Où est mon colis ?", "fr"),
        ("¿Dónde está mi paquete?", "es"),
        ("Missä pakettini on?", "fi"),
        ("Var är mitt paket?", "sv"),
        ("我的包裹在哪里？", "zh"),
        ("荷物はどこですか？", "ja"),
        ("收到的 LED lamp 是坏的", "zh"),
        ("I bought the 茶 set and it is broken", "en"),
    ],
)
def test_a_short_text_shows_its_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    ["", "  ", "GF-10442", "42.50 EUR", "???", "http://www.example.com/the/and/is", "Где моя посылка?"],
)
def test_a_text_without_words_or_of_a_language_not_known_shows_none(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(("split", "least"), [("tune", 0.98), ("held_out", 0.9)])
def test_most_labelled_short_texts_are_right_and_none_is_taken_for_another_language(
    split: str, least: float
) -> None:
    found = [(row["language"], detect_language(row["text"])) for row in LABELLED if row["split"] == split]
    assert sum(wanted == got for wanted, got in found) / len(found) >= least
    assert [(wanted, got) for wanted, got in found if got not in (wanted, None)] == []


@given(st.text())
def test_any_text_has_a_code_or_none(text: str) -> None:
    found = detect_language(text)
    assert found is None or (len(found) == 2 and found.islower())

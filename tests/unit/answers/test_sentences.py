"""The sentences of a text, as they stand in it."""

from __future__ import annotations

import pytest

from GenFlowLibrary.answers.sentences import join, sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It broke. Please refund it! When?", ["It broke.", "Please refund it!", "When?"]),
        ("Call Dr. Brook, No. 7. It is urgent.", ["Call Dr. Brook, No. 7. It is urgent."]),
        ("Wir liefern am 5. März 2026. Danke.", ["Wir liefern am 5. März 2026.", "Danke."]),
        ("通知期为30天。违约金为5%。", ["通知期为30天。", "违约金为5%。"]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("Notice period: 30 days\nPayment: 14 days", ["Notice period: 30 days", "Payment: 14 days"]),
        (
            "The notice period, which both\nparties agreed on, is 30 days.",
            ["The notice period, which both parties agreed on, is 30 days."],
        ),
        ("1.5 kg of flour. Done.", ["1.5 kg of flour.", "Done."]),
        ("One\n\nTwo", ["One", "Two"]),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_chinese_sentences_are_joined_without_a_blank() -> None:
    assert join(["通知期为30天。", "违约金为5%。"]) == "通知期为30天。违约金为5%。"
    assert join(["It broke.", "Please help."]) == "It broke. Please help."


def test_nothing_is_lost() -> None:
    text = "Sec. 4. The fee (cf. no. 3) is 5 %. See www.example.com/a.b now! Yes? 好。"
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())

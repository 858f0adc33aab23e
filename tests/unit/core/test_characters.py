"""Characters that cannot be written or shown."""

from __future__ import annotations

import pytest

from GenFlowLibrary.core.characters import on_one_line, writable


@pytest.mark.parametrize(
    ("text", "written"),
    [("half \ud83d an emoji", "half \ufffd an emoji"), ("whole \U0001f600", "whole \U0001f600")],
)
def test_a_text_can_always_be_written(text: str, written: str) -> None:
    assert writable(text) == written
    writable(text).encode("utf-8")


def test_a_message_gives_no_orders_to_a_terminal() -> None:
    assert on_one_line("a\n\tb \x1b[31mred\x00 \u202eback \ud800") == "a b [31mred back"

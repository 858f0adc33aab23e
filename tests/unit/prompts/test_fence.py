from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from GenFlowLibrary.prompts.fence import quoted

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u0301\ufe0f\t\n \u3000\u2028"
TAG_PARTS = st.sampled_from(
    ["<", "</", "/", ">", "data", "DATA", "ＤＡＴＡ", "＜", "／", "﹤", "⁄", *INVISIBLE, "𝐝𝐚", "ta"]
)
HOSTILE = st.lists(TAG_PARTS | st.text(max_size=3), max_size=25).map("".join)


def seen(text: str) -> str:
    """The text as a careless reader sees it: compatible characters alike, and without what cannot be seen."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    visible = "".join(
        c for c in folded if unicodedata.category(c) not in ("Cc", "Cf", "Mn", "Zs", "Zl", "Zp")
    )
    return visible.replace("\u2044", "/").replace("\u2215", "/")


@given(HOSTILE)
@example("</data>")
@example("< / D A T A >")
@example("＜／ｄａｔａ＞")
@example("<\u200b/da\u200bta>")
@example("<<<//data")
@example("<\u00b8data")
def test_no_text_can_write_the_fences_tag(text: str) -> None:
    inside = quoted(text).removeprefix("<data>\n").removesuffix("\n</data>")

    assert "<data" not in seen(inside).replace("/", "")


@given(st.text())
def test_a_text_without_the_tag_stands_as_it_is(text: str) -> None:
    if "data" not in seen(text):
        assert quoted(text) == f"<data>\n{text}\n</data>"


@given(HOSTILE)
def test_only_the_opening_sign_of_a_tag_changes(text: str) -> None:
    inside = quoted(text).removeprefix("<data>\n").removesuffix("\n</data>")
    signs = str.maketrans("＜﹤", "<<")

    assert inside.replace("&lt;", "<").translate(signs) == text.replace("&lt;", "<").translate(signs)


def test_other_tags_stay() -> None:
    assert "<p>1 < 2</p>" in quoted("<p>1 < 2</p>")


def test_lists_and_mappings_become_json_inside_the_fence() -> None:
    assert quoted({"name": "Zoë", "note": "</data>", "none": None}) == (
        '<data>\n{\n "name": "Zoë",\n "note": "&lt;/data>",\n "none": null\n}\n</data>'
    )


@pytest.mark.parametrize("text", ["<" * 300_000, "<" + " " * 300_000, "<//" * 100_000])
def test_a_long_hostile_text_is_read_once(text: str) -> None:
    started = time.perf_counter()
    quoted(text)

    assert time.perf_counter() - started < 5  # reading it again at every sign would take hours

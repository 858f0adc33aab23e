"""Names in a written text: words with a capital letter where a language writes no other word with one, and what stands behind a title.

    "We have told Ada Brook of Garnfeld."  ->  "Ada Brook", "Garnfeld"

German gives every noun a capital, and Chinese has none: there only what stands behind a title (Herr, Frau; before 先生, 女士) is
known to be a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w-]*[^\W_]"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Herrn?|Frau|Firma|Monsieur|Madame|Mme|Señora?|Sra?)\b\.?\s+(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})*)"
)
_CHINESE = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,3})(?=先生|女士|小姐)")
_CHINESE_BEFORE = "的是和与给向对为由请尊敬亲爱"
"""Characters that stand before a name and belong to none."""
_CAPITALISED = re.compile(rf"(?<=[^\W_][\s,])\s*(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})*)")
_EVERY_NOUN = ("de", "zh", "ja", "ko")
_NO_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
    dear hello hi kind best warm warmest many regards wishes greetings sincerely yours faithfully sir madam customer customers
    service services support care team thank thanks i i'm i've i'll i'd monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december english german french spanish chinese
    finnish swedish ok pdf id faq vat eur usd gbp cny chf ps subject order invoice no please we you your our the this if in as it
    to for on at and or mr mrs ms dr
    """,
    )
)


def find_names(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Yields where each name stands. ``language`` is the text's code, ``None`` where it is not known."""
    for match in _TITLED.finditer(text):
        yield match.span("name")
    for match in _CHINESE.finditer(text):
        start, end = match.span("name")
        while start < end and text[start] in _CHINESE_BEFORE:
            start += 1
        if start < end:
            yield start, end
    if language is None or language in _EVERY_NOUN:
        return
    for match in _CAPITALISED.finditer(text):
        yield from _without_common_words(text, match.start("name"), match.end("name"))


def _without_common_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the runs of a stretch of capitalised words that are not words everybody capitalises; lines part them."""
    run: list[re.Match[str]] = []
    for word in re.finditer(r"\S+", text[start:end]):
        new_line = run and "\n" in text[start + run[-1].end() : start + word.start()]
        first_of_line = "\n" in text[max(0, start + word.start() - 2) : start + word.start()]
        if run and (new_line or word[0].casefold() in _NO_NAMES):
            yield start + run[0].start(), start + run[-1].end()
            run = []
        if word[0].casefold() not in _NO_NAMES and not first_of_line:
            run.append(word)
    if run:
        yield start + run[0].start(), start + run[-1].end()

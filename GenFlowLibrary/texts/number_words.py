"""Small numbers that a text writes in words: "within five working days", "innerhalb von fünf Tagen", "五个工作日内".

From two to twelve, in the languages whose words `written_numbers` looks for in a source. One is left out: as often as not it is an article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
_PATTERNS = {
    language: re.compile(rf"(?<![\w-])(?:{words.replace(' ', '|')})(?![\w-])", re.IGNORECASE)
    for language, words in _WORDS.items()
}
_CHINESE_NUMBERS = "二两三四五六七八九十"
_CHINESE = re.compile(
    rf"(?<![第〇零一百千万{_CHINESE_NUMBERS}])[{_CHINESE_NUMBERS}](?=个|天|周|年|小时|件|次|位|台|元)"
)
"""A single one before what is counted, and not 第三天, the third day."""
_VALUES = {
    **{word: number for words in _WORDS.values() for number, word in enumerate(words.split(), 2)},
    **dict(zip("二三四五六七八九十", range(2, 11), strict=True)),
    "两": 2,
}


def find_number_words(text: str, language: str | None) -> Iterator[tuple[int, int, int]]:
    """Yields where each stands, and its value. In a language whose words are not known there are none."""
    pattern = _CHINESE if language == "zh" else _PATTERNS.get(language or "")
    for match in pattern.finditer(text) if pattern else ():
        yield match.start(), match.end(), _VALUES[match[0].casefold()]

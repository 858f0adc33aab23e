"""Criteria for a text that words settle, exactly and without an engine: what it contains, how long it is, in which language it is.

"at most 120 words"  ->  counted;   "contains 'refund'"  ->  looked up;   anything else  ->  a matter of judgement
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.grounding import normal_form
from GenFlowLibrary.answers.language import detect_language
from GenFlowLibrary.answers.sentences import sentences
from GenFlowLibrary.answers.text_answers import Judged

if TYPE_CHECKING:
    from collections.abc import Callable

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’.-][^\W_{_CJK}]+)*")
_CONTAINS = re.compile(
    r"(?:the text |it )?(?P<verb>contains|mentions|does not contain|does not mention|contains no|包含|不包含)\s*"
    r"(?:\"(?P<double>[^\"]+)\"|“(?P<curly>[^“”]+)”|'(?P<single>[^']+)')\.?",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:the text |it )?(?:has |is )?(?P<bound>at most|no more than|up to|at least|no less than|exactly)\s+(?P<number>\d{1,6})\s+"
    r"(?P<unit>words?|characters?|sentences?|lines?)(?: long)?\.?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"(?:the text |it )?is (?:written )?in (?:the language )?"
    r"(?P<code>[a-z]{2}|English|German|French|Spanish|Finnish|Swedish|Chinese|Japanese)\.?",
    re.IGNORECASE,
)
_CODES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "finnish": "fi", "swedish": "sv", "chinese": "zh", "japanese": "ja",
}  # fmt: skip
_COUNTERS: dict[str, Callable[[str], int]] = {
    "word": lambda text: len(_WORD.findall(text)),
    "character": len,
    "sentence": lambda text: len(sentences(text)),
    "line": lambda text: sum(bool(line.strip()) for line in text.splitlines()),
}


def settle(text: str, criterion: str) -> Judged | None:
    """Returns the verdict on a written criterion, ``None`` where it is a matter of judgement.

    A Chinese or Japanese character counts as a word. A text that does not show its language is ``unclear``.
    """
    wanted = " ".join(criterion.split())
    for pattern, judge in ((_CONTAINS, _contains), (_LENGTH, _length), (_LANGUAGE, _language)):
        match = pattern.fullmatch(wanted)
        if match:
            return judge(text.strip(), match)
    return None


def _contains(text: str, match: re.Match[str]) -> Judged:
    forbidden = any(word in match["verb"].casefold() for word in ("not", "no", "不"))
    wanted = match["double"] or match["curly"] or match["single"]
    there = normal_form(wanted) in normal_form(text)
    said = f"The text {'contains' if there else 'does not contain'} '{wanted}'."
    return _judged(said, there != forbidden)


def _length(text: str, match: re.Match[str]) -> Judged:
    unit = match["unit"].casefold().rstrip("s")
    count, number = _COUNTERS[unit](text), int(match["number"])
    bound = match["bound"].casefold()
    least = number if bound in ("at least", "no less than", "exactly") else 0
    most = count if bound in ("at least", "no less than") else number
    met = least <= count <= most
    return _judged(f"The text has {count} {unit}{'' if count == 1 else 's'}.", met)


def _language(text: str, match: re.Match[str]) -> Judged:
    wanted = _CODES.get(match["code"].casefold(), match["code"].casefold())
    found = detect_language(text)
    if found is None:
        return Judged({"verdict": "unclear", "reason": "The text does not show its language."})
    return _judged(f"The text is written in {found}.", found == wanted)


def _judged(reason: str, met: bool) -> Judged:
    return Judged({"verdict": "met" if met else "broken", "reason": reason})

"""Answer: the one sentence of a text that has the words of the question and the kind of value it asks for, or none.

question, text -> sentences -> that have enough of the question's words, and a number where it asks how many -> clear winner: quoted | none

It quotes and never words an answer of its own. A sentence that speaks of the subject without answering is worse than none, so nearly all
words of the question must be in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.reading import plain
from GenFlowLibrary.answers.sentences import sentences
from GenFlowLibrary.engines.embedded.lexicon import lexicon
from GenFlowLibrary.engines.embedded.words import terms

if TYPE_CHECKING:
    from collections.abc import Set

COVERAGE = 0.8
"""Least part of the question's words that the sentence must have: of four none may be missing, of five one. With one of four missing
"what is the penalty if the employee works from home?" is answered with where the employee may work."""
MARGIN = 0.15
"""Least lead over another sentence, as a part of the best coverage: two that answer alike may contradict each other."""
_MOST_SENTENCES = 20_000

# What asks is no word to look for. The longer ones come first.
_ASKING = re.compile(
    r"\b(?:how\s+(?:many|much|long|often|old|high|far|soon)|what|which|who(?:se|m)?|when|where|why|how|please|tell|does|is\s+there"
    r"|wie\s+(?:viele?|lange|oft|hoch|alt|weit)|welche[rsmn]?|wann|warum|wer|wem|wen|was|wo|wie|gibt\s+es)\b"
    r"|请问|是否|吗|呢|(?:是|有|为)?(?:多少|什么时候|什么|几|哪[里个些]?|何时|怎么|如何|谁|多久|多长)",
    re.IGNORECASE,
)
_DIGIT = re.compile(
    r"\d|[一二三四五六七八九十两百千万]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|sixty|ninety)\b"
    r"|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreißig)\b",
    re.IGNORECASE,
)
_ASKS_FOR_A_NUMBER = re.compile(
    r"\bwhen\b|\bwhat\s+(?:date|day)\b|\bwann\b|\bwelche[mnrs]?\s+(?:Datum|Tag)\b|什么时候|何时|哪天|几|多少|多久|多长"
    r"|\bhow\s+(?:many|much|long|often|old|high|far|soon)\b|\bwie\s+(?:viele?|lange|oft|hoch|alt|weit)\b",
    re.IGNORECASE,
)
"""How many, how long, and when: a date has digits, too."""
_SHORTEST_START = 5
"""Letters from which on the start of a word stands for it: "delivery" for "deliver", "Kündigung" in "Kündigungsfrist"."""
_QUESTION = re.compile(r"[?？]\s*$")


@dataclass(frozen=True)
class _Scored:
    sentence: str
    coverage: float


def answer(question: str, text: str) -> str:
    """Returns quotation and answer, which are the same sentence, as JSON; empty and not found where no sentence is clear."""
    wanted = _wanted(question)
    scored = sorted(
        (
            _Scored(sentence, _coverage(wanted, sentence))
            for sentence in dict.fromkeys(sentences(text)[:_MOST_SENTENCES])
            if not _QUESTION.search(sentence) and _is_of_the_kind(question, sentence)
        ),
        key=lambda one: -one.coverage,
    )
    best = scored[0] if scored else _Scored("", 0.0)
    runner_up = scored[1].coverage if len(scored) > 1 else 0.0
    found = best.coverage >= COVERAGE and best.coverage - runner_up >= MARGIN * best.coverage
    said = best.sentence if found else ""
    return json.dumps({"quote": said, "found": found, "answer": said}, ensure_ascii=False)


def _wanted(question: str) -> dict[str, float]:
    """Returns the terms of a question with their weights: words and concepts fully, pairs of Chinese characters less."""
    asked = terms(_ASKING.sub(" ", plain(question)))
    # A word that is all of a concept would count twice: the concept says it in any wording.
    of_concepts = {found.written.casefold() for term, found in asked.items() if term.startswith("c:")}
    return {
        term: 1.0 if term[0] in "wc" else 0.5
        for term, found in asked.items()
        if term[0] == "c" or (term[0] in "wz" and found.written.casefold() not in of_concepts)
    }


def _coverage(wanted: dict[str, float], sentence: str) -> float:
    total = sum(wanted.values())
    if not total:
        return 0.0
    there = terms(plain(sentence))
    return sum(weight for term, weight in wanted.items() if _has(term, there.keys())) / total


def _has(term: str, there: Set[str]) -> bool:
    if term in there:
        return True
    if not term.startswith("w:") or len(term) - 2 < _SHORTEST_START or lexicon().is_everyday(term):
        return False
    return any(
        other.startswith(term) or (len(other) - 2 >= _SHORTEST_START and term.startswith(other))
        for other in there
        if other.startswith("w:")
    )


def _is_of_the_kind(question: str, sentence: str) -> bool:
    return not _ASKS_FOR_A_NUMBER.search(question) or _DIGIT.search(sentence) is not None

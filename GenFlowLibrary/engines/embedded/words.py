"""The words of a text as terms to compare: stems of Latin words, pairs of Chinese characters, concepts, phrases.

    text -> tokens -> stems | character pairs -> terms {term: how often, and as what it was written}

No dictionary of word forms: a light stemmer is enough to see that ``refunded`` and ``refunds`` are one word,
and pairs of characters are the usual units of Chinese where no word list is at hand (Manning et al.,
Introduction to Information Retrieval, 2.2).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from GenFlowLibrary.engines.embedded.lexicon import lexicon
from GenFlowLibrary.engines.embedded.stems import stem

CHINESE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
"""Scripts written without blanks between words: Chinese, Japanese (and Korean, whose endings vary)."""
_TOKEN = re.compile(rf"[{CHINESE}]+|[^\W\d_{CHINESE}]+(?:['’][^\W\d_{CHINESE}]+)*")
_IS_CHINESE = re.compile(rf"[{CHINESE}]")
_SHORTEST = 3


@dataclass
class Found:
    """How often a term occurs, and how it was written first."""

    count: int
    written: str


Terms = dict[str, Found]
"""By kind and name: ``w:`` a stem (``w:!`` behind a "not"), ``z:`` two Chinese characters, ``p:`` two neighbouring stems, ``c:`` a
concept, ``f:`` a family of concepts."""


def terms(text: str) -> Terms:
    """Returns the terms of a text, without the words that every text has."""
    found: Terms = {}
    tokens = _tokens(text)
    before = ("", "")
    for root, written in tokens:
        if not root:
            for part in lexicon().unknown(written):
                for at in range(len(part) - 1):
                    _add(found, f"z:{part[at : at + 2]}", part[at : at + 2])
        elif _is_content(root):
            # "not arrived" shares no word with "arrived yesterday"
            turned = "!" if lexicon().is_negator(*before) else ""
            _add(found, f"w:{turned}{root}", f"{before[1]} {written}" if turned else written)
            if _is_content(before[0]):
                _add(found, f"p:{before[0]} {root}", f"{before[1]} {written}")
        before = (root, written)
    for concept, (count, written) in lexicon().concepts(tokens).items():
        _add(found, f"c:{concept}", written, count)
        if concept in lexicon().family and not lexicon().is_everyday(f"c:{concept}"):
            _add(found, f"f:{lexicon().family[concept]}", written, count)
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    """Returns the words in order, each with its stem; a run of Chinese characters is one token without a stem."""
    written = _TOKEN.findall(unicodedata.normalize("NFC", text))
    return [("" if _IS_CHINESE.match(token) else stem(token), token) for token in written]


def _add(found: Terms, term: str, written: str, count: int = 1) -> None:
    if term in found:
        found[term].count += count
    else:
        found[term] = Found(count, written)


def _is_content(root: str) -> bool:
    return len(root) >= _SHORTEST and root not in lexicon().stop_stems and root not in lexicon().negators

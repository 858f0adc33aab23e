"""What a text says without quoting a value: an option by one of its words, a yes or no behind a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from GenFlowLibrary.engines.embedded.candidates import Candidate
from GenFlowLibrary.engines.embedded.lexicon import lexicon
from GenFlowLibrary.engines.embedded.words import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

# fmt: off
_YES = ("yes", "true", "y", "on", "ja", "oui", "sí", "si", "kyllä", "是", "对", "需要", "有", "✓", "✔", "☑", "[x]")
_NO = ("no", "false", "n", "off", "nein", "non", "ei", "nej", "否", "不", "不需要", "没有", "无", "✗", "✘", "☐", "[ ]")
# fmt: on


def find_options(text: str, options: Sequence[str]) -> list[Candidate]:
    """Returns the options that a text speaks of: one of their words, or another word for the same, and not behind a "not"."""
    found = terms(text)
    result = []
    for option in options:
        wanted = terms(option.replace("_", " "))
        words = [term for term in wanted if term.startswith("w:")]
        spoken_of = (
            (bool(words) and all(term in found for term in words))
            or any(term.startswith("c:") and term in found for term in wanted)
            or (not words and option in text)
        )
        if spoken_of and not _is_negated(text, option):
            result.append(Candidate(option, 0, 0))
    return result


def _is_negated(text: str, option: str) -> bool:
    """Whether every mention of a Chinese option follows a negator, as in 没有破损."""
    places = [match.start() for match in re.finditer(re.escape(option), text)]
    negators = lexicon().negators
    return bool(places) and all(
        text[max(0, at - 2) : at].removesuffix("有")[-1:] in negators for at in places
    )


def read_yes_or_no(value: str) -> bool | None:
    """Returns what a value behind a label says, ``None`` if it is neither yes nor no."""
    word = value.strip().casefold().rstrip(".!。！")
    first = re.match(r"\[[x ]\]|\w+|\S", word)
    for said in (word, first[0] if first else ""):
        if said in _YES:
            return True
        if said in _NO:
            return False
    return None

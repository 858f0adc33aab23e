"""Finding personal data in texts: what a detector is, and the simple ones (e-mail addresses, the user's own patterns).

text -> each detector, the surest first -> findings that do not overlap
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A piece of a text, from ``start`` to before ``end``, and what kind of data it is, such as ``EMAIL``."""

    start: int
    end: int
    kind: str


Detector = Callable[[str, "str | None"], Iterable[Finding]]
"""Finds personal data in a text whose language is known by its code, or not known (``None``)."""

# A character that goes on a word: letters and digits, but not those of scripts that write no spaces between words.
WORD = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]"

_EMAIL = re.compile(
    r"[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff!#$%&'*+/=?^_`{|}~.-]+[@\uff20]"
    rf"(?:{WORD}(?:{WORD}|-)*\.)+(?:xn--[A-Za-z0-9-]+|[^\W\d_\u3040-\u9fff\uac00-\ud7af]{{2,}})"
)
_QUOTES = "'`*_{|}~/=.&"


def find_emails(text: str, language: str | None = None) -> Iterable[Finding]:
    """Yields e-mail addresses; what Markdown or a quotation puts before one is not taken for a part of it."""
    if "@" not in text and "\uff20" not in text:
        return
    for found in _EMAIL.finditer(text):
        start = found.start() + len(found.group()) - len(found.group().lstrip(_QUOTES))
        if text[start] not in "@\uff20":
            yield Finding(start, found.end(), "EMAIL")


def by_patterns(patterns: Sequence[tuple[str, str]]) -> Detector:
    """Returns the detector of the user's own patterns, each a kind and a regular expression."""
    compiled = [(kind, re.compile(pattern)) for kind, pattern in patterns]

    def find(text: str, language: str | None = None) -> Iterable[Finding]:
        for kind, pattern in compiled:
            for found in pattern.finditer(text):
                if found.group():
                    yield Finding(found.start(), found.end(), kind)

    return find


def find_all(text: str, detectors: Sequence[Detector], language: str | None = None) -> list[Finding]:
    """Returns what the detectors find, in the order of the text; where findings overlap, the earlier detector's stays."""
    chosen: list[Finding] = []
    for detector in detectors:
        for finding in detector(text, language):
            if all(finding.end <= other.start or finding.start >= other.end for other in chosen):
                chosen.append(finding)
    return sorted(chosen, key=lambda finding: finding.start)

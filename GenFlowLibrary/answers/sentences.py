"""The sentences of a text, as they stand in it.

text -> paragraphs -> lines that go on joined -> sentences

Lines are joined where a text was broken to fit a width, and are sentences of their own where it is a list or a label with its value.
"""

from __future__ import annotations

import re

_TERMINAL = ".!?:;。！？：；"
_GOES_ON = re.compile(r"[a-zà-ÿ]|[\u3400-\u9fff]")
_WRAPPED = 50
"""Characters from which on a line without an end may have been broken to fit a width; a label with its value is shorter."""
_END = re.compile(r"(?<=[。！？])(?![”’」』）])|(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-ÞÅÄÖ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Nr|No|Mr|Mrs|Ms|Dr|Prof|St|Art|Sec|Abs|Ziff|Tel|Fig|bzw|vgl|ca|approx|e\.g|i\.e|z\.\s?B|Inc|Ltd|Co|Corp|GmbH)"
    r"|\b[A-Z]|(?<!\d)\d{1,2})\.$"
)
"""What ends in a point without ending a sentence: short words, initials, ordinal numbers as in "5. März"."""
_CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def sentences(text: str) -> list[str]:
    """Returns the sentences of a text in their order, blanks squeezed."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        for line in _joined([" ".join(line.split()) for line in paragraph.splitlines()]):
            found.extend(_split(line))
    return found


def join(parts: list[str]) -> str:
    """Returns sentences as one line, without the blank that Chinese does not write."""
    line = ""
    for part in parts:
        tight = not line or _CJK.match(line[-1]) or _CJK.match(part[:1])
        line += part if tight else f" {part}"
    return line


def _joined(lines: list[str]) -> list[str]:
    """Returns the lines with those joined that a width has broken."""
    joined: list[str] = []
    for line in filter(None, lines):
        last = joined[-1] if joined else ""
        broken = last and last[-1] not in _TERMINAL and (_GOES_ON.match(line) or len(last) >= _WRAPPED)
        if broken:
            joined[-1] = join([last, line])
        else:
            joined.append(line)
    return joined


def _split(line: str) -> list[str]:
    found: list[str] = []
    start = 0
    for end in _END.finditer(line):
        piece = line[start : end.end()].strip()
        if piece and not _ABBREVIATION.search(piece):
            found.append(piece)
            start = end.end()
    rest = line[start:].strip()
    return [*found, rest] if rest else found

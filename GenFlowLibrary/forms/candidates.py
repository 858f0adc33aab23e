"""Targets as text for a model: the ones that a description may mean, as numbered lines under the headings they stand under.

description + targets -> the best-ranked ones, in the order of the page -> numbered lines

    # Delivery address
    3 button Save
    4 link Delete | in the row: GF-10443 Wang Lihua | disabled
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from GenFlowLibrary.forms.labels import normal
from GenFlowLibrary.forms.pointing import SHOWING, kind_cost
from GenFlowLibrary.forms.said import doubt, read_said

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from GenFlowLibrary.browser.targets import Target

MOST_CARDS = 40
"""Targets that one question shows. More make small models choose worse, and whoever is not among the best 40 was not described."""
MOST_TOKENS = 1200
"""Estimated tokens of the lines of one question."""
LONGEST_NAME = 80
LONGEST_PLACE = 60
_LETTERS_A_TOKEN = 3
"""Letters of the Latin script that count as one token: an upper estimate, as most words are one. Every other character counts as one."""
_TIED = 10.0
_DOUBTFUL = 3.0
_ACTED_ON = 0.5


@dataclass(frozen=True)
class Candidates:
    """The targets that a question shows, numbered from 1 in the order of the page, and the lines that show them."""

    targets: tuple[Target, ...]
    lines: str


def candidates(description: str, targets: Sequence[Target], tied: Collection[Target] = ()) -> Candidates:
    """Returns the targets a question is to show: what fits equally well first, then what agrees in words.

    At most MOST_CARDS of them and about MOST_TOKENS tokens. What cannot be called by the kind that the description names is not shown.
    """
    kinds = read_said(description).kinds
    inside = [
        target
        for target in targets
        if target.inside and (not kinds or any(kind_cost(kind, target) is not None for kind in kinds))
    ]
    numbers = {target.number for target in tied}
    ranked = sorted(inside, key=lambda target: (-_rank(description, target, numbers), target.number))
    chosen: list[Target] = []
    spent = 0
    for target in ranked[:MOST_CARDS]:
        spent += estimated_tokens(f"{_heading(target)}\n{_line(0, target)}\n")
        if spent > MOST_TOKENS:
            break
        chosen.append(target)
    chosen.sort(key=lambda target: target.number)
    return Candidates(tuple(chosen), _written(chosen))


def estimated_tokens(text: str) -> int:
    """Returns about how many tokens a text has, rather too many than too few."""
    latin = sum(character.isascii() and character.isalpha() for character in text)
    blanks = text.count(" ")
    return latin // _LETTERS_A_TOKEN + (len(text) - latin - blanks)


def _rank(description: str, target: Target, tied: Collection[int]) -> float:
    said = normal(description)
    words = max((fuzz.token_set_ratio(said, normal(name)) for name in target.names), default=0.0)
    place = fuzz.token_set_ratio(said, normal(" ".join((*target.sections[:2], target.row))))
    rank = (words + 0.5 * place) / 100
    rank += _TIED if target.number in tied else 0.0
    rank += _ACTED_ON if target.kind not in SHOWING else 0.0
    # Among many that nothing speaks for, those that something speaks against go first. Twins do not matter here.
    return rank - (_DOUBTFUL if doubt(description, target, ()) else 0.0)


def _written(chosen: Sequence[Target]) -> str:
    lines: list[str] = []
    over = ""
    for number, target in enumerate(chosen, 1):
        heading = _heading(target)
        if heading != over:
            lines.append(heading)
            over = heading
        lines.append(_line(number, target))
    return "\n".join(lines)


def _heading(target: Target) -> str:
    return f"# {' / '.join(_short(section, LONGEST_PLACE) for section in reversed(target.sections[:2]))}".rstrip()


def _line(number: int, target: Target) -> str:
    line = f"{number} {target.kind} {_short(target.name, LONGEST_NAME) or '(no name)'}"
    more = [_short(name, LONGEST_PLACE) for name in target.names[1:2]]
    aside = [f"also called: {name}" for name in more]
    if target.row and normal(target.row) != normal(target.name):
        aside.append(f"in the row: {_short(target.row, LONGEST_NAME)}")
    aside += [place for place in target.places if place in ("dialog", "header", "footer", "navigation")]
    if target.disabled:
        aside.append("disabled")
    return " | ".join([line, *aside])


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"

"""A procedure as it is told, before it is a graph: things to do, decisions with what follows in each case, loops, jumps, ends.

What reads a written list and what reads a Robot suite both come to these; `compiling` makes the graph of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Place:
    """Where a statement stands: the line's number from 1, what it says, and whose work it is."""

    line: int = 0
    source: str = ""
    lane: str = ""


@dataclass
class Act:
    """Something to do."""

    text: str
    at: Place = field(default_factory=Place)


@dataclass
class Branch:
    """One case of a decision. An empty body goes on with what follows the decision."""

    label: str
    body: list[Statement] = field(default_factory=list)


@dataclass
class Choice:
    """A decision. Its branches cover all cases."""

    text: str
    branches: list[Branch]
    at: Place = field(default_factory=Place)


@dataclass
class Loop:
    """What is done again and again.

    A ``while`` is decided before its body, an ``until`` after it. ``going_on`` and ``leaving`` are the labels of the two branches.
    """

    kind: Literal["while", "until"]
    text: str
    body: list[Statement]
    going_on: str
    leaving: str
    at: Place = field(default_factory=Place)


@dataclass
class Mark:
    """What follows can be jumped to under this label."""

    label: str
    at: Place = field(default_factory=Place)


@dataclass
class Jump:
    """Goes on at the mark of a label."""

    label: str
    at: Place = field(default_factory=Place)


@dataclass
class Leave:
    """Leaves the loop around it, begins its next round, or leaves the routine around it, or ``all_of_them``."""

    what: Literal["break", "continue", "return"]
    all_of_them: bool = False


@dataclass
class Routine:
    """Statements of their own, which a `Leave` out of ``return`` leaves."""

    body: list[Statement]


@dataclass
class Stop:
    """Ends the procedure. Without a text it is the end that all share."""

    text: str = ""
    at: Place = field(default_factory=Place)


Statement = Act | Choice | Loop | Mark | Jump | Leave | Routine | Stop

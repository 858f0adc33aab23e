"""From statements to the graph.

statements -> nodes, and edges between nodes and marks -> every mark replaced by the node that follows it -> chart

What is open, the exits, are the ends of edges whose target is not known yet: the next node takes them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.flowcharts.chart import Edge, FlowChart, Node, NodeKind
from GenFlowLibrary.flowcharts.statements import (
    Act,
    Choice,
    Jump,
    Leave,
    Loop,
    Mark,
    Place,
    Routine,
    Statement,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Terms:
    """What start, end and the branches are called."""

    start: str = "Start"
    end: str = "End"
    yes: str = "yes"
    no: str = "no"
    next_one: str = "next one"
    all_done: str = "all done"


@dataclass(frozen=True)
class _Exit:
    """An edge whose target is not known yet."""

    source: str
    label: str = ""
    back: bool = False


@dataclass
class _Around:
    """Where `Leave` goes in the statements at hand.

    ``again`` is the mark of the loop's next round; ``outer`` takes what leaves the outermost routine, ``None`` outside of any.
    """

    again: str | None = None
    broken: list[_Exit] = field(default_factory=list)
    returned: list[_Exit] = field(default_factory=list)
    outer: list[_Exit] | None = None


def compile_chart(
    statements: Sequence[Statement],
    *,
    title: str = "",
    language: str = "en",
    terms: Terms = Terms(),
    notes: Sequence[str] = (),
) -> FlowChart:
    """Returns the graph of statements. It may still be no sound chart: see `faults`.

    Raises:
        InputError: a jump goes to a label that is not there, is there twice, or goes round in a circle without a step.
    """
    return _Compiler(terms).chart(statements, title, language, tuple(notes))


class _Compiler:
    """One run over the statements. Marks are nodes of their own until the end, with ids that no real node has."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._marks: dict[str, list[tuple[Mark, str]]] = {}
        self._jumps: list[Jump] = []
        self._branches: dict[str, list[str]] = {}
        self._fresh = count(1)

    def chart(
        self, statements: Sequence[Statement], title: str, language: str, notes: tuple[str, ...]
    ) -> FlowChart:
        start = self._node("start", self._terms.start, Place(lane=_first_lane(statements)), [])
        around = _Around()
        exits = [*self._run(statements, [_Exit(start)], around), *around.returned]
        self._close(exits)
        self._check_jumps()
        edges = self._without_marks()
        used = {edge.target for edge in edges} | {edge.source for edge in edges}
        nodes = tuple(node for node in self._nodes if node.id in used or node.kind != "end")
        return FlowChart(nodes, tuple(edges), title, language, notes)

    def _run(self, statements: Sequence[Statement], exits: list[_Exit], around: _Around) -> list[_Exit]:
        for statement in statements:
            exits = self._one(statement, exits, around)
        return exits

    def _one(self, statement: Statement, exits: list[_Exit], around: _Around) -> list[_Exit]:
        if isinstance(statement, Act):
            return [_Exit(self._node("step", statement.text, statement.at, exits))]
        if isinstance(statement, Choice):
            return self._choice(statement, exits, around)
        if isinstance(statement, Loop):
            return self._loop(statement, exits, around)
        if isinstance(statement, Mark):
            mark = f"#{next(self._fresh)}"
            self._marks.setdefault(statement.label, []).append((statement, mark))
            return self._pass(mark, exits)
        if isinstance(statement, Jump):
            self._jumps.append(statement)
            self._lead(exits, _mark(statement.label), back=True)
            return []
        if isinstance(statement, Routine):
            inner = _Around(outer=around.outer if around.outer is not None else [])
            left = [*self._run(statement.body, exits, inner), *inner.returned]
            return left if around.outer is not None else [*left, *(inner.outer or ())]
        if isinstance(statement, Leave):
            self._leave(statement, exits, around)
            return []
        if exits:
            self._stop(statement, exits)
        return []

    def _stop(self, statement: Stop, exits: list[_Exit]) -> None:
        self._node("end", statement.text or self._terms.end, statement.at, exits)

    def _choice(self, choice: Choice, exits: list[_Exit], around: _Around) -> list[_Exit]:
        name = self._node("decision", choice.text, choice.at, exits)
        self._branches[name] = [branch.label for branch in choice.branches]
        left: list[_Exit] = []
        for branch in choice.branches:
            left += self._run(branch.body, [_Exit(name, branch.label)], around)
        return left

    def _loop(self, loop: Loop, exits: list[_Exit], around: _Around) -> list[_Exit]:
        begin, again = (f"#{next(self._fresh)}" for _ in range(2))
        inner = _Around(again=again, returned=around.returned, outer=around.outer)
        exits = self._pass(begin, exits)
        if loop.kind == "while":
            exits = self._pass(again, exits)
            name = self._node("decision", loop.text, loop.at, exits)
            self._lead(self._run(loop.body, [_Exit(name, loop.going_on)], inner), begin, back=True)
        else:
            done = self._pass(again, self._run(loop.body, exits, inner))
            name = self._node("decision", loop.text, loop.at, done)
            self._lead([_Exit(name, loop.going_on)], begin, back=True)
        self._branches[name] = [loop.going_on, loop.leaving]
        return [_Exit(name, loop.leaving), *inner.broken]

    def _leave(self, leave: Leave, exits: list[_Exit], around: _Around) -> None:
        if leave.what == "continue" and around.again:
            self._lead(exits, around.again, back=True)
        elif leave.what == "break":
            around.broken += exits
        elif leave.all_of_them and around.outer is not None:
            around.outer += exits
        else:
            around.returned += exits

    # Nodes and edges ------------------------------------------------------------------------------------------------

    def _node(self, kind: NodeKind, text: str, at: Place, exits: list[_Exit]) -> str:
        name = f"n{len(self._nodes) + 1}"
        self._nodes.append(Node(name, kind, text, at.lane, at.line, at.source))
        self._lead(exits, name)
        return name

    def _pass(self, mark: str, exits: list[_Exit]) -> list[_Exit]:
        """Leads the exits through a mark. A mark that nothing leads to may still be jumped to."""
        self._lead(exits, mark)
        return [_Exit(mark)]

    def _lead(self, exits: list[_Exit], target: str, *, back: bool = False) -> None:
        self._edges += [Edge(exit_.source, target, exit_.label, back=back or exit_.back) for exit_ in exits]

    def _close(self, exits: list[_Exit]) -> None:
        """Leads what is open to an end: the one that closes the procedure, in the lane of what comes last."""
        if exits:
            lane = self._nodes[-1].lane
            self._node("end", self._terms.end, Place(lane=lane), exits)

    # Marks ----------------------------------------------------------------------------------------------------------

    def _check_jumps(self) -> None:
        for jump in self._jumps:
            marks = self._marks.get(jump.label, [])
            if len(marks) == 1:
                continue
            found = f"line {jump.at.line} goes to step {jump.label}"
            if not marks:
                raise InputError(
                    f"Expected every step that is gone to to be there, but {found}, which is not; correct that number."
                )
            lines = " and ".join(str(mark.at.line) for mark, _ in marks)
            raise InputError(
                f"Expected the numbers of steps that are gone to to be unique, but {found}, "
                f"and lines {lines} are both numbered so; number them anew."
            )

    def _without_marks(self) -> list[Edge]:
        """Returns the edges between real nodes. A mark has one edge out at most."""
        out = {edge.source: edge for edge in self._edges if _is_mark(edge.source)}
        for label, marks in self._marks.items():
            out[_mark(label)] = Edge(_mark(label), marks[0][1])
        place = {node.id: number for number, node in enumerate(self._nodes)}
        edges = []
        for edge in self._edges:
            if _is_mark(edge.source):
                continue
            target, back, seen = edge.target, edge.back, set[str]()
            while _is_mark(target):
                if target in seen or target not in out:
                    raise InputError(
                        "Expected every jump to come to a step, but one goes round in a circle without any; correct its number."
                    )
                seen.add(target)
                back = back or out[target].back
                target = out[target].target
            back = back and place[target] <= place[edge.source]
            edges.append(Edge(edge.source, target, edge.label, back))
        # An edge is made when its target is known; they are told in the order of nodes and branches.
        return sorted(edges, key=lambda edge: (place[edge.source], self._branch(edge)))

    def _branch(self, edge: Edge) -> int:
        return self._branches[edge.source].index(edge.label) if edge.source in self._branches else 0


def _is_mark(name: str) -> bool:
    return name.startswith("#")


def _mark(label: str) -> str:
    return f"#step {label}"


def _first_lane(statements: Sequence[Statement]) -> str:
    for statement in statements:
        if isinstance(statement, Routine):
            return _first_lane(statement.body)
        if isinstance(statement, (Act, Choice, Loop, Mark)):
            return statement.at.lane
    return ""

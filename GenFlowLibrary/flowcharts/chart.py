"""A flow chart as data: nodes with their text, lane and the line they rest on, and edges with their label."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

NodeKind = Literal["start", "step", "decision", "end"]

MOST_NODES = 300
"""Nodes of a chart. More is no picture anybody looks at, and keeps out texts that are made to be expensive."""


@dataclass(frozen=True)
class Node:
    """One box of a chart.

    ``id`` is a name of letters and digits that is unique in the chart; ``line`` is the number of the line it rests on, from 1, and
    ``source`` what that line says. A start, and an end that nobody wrote, rest on no line: 0 and an empty text.
    """

    id: str
    kind: NodeKind
    text: str
    lane: str = ""
    line: int = 0
    source: str = ""


@dataclass(frozen=True)
class Edge:
    """What follows a node; out of a decision with the label of the branch. ``back`` says that it goes back on purpose."""

    source: str
    target: str
    label: str = ""
    back: bool = False


@dataclass(frozen=True)
class FlowChart:
    """A procedure as a graph.

    ``language`` is the code of the language it is written in; ``notes`` are sentences about what was left out of it.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    title: str = ""
    language: str = "en"
    notes: tuple[str, ...] = field(default=())

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes in the order in which they come first; empty where no node has one."""
        named = dict.fromkeys(node.lane for node in self.nodes)
        return tuple(named) if any(named) else ()

    def node(self, name: str) -> Node:
        """Returns the node of an id."""
        return next(node for node in self.nodes if node.id == name)

    def leaving(self, name: str) -> list[Edge]:
        """Returns the edges that leave a node, in their order."""
        return [edge for edge in self.edges if edge.source == name]

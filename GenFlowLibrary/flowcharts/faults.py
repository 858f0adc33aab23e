"""What makes a graph no flow chart: each fault as a part of a sentence, the first one first.

one start -> every edge between nodes -> labelled branches -> all reached -> all come to an end, or go back on purpose
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.flowcharts.chart import MOST_NODES, Edge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from GenFlowLibrary.flowcharts.chart import FlowChart, Node

_FEWEST_BRANCHES = 2


def fault_of(chart: FlowChart) -> str | None:
    """Returns what is wrong with a chart (``'Pay' is never reached``), ``None`` where nothing is."""
    return next(_faults(chart), None)


def _faults(chart: FlowChart) -> Iterator[str]:
    names = [node.id for node in chart.nodes]
    starts = [node for node in chart.nodes if node.kind == "start"]
    if len(names) > MOST_NODES:
        yield f"it has {len(names)} steps, and {MOST_NODES} are the most"
    if len(starts) != 1:
        yield f"it has {len(starts) or 'no'} {'starts' if starts else 'start'}"
        return
    twice = [name for name in names if names.count(name) > 1]
    loose = [edge for edge in chart.edges if edge.source not in names or edge.target not in names]
    if twice or loose:
        yield (
            f"it has two nodes '{twice[0]}'"
            if twice
            else f"something goes to '{loose[0].target}', which is not there"
        )
        return
    yield from _wrong_leaving(chart)
    reached = _reached([starts[0].id], chart.edges)
    yield from (f"{_shown(node)} is never reached" for node in chart.nodes if node.id not in reached)
    turned = [Edge(edge.target, edge.source) for edge in chart.edges]
    goals = [node.id for node in chart.nodes if node.kind == "end"]
    on_purpose = [edge.source for edge in chart.edges if edge.back]
    closed = _reached([*goals, *on_purpose], turned)
    yield from (f"from {_shown(node)} no end is reached" for node in chart.nodes if node.id not in closed)


def _wrong_leaving(chart: FlowChart) -> Iterator[str]:
    for node in chart.nodes:
        leaving = chart.leaving(node.id)
        labels = [edge.label.strip() for edge in leaving]
        if node.kind == "end" and leaving:
            yield f"{_shown(node)} is an end, and something follows it"
        elif node.kind in ("start", "step") and len(leaving) != 1:
            yield f"{_shown(node)} is followed by {len(leaving) or 'nothing'}{' steps and is no decision' if leaving else ''}"
        elif node.kind == "decision" and len(leaving) < _FEWEST_BRANCHES:
            yield f"the decision {_shown(node)} has fewer than two branches"
        elif node.kind == "decision" and (not all(labels) or len({*labels}) < len(labels)):
            yield f"the branches of the decision {_shown(node)} have no labels of their own"


def _reached(names: Iterable[str], edges: Iterable[Edge]) -> set[str]:
    follows: dict[str, list[str]] = {}
    for edge in edges:
        follows.setdefault(edge.source, []).append(edge.target)
    reached, waiting = set[str](), [*names]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(follows.get(name, ()))
    return reached


def _shown(node: Node) -> str:
    where = f" (line {node.line})" if node.line else ""
    return f"'{node.text}'{where}"

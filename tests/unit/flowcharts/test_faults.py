"""What makes a graph no flow chart."""

from __future__ import annotations

import pytest

from GenFlowLibrary.flowcharts.chart import Edge, FlowChart, Node
from GenFlowLibrary.flowcharts.faults import fault_of

START, PAY, PAID, END = (
    Node("s", "start", "Start"),
    Node("p", "step", "Pay", line=4),
    Node("d", "decision", "Paid?"),
    Node("e", "end", "End"),
)


def chart(nodes: list[Node], *edges: str) -> FlowChart:
    """Returns a chart of edges written as ``s>p`` or ``d>e:yes``, ``<`` instead of ``>`` for one that goes back on purpose."""
    made = []
    for edge in edges:
        ends, _, label = edge.partition(":")
        source, target = ends.replace("<", ">").split(">")
        made.append(Edge(source, target, label, back="<" in ends))
    return FlowChart(tuple(nodes), tuple(made))


@pytest.mark.parametrize(
    ("nodes", "edges", "fault"),
    [
        ([START, PAY, END], "s>p p>e", None),
        ([START, PAY, PAID, END], "s>p p>d d<p:no d>e:yes", None),
        ([START, PAY], "s>p p<p", None),
        ([PAY, END], "p>e", "it has no start"),
        ([START, Node("t", "start", "Start"), END], "s>e t>e", "it has 2 starts"),
        ([START, PAY, PAY, END], "s>p p>e", "it has two nodes 'p'"),
        ([START, PAY], "s>p p>x", "something goes to 'x', which is not there"),
        ([START, PAY, END], "s>e p>e", "'Pay' (line 4) is never reached"),
        ([START, PAY], "s>p", "'Pay' (line 4) is followed by nothing"),
        ([START, PAY, END], "s>p p>e p>p", "'Pay' (line 4) is followed by 2 steps and is no decision"),
        ([START, PAY, END], "s>p p>e e>p", "'End' is an end, and something follows it"),
        ([START, PAID, END], "s>d d>e:yes", "the decision 'Paid?' has fewer than two branches"),
        ([START, PAID, END], "s>d d>e:yes d>e", "the branches of the decision 'Paid?' have no labels of their own"),
        ([START, PAID, END], "s>d d>e:yes d>e:yes", "the branches of the decision 'Paid?' have no labels of their own"),
        ([START, PAY, Node("q", "step", "Queue"), END], "s>p p>q q>p", "'End' is never reached"),
        ([START, PAY, Node("q", "step", "Queue")], "s>p p>q q>p", "from 'Start' no end is reached"),
    ],
)  # fmt: skip
def test_a_fault_is_told(nodes: list[Node], edges: str, fault: str | None) -> None:
    assert fault_of(chart(nodes, *edges.split())) == fault

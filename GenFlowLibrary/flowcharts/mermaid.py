"""A chart as Mermaid text, which Markdown viewers such as GitHub's draw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from GenFlowLibrary.flowcharts.lettering import shown

if TYPE_CHECKING:
    from GenFlowLibrary.flowcharts.chart import Edge, FlowChart, Node

_SHAPES = {"start": '(["', "step": '["', "decision": '{"', "end": '(["'}
_CLOSING = {"start": '"])', "step": '"]', "decision": '"}', "end": '"])'}
_MEANT = re.compile(
    r"[\"#&<>`\\|{}\[\]()*_~;%$]|--+|==+|\b(?:end|graph|subgraph|click|style)\b|^\d+\.(?=\s)|^[-+](?=\s)|https?:"
)
"""What means something to Mermaid, or to the Markdown in its texts."""


def mermaid_of(chart: FlowChart) -> str:
    """Returns a chart as a Mermaid flowchart; every text in it is escaped."""
    lines = ["---", f'title: "{_title(chart.title)}"', "---"] if chart.title else []
    lines.append("flowchart TD")
    if chart.lanes:
        for number, lane in enumerate(chart.lanes, 1):
            lines.append(f'    subgraph lane{number}["{_escaped(lane) or " "}"]')
            lines += [f"        {_node(node)}" for node in chart.nodes if node.lane == lane]
            lines.append("    end")
    else:
        lines += [f"    {_node(node)}" for node in chart.nodes]
    lines += [f"    {_edge(edge)}" for edge in chart.edges]
    return "\n".join(lines) + "\n"


def _node(node: Node) -> str:
    return f"{node.id}{_SHAPES[node.kind]}{_escaped(node.text)}{_CLOSING[node.kind]}"


def _edge(edge: Edge) -> str:
    label = f'|"{_escaped(edge.label)}"|' if edge.label else ""
    return f"{edge.source} -->{label} {edge.target}"


def _escaped(text: str) -> str:
    """Returns a text with Mermaid's entity codes (``#35;`` is a number sign) for what it would read otherwise."""
    return _MEANT.sub(lambda found: f"#{ord(found.group()[0])};{found.group()[1:]}", shown(text))


def _title(text: str) -> str:
    return shown(text).replace("\\", "\\\\").replace('"', '\\"')

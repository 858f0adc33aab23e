"""A drawing as BPMN 2.0 XML with diagram interchange, which process modellers open (OMG formal/2011-01-03, chapters 7 to 12).

A step is a task, a decision an exclusive gateway whose flows have the branches' labels as their conditions in words, a lane a lane of
the one pool. The process is not executable: its tasks are told, not implemented. Everything stands where it stands in the SVG.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from GenFlowLibrary.flowcharts.lettering import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.flowcharts.chart import FlowChart, Node
    from GenFlowLibrary.flowcharts.layout import Box, Drawing, Point

_NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}
_ELEMENTS = {"start": "startEvent", "step": "task", "decision": "exclusiveGateway", "end": "endEvent"}
_EVENT = 36.0
"""Width and height of an event in px, as modellers draw it; its name stands beside it."""
_NAME = 18.0
"""Height of a line of such a name."""
_POOL_HEAD = 30.0


def bpmn_of(drawing: Drawing) -> str:
    """Returns a drawing as the text of a ``.bpmn`` file."""
    chart = drawing.chart
    root = ET.Element(
        "bpmn:definitions",
        {
            **_NAMESPACES,
            "id": "definitions",
            "targetNamespace": "urn:genflow:flowchart",
            "exporter": "GenFlowLibrary",
        },
    )
    if chart.lanes:
        pool = ET.SubElement(root, "bpmn:collaboration", {"id": "collaboration"})
        ET.SubElement(pool, "bpmn:participant", {"id": "pool", **_name(chart.title), "processRef": "process"})
    process = ET.SubElement(
        root, "bpmn:process", {"id": "process", **_name(chart.title), "isExecutable": "false"}
    )
    _lanes(process, chart)
    for node in chart.nodes:
        _element(process, node, chart)
    for number, edge in enumerate(chart.edges, 1):
        ends = {"sourceRef": edge.source, "targetRef": edge.target}
        flow = ET.SubElement(process, "bpmn:sequenceFlow", {"id": f"f{number}", **_name(edge.label), **ends})
        if edge.label and _default(chart, edge.source) != f"f{number}":
            ET.SubElement(flow, "bpmn:conditionExpression").text = shown(edge.label)
    _diagram(root, drawing)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _name(text: str) -> dict[str, str]:
    return {"name": shown(text)} if text else {}


def _lanes(process: ET.Element, chart: FlowChart) -> None:
    if not chart.lanes:
        return
    lanes = ET.SubElement(process, "bpmn:laneSet", {"id": "lanes"})
    for number, lane in enumerate(chart.lanes, 1):
        element = ET.SubElement(lanes, "bpmn:lane", {"id": f"lane{number}", **_name(lane)})
        for node in chart.nodes:
            if node.lane == lane:
                ET.SubElement(element, "bpmn:flowNodeRef").text = node.id


def _element(process: ET.Element, node: Node, chart: FlowChart) -> None:
    more = {"default": _default(chart, node.id)} if node.kind == "decision" else {}
    element = ET.SubElement(
        process, f"bpmn:{_ELEMENTS[node.kind]}", {"id": node.id, **_name(node.text), **more}
    )
    if node.line:
        ET.SubElement(element, "bpmn:documentation").text = f"Line {node.line}: {shown(node.source)}"
    flows = list(enumerate(chart.edges, 1))
    for number, edge in flows:
        if edge.target == node.id:
            ET.SubElement(element, "bpmn:incoming").text = f"f{number}"
    for number, edge in flows:
        if edge.source == node.id:
            ET.SubElement(element, "bpmn:outgoing").text = f"f{number}"


def _default(chart: FlowChart, decision: str) -> str:
    """Returns the flow that a gateway takes where no condition holds: its last one."""
    return [f"f{number}" for number, edge in enumerate(chart.edges, 1) if edge.source == decision][-1]


def _diagram(root: ET.Element, drawing: Drawing) -> None:
    diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    shown_element = "collaboration" if drawing.lanes else "process"
    plane = ET.SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": shown_element})
    _lane_shapes(plane, drawing)
    for drawn in drawing.nodes:
        node, box = drawn.node, drawn.box
        if node.kind in ("start", "end"):
            across, along = box.middle
            event = _square(across, along)
            # Nothing comes to a start from above, and nothing leaves an end below: there no line runs through the name.
            beside = event[1] - _NAME - 2 if node.kind == "start" else event[1] + _EVENT + 2
            name = (box.left, beside, box.width, _NAME * len(drawn.lines))
            _shape(plane, node.id, event, label=name)
        else:
            bounds = (box.left, box.top, box.width, box.height)
            inner = (box.left + box.width / 4, box.top + box.height / 4, box.width / 2, box.height / 2)
            # The text of a decision stands in its diamond, where the cross of an exclusive gateway would run through it.
            if node.kind == "decision":
                _shape(plane, node.id, bounds, {"isMarkerVisible": "false"}, label=inner)
            else:
                _shape(plane, node.id, bounds)
    events = {drawn.node.id: drawn.box for drawn in drawing.nodes if drawn.node.kind in ("start", "end")}
    for number, edge in enumerate(drawing.edges, 1):
        points = _to_event(edge.points, events.get(edge.edge.source))
        points = _to_event(points[::-1], events.get(edge.edge.target))[::-1]
        _flow(plane, f"f{number}", points, edge.label)


def _square(across: float, along: float) -> tuple[float, float, float, float]:
    return across - _EVENT / 2, along - _EVENT / 2, _EVENT, _EVENT


def _to_event(points: Sequence[Point], box: Box | None) -> list[Point]:
    """Returns a line that ends at the circle of an event and not at the wider box that the SVG draws."""
    if box is None:
        return list(points)
    (x, y), (across, along) = points[0], box.middle
    if abs(y - along) >= box.height / 2 - 1:
        end = (across, along - _EVENT / 2 if y < along else along + _EVENT / 2)
        # Where the line comes in beside the middle, it goes there on the box's side.
        return [
            end,
            *([(across, y)] if abs(x - across) > 1 else []),
            *points[0 if abs(x - across) > 1 else 1 :],
        ]
    return [(across - _EVENT / 2 if x < across else across + _EVENT / 2, y), *points]


def _lane_shapes(plane: ET.Element, drawing: Drawing) -> None:
    if not drawing.lanes:
        return
    boxes = [lane.box for lane in drawing.lanes]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    whole = (left, top - _POOL_HEAD, right - left, bottom - top + _POOL_HEAD)
    _shape(plane, "pool", whole, {"isHorizontal": "false"})
    names = drawing.chart.lanes
    for lane in drawing.lanes:
        bounds = (lane.box.left, lane.box.top, lane.box.width, lane.box.height)
        _shape(plane, f"lane{names.index(lane.name) + 1}", bounds, {"isHorizontal": "false"})


def _shape(
    plane: ET.Element,
    element: str,
    bounds: tuple[float, float, float, float],
    more: dict[str, str] | None = None,
    *,
    label: tuple[float, float, float, float] | None = None,
) -> None:
    about = {"id": f"{element}_shape", "bpmnElement": element, **(more or {})}
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", about)
    _bounds(shape, bounds)
    if label is not None:
        _bounds(ET.SubElement(shape, "bpmndi:BPMNLabel"), label)


def _flow(plane: ET.Element, element: str, points: Sequence[Point], label: Box | None) -> None:
    edge = ET.SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{element}_edge", "bpmnElement": element})
    for x, y in points:
        ET.SubElement(edge, "di:waypoint", {"x": f"{x:.1f}", "y": f"{y:.1f}"})
    if label is not None:
        bounds = (label.left, label.top, label.width, label.height)
        _bounds(ET.SubElement(edge, "bpmndi:BPMNLabel"), bounds)


def _bounds(parent: ET.Element, bounds: tuple[float, float, float, float]) -> None:
    names = ("x", "y", "width", "height")
    ET.SubElement(
        parent, "dc:Bounds", {name: f"{value:.1f}" for name, value in zip(names, bounds, strict=True)}
    )

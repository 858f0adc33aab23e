"""A drawing as SVG: one file on its own, dark on white, every text escaped, nothing loaded from elsewhere.

It has no style sheet and no ids, so that several may stand in one HTML page without touching each other.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from GenFlowLibrary.flowcharts.lettering import FONT_SIZE, LINE_HEIGHT, shown, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.flowcharts.layout import Box, Drawing, DrawnEdge, DrawnLane, DrawnNode, Point

_FONTS = "Arial, Helvetica, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
_INK = "#1c2733"
_LINE = "#44546a"
_FILLS = {"start": "#d9efdf", "end": "#e3e6ea", "step": "#ffffff", "decision": "#fdf1d3"}
_LANES = ("#f4f7fa", "#eaf0f6")
_BASELINE = 0.35
"""From a line's middle to its baseline, in parts of the font's size."""
_ARROW = 9.0


def svg_of(drawing: Drawing) -> str:
    """Returns a drawing as the text of an SVG file."""
    width, height = math.ceil(drawing.width), math.ceil(drawing.height)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(width),
            "height": str(height),
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "font-family": _FONTS,
            "font-size": _number(FONT_SIZE),
            "fill": _INK,
            "style": "max-width:100%;height:auto;background:#ffffff",
        },
    )
    title = shown(drawing.chart.title)
    ET.SubElement(root, "title").text = title or "Flow chart"
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    for number, lane in enumerate(drawing.lanes):
        _lane(root, lane, _LANES[number % len(_LANES)])
    if title:
        head = ET.SubElement(root, "text", {"x": "24", "y": "34", "font-size": "18", "font-weight": "bold"})
        head.text = shown(title, 240)
    for edge in drawing.edges:
        _edge(root, edge)
    for node in drawing.nodes:
        _node(root, node)
    # Labels last, so that no line runs over one.
    for edge in drawing.edges:
        _label(root, edge)
    return ET.tostring(root, encoding="unicode")


def _lane(root: ET.Element, lane: DrawnLane, fill: str) -> None:
    box = lane.box
    ET.SubElement(root, "rect", {**_rect(box), "fill": fill, "stroke": "#c3ccd6"})
    name = shown(lane.name)
    while name and width_of(name) * 1.1 > box.width - 12:
        name = f"{name.rstrip('…')[:-1]}…" if len(name.rstrip("…")) > 1 else ""
    place = {
        "x": _number(box.middle[0]),
        "y": _number(box.top + 22),
        "text-anchor": "middle",
        "font-weight": "bold",
    }
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = shown(lane.name)
    ET.SubElement(group, "text", place).text = name


def _edge(root: ET.Element, drawn: DrawnEdge) -> None:
    *before, (tip_x, tip_y) = drawn.points
    from_x, from_y = before[-1]
    length = math.hypot(tip_x - from_x, tip_y - from_y) or 1.0
    across, along = (tip_x - from_x) / length, (tip_y - from_y) / length
    back_x, back_y = tip_x - _ARROW * across, tip_y - _ARROW * along
    line = _path([*before, (back_x, back_y)])
    ET.SubElement(root, "polyline", {"points": line, "fill": "none", "stroke": _LINE, "stroke-width": "1.6"})
    wing = _ARROW * 0.45
    corners = [
        (tip_x, tip_y),
        (back_x - wing * along, back_y + wing * across),
        (back_x + wing * along, back_y - wing * across),
    ]
    ET.SubElement(root, "polygon", {"points": _path(corners), "fill": _LINE})


def _node(root: ET.Element, drawn: DrawnNode) -> None:
    node, box = drawn.node, drawn.box
    group = ET.SubElement(root, "g")
    source = f"\n(line {node.line}: {shown(node.source)})" if node.line else ""
    ET.SubElement(group, "title").text = f"{shown(node.text)}{source}"
    look = {"fill": _FILLS[node.kind], "stroke": _LINE, "stroke-width": "1.6"}
    if node.kind == "decision":
        across, along = box.middle
        corners = [(across, box.top), (box.right, along), (across, box.bottom), (box.left, along)]
        ET.SubElement(group, "polygon", {"points": _path(corners), **look})
    else:
        round_ = box.height / 2 if node.kind in ("start", "end") else 6.0
        ET.SubElement(group, "rect", {**_rect(box), "rx": _number(round_), **look})
    _lines(group, drawn.lines, box)


def _label(root: ET.Element, drawn: DrawnEdge) -> None:
    if drawn.label is not None:
        ET.SubElement(
            root, "rect", {**_rect(drawn.label), "rx": "3", "fill": "#ffffff", "fill-opacity": "0.92"}
        )
        _lines(root, drawn.lines, drawn.label)


def _lines(parent: ET.Element, lines: Sequence[str], box: Box) -> None:
    across, along = box.middle
    first = along - (len(lines) - 1) * LINE_HEIGHT / 2 + _BASELINE * FONT_SIZE
    for number, line in enumerate(lines):
        place = {"x": _number(across), "y": _number(first + number * LINE_HEIGHT), "text-anchor": "middle"}
        ET.SubElement(parent, "text", place).text = line


def _rect(box: Box) -> dict[str, str]:
    return {
        "x": _number(box.left),
        "y": _number(box.top),
        "width": _number(box.width),
        "height": _number(box.height),
    }


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

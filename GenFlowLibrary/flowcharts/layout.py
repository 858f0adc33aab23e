"""Where everything of a chart is drawn: boxes, lines and labels, in px from the upper left corner.

chart -> sizes from the texts -> graphlay (layers, order, lanes, orthogonal lines, places of labels) -> lines led to the diamonds' sides

The library graphlay does the layout; it is an extra, and nobody else here imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.flowcharts.lettering import LINE_HEIGHT, shown, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from GenFlowLibrary.flowcharts.chart import Edge, FlowChart, Node

Point = tuple[float, float]

_WIDEST_TEXT = 210.0
_WIDEST_QUESTION = 170.0
_WIDEST_LABEL = 130.0
_LONGEST_TEXT = 240
_LONGEST_LABEL = 60
"""Characters; what is longer is cut, and stands whole in the picture's tooltip and in the other formats."""
_MARGIN = 24.0
_LANE_HEAD = 34.0
_TITLE = 38.0
_TITLE_SCALE = 1.3
_FLATNESS = 2.3
"""Height of a diamond, in heights of its text: its width then is 1.77 of the text's, as width/w + height/h = 1 at the text's corners."""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.top + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.left + self.width / 2, self.top + self.height / 2

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than a side."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class DrawnNode:
    """A node, its box, and its text in lines."""

    node: Node
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DrawnEdge:
    """An edge, its corners from end to end, and its label in lines with the box that is kept free for it."""

    edge: Edge
    points: tuple[Point, ...]
    lines: tuple[str, ...] = ()
    label: Box | None = None


@dataclass(frozen=True)
class DrawnLane:
    """A lane's box, with the head that its name stands in."""

    name: str
    box: Box
    head: float = _LANE_HEAD


@dataclass(frozen=True)
class Drawing:
    """A chart with a place for everything."""

    chart: FlowChart
    width: float
    height: float
    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    lanes: tuple[DrawnLane, ...]


def lay_out(chart: FlowChart) -> Drawing:
    """Returns the drawing of a sound chart; the same chart always gets the same one.

    Raises:
        InputError: the library that does it is not installed.
    """
    graphlay = _graphlay()
    texts = [_lines(node) for node in chart.nodes]
    labels = [_label_lines(edge) for edge in chart.edges]
    graph = graphlay.Graph()
    for node, lines in zip(chart.nodes, texts, strict=True):
        width, height = _size(node, lines)
        lane = {"group": chart.lanes.index(node.lane)} if chart.lanes else {}
        first = {"rank": "first"} if node.kind == "start" else {}
        graph.node(node.id, width=width, height=height, **lane, **first)
    for edge, lines in zip(chart.edges, labels, strict=True):
        size = (
            {"label_size": dict(zip(("width", "height"), _text_size(lines, 6.0), strict=True))}
            if lines
            else {}
        )
        # What goes back on purpose is drawn upwards, whatever would make fewer lines go upwards.
        graph.edge(edge.source, edge.target, reverse_for_ranking=edge.back, **size)
    options = {
        "order": {"group_lanes": "strict"},
        "routing": {"port_sides": "long_edges_any"},
        "spacing": {"layer_gap": 52.0, "node_gap": 44.0},
    }
    return _drawing(chart, graphlay.layout(graph, preset="process_map", options=options), texts, labels)


def _graphlay() -> Any:
    try:
        import graphlay  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError(
            'Expected the library that lays out flow charts, but it is not installed: pip install "robotframework-genflow[flowcharts]".'
        ) from None
    return graphlay


def _lines(node: Node) -> list[str]:
    widest = _WIDEST_QUESTION if node.kind == "decision" else _WIDEST_TEXT
    return wrapped(shown(node.text, _LONGEST_TEXT), widest)


def _label_lines(edge: Edge) -> list[str]:
    return wrapped(shown(edge.label, _LONGEST_LABEL), _WIDEST_LABEL) if edge.label else []


def _text_size(lines: list[str], padding: float) -> tuple[float, float]:
    return max(map(width_of, lines)) + 2 * padding, len(lines) * LINE_HEIGHT + padding


def _size(node: Node, lines: list[str]) -> tuple[float, float]:
    width, height = _text_size(lines, 0.0)
    if node.kind == "decision":
        tall = max(_FLATNESS * height, 60.0)
        return max(width / (1 - height / tall) + 12, 110.0), tall
    return max(width + 32, 90.0), height + 20


def _drawing(chart: FlowChart, placed: Any, texts: list[list[str]], labels: list[list[str]]) -> Drawing:
    bands = [(band["group"], band["rect"]) for band in placed.raw.get("lanes") or () if chart.lanes]
    corners = [
        placed.bounds,
        *(_stretched(rect, bands, placed.bounds) for _, rect in bands),
        *_label_corners(placed, labels),
    ]
    title = _TITLE if chart.title else 0.0
    left = min(one["min"]["x"] for one in corners) - _MARGIN
    top = min(one["min"]["y"] for one in corners) - _MARGIN - title - (_LANE_HEAD if bands else 0.0)
    right, bottom = (max(one["max"][axis] for one in corners) for axis in ("x", "y"))

    def moved(point: Any) -> Point:
        return point["x"] - left, point["y"] - top

    nodes = [
        DrawnNode(node, _around(moved(place["center"]), place["size"]), tuple(lines))
        for node, place, lines in zip(chart.nodes, placed.nodes, texts, strict=True)
    ]
    by_id = {drawn.node.id: drawn for drawn in nodes}
    edges = []
    for edge, route, lines in zip(chart.edges, placed.edges, labels, strict=True):
        points = _led(by_id[edge.source], tuple(map(moved, route["points"])))
        points = _led(by_id[edge.target], points[::-1])[::-1]
        edges.append(DrawnEdge(edge, points, tuple(lines), _label_box(route, lines, moved)))
    lanes = [
        DrawnLane(chart.lanes[group], _lane_box(_stretched(rect, bands, placed.bounds), moved))
        for group, rect in bands
    ]
    # A title may be wider than what stands under it.
    width = max(
        right - left + _MARGIN, width_of(shown(chart.title, _LONGEST_TEXT)) * _TITLE_SCALE + 2 * _MARGIN
    )
    return Drawing(chart, width, bottom - top + _MARGIN, tuple(nodes), tuple(edges), tuple(lanes))


def _label_corners(placed: Any, labels: list[list[str]]) -> Iterator[Any]:
    """Yields the boxes of the labels as the layout's bounds are written, which leave them out."""
    for route, lines in zip(placed.edges, labels, strict=True):
        box = _label_box(route, lines, lambda point: (point["x"], point["y"]))
        if box is not None:
            yield {"min": {"x": box.left, "y": box.top}, "max": {"x": box.right, "y": box.bottom}}


def _label_box(route: Any, lines: list[str], moved: Callable[[Any], Point]) -> Box | None:
    if not lines or not route["label_anchor"]:
        return None
    width, height = _text_size(lines, 4.0)
    return _around(moved(route["label_anchor"]), {"width": width, "height": height})


def _stretched(rect: Any, bands: list[tuple[int, Any]], bounds: Any) -> Any:
    """Returns a lane, the outer ones as wide as the lines that go round."""
    low, high = dict(rect["min"]), dict(rect["max"])
    if low["x"] == min(one["min"]["x"] for _, one in bands):
        low["x"] = min(low["x"], bounds["min"]["x"] - _MARGIN)
    if high["x"] == max(one["max"]["x"] for _, one in bands):
        high["x"] = max(high["x"], bounds["max"]["x"] + _MARGIN)
    return {"min": low, "max": high}


def _lane_box(rect: Any, moved: Callable[[Any], Point]) -> Box:
    (left, top), (right, bottom) = moved(rect["min"]), moved(rect["max"])
    return Box(left, top - _LANE_HEAD, right - left, bottom - top + _LANE_HEAD)


def _around(middle: Point, size: Any) -> Box:
    return Box(middle[0] - size["width"] / 2, middle[1] - size["height"] / 2, size["width"], size["height"])


def _led(drawn: DrawnNode, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Returns a line whose first point is on a node's outline, and which does not go back into the node's box from there.

    A long line that leaves at a side may turn back below the box's corner (seen in graphlay 0.3.1): it then leaves above that place.
    """
    box = drawn.box
    inside = len(points) > 2 and box.left < points[1][0] < box.right and box.top < points[1][1] < box.bottom  # noqa: PLR2004
    if inside and points[2][0] == points[1][0]:
        points = ((points[1][0], box.bottom if points[2][1] > points[1][1] else box.top), *points[2:])
    return _to_outline(drawn, points)


def _to_outline(drawn: DrawnNode, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Returns a line whose first point, on the side of a node's box, is led on straight to the side of the diamond in it."""
    if drawn.node.kind != "decision":
        return points
    box, (x, y) = drawn.box, points[0]
    across, along = box.middle
    if abs(y - along) >= box.height / 2 - 1:
        inset = box.height / 2 * abs(x - across) / (box.width / 2)
        return ((x, y + inset if y < along else y - inset), *points[1:])
    inset = box.width / 2 * abs(y - along) / (box.height / 2)
    return ((x + inset if x < across else x - inset, y), *points[1:])

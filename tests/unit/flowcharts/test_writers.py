"""A chart as SVG, Mermaid and BPMN: well-formed, escaped, readable, and a process that runs."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.flowcharts.bpmn import bpmn_of
from GenFlowLibrary.flowcharts.chart import Edge, FlowChart, Node
from GenFlowLibrary.flowcharts.layout import Box, DrawnNode, lay_out
from GenFlowLibrary.flowcharts.lettering import FONT_SIZE, width_of, wrapped
from GenFlowLibrary.flowcharts.mermaid import mermaid_of
from GenFlowLibrary.flowcharts.procedure import parse_procedure
from GenFlowLibrary.flowcharts.svg import svg_of

PROCEDURES: list[dict[str, Any]] = [
    case
    for case in yaml.safe_load(Path(__file__).with_name("procedures.yaml").read_text("utf-8"))
    if "told" in case
]
THIRTY = "\n".join(
    f"{number}. If value {number} is wrong, go to step {max(1, number - 4)}"
    if number % 5 == 0
    else f"{number}. Do the work number {number} on the record, as the handbook says"
    for number in range(1, 31)
)
NASTY = '<b onload="x">&amp;</b>]]> #35; `"\\ %%{init}%% end [x](http://example.org) \x00\ud800\ufffe'
EVERY = [pytest.param(case["text"], id=case["name"]) for case in PROCEDURES]
EVERY.append(pytest.param(THIRTY, id="thirty steps"))


def nasty_chart() -> FlowChart:
    nodes = (
        Node("n1", "start", "Start", NASTY),
        Node("n2", "decision", f"{NASTY}?", NASTY, 1, NASTY),
        Node("n3", "step", NASTY * 5, "", 2, NASTY),
        Node("n4", "end", NASTY, NASTY),
    )
    edges = (Edge("n1", "n2"), Edge("n2", "n3", f"{NASTY} 1"), Edge("n2", "n4", NASTY), Edge("n3", "n4"))
    return FlowChart(nodes, edges, NASTY)


def crosses(box: Box, points: tuple[tuple[float, float], ...]) -> bool:
    """Whether a line of level and upright pieces goes through the inner part of a box."""
    inner = Box(box.left + 2, box.top + 2, box.width - 4, box.height - 4)
    for (left, top), (right, bottom) in pairwise(points):
        piece = Box(min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))
        if piece.overlaps(inner):
            return True
    return False


def diamond_holds(drawn: DrawnNode, x: float, y: float) -> bool:
    across, along = drawn.box.middle
    return abs(x - across) / (drawn.box.width / 2) + abs(y - along) / (drawn.box.height / 2) <= 1


# Layout and SVG -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", EVERY)
def test_nothing_overlaps_and_every_text_is_inside_its_box(text: str) -> None:
    drawing = lay_out(parse_procedure(text))
    page = Box(0, 0, drawing.width, drawing.height)
    boxes = [drawn.box for drawn in drawing.nodes]
    labels = [drawn.label for drawn in drawing.edges if drawn.label]
    assert len(labels) == sum(bool(edge.label) for edge in drawing.chart.edges)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert not [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])]
    assert not [(box, label) for box in boxes for label in labels if box.overlaps(label)]
    for box in (*boxes, *labels, *(lane.box for lane in drawing.lanes)):
        assert page.left <= box.left < box.right <= page.right
        assert page.top <= box.top < box.bottom <= page.bottom
    for drawn in drawing.nodes:
        widest = max(map(width_of, drawn.lines))
        assert widest <= drawn.box.width - 10
        assert len(drawn.lines) * 19 <= drawn.box.height
        if drawn.node.kind == "decision":
            across, along = drawn.box.middle
            assert diamond_holds(drawn, across + widest / 2, along + len(drawn.lines) * FONT_SIZE / 2)


@pytest.mark.parametrize("text", EVERY)
def test_lines_end_at_their_nodes_and_run_through_no_other(text: str) -> None:
    drawing = lay_out(parse_procedure(text))
    by_id = {drawn.node.id: drawn for drawn in drawing.nodes}
    for drawn in drawing.edges:
        for name, (x, y) in ((drawn.edge.source, drawn.points[0]), (drawn.edge.target, drawn.points[-1])):
            node = by_id[name]
            across, along = node.box.middle
            if node.node.kind == "decision":
                share = abs(x - across) / (node.box.width / 2) + abs(y - along) / (node.box.height / 2)
                assert share == pytest.approx(1, abs=0.02)
            else:
                assert abs(x - across) <= node.box.width / 2 + 0.1
                assert abs(y - along) <= node.box.height / 2 + 0.1
        for name, inner in ((drawn.edge.source, drawn.points[1]), (drawn.edge.target, drawn.points[-2])):
            box = by_id[name].box
            assert len(drawn.points) == 2 or not (
                box.left < inner[0] < box.right and box.top < inner[1] < box.bottom
            )
        for node in drawing.nodes:
            if node.node.id not in (drawn.edge.source, drawn.edge.target):
                assert not crosses(node.box, drawn.points), (drawn.edge, node.node.text)


def test_every_step_stands_in_its_own_lane() -> None:
    text = next(case["text"] for case in PROCEDURES if case["name"] == "chinese lanes")
    drawing = lay_out(parse_procedure(text))
    lanes = {lane.name: lane.box for lane in drawing.lanes}
    assert set(lanes) == {"客服", "质检"}
    for drawn in drawing.nodes:
        lane = lanes[drawn.node.lane]
        assert lane.left < drawn.box.left < drawn.box.right < lane.right
        assert lane.top < drawn.box.top < drawn.box.bottom < lane.bottom


def test_the_same_chart_is_always_drawn_alike() -> None:
    assert svg_of(lay_out(parse_procedure(THIRTY))) == svg_of(lay_out(parse_procedure(THIRTY)))


def test_an_svg_is_well_formed_and_loads_and_runs_nothing() -> None:
    svg = svg_of(lay_out(nasty_chart()))
    root = ET.fromstring(svg)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {
        *("svg", "title", "rect", "text", "g", "polygon", "polyline"),
    }
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
    assert "url(" not in svg
    assert "id=" not in svg


def test_a_long_text_is_cut_in_the_box_and_whole_in_the_tooltip() -> None:
    text = "word " * 200
    chart = parse_procedure(f"1. {text}\n2. Close")
    drawing = lay_out(chart)
    assert sum(map(len, drawing.nodes[1].lines)) <= 240
    assert drawing.nodes[1].lines[-1].endswith("…")
    assert chart.nodes[1].text in svg_of(drawing)


def test_lines_are_as_wide_as_they_may_be_and_chinese_is_parted_anywhere() -> None:
    assert wrapped("one two three four", 80) == ["one two", "three four"]
    assert all(width_of(line) <= 100 for line in wrapped("x" * 200, 100))
    lines = wrapped("检查包裹是否与订单一致，并记录重量。", 100)
    assert "".join(lines) == "检查包裹是否与订单一致，并记录重量。"
    assert not [line for line in lines if line[0] in "，。"]


def test_without_the_library_for_layouts_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphlay", None)
    with pytest.raises(InputError, match=r'pip install "robotframework-genflow\[flowcharts\]"'):
        lay_out(parse_procedure("1. Open\n2. Close"))


# Mermaid ------------------------------------------------------------------------------------------------------------


def test_mermaid_has_a_line_for_every_node_and_edge() -> None:
    chart = parse_procedure("1. If it is open: close it\n2. Leave")
    assert mermaid_of(chart) == (
        "flowchart TD\n"
        '    n1(["Start"])\n'
        '    n2{"It is open?"}\n'
        '    n3["Close it"]\n'
        '    n4["Leave"]\n'
        '    n5(["End"])\n'
        "    n1 --> n2\n"
        '    n2 -->|"yes"| n3\n'
        '    n2 -->|"no"| n4\n'
        "    n3 --> n4\n"
        "    n4 --> n5\n"
    )


def test_mermaid_texts_hold_nothing_that_means_something() -> None:
    text = mermaid_of(nasty_chart())
    head, _, body = text.partition("flowchart TD\n")
    assert head.count("\n") == 3
    for quoted in re.findall(r'"([^"]*)"', body):
        plain = re.sub(r"#\d+;", "", quoted)
        assert not set(plain) & set('"#<>&`{}[]()%\\|')
        assert not re.search(r"\bend\b", plain)
    assert body.count('"') == 2 * len(re.findall(r'"[^"]*"', body))


# BPMN ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", EVERY)
def test_bpmn_is_valid_by_the_schema_and_every_element_has_its_shape(text: str) -> None:
    drawing = lay_out(parse_procedure(text))
    document = etree.fromstring(bpmn_of(drawing).encode())
    BpmnValidator().validate(document)
    drawn = {*document.xpath("//*[local-name()='BPMNShape' or local-name()='BPMNEdge']/@bpmnElement")}
    ids = {node.id for node in drawing.chart.nodes} | {f"f{n + 1}" for n in range(len(drawing.chart.edges))}
    assert ids <= drawn
    assert len(drawn - ids) == (len(drawing.chart.lanes) + 1 if drawing.chart.lanes else 0)


@pytest.mark.parametrize("text", EVERY)
def test_no_line_runs_through_the_name_of_a_start_or_an_end_in_bpmn(text: str) -> None:
    document = etree.fromstring(bpmn_of(lay_out(parse_procedure(text))).encode())
    lines = [
        tuple((float(one.get("x")), float(one.get("y"))) for one in flow.xpath("*[local-name()='waypoint']"))
        for flow in document.xpath("//*[local-name()='BPMNEdge']")
    ]
    events = {*document.xpath("//*[local-name()='startEvent' or local-name()='endEvent']/@id")}
    shapes = [
        one for one in document.xpath("//*[local-name()='BPMNShape']") if one.get("bpmnElement") in events
    ]
    assert shapes
    for shape in shapes:
        bounds = shape.xpath("*[local-name()='BPMNLabel']/*")[0]
        name = Box(*(float(bounds.get(side)) for side in ("x", "y", "width", "height")))
        assert not [line for line in lines if crosses(name, line)]


def test_nasty_texts_stay_texts_in_bpmn() -> None:
    document = etree.fromstring(bpmn_of(lay_out(nasty_chart())).encode())
    BpmnValidator().validate(document)
    assert document.xpath("//*[local-name()='task']/@name")[0].startswith('<b onload="x">&amp;</b>]]>')


class Answers(PythonScriptEngine):  # type: ignore[misc]
    """Decides as it was told: one label after the other."""

    def __init__(self, *labels: str) -> None:
        super().__init__()
        self._labels = list(labels)
        self._said: dict[Any, str] = {}

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> bool:
        if task.id not in self._said:
            self._said[task.id] = self._labels.pop(0)
        return self._said[task.id] == expression


def run(text: str, *labels: str) -> list[str]:
    """Runs the process of a procedure, and returns the names of the tasks that were done."""
    # Written as not executable, because the tasks are told and not implemented; they are to be walked through here.
    content = bpmn_of(lay_out(parse_procedure(text))).replace('isExecutable="false"', 'isExecutable="true"')
    parser = BpmnParser()
    parser.add_bpmn_str(content.encode())
    workflow = BpmnWorkflow(parser.get_spec("process"), script_engine=Answers(*labels))
    names = {node.id: node.text for node in parse_procedure(text).nodes if node.kind == "step"}
    done = []
    for _ in range(200):
        ready = workflow.get_tasks(state=TaskState.READY)
        if not ready:
            break
        done += [names[ready[0].task_spec.name]] if ready[0].task_spec.name in names else []
        ready[0].run()
    assert workflow.is_completed()
    return done


def test_the_process_runs_as_the_procedure_says() -> None:
    text = PROCEDURES[0]["text"]
    assert run(text, "yes") == ["Check the order", "Take a photo", "Pay the refund"]
    assert run(text, "no") == ["Check the order", "Ask the customer", "Refuse the refund"]


def test_a_loop_runs_until_it_is_left() -> None:
    text = next(case["text"] for case in PROCEDURES if case["name"] == "steps that are repeated")
    assert run(text, "no", "yes") == [*["Weigh the parcel", "Note the weight"] * 2, "Sign"]


def test_lanes_change_nothing_of_the_run() -> None:
    text = next(case["text"] for case in PROCEDURES if case["name"] == "chinese lanes")
    assert run(text, "是") == ["登记投诉", "检查产品", "回复客户"]

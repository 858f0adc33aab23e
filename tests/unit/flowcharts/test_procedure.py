"""Written lists as flow charts, without a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.flowcharts.chart import FlowChart
from GenFlowLibrary.flowcharts.faults import fault_of
from GenFlowLibrary.flowcharts.lines import UnreadableError
from GenFlowLibrary.flowcharts.procedure import parse_procedure

PROCEDURES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("procedures.yaml").read_text("utf-8")
)
WORDS = [
    *("1.", "2)", "-", "a)", "if", "otherwise", "go to step 1", "repeat", "until", "end", "x"),
    *("如果", "否则", "wenn", ",", ":", ".", "\n", "  "),
]


def told(chart: FlowChart) -> list[str]:
    """Returns a chart as lines: a node, and what follows it under which label."""
    texts = {node.id: node.text for node in chart.nodes}
    lines = []
    for node in chart.nodes:
        follows = [
            f"{edge.label}: {texts[edge.target]}" if edge.label else texts[edge.target]
            for edge in chart.leaving(node.id)
        ]
        lane = f"[{node.lane}] " if node.lane else ""
        lines.append(f"{lane}{node.text}{' -> ' if follows else ''}{'; '.join(follows)}")
    return lines


@pytest.mark.parametrize("case", [pytest.param(one, id=one["name"]) for one in PROCEDURES])
def test_a_written_procedure(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises((UnreadableError, InputError)) as refused:
            parse_procedure(case["text"], case.get("language"))
        assert case["refused"] in str(refused.value)
    else:
        assert told(parse_procedure(case["text"], case.get("language"))) == case["told"]


def test_a_step_knows_the_line_it_rests_on_and_the_title_is_no_step() -> None:
    chart = parse_procedure(
        "# How we pay\n\nFor all invoices.\n\n1. Check the invoice\n   and its date\n2. Pay"
    )
    assert chart.title == "How we pay"
    assert chart.notes == ("Before the list, and no step: line 3.",)
    step = chart.nodes[1]
    assert (step.text, step.line, step.source) == (
        "Check the invoice and its date",
        5,
        "1. Check the invoice and its date",
    )


def test_start_and_end_are_called_in_the_language_of_the_procedure() -> None:
    assert [node.text for node in parse_procedure("1、登记\n2、归档").nodes][::3] == ["开始", "结束"]
    chart = parse_procedure("1. Öffnen\n2. Schließen", "de-AT")
    assert (chart.language, chart.nodes[-1].text) == ("de", "Ende")


def test_a_list_that_is_too_long_or_too_deep_is_refused() -> None:
    with pytest.raises(InputError, match="it has 402 steps, and 300 are the most"):
        parse_procedure("\n".join(f"{number}. Work" for number in range(1, 401)))
    with pytest.raises(UnreadableError, match="levels deep"):
        parse_procedure("\n".join(f"{'  ' * depth}- Work" for depth in range(40)))


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_whatever_is_written_gives_a_sound_chart_or_is_refused(text: str) -> None:
    try:
        chart = parse_procedure(text)
    except (UnreadableError, InputError):
        return
    assert fault_of(chart) is None

"""A procedure that an engine outlined: what it must rest on, and the graph it makes."""

from __future__ import annotations

from typing import Any

import pytest

from GenFlowLibrary.answers.outlined import Outlined
from GenFlowLibrary.answers.outlined_chart import chart_of, fault_of_outline
from GenFlowLibrary.documents.plain import read_plain
from GenFlowLibrary.flowcharts.compiling import Terms

PROSE = """The clerk opens every mail at 8 o'clock.

Is the amount above 200 euros, the manager signs the refund; smaller refunds the clerk pays herself."""
STEPS = (
    ("step", "The clerk opens every mail", "Opens every mail", 2, 0, 0, "clerk"),
    ("decision", "Is the amount above 200 euros", "Is the amount above 200 euros?", 0, 3, 4, "clerk"),
    ("step", "the manager signs the refund", "Signs the refund", 5, 0, 0, "manager"),
    ("step", "smaller refunds the clerk pays herself", "Pays smaller refunds", 5, 0, 0, "clerk"),
    ("end", "", "", 0, 0, 0, ""),
)
NAMES = ("kind", "quote", "text", "next", "yes", "no", "lane")


def outlined(**changes: dict[str, Any]) -> Outlined:
    """Returns the good answer, with fields of some steps changed: ``s3={"next": 9}``."""
    steps = [
        {"number": number, **dict(zip(NAMES, step, strict=True)), **changes.get(f"s{number}", {})}
        for number, step in enumerate(STEPS, 1)
    ]
    return Outlined.model_validate({"title": "Refunds", "steps": steps})


def fault(answer: Outlined) -> str | None:
    return fault_of_outline(answer, read_plain(PROSE, "the text"), Terms())


def test_an_answer_becomes_a_chart_whose_nodes_know_their_paragraph() -> None:
    assert fault(outlined()) is None
    chart = chart_of(outlined(), read_plain(PROSE, "the text"), Terms())
    assert [(node.kind, node.text, node.lane, node.line) for node in chart.nodes] == [
        ("start", "Start", "clerk", 0),
        ("step", "Opens every mail", "clerk", 1),
        ("decision", "Is the amount above 200 euros?", "clerk", 2),
        ("step", "Signs the refund", "manager", 2),
        ("step", "Pays smaller refunds", "clerk", 2),
        ("end", "End", "", 0),
    ]
    assert [(edge.source, edge.target, edge.label) for edge in chart.leaving("n2")] == [
        ("n2", "n3", "yes"),
        ("n2", "n4", "no"),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"s3": {"quote": "the director signs the refund"}}, "of step 3 is not in the text"),
        ({"s3": {"text": "Sends flowers to the director"}}, "step 3 is 'Sends flowers to the director'"),
        ({"s2": {"text": "Is the amount above 300 euros?"}}, "step 2 is 'Is the amount above 300 euros?'"),
        ({"s3": {"lane": "director"}}, "'director' of step 3 does not"),
        ({"s3": {"next": 9}}, "something goes to 'n9', which is not there"),
        ({"s3": {"next": 0}}, "is followed by nothing"),
        ({"s2": {"no": 3}}, "'Pays smaller refunds' (line 2) is never reached"),
        ({"s2": {"no": 0}}, "has fewer than two branches"),
        ({"s1": {"number": 2}}, "it has two nodes 'n2'"),
    ],
)
def test_what_the_text_does_not_say_or_leads_nowhere_is_a_fault(changes: dict[str, Any], said: str) -> None:
    assert said in (fault(outlined(**changes)) or "")


def test_no_steps_are_no_procedure() -> None:
    assert "is followed by nothing" in (fault(Outlined(title="", steps=[])) or "")


def test_going_back_is_allowed() -> None:
    assert fault(outlined(s3={"next": 1})) is None


def test_chinese_words_are_compared_one_by_one() -> None:
    answer = Outlined.model_validate(
        {
            "title": "退货",
            "steps": [
                {**dict(zip(NAMES, ("step", "客服先检查退回的包裹", "检查包裹", 2, 0, 0, "客服"), strict=True)), "number": 1},
                {**dict(zip(NAMES, ("end", "", "", 0, 0, 0, ""), strict=True)), "number": 2},
            ],
        }
    )  # fmt: skip
    document = read_plain("客服先检查退回的包裹，然后结束。", "the text")
    assert fault_of_outline(answer, document, Terms()) is None

"""A Robot Framework suite as a flow chart, without running it."""

from __future__ import annotations

from pathlib import Path

import pytest

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.flowcharts.chart import FlowChart
from GenFlowLibrary.rf.suite_chart import suite_chart


def told(chart: FlowChart) -> list[str]:
    """Returns a chart as lines: a node, and what follows it under which label."""
    texts = {node.id: node.text for node in chart.nodes}
    lines = []
    for node in chart.nodes:
        follows = [
            f"{edge.label}: {texts[edge.target]}".removeprefix(": ") for edge in chart.leaving(node.id)
        ]
        lines.append(f"{node.text}{' -> ' if follows else ''}{'; '.join(follows)}")
    return lines


def draw(folder: Path, body: str, task: str | None = None, depth: int = 0) -> FlowChart:
    """Returns the chart of a suite with this body; ``|`` stands for the separator."""
    file = folder / "suite.robot"
    text = body if "***" in body else f"*** Tasks ***\nWork\n{body}"
    file.write_text(text.replace("|", "    "), "utf-8")
    return suite_chart(file, task, depth=depth)


def test_keywords_are_steps_that_know_their_line(tmp_path: Path) -> None:
    chart = draw(tmp_path, "|Open|a|b\n|${x} =|Read\n|VAR|${y}|1")
    assert told(chart)[1:4] == ["Open: a  b -> ${x} = Read", "${x} = Read -> ${y} = 1", "${y} = 1 -> End"]
    assert [(node.line, node.source) for node in chart.nodes[1:3]] == [
        (3, "suite.robot, line 3"),
        (4, "suite.robot, line 4"),
    ]
    assert chart.title == "Suite"


def test_if_for_while_break_and_continue(tmp_path: Path) -> None:
    body = """|FOR|${row}|IN|@{rows}
||IF|$row == 1
|||BREAK
||ELSE IF|$row == 2
|||CONTINUE
||ELSE
|||Pay
||END
||Note
|END
|WHILE|$open
||Close
|END"""
    assert told(draw(tmp_path, body)) == [
        "Start -> For ${row} in @{rows}",
        "For ${row} in @{rows} -> next one: $row == 1?; all done: While $open",
        "$row == 1? -> yes: While $open; no: $row == 2?",
        "$row == 2? -> yes: For ${row} in @{rows}; no: Pay",
        "Pay -> Note",
        "Note -> For ${row} in @{rows}",
        "While $open -> yes: Close; no: End",
        "Close -> While $open",
        "End",
    ]


def test_try_is_a_decision_behind_what_is_tried(tmp_path: Path) -> None:
    body = """|TRY
||Pay
||Fail|in a try this is no end
|EXCEPT|Timeout*|type=GLOB
||Wait
|ELSE
||Note
|FINALLY
||Close
|END"""
    assert told(draw(tmp_path, body)) == [
        "Start -> Pay",
        "Pay -> Fail: in a try this is no end",
        "Fail: in a try this is no end -> Did it fail?",
        "Did it fail? -> no error: Note; error: Timeout*: Wait; other error: Close",
        "Note -> Close",
        "Wait -> Close",
        "Close -> Failed",
        "Failed",
        "Close -> End",
        "End",
    ]


def test_an_except_without_a_pattern_takes_every_error(tmp_path: Path) -> None:
    assert "Did it fail? -> no error: End; any error: Wait" in told(
        draw(tmp_path, "|TRY\n||Pay\n|EXCEPT\n||Wait\n|END")
    )


KEYWORDS = """*** Settings ***
Suite Setup|Log in
Task Teardown|Log|over
*** Tasks ***
Work
|Pay|1
|IF|$bad|Fail|it is bad
*** Keywords ***
Pay
|[Arguments]|${x}
|IF|$x < 0|RETURN
|Send|${x}
Send
|[Arguments]|${x}
|Pay|${x}
"""


def test_user_keywords_are_opened_as_deep_as_asked_and_never_in_themselves(tmp_path: Path) -> None:
    closed = told(draw(tmp_path, KEYWORDS))
    assert closed == [
        "Start -> Log in",
        "Log in -> Pay: 1",
        "Pay: 1 -> $bad?",
        "$bad? -> yes: Fail: it is bad; no: Log: over",
        "Fail: it is bad -> Log: over",
        "Log: over -> End",
        "End",
    ]
    opened = told(draw(tmp_path, KEYWORDS, depth=2))
    assert "$x < 0? -> yes: $bad?; no: Pay: ${x}" in opened
    assert "Pay: ${x} -> $bad?" in opened


def test_keywords_of_a_resource_file_beside_the_suite_are_opened(tmp_path: Path) -> None:
    (tmp_path / "office.resource").write_text("*** Keywords ***\nPay\n    Send Money\n", "utf-8")
    suite = "*** Settings ***\nResource|office.resource\nResource|${OFFICE}/other.resource\n*** Tasks ***\nWork\n|pay\n"
    chart = draw(tmp_path, suite, depth=1)
    assert [node.text for node in chart.nodes] == ["Start", "Send Money", "End"]
    assert chart.notes == (
        "The keywords of '${OFFICE}/other.resource' are not opened: where it is, is known when it runs.",
    )


DECIDES = """|${decision} =|Decide Next Action|${text}|facts=${facts}|otherwise=escalate
|...|refund=order_no is known
|...|reply=the customer asks
"""


def test_a_decision_has_a_branch_for_each_option_with_what_the_if_behind_it_does(tmp_path: Path) -> None:
    body = f"{DECIDES}|IF|$decision.action == 'refund'\n||Pay\n|ELSE\n||Log|other\n|END\n|Close"
    assert told(draw(tmp_path, body))[1:5] == [
        "${decision} = Decide Next Action -> refund: Pay; reply: Log: other; escalate: Log: other",
        "Pay -> Close",
        "Log: other -> Close",
        "Log: other -> Close",
    ]


def test_an_if_that_asks_for_more_than_the_decision_stays_a_decision_of_its_own(tmp_path: Path) -> None:
    body = f"{DECIDES}|IF|$decision.action == 'refund' and $amount < 5\n||Pay\n|END"
    lines = told(draw(tmp_path, body))
    asked = "$decision.action == 'refund' and $amount < 5?"
    assert (
        lines[1]
        == f"${{decision}} = Decide Next Action -> refund: {asked}; reply: {asked}; escalate: {asked}"
    )


def test_all_tasks_of_a_suite_follow_each_other_in_lanes(tmp_path: Path) -> None:
    suite = "*** Settings ***\nSuite Setup|Log in\n*** Tasks ***\nFirst\n|Fail|no\nSecond\n|Pay\n"
    chart = draw(tmp_path, suite)
    assert chart.lanes == ("First", "Second")
    assert told(chart) == ["Start -> Log in", "Log in -> Fail: no", "Fail: no -> Pay", "Pay -> End", "End"]
    one = draw(tmp_path, suite, task="second")
    assert (one.title, one.lanes) == ("Second", ())


def test_what_is_no_suite_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is not there"):
        suite_chart(tmp_path / "gone.robot")
    with pytest.raises(InputError, match="it is none"):
        suite_chart(tmp_path)
    with pytest.raises(InputError, match=r"Expected a task 'Third' in 'suite\.robot', but it has 'First'"):
        draw(tmp_path, "*** Tasks ***\nFirst\n|Log|x\n", task="Third")
    with pytest.raises(InputError, match=r"cannot be read|but it has none"):
        draw(tmp_path, "*** Keywords ***\nFirst\n|Log|x\n")
    with pytest.raises(InputError, match="depth to be between 0 and 20"):
        draw(tmp_path, "|Log|x", depth=-1)
    with pytest.raises(InputError, match="'Close' \\(line 5\\) is never reached"):
        draw(tmp_path, "*** Tasks ***\nFirst\n|Log|x\n|Fail|x\n|Close\n")

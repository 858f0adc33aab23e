from __future__ import annotations

from decimal import Decimal

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.spending import Spending
from GenFlowLibrary.trace.record import Exchange, StepRecord
from GenFlowLibrary.trace.summary import Summary
from tests.fakes.prompts import make_prompt


def exchange(engine: str, tokens: int = 0, *, from_recording: bool = False) -> Exchange:
    completion = Completion(("x",), engine, "m", usage=Usage(tokens, 0, 1), from_recording=from_recording)
    return Exchange(make_prompt(), completion)


def test_a_run_without_steps_has_no_lines() -> None:
    assert Summary().lines() == []


def test_the_table_adds_up_by_step_and_altogether() -> None:
    summary = Summary()
    for record in (
        StepRecord("Classify Text", seconds=1.0, exchanges=[exchange("openai", 100)]),
        StepRecord("Fill Form", seconds=0.25),
        StepRecord("Classify Text", seconds=0.5, exchanges=[exchange("openai", 70, from_recording=True)]),
        StepRecord(
            "Classify Text",
            seconds=2.0,
            status="FAIL",
            exchanges=[
                exchange("embedded"),
                exchange("openai", 50),
                Exchange(make_prompt(), None, "gone", Usage(requests=4)),
            ],
        ),
    ):
        summary.write(record)
    summary.close()
    assert summary.lines() == [
        "step           count  failed  engine            calls  tokens  recorded  seconds",
        "-------------  -----  ------  ----------------  -----  ------  --------  -------",
        "Classify Text      3       1  openai, embedded      7     150         1      3.5",
        "Fill Form          1       0  -                     0       0         0      0.2",
        "-------------  -----  ------  ----------------  -----  ------  --------  -------",
        "total              4       1  openai, embedded      7     150         1      3.8",
    ]


def test_a_run_that_cost_money_has_a_column_for_it_and_tells_where_a_part_is_unknown() -> None:
    summary = Summary()
    priced, partly = Spending(1, 100, Decimal("0.0123")), Spending(2, 50, Decimal("0.1"), unpriced=1)
    summary.write(StepRecord("Classify Text", exchanges=[exchange("openai", 100)], spent=priced))
    summary.write(StepRecord("Generate Text", exchanges=[exchange("openai", 50)], spent=partly))
    lines = summary.lines()
    assert lines[0].endswith("seconds     cost")
    assert [line.split()[-1] for line in lines if line[0] != "-"] == ["cost", "0.0123", ">0.1000", ">0.1123"]

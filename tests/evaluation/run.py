"""Measures the embedded engine on labelled enquiries: python tests/evaluation/run.py [--details]
[--practice-office]

The constants of the engine were set on the half marked ``tune``; the half marked ``held_out`` tells how well
they do. Every text was written for this purpose. The category descriptions and the schema are what an analyst
would write for such an inbox.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.answers.schema_line import parse_schema  # noqa: E402 - the path comes first
from GenFlowLibrary.core.errors import AnswerError  # noqa: E402
from GenFlowLibrary.engines.embedded.classify import classify  # noqa: E402
from GenFlowLibrary.engines.embedded.extract import extract  # noqa: E402

CATEGORIES = {
    "billing": "invoices, payments, charged twice, wrong amount, fees, vouchers, refund of a payment, 发票, 付款, 扣款, 账单",
    "delivery": "parcel, shipping, tracking, late or not arrived, change of address, 快递, 物流, 发货, 没收到",
    "complaint": "damaged, broken or wrong item, poor quality, bad service, the customer is angry, 损坏, 质量差, 投诉, 服务态度",
    "product question": "size, colour, material, how to use it, does it fit, in stock, before buying, 尺寸, 材质, 怎么用, 有货",
}
SHAPES = {"enquiries": "NB-48213", "practice office": "GF-10442"}


@dataclass(frozen=True)
class Case:
    """A text with what is right for it."""

    name: str
    split: str
    text: str
    category: str | None
    order_no: str | None
    amount: str | None


@dataclass(frozen=True)
class Result:
    """What the engine answered: ``None`` stands for an abstention or a value that it did not find."""

    case: Case
    category: str | None
    reason: str
    order_no: str | None
    amount: str | None

    def verdict(self, field: str) -> str:
        """Returns ``right``, ``wrong``, or ``silent`` where there is an answer and the engine gave none."""
        wanted, found = getattr(self.case, field), getattr(self, field)
        if field == "amount" and wanted and found:
            wanted, found = Decimal(wanted), Decimal(found)
        if wanted == found:
            return "right"
        return "silent" if found is None else "wrong"


def read_enquiries() -> list[Case]:
    """Returns the labelled enquiries beside this file."""
    lines = (HERE / "enquiries.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Case(f"{at}", row["split"], row["text"], row["category"], row["order_no"], row["amount"])
        for at, row in enumerate(rows, 1)
    ]


def read_practice_office() -> list[Case]:
    """Returns the practice office's inbox with its expected answers; empty texts never reach an engine."""
    import yaml

    seed = ROOT / "robot_suites" / "practice_office" / "seed"
    expected = yaml.safe_load((seed / "expected.yaml").read_text("utf-8"))
    cases = []
    for enquiry in yaml.safe_load((seed / "enquiries.yaml").read_text("utf-8")):
        right = expected[enquiry["number"]]
        category = {"product": "product question"}.get(right["category"], right["category"])
        if enquiry["text"].strip():
            cases.append(
                Case(
                    enquiry["number"],
                    "practice office",
                    enquiry["text"],
                    category,
                    right["order_no"],
                    right["amount"],
                )
            )
    return cases


def answer(case: Case, shape: str) -> Result:
    """Asks the engine for the category and the facts of a text."""
    options = [
        {"number": number, "name": name, "description": description, "examples": []}
        for number, (name, description) in enumerate(CATEGORIES.items(), 1)
    ]
    chosen = json.loads(classify(case.text, options))
    category = list(CATEGORIES)[chosen["choice"] - 1] if chosen["choice"] else None
    schema = parse_schema(
        f"order_no: str | None (order number like {shape})  amount: Decimal | None (amount of money)"
    )
    try:
        facts: dict[str, Any] = json.loads(extract(case.text, schema.as_inputs()))
    except AnswerError as problem:
        facts = {"order_no": str(problem), "amount": str(problem)}
    return Result(case, category, chosen["reason"], facts["order_no"], facts["amount"])


def report(title: str, results: list[Result], *, details: bool) -> None:
    """Prints how many answers are right, silent and wrong."""
    print(f"{title}: {len(results)} texts")
    for field in ("category", "order_no", "amount"):
        count = Counter(result.verdict(field) for result in results)
        share = count["right"] / len(results)
        print(f"  {field:<9} {share:6.1%} right, {count['silent']} silent, {count['wrong']} wrong")
        for result in results if details else ():
            if result.verdict(field) != "right":
                wanted, found = getattr(result.case, field), getattr(result, field)
                print(
                    f"     {result.case.name}: {field} {found!r} instead of {wanted!r}; {' '.join(result.case.text.split())[:70]}"
                )
                if field == "category":
                    print(f"        {result.reason}")


def main() -> None:
    """Prints the figures for both halves, and on request for the practice office."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--details", action="store_true", help="show what is not right in the tune half")
    arguments.add_argument(
        "--practice-office", action="store_true", help="run on the practice office's inbox, too"
    )
    chosen = arguments.parse_args()
    results = [answer(case, SHAPES["enquiries"]) for case in read_enquiries()]
    for split in ("tune", "held_out"):
        report(
            split,
            [result for result in results if result.case.split == split],
            details=chosen.details and split == "tune",
        )
    if chosen.practice_office:
        office = [answer(case, SHAPES["practice office"]) for case in read_practice_office()]
        report("practice office", office, details=chosen.details)


if __name__ == "__main__":
    main()

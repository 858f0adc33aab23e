"""The labelled enquiries of tests/evaluation as a floor that later changes must not fall below."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def evaluation() -> ModuleType:
    file = Path(__file__).parents[2] / "evaluation" / "run.py"
    spec = importlib.util.spec_from_file_location("genflow_evaluation", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("split", "right", "wrong"), [("tune", 0.96, 0.04), ("held_out", 0.8, 0.1)])
def test_most_categories_are_right_and_few_are_wrong(
    evaluation: ModuleType, split: str, right: float, wrong: float
) -> None:
    cases = [case for case in evaluation.read_enquiries() if case.split == split]
    verdicts = [evaluation.answer(case, "NB-48213").verdict("category") for case in cases]
    assert len(verdicts) == 32
    assert verdicts.count("right") / 32 >= right
    assert verdicts.count("wrong") / 32 <= wrong


def test_no_order_number_or_amount_is_wrong(evaluation: ModuleType) -> None:
    results = [evaluation.answer(case, "NB-48213") for case in evaluation.read_enquiries()]
    for field in ("order_no", "amount"):
        verdicts = [result.verdict(field) for result in results]
        assert verdicts.count("wrong") == 0
        assert verdicts.count("right") / len(verdicts) >= 0.95

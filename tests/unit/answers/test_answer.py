from __future__ import annotations

import copy
import json
import pickle
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from robot.utils import DotDict
from robot.variables import Variables

from GenFlowLibrary.answers.answer import Answer, Classification, Decision, Facts

METHODS = ("keys", "items", "values", "get", "to_dict")


def robot(name: str, answer: Answer) -> object:
    """Resolves a variable expression as Robot Framework does in a suite."""
    variables = Variables()
    variables["${facts}"] = answer
    return variables.replace_scalar(name)


def test_items_and_attributes_give_the_values() -> None:
    facts = Facts({"order_no": "GF-1", "amount": Decimal("12.50"), "due": None})
    assert (facts.order_no, facts["amount"], facts.due) == ("GF-1", Decimal("12.50"), None)
    assert list(facts) == ["order_no", "amount", "due"]
    assert facts == {"order_no": "GF-1", "amount": Decimal("12.50"), "due": None}
    assert "order_no" in facts
    assert facts.get("nothing", "default") == "default"


def test_a_missing_name_is_an_error_that_lists_the_names() -> None:
    facts = Facts({"order_no": "GF-1", "amount": 3})
    wanted = "Expected one of the names order_no, amount, but 'order' was asked for"
    with pytest.raises(AttributeError, match=wanted):
        _ = facts.order
    with pytest.raises(KeyError, match=wanted):
        facts["order"]
    assert not hasattr(facts, "order")


def test_an_answer_cannot_be_changed() -> None:
    facts = Facts({"tags": ["a"]})
    with pytest.raises(AttributeError, match="stay as it is"):
        facts.tags = ["b"]
    with pytest.raises(AttributeError, match="stay as it is"):
        del facts.tags
    with pytest.raises(TypeError):
        facts["tags"] = ["b"]  # type: ignore[index]
    facts.to_dict()["tags"].append("b")
    assert facts["tags"] == ["a"]


def test_an_answer_does_not_change_with_what_it_was_made_of() -> None:
    source = {"tags": ["a"]}
    facts = Facts(source)
    source["tags"].append("b")
    assert facts.tags == ["a"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "value",
    [
        "two shirts",
        7,
        1.5,
        Decimal("1.50"),
        date(2026, 3, 5),
        datetime(2026, 3, 5, 14, 30),
        time(9),
        ["a", "b"],
        {"a": 1},
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_field_named_like_a_method_is_the_field_and_the_mapping_still_works(
    method: str, value: object
) -> None:
    facts = Facts({"order_no": "GF-1", method: value})
    assert getattr(facts, method) == value
    assert isinstance(getattr(facts, method), type(value))
    assert facts[method] == value
    assert type(facts[method]) is type(value)
    expected = {"order_no": "GF-1", method: value}
    assert dict(facts) == expected
    assert dict(**facts) == expected
    assert list(facts) == ["order_no", method]
    assert facts == expected
    assert Answer.to_dict(facts) == expected


@pytest.mark.parametrize("method", METHODS)
def test_robot_framework_reads_such_a_field_and_spreads_the_answer(method: str) -> None:
    facts = Facts({"order_no": "GF-1", method: ["a", "b"]})
    assert robot(f"${{facts.{method}}}", facts) == ["a", "b"]
    assert robot(f"${{facts}}[{method}]", facts) == ["a", "b"]
    spread = robot("&{facts}", facts)
    assert isinstance(spread, DotDict)
    assert dict(spread) == {"order_no": "GF-1", method: ["a", "b"]}


@pytest.mark.parametrize("value", [None, True, False])
def test_an_empty_field_named_like_a_method_is_still_the_field(value: object) -> None:
    facts = Facts({"items": value})
    assert facts.items is value
    assert dict(facts) == {"items": value}
    assert dict(**facts) == {"items": value}


def test_robot_framework_reads_attributes_and_items() -> None:
    facts = Facts({"order_no": "GF-1", "lines": [{"sku": "A"}]})
    assert robot("${facts.order_no}", facts) == "GF-1"
    assert robot("${facts}[lines][0][sku]", facts) == "A"
    assert robot("Order ${facts.order_no}!", facts) == "Order GF-1!"
    assert robot("${facts.lines[0]['sku']}", facts) == "A"


def test_answers_survive_copy_and_pickle() -> None:
    for answer in (
        Facts({"items": ["a"], "due": date(2026, 3, 5)}),
        Classification("billing", "it says so", 0.9),
        Decision(None, "unclear"),
    ):
        again = pickle.loads(pickle.dumps(answer))
        assert again == answer
        assert type(again) is type(answer)
        assert str(again) == str(answer)
        assert copy.copy(answer) == copy.deepcopy(answer) == answer


def test_as_text_a_classification_is_its_category_and_a_decision_its_action() -> None:
    assert str(Classification("billing", "r", 0.9)) == "billing"
    assert str(Decision("refund")) == "refund"
    assert str(Classification(None)) == "(abstained)"
    assert str(Decision(None)) == "(abstained)"
    assert str(Facts({"order_no": "GF-1", "amount": 3})) == "order_no: GF-1, amount: 3"


def test_abstaining_follows_from_having_no_choice_unless_told() -> None:
    assert Classification(None).abstained is True
    assert Decision("refund").abstained is False
    assert Decision(action="escalate", reason="unclear", abstained=True).abstained is True


def test_the_repr_shows_every_value() -> None:
    shown = repr(Classification("billing", "it says so"))
    assert (
        shown == "Classification(category='billing', reason='it says so', confidence=None, abstained=False)"
    )


def test_a_plain_answer_is_json_by_its_dictionary() -> None:
    assert json.loads(json.dumps(Decision("refund", "r", 0.5).to_dict())) == {
        "action": "refund",
        "reason": "r",
        "confidence": 0.5,
        "abstained": False,
    }

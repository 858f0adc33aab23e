"""A wizard from outside: a real site, a scripted model, and what each of them got to see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.running import RunningServer, running_server
from tests.servers.wizard_site import Site, running_site
from tests.suites.running import run_robot

SUITE = Path(__file__).with_name("wizard.robot")
VALUES = {"value_1": "Broken on arrival", "value_2": "25.90"}
PLACED = {
    "why_1": "Kontierung is the account that a cost is booked to.",
    "field_1": 1,
    "why_2": "Nothing here is described.",
    "field_2": 0,
    "text_1": "",
}
TEXT = "The glass shade arrived in 3 pieces."

pytestmark = [pytest.mark.browser, pytest.mark.suite]


def rules(text: str = TEXT, values: dict[str, str] = VALUES) -> list[dict[str, Any]]:
    return [
        {
            "when": [
                "Which field does each key belong in?",
                "Kontierung",
                "1 Cost centre",
                "value_2 goes into field 3",
            ],
            "answer": {**PLACED, **values},
        },
        {
            "when": ["value_1 goes into field 2", "value_2 goes into field 3"],
            "answer": values,
        },
        {
            "when": [
                "text_1 goes into field 1: Describe the damage in one sentence",
                "at most 120 characters",
            ],
            "answer": {"text_1": text},
        },
    ]


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def model() -> Iterator[RunningServer]:
    with running_server() as server:
        server.rules(*rules())
        yield server


def run(site: Site, model: RunningServer, output: Path, *options: str, **environment: str) -> str:
    settings = {
        "GENFLOW_BASE_URL": model.base_url,
        "GENFLOW_MODEL": "scripted-1",
        "CI": "true",
        **environment,
    }
    return run_robot(SUITE, output, "--variable", f"SITE:{site.address}", *options, **settings)


def asked(model: RunningServer) -> list[str]:
    return [str(seen["body"]["messages"]) for seen in model.log() if seen["method"] == "POST"]


def test_a_claim_is_filed_from_facts_learned_and_replayed(
    site: Site, model: RunningServer, tmp_path: Path
) -> None:
    plans = {"GENFLOW_LEARNED_PLANS": str(tmp_path / "plans")}
    filed = {
        "order": "GF-10442",
        "email": "ada@example.org",
        "centre": "4711",
        "reason": "b",
        "amount": "25.90",
        "text": TEXT,
    }
    assert "calls: 2" in run(site, model, tmp_path / "first", **plans)
    assert site.received == [filed]
    seen = "".join(asked(model))
    assert "3 pieces" in seen
    for value in ("GF-10442", "ada@example.org", "4711"):
        assert value not in seen, "the values of the form are nobody's business"
    logged = (tmp_path / "first" / "output.xml").read_text("utf-8")
    assert "Page&lt;/th&gt;" in logged
    assert "✔ filled, generated" in logged
    assert "label, written by the engine" in logged

    model.rules(*rules())
    assert "calls: 2" in run(site, model, tmp_path / "learn", "--variable", "LEARNED:learn", **plans)
    assert len(list((tmp_path / "plans").iterdir())) == 3, "a plan a page"

    model.rules(*rules()[1:])  # nobody may be asked where a key belongs
    assert "calls: 2" in run(site, model, tmp_path / "replay", "--variable", "LEARNED:replay", **plans)
    assert site.received == [filed] * 3
    assert not any("Which field" in messages for messages in asked(model))


@pytest.mark.parametrize(
    ("wrong", "page", "says"),
    [
        (
            {"text": "The shade of GF-99999 arrived in 3 pieces."},
            3,
            "'GF-99999' is neither in the instruction nor in the facts",
        ),
        ({"text": "The shade is broken. " * 9}, 3, "takes at most 120 characters"),
        ({"values": {**VALUES, "value_2": "1000"}}, 2, "'1000' is"),
        ({"values": {**VALUES, "value_1": "Stolen"}}, 2, "no option 'Stolen'"),
        ({"values": {**VALUES, "value_3": "x"}}, 2, "value_3"),
        (
            {"values": {"value_1": "", "value_2": "25.90"}},
            2,
            "the required field 'Reason', and the engine gave none",
        ),
    ],
)
def test_whatever_the_model_answers_nothing_wrong_is_sent(
    site: Site, model: RunningServer, tmp_path: Path, wrong: dict[str, Any], page: int, says: str
) -> None:
    model.rules(*rules(**wrong))
    with pytest.raises(AssertionError) as failed:
        run(site, model, tmp_path)
    printed = " ".join(str(failed.value).split())
    assert f"On page {page} of the wizard" in printed
    assert says in printed
    assert site.received == []


def test_without_a_model_and_without_a_person_the_remedies_are_named(
    site: Site, model: RunningServer, tmp_path: Path
) -> None:
    with pytest.raises(AssertionError, match="On page 2 of the wizard: Expected a language model to write"):
        run(site, model, tmp_path, GENFLOW_ENGINE="embedded", GENFLOW_BASE_URL="")
    model.rules({"when": ["Which field does each key belong in?", "1 Cost centre"], "answer": PLACED})
    with pytest.raises(AssertionError) as failed:
        run(site, model, tmp_path, "--variable", "MISSING:ask")
    printed = " ".join(str(failed.value).split())
    assert "ask a person for the required field" in printed
    assert "no dialogue can open" in printed
    assert site.received == []

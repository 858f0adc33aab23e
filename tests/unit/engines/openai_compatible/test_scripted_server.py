"""The scripted server answers by rules as the suite needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from GenFlowLibrary.core.errors import EngineUnavailable
from tests.servers.running import running_server

if TYPE_CHECKING:
    from pathlib import Path

RULES = [
    {
        "when": ["the kettle", "Choose"],
        "schema": "Choice",
        "answer": {"reason": "It is broken.", "choice": 2},
    },
    {"when": ["the kettle"], "answer": "We are sorry about the kettle. 对不起"},
    {"when": [], "schema": "Choice", "answer": {"reason": "Nothing fits.", "choice": 0}},
]


def test_the_first_rule_that_fits_answers(server, make_engine, ask, choice_type) -> None:
    server.rules(*RULES)
    engine = make_engine(server.base_url)
    assert json.loads(ask(engine, text="Choose for the kettle.", answer_type=choice_type).text)["choice"] == 2
    assert ask(engine, text="Choose for the kettle.").text == "We are sorry about the kettle. 对不起"
    assert json.loads(ask(engine, text="Anything else", answer_type=choice_type).text)["choice"] == 0


def test_a_prompt_that_no_rule_fits_is_shown(server, make_engine, ask) -> None:
    server.rules(*RULES)
    with pytest.raises(EngineUnavailable, match=r"No rule fits this prompt \(answer type None\).*A teapot\?"):
        ask(make_engine(server.base_url, max_attempts=1), text="A teapot?")


def test_rules_are_read_from_yaml(tmp_path: Path, make_engine, ask) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("- when: [teapot]\n  answer: A pot for tea.\n", "utf-8")
    with running_server("--rules", str(file)) as server:
        assert ask(make_engine(server.base_url), text="A teapot?").text == "A pot for tea."


def test_a_script_is_read_from_json(tmp_path: Path, make_engine, ask) -> None:
    file = tmp_path / "script.json"
    file.write_text(json.dumps([{"status": 503}, {"answer": "Hello!"}]), "utf-8")
    with running_server("--script", str(file)) as server:
        assert ask(make_engine(server.base_url)).usage.requests == 2


def test_a_rule_that_cannot_work_is_told_at_once(tmp_path: Path) -> None:
    from tests.servers import openai_server

    file = tmp_path / "rules.yaml"
    file.write_text("- when: teapot\n", "utf-8")
    program = [sys.executable, openai_server.__file__, "--rules", str(file)]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=15, check=False)
    assert ended.returncode != 0
    assert "Expected a rule with a list 'when' and an 'answer'" in ended.stderr


def test_the_models_are_listed_to_who_has_the_key(server, key) -> None:
    import httpx2

    address = f"{server.base_url}/models"
    with httpx2.Client() as client:
        assert client.get(address).status_code == 401
        models = client.get(address, headers={"Authorization": f"Bearer {key}"}).json()["data"]
    assert [model["id"] for model in models] == ["scripted-1"]

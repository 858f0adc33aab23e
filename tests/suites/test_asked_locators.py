"""`gen:` locators with a model behind them, in whole runs: how often it is asked, what it sees, and that later runs ask nobody."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.servers.running import running_server
from tests.suites.running import run_robot

HERE = Path(__file__).parent
SUITE = HERE / "asked_locators.robot"
NONE = {
    "when": ["Which number is meant?"],
    "schema": "Choice",
    "answer": {"reason": "nothing is", "choice": 0},
}

pytestmark = [pytest.mark.browser, pytest.mark.suite]


def rule(description: str, line: str, choice: int) -> dict[str, Any]:
    answer = {"reason": "It does that.", "choice": choice}
    return {"when": [description, line], "schema": "Choice", "answer": answer}


def test_a_model_is_asked_once_a_description_and_then_nobody(tmp_path: Path) -> None:
    (tmp_path / "Plugin.py").write_text(
        "from SeleniumLibrary.base import LibraryComponent, keyword\n\n"
        "class Plugin(LibraryComponent):\n    @keyword\n    def do_nothing(self):\n        pass\n"
    )
    options = ("--variable", f"PLUGIN:{tmp_path / 'Plugin.py'}")
    learned = tmp_path / "learned"
    with running_server() as server:
        server.rules(
            rule("the button that makes my changes stay", "1 button Keep", 1),
            rule("the go-ahead button", "1 button Confirm", 1),
            rule("the way to get old things again", "15 button Bring back", 15),
            rule("the box for my alias", "1 field Nickname", 1),
            NONE,
        )
        settings = {"GENFLOW_BASE_URL": server.base_url, "GENFLOW_MODEL": "scripted-1"}
        run_robot(SUITE, tmp_path / "first", *options, GENFLOW_LEARNED_PLANS=str(learned), **settings)
        asked = [str(seen["body"]["messages"]) for seen in server.log() if seen["method"] == "POST"]
    calls = Counter(
        next(line for line in request.split("<data>\\n")[1].split("\\n</data>")) for request in asked
    )
    waited = calls.pop("the way to get old things again")
    assert 1 <= waited <= 2, "once before it was there at most, and once when it was"
    assert calls == {
        "the button that makes my changes stay": 1,
        "the go-ahead button": 1,
        # Each visit of the page is a new document. A "no" is not learned.
        "the button that flies to the moon": 1,
        "the box for my alias of 10442": 1,
    }
    assert not any("the Print button" in request for request in asked)
    files = {file.name: file.read_text("utf-8") for file in learned.iterdir()}
    assert len(files) == 3
    assert any("label: Keep" in text and "id: keep" in text for text in files.values())

    # The server is gone.
    later = {"GENFLOW_LEARNED_PLANS": str(learned), "GENFLOW_ENGINE": "embedded", "GENFLOW_LEARNED": "replay"}
    printed = run_robot(SUITE, tmp_path / "second", *options, "--include", "learned", **later)
    assert "4 tasks, 4 passed" in printed
    assert {file.name: file.read_text("utf-8") for file in learned.iterdir()} == files

    # What was not learned is not guessed: it fails, and says what to do.
    nothing = {**later, "GENFLOW_LEARNED_PLANS": str(tmp_path / "nothing")}
    with pytest.raises(AssertionError) as failed:
        run_robot(SUITE, tmp_path / "third", *options, "--test", "One Question*", **nothing)
    assert "run it once with learned=heal and a language model" in " ".join(str(failed.value).split())

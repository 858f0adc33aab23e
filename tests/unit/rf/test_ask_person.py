"""Asking the person at the screen: one dialogue a field, and a sentence where none can open."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.missing import PersonQuestion
from GenFlowLibrary.rf.ask_person import PersonAtTheScreen


class Dialogs:
    """Robot Framework's Dialogs without a screen: remembers what was shown, answers what was put in."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.shown: list[tuple[str, tuple[Any, ...]]] = []

    def _give(self, message: str, *shown: Any) -> Any:
        self.shown.append((message, shown))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def get_value_from_user(self, message: str, default: str = "", hidden: bool = False) -> Any:
        return self._give(message, "hidden" if hidden else "shown")

    def get_selection_from_user(self, message: str, *values: str) -> Any:
        return self._give(message, *values)

    def get_selections_from_user(self, message: str, *values: str) -> Any:
        return self._give(message, *values)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Any:
    def ask(answer: Any, question: PersonQuestion, **environ: str) -> tuple[Any, Dialogs, list[SecretHandle]]:
        dialogs, secrets = Dialogs(answer), list[SecretHandle]()
        monkeypatch.setitem(sys.modules, "robot.libraries.Dialogs", dialogs)
        monkeypatch.setattr("robot.libraries.Dialogs", dialogs, raising=False)
        return PersonAtTheScreen(secrets.append, environ)(question), dialogs, secrets

    return ask


def test_a_text_is_asked_with_its_label_and_hint(asked: Any) -> None:
    given, dialogs, secrets = asked("Ada", PersonQuestion("First name", "As in the passport"))
    assert given == "Ada"
    [(message, shown)] = dialogs.shown
    assert "'First name'" in message
    assert "As in the passport" in message
    assert shown == ("shown",)
    assert secrets == []


def test_options_are_offered_one_or_several(asked: Any) -> None:
    given, dialogs, _ = asked("Broken", PersonQuestion("Reason", options=("Broken", "Late")))
    assert (given, dialogs.shown[0][1]) == ("Broken", ("Broken", "Late"))
    given, _, _ = asked(["a", "b"], PersonQuestion("Tags", options=("a", "b"), several=True))
    assert given == ["a", "b"]


def test_a_secret_is_hidden_and_registered_and_an_empty_one_is_none(asked: Any) -> None:
    given, dialogs, [secret] = asked("opensesame", PersonQuestion("Password", secret=True, options=()))
    assert given is secret
    assert secret.reveal() == "opensesame"
    assert dialogs.shown[0][1] == ("hidden",)
    assert asked("", PersonQuestion("Password", secret=True))[0] == ""


def test_why_the_last_answer_would_not_do_is_told(asked: Any) -> None:
    _, dialogs, _ = asked("5", PersonQuestion("Amount", problem="takes at most 100 (max), got '120'"))
    assert "the field takes at most 100 (max), got '120'." in dialogs.shown[0][0]


def test_cancel_is_an_error_that_names_the_field(asked: Any) -> None:
    with pytest.raises(InputError, match=r"'Amount', but the dialogue was cancelled"):
        asked(RuntimeError("No value provided by user."), PersonQuestion("Amount"))


def test_a_ci_server_is_no_person(asked: Any) -> None:
    with pytest.raises(
        InputError, match=r"'Amount' \(missing=ask\), but no dialogue can open, .*give the value as data"
    ):
        asked("5", PersonQuestion("Amount"), CI="true")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_or_without_tkinter_a_sentence_says_so() -> None:
    code = (
        "from GenFlowLibrary.rf.ask_person import PersonAtTheScreen as P\n"
        "from GenFlowLibrary.forms.missing import PersonQuestion as Q\n"
        "from GenFlowLibrary.core.errors import InputError\n"
        "try: P(print, {})(Q('Amount'))\n"
        "except InputError as error: print(error)\n"
    )
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    for before, why in (
        ("", "can be opened|is not installed"),
        ("import sys; sys.modules['tkinter'] = None\n", "is not installed"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", before + code],
            capture_output=True,
            text=True,
            check=False,
            env=bare,
            timeout=60,
        )
        assert "no dialogue can open" in done.stdout, done.stdout + done.stderr
        assert any(part in done.stdout for part in why.split("|"))
        assert done.stdout.count("\n") == 1

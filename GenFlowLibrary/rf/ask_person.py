"""Asking the person in front of the screen, through Robot Framework's own Dialogs library.

PersonQuestion -> one dialogue: a text, a hidden text, or options -> text, SecretHandle or list
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from GenFlowLibrary.forms.missing import PersonQuestion

_REMEDY = (
    "run it where a person sees the screen, give the value as data, or use missing=fail, skip or generate"
)


class PersonAtTheScreen:
    """Asks with dialogues. ``register`` is told of each secret that was given."""

    def __init__(
        self, register: Callable[[SecretHandle], None], environ: Mapping[str, str] = os.environ
    ) -> None:
        self._register = register
        self._environ = environ

    def __call__(self, question: PersonQuestion) -> object:
        """Returns what the person gave: a text, a list of texts where several may be chosen, or a handle for a secret.

        Raises:
            InputError: no dialogue can open here, or the person cancelled it.
        """
        dialogs = self._dialogs(question)
        try:
            return self._answer(dialogs, question)
        except RuntimeError as problem:  # what Dialogs raises for Cancel; TclError is another kind
            raise InputError(
                f"Expected a value for the required field '{question.field}', but the dialogue was cancelled; "
                "give the value there, or as data."
            ) from problem
        except _tcl_error() as problem:
            raise self._nowhere(question, "no window can be opened") from problem

    def _answer(self, dialogs: Any, question: PersonQuestion) -> object:
        message = _message(question)
        if question.secret:
            handle = SecretHandle(question.field, dialogs.get_value_from_user(message, hidden=True))
            self._register(handle)
            return handle if handle else ""
        if question.several:
            return list(dialogs.get_selections_from_user(message, *question.options))
        if question.options:
            return dialogs.get_selection_from_user(message, *question.options)
        return dialogs.get_value_from_user(message)

    def _dialogs(self, question: PersonQuestion) -> Any:
        if self._environ.get("CI", "").casefold() not in ("", "0", "false", "no"):
            raise self._nowhere(question, "this run is a CI server's")
        try:
            from robot.libraries import Dialogs  # noqa: PLC0415 - needs tkinter, which servers often lack
        except ImportError as problem:
            raise self._nowhere(question, "Python's tkinter is not installed") from problem
        return Dialogs

    @staticmethod
    def _nowhere(question: PersonQuestion, why: str) -> InputError:
        return InputError(
            f"Expected to ask a person for the required field '{question.field}' (missing=ask), but no dialogue can open, "
            f"for {why}; {_REMEDY}."
        )


def _tcl_error() -> type[Exception]:
    """The error of a window system that is not there; Dialogs has imported it already."""
    from tkinter import TclError  # noqa: PLC0415

    return TclError


def _message(question: PersonQuestion) -> str:
    lines = [f"The form needs '{question.field}', and the data has no value for it."]
    lines += [question.hint] if question.hint else []
    lines += [f"The last answer could not be used: the field {question.problem}."] if question.problem else []
    return "\n\n".join(lines)

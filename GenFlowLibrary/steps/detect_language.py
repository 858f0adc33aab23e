"""Detect the language of a text, on this machine: no engine is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.answers.language import detect_language
from GenFlowLibrary.core.errors import AbstainedError
from GenFlowLibrary.steps.choices import require_text

if TYPE_CHECKING:
    from GenFlowLibrary.steps.runtime import Runtime

STEP = "Detect Language"


def detect(runtime: Runtime, text: str | None, *, otherwise: str | None = None) -> str:
    """Returns the code of the language a text is written in, such as ``en``, ``zh`` or ``de``.

    Raises:
        InputError: the text is empty.
        AbstainedError: the text does not show its language, and there is no ``otherwise``.
    """
    with runtime.step(STEP) as record:
        language = detect_language(require_text("the text", text)) or otherwise
        if language is None:
            raise AbstainedError(
                "Expected the text to show its language, but it is too short, mixed, or in a script that many languages share; "
                "say with otherwise= which to take then."
            )
        record.answer = language
        record.notes.append("Detected on this machine, without an engine.")
        return language

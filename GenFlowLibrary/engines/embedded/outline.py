"""Outlines a procedure without a model: not at all, for a list is read before any engine is asked.

A list with words of control needs no engine (`flowcharts.procedure`). What comes here is what could not be read so; the error says
which line it was.
"""

from __future__ import annotations

from typing import NoReturn

from GenFlowLibrary.engines.embedded.draft import needs_language_model
from GenFlowLibrary.flowcharts.lines import UnreadableError
from GenFlowLibrary.flowcharts.procedure import parse_procedure


def outline(text: str, language: str | None) -> NoReturn:
    """Says why a procedure cannot be read without a language model.

    Raises:
        NeedsLanguageModel: always; with the line that is no clear step.
        InputError: the procedure contradicts itself.
    """
    why = "it is to be told in other words"
    try:
        parse_procedure(text, language)
    except UnreadableError as problem:
        why = str(problem)
    raise needs_language_model(
        f"Expected a list of steps with words such as 'if', 'otherwise' and 'go to step 3', which the embedded engine reads, but {why}; "
        "write that line so"
    )

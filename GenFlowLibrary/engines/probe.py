"""Asking an engine the smallest thing there is, to see that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.prompt import Message, Prompt

if TYPE_CHECKING:
    from GenFlowLibrary.engines.protocol import Engine


def probe(engine: Engine, seconds: float) -> str:
    """Returns in a sentence how an engine answered; an engine on this machine needs no asking.

    Address, key and model are all tested, which listing a server's models would not do.

    Raises:
        SettingsError: no model is set.
        EngineError: no completion came back within ``seconds``.
    """
    if not engine.needs_network:
        return "It is part of the library."
    question = Message("user", "Answer with the word ready.")
    prompt = Prompt("probe", "1", "", "complete", (question,), {})
    completion = engine.complete(prompt, Deadline.after(seconds))
    return f"'{completion.model}' answered in {completion.seconds:.1f} s with {completion.usage.total_tokens} tokens."

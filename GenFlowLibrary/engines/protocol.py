"""The port every engine obeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from GenFlowLibrary.core.completion import Completion
    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.core.prompt import Prompt


class Engine(Protocol):
    """Answers prompts. An engine neither validates answers nor counts budgets nor writes traces: the gateway does."""

    @property
    def name(self) -> str:
        """The engine's name in logs and recordings: ``embedded``, ``openai``, ``recording``, ..."""

    @property
    def model(self) -> str:
        """The model that answers when the prompt names none; for the embedded engine its version."""

    @property
    def needs_network(self) -> bool:
        """Whether a call leaves this machine's process; the budget counts only such calls."""

    @property
    def is_deterministic(self) -> bool:
        """Whether a prompt is always answered alike, so that telling what was wrong changes nothing."""

    def complete(self, prompt: Prompt, deadline: Deadline) -> Completion:
        """Returns the completion of a prompt.

        For a prompt with an answer type every text is meant to be JSON of that type, though a language model may send anything.

        Raises:
            EngineUnavailable: nobody answered in time or the server is overloaded, after all attempts that the deadline allowed.
            EngineRejected: the server said no, and would say no again.
            EngineProtocolError: what came back is not a completion.
            NeedsLanguageModel: this engine cannot do the prompt's ability honestly.
            PromptError: the prompt lacks an input this engine needs.
            SettingsError, InputError: what was set cannot be asked for, such as no model, or a parameter that the server's endpoint lacks.
        """
        ...

    def close(self) -> None:
        """Lets go of connections at the end of the run; a later call opens new ones."""

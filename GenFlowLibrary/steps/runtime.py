"""What every step works with: the gateway to the engines, the prompt files, the trace.

Task -> prompt file -> Prompt -> gateway -> Reply
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.prompt import Parameters, Task
from GenFlowLibrary.forms.learned_rules import Learning
from GenFlowLibrary.prompts.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from GenFlowLibrary.engines.gateway import Check, Gateway, Reply
    from GenFlowLibrary.engines.protocol import Engine
    from GenFlowLibrary.prompts.loader import PromptLibrary
    from GenFlowLibrary.trace.record import StepRecord
    from GenFlowLibrary.trace.trace import Trace


@dataclass(frozen=True)
class Options:
    """How a step asks, as its keyword was told: another engine, the parameters that were set, and which inputs are personal.

    ``min_confidence`` is the confidence, measured, that a choice must have to count; ``stream`` shows how far a text is.
    """

    engine: str | None = None
    parameters: Parameters = field(default_factory=Parameters)
    personal: tuple[str, ...] = ()
    min_confidence: float | None = None
    stream: bool = False


@dataclass(frozen=True)
class Runtime:
    """One suite's way to engines, prompts and trace.

    ``find_engine`` returns the engine for a name (``None``: the settings' engine) and the sentence saying which it is and why.
    ``learning`` holds the rules for learned plans of forms.
    """

    gateway: Gateway
    prompts: PromptLibrary
    trace: Trace
    find_engine: Callable[[str | None], tuple[Engine, str]]
    learning: Learning = field(default_factory=Learning)

    def step(self, name: str) -> AbstractContextManager[StepRecord]:
        """Runs one step under a step record, which reaches the sinks however the step ends."""
        return self.trace.step(name)

    def ask(self, task: Task, options: Options, record: StepRecord, check: Check | None = None) -> Reply:
        """Renders a task, asks the engine, and returns the checked reply.

        Raises:
            PromptError: the prompt file is unknown or lacks an input.
            InputError: redaction is required, and something personal would go out as it is.
            EngineError: no completion came back.
            AnswerError: the completion is not the answer asked for, also after repairs.
            BudgetExceeded: the call would pass a limit.
            RecordingError: only recorded answers may be used, and there is none.
        """
        prompt = replace(
            render(self.prompts.get(task.prompt), task),
            measure=options.min_confidence is not None,
            stream=options.stream,
        )
        engine, why = self.find_engine(options.engine)
        try:
            return self.gateway.ask(prompt, record, check=check, engine=engine, personal=options.personal)
        finally:
            if not record.from_recording and why not in record.notes:
                record.notes.append(why)


def plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """Returns an answer as the plain data that a step record keeps; by name, for a field may be called like a method."""
    return {name: value[name] for name in value}

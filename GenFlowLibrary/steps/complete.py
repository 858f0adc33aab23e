"""Complete a raw prompt, with the parameters that people know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.choices import require_text

if TYPE_CHECKING:
    from GenFlowLibrary.steps.runtime import Options, Runtime

STEP = "Complete Prompt"


def complete(runtime: Runtime, prompt: str | None, *, options: Options) -> tuple[str, ...]:
    """Returns the completions of a prompt, as many as the parameter ``n`` asked for (one unless set), as the model wrote them.

    Raises:
        InputError: the prompt is empty.
        NeedsLanguageModel: the engine is the embedded one.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        require_text("the prompt", prompt)
        task = Task(
            ability="complete",
            prompt="complete_prompt",
            inputs={"prompt": prompt},
            parameters=options.parameters,
        )
        texts = runtime.ask(task, options, record).completion.texts
        record.answer = list(texts)
        return texts

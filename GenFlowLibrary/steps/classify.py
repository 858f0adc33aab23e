"""Classify a text: which one of the analyst's categories it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.answers.answer import Classification
from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.errors import AbstainedError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.choices import Choosable, require_option, require_text
from GenFlowLibrary.steps.runtime import Options, Runtime, plain
from GenFlowLibrary.steps.sureness import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = "Classify Text"


def classify(
    runtime: Runtime,
    text: str | None,
    categories: Sequence[Choosable],
    *,
    otherwise: str | None = None,
    prompt: str = "classify_text",
    options: Options = Options(),  # noqa: B008 - frozen
) -> Classification:
    """Returns the category a text belongs to.

    ``otherwise`` is the category returned where none fits, or none surely enough; without it the step fails then.

    Raises:
        InputError: the text is empty or the categories cannot be chosen among.
        AbstainedError: no category fits clearly, and there is no ``otherwise``.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        text = require_text("the text to classify", text)
        require_option("category", otherwise, categories)
        task = Task(
            ability="classify",
            prompt=prompt,
            inputs={
                "text": text,
                "options": [category.numbered(number) for number, category in enumerate(categories, 1)],
            },
            answer_type=choice_type(len(categories)),
            parameters=options.parameters,
        )
        reply = runtime.ask(task, options, record)
        choice = settle(reply, options)
        if choice.choice:
            name = categories[choice.choice - 1].name
        elif otherwise is None:
            names = ", ".join(category.name for category in categories)
            raise AbstainedError(
                f"Expected the text to fit one of {names}, but none fits clearly ({choice.reason.rstrip('.')}); "
                "describe the categories in more words, add examples, or say with otherwise= what to return then."
            )
        else:
            name = otherwise
        answer = Classification(
            category=name,
            reason=choice.reason,
            confidence=choice.confidence,
            abstained=not choice.choice,
        )
        record.answer = plain(answer)
        return answer

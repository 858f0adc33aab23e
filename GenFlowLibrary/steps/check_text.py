"""Check a text against a criterion: what words settle is settled here, the rest is judged by the engine.

text, criterion -> written criterion? settled | engine -> met, broken or unclear, with the reason
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from GenFlowLibrary.answers.text_answers import Judged
from GenFlowLibrary.answers.written import Judgement
from GenFlowLibrary.core.errors import AbstainedError, InputError, UnsatisfiedError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.criterion import settle
from GenFlowLibrary.steps.given_text import as_document
from GenFlowLibrary.steps.runtime import Options, Runtime, plain
from GenFlowLibrary.texts.parts import DEFAULT_TOKENS, tokens

if TYPE_CHECKING:
    from GenFlowLibrary.trace.record import StepRecord

CHECK_STEP = "Check Text"
SATISFY_STEP = "Text Should Satisfy"
_MOST_TOKENS = 4 * DEFAULT_TOKENS
"""A text judged as a whole. More is a document, which is reviewed in parts."""


def check_text(
    runtime: Runtime,
    text: object,
    criterion: str | None,
    *,
    prompt: str = "check_text",
    language: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Judged:
    """Returns whether a text satisfies a criterion, with the reason.

    Raises:
        InputError: the text or the criterion is empty, or the text is a path or too long to be judged at once.
        NeedsLanguageModel: the criterion is a matter of judgement, and the engine is embedded.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(CHECK_STEP) as record:
        return _judge(runtime, text, criterion, prompt, language, options, record)


def text_should_satisfy(
    runtime: Runtime,
    text: object,
    criterion: str | None,
    *,
    prompt: str = "check_text",
    language: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Judged:
    """Returns the verdict where a text satisfies a criterion, and fails with the reason where it does not.

    Raises:
        UnsatisfiedError: the text does not satisfy the criterion.
        AbstainedError: it is not plain whether it does.
        InputError, NeedsLanguageModel, EngineError, AnswerError, BudgetExceeded, RecordingError: as `check_text`.
    """
    with runtime.step(SATISFY_STEP) as record:
        judged = _judge(runtime, text, criterion, prompt, language, options, record)
        reason = judged.reason.rstrip(".")
        if judged.verdict == "broken":
            raise UnsatisfiedError(f"Expected the text to satisfy '{criterion}', but it does not: {reason}.")
        if judged.verdict == "unclear":
            raise AbstainedError(
                f"Expected the text to satisfy '{criterion}', but whether it does is unclear: {reason}; "
                "word the criterion so that it can be seen in the text."
            )
        return judged


def _judge(
    runtime: Runtime,
    given: object,
    criterion: str | None,
    prompt: str,
    language: str | None,
    options: Options,
    record: StepRecord,
) -> Judged:
    criterion = require_text("the criterion", criterion)
    document = as_document("the text to check", given)
    # A plain text is judged as it was written: its lines count.
    text = given if isinstance(given, str) else document.text
    judged = settle(text, criterion)
    if judged is not None:
        record.notes.append("Settled by the words of the text, without an engine.")
    else:
        if tokens(text) > _MOST_TOKENS:
            raise InputError(
                f"Expected a text of at most about {_MOST_TOKENS} tokens to check, but it has {tokens(text)}; use Review Document."
            )
        task = Task(
            ability="judge",
            prompt=prompt,
            inputs={"text": text, "criterion": criterion},
            answer_type=Judgement,
            language=language,
            parameters=options.parameters,
        )
        answer = cast("Judgement", runtime.ask(task, options, record).answers[0])
        judged = Judged({"verdict": answer.verdict, "reason": answer.reason})
    record.answer = plain(judged)
    return judged

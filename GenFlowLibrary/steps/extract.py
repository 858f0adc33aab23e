"""Extract data: the facts a text states, typed by the analyst's schema line, and never one that the text does not hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.answer import Facts
from GenFlowLibrary.answers.grounding import ungrounded
from GenFlowLibrary.answers.parsing import without_thinking
from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.errors import AnswerError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.runtime import Options, Runtime, plain

if TYPE_CHECKING:
    from pydantic import BaseModel

    from GenFlowLibrary.answers.schema import AnswerSchema
    from GenFlowLibrary.engines.gateway import Check
    from GenFlowLibrary.trace.record import StepRecord

STEP = "Extract Data"


def extract(
    runtime: Runtime,
    text: str | None,
    schema: str,
    *,
    prompt: str = "extract_data",
    options: Options = Options(),  # noqa: B008 - frozen
) -> Facts:
    """Returns the facts that a text states.

    Every text, number and date in the answer must occur in the text: an engine that sends one that does not is told so once, and the
    step fails when it insists.

    Raises:
        InputError: the text is empty.
        SchemaError: the schema line cannot be parsed.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        facts = take_out(runtime, text, parse_schema(schema), record, prompt=prompt, options=options)
        record.answer = plain(facts)
        return facts


def take_out(
    runtime: Runtime,
    text: str | None,
    schema: AnswerSchema,
    record: StepRecord,
    *,
    prompt: str = "extract_data",
    options: Options = Options(),  # noqa: B008 - frozen
) -> Facts:
    """Returns the facts that `extract` does, and leaves the exchanges in a step record that is there already."""
    text = require_text("the text to extract from", text)
    task = Task(
        ability="extract",
        prompt=prompt,
        inputs={"text": text, "fields": schema.as_inputs()},
        answer_type=schema.answer_type(),
        parameters=options.parameters,
    )
    try:
        reply = runtime.ask(task, options, record, check=_must_occur_in(text, schema))
    except AnswerError as problem:
        raise _not_stated(problem, schema) or problem from None
    return Facts(schema.values(reply.answers[0]))


def _not_stated(problem: AnswerError, schema: AnswerSchema) -> AnswerError | None:
    """Returns the error to show where the engine's last word was that a required field is not in the text, else ``None``."""
    completion = problem.completion
    try:
        answer = json.loads(without_thinking(completion.text)) if completion else None
    except (ValueError, RecursionError):
        return None
    if completion is None or not isinstance(answer, dict):
        return None
    required = [field.name for field in schema.fields if not field.optional]
    missing = [f"'{name}'" for name in required if name in answer and answer[name] in (None, "")]
    if not missing:
        return None
    return AnswerError(
        f"Expected the text to state {' and '.join(missing)}, but {completion.model} found none; "
        "write '| None' behind the type of a field that a text may not state.",
        completion=completion,
    )


def _must_occur_in(text: str, schema: AnswerSchema) -> Check:
    """Returns the check that every text, number and date of an answer occurs in the text."""
    quotable = [field.name for field in schema.fields if field.is_quoted]
    optional = {field.name for field in schema.fields if field.optional}

    def check(answer: BaseModel) -> str | None:
        values = schema.values(answer)
        invented = ungrounded({name: values[name] for name in quotable}, text)
        if not invented:
            return None
        shown = ", ".join(f"{name} ('{values[name]}')" for name in invented)
        remedy = (
            "answer null for what the text does not state" if optional & {*invented} else "quote the text"
        )
        return f"Expected values out of the text, but these do not occur in the text: {shown}; {remedy}."

    return check

"""Extract data: the facts a text states, typed by the analyst's schema line, and never one that the text does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.answers.answer import Facts
from GenFlowLibrary.answers.grounding import ungrounded
from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.runtime import Check, Options, Runtime, plain

if TYPE_CHECKING:
    from pydantic import BaseModel

    from GenFlowLibrary.answers.schema import AnswerSchema

STEP = "Extract Data"


def extract(
    runtime: Runtime,
    text: str,
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
        parsed = parse_schema(schema)
        require_text("the text to extract from", text)
        task = Task(
            ability="extract",
            prompt=prompt,
            inputs={"text": text, "fields": parsed.as_inputs()},
            answer_type=parsed.answer_type(),
            parameters=options.parameters,
        )
        reply = runtime.ask(task, options, record, check=_must_occur_in(text, parsed))
        facts = Facts(parsed.values(reply.answers[0]))
        record.answer = plain(facts)
        return facts


def _must_occur_in(text: str, schema: AnswerSchema) -> Check:
    quotable = [field.name for field in schema.fields if field.is_quoted]

    def check(answer: BaseModel) -> str | None:
        values = schema.values(answer)
        invented = ungrounded({name: values[name] for name in quotable}, text)
        if not invented:
            return None
        shown = ", ".join(f"{name} ('{values[name]}')" for name in invented)
        return (
            f"These values do not occur in the text: {shown}; answer null for what the text does not state."
        )

    return check

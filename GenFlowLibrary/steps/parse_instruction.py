"""Parse an instruction: free text to one of the listed keywords with typed arguments.

    text -> which keyword, by its number -> its arguments, taken out of the text -> keyword and arguments, or none

The engine answers a number and values. It never names a keyword, so that it can name none that was not listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from GenFlowLibrary.answers.choice import Choice, choice_type
from GenFlowLibrary.answers.text_answers import KeywordCall
from GenFlowLibrary.core.errors import AbstainedError, InputError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.extract import take_out
from GenFlowLibrary.steps.runtime import Options, Runtime, plain
from GenFlowLibrary.steps.signature import read_signatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.steps.signature import Signature
    from GenFlowLibrary.trace.record import StepRecord

STEP = "Parse Instruction"


def parse_instruction(
    runtime: Runtime,
    text: str | None,
    keywords: Sequence[str],
    *,
    otherwise: str | None = None,
    prompt: str = "parse_instruction",
    options: Options = Options(),  # noqa: B008 - frozen
) -> KeywordCall:
    """Returns the keyword that an instruction means, with its arguments.

    Texts, numbers and dates among the arguments must occur in the text. An argument that may be ``None`` and is not stated is left out, so
    that the keyword's own default holds. ``otherwise`` is the keyword where none is meant clearly; without it the step fails then.

    Raises:
        InputError: the text is empty, or the keywords cannot be read.
        SchemaError: the arguments of a keyword cannot be read.
        AbstainedError: no keyword is meant clearly, and there is no ``otherwise``.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        text = require_text("the instruction", text)
        signatures = read_signatures(keywords)
        if otherwise is not None and not otherwise.strip():
            raise InputError(
                "Expected 'otherwise' to name a keyword, but it is empty; name one or leave it out."
            )
        chosen = _choice(runtime, text, signatures, prompt, options, record)
        if chosen.choice:
            signature = signatures[chosen.choice - 1]
            name, arguments = signature.name, _arguments(runtime, text, signature, options, record)
        elif otherwise is None:
            names = ", ".join(signature.name for signature in signatures)
            raise AbstainedError(
                f"Expected the instruction to mean one of {names}, but none is clearly meant ({chosen.reason.rstrip('.')}); "
                "describe the keywords in brackets behind their names, or say with otherwise= what to run then."
            )
        else:
            name, arguments = otherwise, {}
        call = KeywordCall(
            {"keyword": name, "arguments": arguments, "reason": chosen.reason, "abstained": not chosen.choice}
        )
        record.answer = plain(call)
        return call


def _choice(
    runtime: Runtime,
    text: str,
    signatures: Sequence[Signature],
    prompt: str,
    options: Options,
    record: StepRecord,
) -> Choice:
    task = Task(
        ability="classify",
        prompt=prompt,
        inputs={
            "text": text,
            "options": [
                signature.as_option().numbered(number) for number, signature in enumerate(signatures, 1)
            ],
        },
        answer_type=choice_type(len(signatures)),
        parameters=options.parameters,
    )
    return cast("Choice", runtime.ask(task, options, record).answers[0])


def _arguments(
    runtime: Runtime, text: str, signature: Signature, options: Options, record: StepRecord
) -> dict[str, Any]:
    schema = signature.arguments
    if schema is None:
        return {}
    values = plain(take_out(runtime, text, schema, record, options=options))
    optional = {field.name for field in schema.fields if field.optional}
    return {name: value for name, value in values.items() if value is not None or name not in optional}

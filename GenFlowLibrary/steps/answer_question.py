"""Answer a question from a document: with the passage it rests on, or the honest word that it is not there.

document -> parts -> those first that share words with the question -> the first that answers -> quotation found? -> answer
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from GenFlowLibrary.answers.language import detect_language
from GenFlowLibrary.answers.parsing import excerpt
from GenFlowLibrary.answers.quotes import placed
from GenFlowLibrary.answers.text_answers import QuotedAnswer
from GenFlowLibrary.answers.written import Quoted
from GenFlowLibrary.core.errors import AbstainedError, InputError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.engines.embedded.scoring import rank
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.given_text import as_document
from GenFlowLibrary.steps.runtime import Options, Runtime, plain
from GenFlowLibrary.texts.claims import find_claims, not_in
from GenFlowLibrary.texts.parts import DEFAULT_TOKENS, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from GenFlowLibrary.documents.document import Document
    from GenFlowLibrary.engines.gateway import Check
    from GenFlowLibrary.trace.record import StepRecord

STEP = "Answer Question"


def answer_question(
    runtime: Runtime,
    question: str | None,
    text: object,
    *,
    otherwise: str | None = None,
    prompt: str = "answer_question",
    language: str | None = None,
    part_tokens: int = DEFAULT_TOKENS,
    options: Options = Options(),  # noqa: B008 - frozen
) -> QuotedAnswer:
    """Returns the answer that a document or a text gives to a question, with the passage it rests on.

    The passage must stand in the document word for word, and numbers, dates and identifiers of the answer must occur in it: an engine whose
    answer does not hold is told so, and the step fails when it insists. ``otherwise`` is the text of the answer where the document gives
    none; without it the step fails then.

    Raises:
        InputError: the question or the text is empty, or the text is a path.
        AbstainedError: the document does not answer the question, and there is no ``otherwise``.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        question = require_text("the question", question)
        if otherwise is not None and not otherwise.strip():
            raise InputError(
                "Expected 'otherwise' to hold a text, but it is empty; write what to answer then, or leave it out."
            )
        document = as_document("the text to answer from", text)
        found, check = None, _must_hold(question, document)
        for part in _likeliest_first(question, split(document, part_tokens), record):
            task = Task(
                ability="answer",
                prompt=prompt,
                inputs={"question": question, "text": part},
                answer_type=Quoted,
                language=language,
                parameters=options.parameters,
            )
            reply = runtime.ask(task, options, record, check=check)
            found = cast("Quoted", reply.answers[0])
            if found.found:
                break
        answer = _answer(found, document) if found and found.found else _not_there(question, otherwise)
        record.answer = plain(answer)
        return answer


def _likeliest_first(question: str, parts: Sequence[str], record: StepRecord) -> list[str]:
    """Returns the parts, those first that share words with the question: most questions are answered by the first that is asked."""
    if len(parts) == 1:
        return list(parts)
    record.notes.append(
        f"The text is long: it is read in up to {len(parts)} parts, the likeliest first, until one answers."
    )
    numbered = [{"number": number, "name": "", "description": part} for number, part in enumerate(parts, 1)]
    return [parts[one.number - 1] for one in rank(question, numbered)]


def _must_hold(question: str, document: Document) -> Check:
    # In another language names may be written otherwise, and more words begin with a capital.
    names = detect_language(question) == detect_language(document.text)

    def check(answer: BaseModel) -> str | None:
        given = cast("Quoted", answer)
        if not given.found:
            return None
        if not given.answer.strip():
            return "Expected an answer where found is true, but it is empty; answer, or say that it is not found."
        if placed(given.quote, document) is None:
            return (
                f"Expected one passage of the text, copied word for word, but the text does not say '{excerpt(given.quote)}'; "
                "copy the whole sentence that answers the question, or say that it is not found."
            )
        invented = not_in(find_claims(given.answer, names=names, words=names), [document.text, question])
        if invented:
            return (
                f"Expected an answer out of the text, but these do not occur in it: {', '.join(invented)}; "
                "answer with what the text states."
            )
        return None

    return check


def _answer(found: Quoted, document: Document) -> QuotedAnswer:
    block = placed(found.quote, document)
    return QuotedAnswer(
        {
            "text": found.answer.strip(),
            "quote": " ".join(found.quote.split()),
            "found": True,
            "place": block and block.place,
            "page": block and block.page,
            "paragraph": block and block.number,
        }
    )


def _not_there(question: str, otherwise: str | None) -> QuotedAnswer:
    if otherwise is None:
        raise AbstainedError(
            f"Expected the text to answer '{excerpt(question)}', but it does not say it clearly; "
            "ask in the text's own words, or say with otherwise= what to answer then."
        )
    return QuotedAnswer(
        {"text": otherwise, "quote": "", "found": False, "place": None, "page": None, "paragraph": None}
    )

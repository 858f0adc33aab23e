"""Summarize a text: short, and with nothing in it that the text does not state.

text -> parts -> each summarized -> the summaries summarized -> no more sentences than asked for, no value invented
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from GenFlowLibrary.answers.sentences import sentences
from GenFlowLibrary.answers.written import Written
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.given_text import as_document
from GenFlowLibrary.steps.runtime import Options, Runtime
from GenFlowLibrary.texts.keeping import invented_in, must_hold
from GenFlowLibrary.texts.parts import DEFAULT_TOKENS, split

if TYPE_CHECKING:
    from collections.abc import Callable

STEP = "Summarize Text"
DEFAULT_SENTENCES = 3
_MOST_SENTENCES = 50


def summarize(
    runtime: Runtime,
    given: object,
    *,
    max_sentences: int = DEFAULT_SENTENCES,
    focus: str | None = None,
    prompt: str = "summarize_text",
    language: str | None = None,
    part_tokens: int = DEFAULT_TOKENS,
    options: Options = Options(),  # noqa: B008 - frozen
) -> str:
    """Returns what a text or a document says in at most ``max_sentences`` sentences.

    ``focus`` says what the reader wants to know; the embedded engine, which selects sentences of the text, does not heed it. Numbers,
    dates, names and identifiers of the summary must occur in the text (names not where ``language`` asks for another language).

    Raises:
        InputError: the text is empty or a path, or the number of sentences is no sensible one.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        if not 0 < max_sentences <= _MOST_SENTENCES:
            raise InputError(
                f"Expected max_sentences to be between 1 and {_MOST_SENTENCES}, but it is {max_sentences}; correct it."
            )
        document = as_document("the text to summarize", given)
        problem = _problem(document.text, max_sentences, language)

        def shortened(text: str) -> str:
            task = Task(
                ability="summarize",
                prompt=prompt,
                inputs={"text": text, "max_sentences": max_sentences, "focus": focus},
                answer_type=Written,
                language=language,
                parameters=options.parameters,
            )
            reply = runtime.ask(task, options, record, check=must_hold(problem))
            if reply.completion.engine == "embedded":
                selected = "The summary is a selection: sentences of the text, word for word."
                record.notes.extend([] if selected in record.notes else [selected])
            return cast("Written", reply.answers[0]).text.strip()

        summaries = [shortened(part) for part in split(document, part_tokens)]
        while len(summaries) > 1:
            # Few sentences a part: hundreds of parts need a second round at most, thousands a third.
            joined = as_document("the summaries", "\n\n".join(summaries))
            parts = split(joined, part_tokens)
            if len(parts) >= len(summaries):
                raise InputError(
                    f"Expected part_tokens to hold several summaries of {max_sentences} sentences, but it is {part_tokens}; raise it."
                )
            summaries = [shortened(part) for part in parts]
        record.answer = summaries[0]
        return summaries[0]


def _problem(source: str, most: int, language: str | None) -> Callable[[str], str | None]:
    def problem(text: str) -> str | None:
        count = len(sentences(text))
        if count > most:
            return f"Expected at most {most} sentences, but there are {count}; shorten the summary."
        return invented_in(text, [source], names=language is None)

    return problem

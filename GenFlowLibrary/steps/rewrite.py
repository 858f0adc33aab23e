"""Rewrite and translate: the same content in other words, with every number, date, name and identifier still there and none added.

text -> engine -> invented or lost? -> asked again with their names -> text
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from GenFlowLibrary.answers.language import detect_language
from GenFlowLibrary.answers.written import Written
from GenFlowLibrary.core.errors import InputError, NeedsLanguageModel
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.engines.embedded.draft import needs_language_model
from GenFlowLibrary.prompts.front_matter import is_language_code
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.runtime import Options, Runtime
from GenFlowLibrary.texts.keeping import invented_in, lost_in, must_hold
from GenFlowLibrary.texts.parts import DEFAULT_TOKENS, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

REWRITE_STEP = "Rewrite Text"
TRANSLATE_STEP = "Translate Text"
_BY_WORDS = ("en", "de", "fr", "es", "fi", "sv", "zh", "ja")
"""Languages that `detect_language` is measured for."""


def rewrite(
    runtime: Runtime,
    text: str | None,
    instruction: str | None,
    *,
    may_drop: bool = False,
    prompt: str = "rewrite_text",
    language: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> str:
    """Returns a text rewritten as instructed.

    Numbers, dates, names and identifiers may be added only where the instruction states them, and none may be lost unless ``may_drop``.

    Raises:
        InputError: the text or the instruction is empty, or the text is too long for one answer.
        NeedsLanguageModel: the engine is embedded.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(REWRITE_STEP) as record:
        text = _require("the text to rewrite", text)
        instruction = require_text("the instruction", instruction)

        def problem(written: str) -> str | None:
            return invented_in(written, [text, instruction]) or (None if may_drop else lost_in(written, text))

        task = Task(
            ability="generate",
            prompt=prompt,
            inputs={"text": text, "instruction": instruction},
            answer_type=Written,
            language=language,
            parameters=options.parameters,
        )
        with _needs_model("rewrite a text; keep approved texts in prompt files for Generate Text"):
            reply = runtime.ask(task, options, record, check=must_hold(problem))
        record.answer = cast("Written", reply.answers[0]).text.strip()
        return str(record.answer)


def translate(
    runtime: Runtime,
    text: str | None,
    language: str | None,
    *,
    keep: Sequence[str] = (),
    prompt: str = "translate_text",
    options: Options = Options(),  # noqa: B008 - frozen
) -> str:
    """Returns a text in another language, given by its code.

    Numbers, dates and identifiers must be the same in both, and what ``keep`` lists must stand in the translation as it is. Names are not
    compared besides, for many are written otherwise in another language.

    Raises:
        InputError: the text is empty or too long for one answer, the language is no code, or ``keep`` lists what is not in the text.
        NeedsLanguageModel: the engine is embedded.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(TRANSLATE_STEP) as record:
        text = _require("the text to translate", text)
        language = require_text("the language", language).strip()
        if not is_language_code(language):
            raise InputError(
                f"Expected the code of a language such as en or zh, but found '{language}'; write the code."
            )
        missing = [word for word in keep if word not in text]
        if missing:
            raise InputError(
                f"Expected 'keep' to list words of the text, but it does not say '{missing[0]}'; correct it."
            )
        task = Task(
            ability="generate",
            prompt=prompt,
            inputs={"text": text, "keep": list(keep) or None},
            answer_type=Written,
            language=language,
            parameters=options.parameters,
        )
        with _needs_model(
            "translate a text; keep approved texts in each language in prompt files for Generate Text"
        ):
            reply = runtime.ask(task, options, record, check=must_hold(_translated(text, language, keep)))
        record.answer = cast("Written", reply.answers[0]).text.strip()
        return str(record.answer)


@contextmanager
def _needs_model(work: str) -> Iterator[None]:
    """Says what a language model is needed for, where the engine is none: a draft, which the engine would ask for, is no remedy here."""
    try:
        yield
    except NeedsLanguageModel:
        what, _, remedy = work.partition("; ")
        raise needs_language_model(
            f"Expected a language model to {what}, but the engine is embedded, which writes nothing of its own; {remedy}"
        ) from None


def _translated(text: str, language: str, keep: Sequence[str]) -> Callable[[str], str | None]:
    def problem(written: str) -> str | None:
        found, wanted = detect_language(written), language[:2].casefold()
        if found is not None and found != wanted and {found, wanted} <= set(_BY_WORDS):
            return f"Expected the translation in the language '{language}', but it is in '{found}'; translate the text."
        return invented_in(written, [text], names=False) or lost_in(written, text, names=False, keep=keep)

    return problem


def _require(what: str, text: str | None) -> str:
    text = require_text(what, text)
    if tokens(text) > DEFAULT_TOKENS:
        raise InputError(
            f"Expected {what} to have at most about {DEFAULT_TOKENS} tokens, but it has {tokens(text)}; give it in several parts."
        )
    return text

"""Generate a reply to an enquiry: from policy and facts alone, in the manner of approved replies to similar enquiries.

    enquiry -> nearest approved replies -> engine -> amounts in policy and facts? other values there or in the enquiry? -> reply

A customer may write any amount; the house promises none that policy and facts do not state. The approved replies show the manner: what they
tell other customers is no fact here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from GenFlowLibrary.answers.written import Written
from GenFlowLibrary.core.errors import InputError, NeedsLanguageModel
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.prompts.drafts import missing_draft
from GenFlowLibrary.prompts.fence import quoted
from GenFlowLibrary.prompts.render import render
from GenFlowLibrary.steps.approved_replies import most_alike, read_replies
from GenFlowLibrary.steps.choices import require_text
from GenFlowLibrary.steps.runtime import Options, Runtime
from GenFlowLibrary.texts.claims import find_claims, not_in
from GenFlowLibrary.texts.keeping import invented, must_hold
from GenFlowLibrary.texts.parts import DEFAULT_TOKENS, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from GenFlowLibrary.trace.record import StepRecord

STEP = "Generate Reply"


def reply(
    runtime: Runtime,
    enquiry: str | None,
    *,
    policy: object = None,
    facts: Mapping[str, Any] | None = None,
    approved: object = None,
    prompt: str = "generate_reply",
    language: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> str:
    """Returns a reply to an enquiry.

    ``policy`` is a text or a document with what the house grants, ``facts`` what is known of the case, ``approved`` as `read_replies` takes
    it. Amounts of money in the reply must occur in policy or facts; other numbers, dates, names and identifiers there or in the enquiry.

    Raises:
        InputError: the enquiry is empty, the policy is too long for one question, or the approved replies cannot be read.
        DocumentError: as `read_replies`.
        NeedsLanguageModel: the engine is embedded, and the prompt file has no draft in the language.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        enquiry = require_text("the enquiry", enquiry)
        rules = _policy(policy)
        task = Task(
            ability="generate",
            prompt=prompt,
            inputs={
                "enquiry": enquiry,
                "policy": rules,
                "facts": dict(facts) if facts else None,
                "examples": _examples(enquiry, approved, record),
            },
            answer_type=Written,
            language=language,
            parameters=options.parameters,
        )
        # What the house itself wrote: the prompt file's approved draft counts as policy does.
        own = [rules or "", quoted(dict(facts or {})), render(runtime.prompts.get(prompt), task).draft or ""]
        try:
            answer = runtime.ask(task, options, record, check=must_hold(_problem(own, enquiry, language)))
        except NeedsLanguageModel as problem:
            prompt_file = runtime.prompts.get(prompt)
            if not prompt_file.drafts:
                raise
            raise NeedsLanguageModel(missing_draft(prompt_file, language)) from problem
        record.answer = cast("Written", answer.answers[0]).text.strip()
        return str(record.answer)


def _policy(given: object) -> str | None:
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if not isinstance(given, (str, Document)):
        raise InputError(
            "Expected 'policy' to be a text or a document, but it is neither; pass the text itself."
        )
    text = str(given)
    if tokens(text) > DEFAULT_TOKENS:
        raise InputError(
            f"Expected the policy to have at most about {DEFAULT_TOKENS} tokens, but it has {tokens(text)}; "
            "give the part that is for such enquiries."
        )
    return text


def _examples(enquiry: str, approved: object, record: StepRecord) -> list[dict[str, str]] | None:
    if approved is None or approved == "":
        return None
    replies = read_replies(approved)
    chosen = most_alike(enquiry, replies)
    record.notes.append(
        f"{len(chosen)} of {len(replies)} approved replies are like this enquiry and shown as examples."
    )
    return [{"enquiry": one.enquiry, "reply": one.reply} for one in chosen] or None


def _problem(own: list[str], enquiry: str, language: str | None) -> Callable[[str], str | None]:
    def problem(text: str) -> str | None:
        claims = find_claims(text, words=True, language=language)
        amounts = [claim for claim in claims if claim.kind == "amount"]
        others = [claim for claim in claims if claim.kind != "amount"]
        return invented([*not_in(amounts, own), *not_in(others, [*own, enquiry])])

    return problem

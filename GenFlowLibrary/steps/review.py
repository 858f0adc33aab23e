"""Review a document: what becomes of each check of a list, with the passage it rests on.

    document -> parts;  checks -> groups;  each group of each part is one question -> verdicts -> merged over the parts -> findings

Merged honestly: a check is missing only where it is missing in every part, and one that a part meets and another breaks or casts doubt
on is unclear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from GenFlowLibrary.answers.parsing import excerpt
from GenFlowLibrary.answers.quotes import placed
from GenFlowLibrary.answers.reviewed import MOST_CHECKS, Reviewed, Verdict, reviewed_type
from GenFlowLibrary.answers.text_answers import Finding
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.steps.checklist import read_checks
from GenFlowLibrary.steps.given_text import as_document
from GenFlowLibrary.steps.runtime import Options, Runtime, plain
from GenFlowLibrary.texts.parts import DEFAULT_TOKENS, split

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydantic import BaseModel

    from GenFlowLibrary.documents.document import Block, Document
    from GenFlowLibrary.engines import gateway
    from GenFlowLibrary.steps.checklist import Check

STEP = "Review Document"


@dataclass(frozen=True)
class _Seen:
    """What one part says on one check."""

    quote: str
    reason: str
    verdict: Verdict


def review(
    runtime: Runtime,
    given: object,
    checks: Sequence[str],
    *,
    checklist: str | Path | None = None,
    prompt: str = "review_document",
    language: str | None = None,
    part_tokens: int = DEFAULT_TOKENS,
    options: Options = Options(),  # noqa: B008 - frozen
) -> list[Finding]:
    """Returns a finding for each check, in the order of the checks.

    A verdict of ``met`` or ``broken`` rests on a passage that stands in the document word for word: an engine that quotes what is not
    there is told so, and the step fails when it insists.

    Raises:
        InputError: the document is empty or a path, there is no check, or one cannot be read.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        document = as_document("the document to review", given)
        listed = read_checks(checks, checklist)
        parts = split(document, part_tokens)
        groups = [listed[at : at + MOST_CHECKS] for at in range(0, len(listed), MOST_CHECKS)]
        questions = len(parts) * len(groups)
        if questions > 1:
            record.notes.append(
                f"Asked in {questions} questions: parts of the document ({len(parts)}) by groups of checks ({len(groups)})."
            )
        seen: dict[Check, list[_Seen]] = {check: [] for check in listed}
        for part in parts:
            for group in groups:
                task = Task(
                    ability="review",
                    prompt=prompt,
                    inputs={"text": part, "checks": _numbered(group)},
                    answer_type=reviewed_type(len(group)),
                    language=language,
                    parameters=options.parameters,
                )
                reply = runtime.ask(task, options, record, check=_must_quote(group, document))
                answer = cast("Reviewed", reply.answers[0])
                for number, check in enumerate(group, 1):
                    seen[check].append(_Seen(*answer.at(number)))
        findings = [_finding(check, _merged(seen[check], document), document) for check in listed]
        record.answer = [plain(finding) for finding in findings]
        return findings


def _numbered(group: Sequence[Check]) -> list[dict[str, object]]:
    return [
        {"number": number, "name": check.name, "criterion": check.criterion}
        for number, check in enumerate(group, 1)
    ]


def _must_quote(group: Sequence[Check], document: Document) -> gateway.Check:
    def check(answer: BaseModel) -> str | None:
        for number in range(1, len(group) + 1):
            quote, _, verdict = cast("Reviewed", answer).at(number)
            if verdict in ("met", "broken") and not quote:
                return (
                    f"Expected a quotation for check {number}, which is {verdict}, but it is empty; copy the passage it rests on, "
                    "or answer missing or unclear."
                )
            if quote and verdict != "missing" and placed(quote, document) is None:
                return (
                    f"Expected quote_{number} to be one passage of the text, copied word for word, but the text does not say "
                    f"'{excerpt(quote)}'; copy whole sentences, or answer missing or unclear with an empty quote."
                )
        return None

    return check


def _merged(seen: Sequence[_Seen], document: Document) -> _Seen:
    """Returns what all parts together say on a check."""
    by_verdict: dict[Verdict, list[_Seen]] = {}
    for one in seen:
        by_verdict.setdefault(one.verdict, []).append(one)
    broken, met = by_verdict.get("broken"), by_verdict.get("met")
    # Unclear with a passage is one that speaks of it; unclear without may be a part that only lacks what another has.
    doubtful = [one for one in by_verdict.get("unclear", ()) if one.quote]
    if broken and met:
        return _Seen(
            broken[0].quote,
            f"The document contradicts itself: {_place(broken[0], document)} breaks it ({broken[0].reason.rstrip('.')}), "
            f"{_place(met[0], document)} meets it ({met[0].reason.rstrip('.')}).",
            "unclear",
        )
    return (broken or doubtful or met or by_verdict.get("unclear") or [_Seen("", seen[0].reason, "missing")])[
        0
    ]


def _place(one: _Seen, document: Document) -> str:
    block = placed(one.quote, document)
    return block.place if block else "a passage"


def _finding(check: Check, seen: _Seen, document: Document) -> Finding:
    quote = "" if seen.verdict == "missing" else " ".join(seen.quote.split())
    block: Block | None = placed(quote, document) if quote else None
    return Finding(
        {
            "check": check.text,
            "verdict": seen.verdict,
            "severity": check.severity,
            "quote": quote,
            "place": block and block.place,
            "page": block and block.page,
            "paragraph": block and block.number,
            "reason": seen.reason,
        }
    )

"""Match fields: ask the engine once for the keys that words alone put into no field, and believe only what our own rules allow.

matching with open keys -> Question -> one request -> checked answer -> our rules -> matching with fewer open keys
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from GenFlowLibrary.answers.field_matches import FieldMatches, field_matches_type
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.forms.ask import believed, question_for, with_answers
from GenFlowLibrary.forms.plan import make_plan
from GenFlowLibrary.steps.runtime import Options, Runtime

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import BaseModel

    from GenFlowLibrary.browser.page import Snapshot
    from GenFlowLibrary.forms.match import Matching
    from GenFlowLibrary.trace.record import StepRecord

PROMPT = "match_fields"


def match_fields(
    runtime: Runtime,
    record: StepRecord,
    snapshot: Snapshot,
    data: Mapping[str, object],
    matching: Matching,
    settled: Collection[str] = (),
) -> Matching:
    """Returns the matching with the pairs that the engine found and that may be believed; unchanged where nothing is open.

    Nobody is asked about ``settled`` keys, which are known to belong in no field; nor at all where some value cannot go into its field,
    for then nothing will be typed.

    No value of ``data`` is sent: the values only check, on this machine, whether they can go into the chosen fields. The embedded engine
    answers none.

    Raises:
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    plan = make_plan(snapshot.fields, data, matching)
    question = None if plan.rejected else question_for(snapshot, plan, settled)
    if question is None:
        return matching

    def check(answer: BaseModel) -> str | None:
        return question.problem(cast("FieldMatches", answer).numbers)

    task = Task(
        ability="match",
        prompt=PROMPT,
        inputs=question.inputs(),
        answer_type=field_matches_type(len(question.keys)),
    )
    answer = cast("FieldMatches", runtime.ask(task, Options(), record, check).answers[0])
    pairs, refused = believed(question, answer.numbers, data)
    record.notes.extend(refused)
    reasons = dict(zip(question.keys, answer.reasons, strict=True))
    record.notes.extend(
        f"'{m.key}' belongs in '{m.card.label or m.card.name}': {reasons[m.key]}" for m in pairs
    )
    return with_answers(matching, pairs, data)

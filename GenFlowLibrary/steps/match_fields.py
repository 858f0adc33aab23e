"""Match fields: ask the engine once for what words leave open and for what it is to write, and believe only what our own rules allow.

matching with open keys + instructions + required fields -> Question -> one request -> checked answer -> our rules -> Resolved
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from GenFlowLibrary.answers.field_matches import FieldMatches, field_matches_type
from GenFlowLibrary.core.errors import AbstainedError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.forms.ask import believed, question_for, with_answers
from GenFlowLibrary.forms.fill_page import Resolved
from GenFlowLibrary.forms.missing import GENERATED, Supplied, never_written, required_without_data
from GenFlowLibrary.forms.plan import make_plan
from GenFlowLibrary.forms.writing import Writing, texts_wanted
from GenFlowLibrary.steps.runtime import Options, Runtime

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import BaseModel

    from GenFlowLibrary.browser.page import Snapshot
    from GenFlowLibrary.forms.ask import Question
    from GenFlowLibrary.forms.match import Matching
    from GenFlowLibrary.forms.plan import FillPlan
    from GenFlowLibrary.trace.record import StepRecord

PROMPT = "match_fields"


@dataclass(frozen=True)
class Permission:
    """What the engine may be asked besides where instructions want a text.

    ``match``: where open keys belong, but for the ``settled`` ones, which are known to belong in no field. ``generate``: values for
    required fields without data, from ``facts``.
    """

    match: bool = True
    settled: Collection[str] = ()
    generate: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


def match_fields(
    runtime: Runtime,
    record: StepRecord,
    snapshot: Snapshot,
    data: Mapping[str, object],
    matching: Matching,
    may: Permission = Permission(),
) -> Resolved:
    """Returns the matching with the pairs that the engine found and that may be believed, and the data with what it wrote.

    Nobody is asked where nothing is open and nothing to write; nor where some value cannot go into its field, for then nothing will be
    typed. No value of ``data`` is sent but the instructions: the values only check, on this machine, whether they can go into the chosen
    fields. The embedded engine finds no field that words do not find, and writes nothing.

    Raises:
        AbstainedError: an instruction has a field, and the engine wrote no text.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    plan = make_plan(snapshot.fields, data, matching)
    question = None if plan.rejected else _question(snapshot, data, plan, may)
    if question is None:
        return Resolved(matching, data)
    writing = question.writing

    def check(answer: BaseModel) -> str | None:
        given = cast("FieldMatches", answer)
        said = question.problem(given.numbers)
        if said or writing is None:
            return said
        return writing.problem(given.texts, given.values, question.fields_of(given.numbers))

    answer = _asked(runtime, record, question, check)
    chosen = question.fields_of(answer.numbers)
    if writing is not None:
        data = writing.bound(data, answer.texts, chosen)
    pairs, refused = believed(question, answer.numbers, data)
    record.notes.extend(refused)
    reasons = dict(zip(question.keys, answer.reasons, strict=True))
    record.notes.extend(
        f"'{m.key}' belongs in '{m.card.label or m.card.name}': {reasons[m.key]}" for m in pairs
    )
    resolved = with_answers(matching, pairs, data)
    asked = bool(question.keys)
    if writing is None:
        return Resolved(resolved, data, asked=asked)
    placed = {found.key: found.card for found in pairs}
    if unwritten := writing.unwritten(answer.texts, placed):
        first = unwritten[0]
        raise AbstainedError(
            f"Expected a text for '{first.card.label if first.card else first.key}' as told ('{first.instruction}'), but the engine gave "
            "none and nothing was typed; give it the facts it needs with facts=, or give the text itself."
        )
    return Resolved(
        resolved,
        data,
        supplied=_supplied(writing, answer.values, {card.number for card in placed.values()}),
        written=frozenset(wanted.key for wanted in writing.texts if isinstance(data[wanted.key], str)),
        asked=asked,
    )


def _question(
    snapshot: Snapshot, data: Mapping[str, object], plan: FillPlan, may: Permission
) -> Question | None:
    settled = set(may.settled) if may.match else {left.key for left in plan.unresolved}
    required = (
        tuple(card for card in required_without_data(plan, snapshot.fields) if not never_written(card))
        if may.generate
        else ()
    )
    writing = Writing(snapshot, texts_wanted(plan, data, settled), required, may.facts, tuple(data))
    question = question_for(snapshot, plan, settled, writing or None)
    if question is None or writing.texts == () or question.keys:
        return question
    # No field is free: what is looked for has no place, and its text would be for nobody.
    kept = tuple(wanted for wanted in writing.texts if wanted.card is not None)
    return question_for(
        snapshot, plan, settled, Writing(snapshot, kept, required, may.facts, tuple(data)) or None
    )


def _asked(runtime: Runtime, record: StepRecord, question: Question, check: Any) -> FieldMatches:
    writing = question.writing
    task = Task(
        ability="match",
        prompt=PROMPT,
        inputs=question.inputs(),
        answer_type=field_matches_type(
            len(question.keys),
            len(writing.texts) if writing else 0,
            len(writing.required) if writing else 0,
        ),
    )
    return cast("FieldMatches", runtime.ask(task, Options(), record, check).answers[0])


def _supplied(writing: Writing, values: tuple[str, ...], taken: Collection[int]) -> tuple[Supplied, ...]:
    return tuple(
        Supplied(card, value, GENERATED)
        for card, value in zip(writing.required, values, strict=True)
        if value and card.number not in taken
    )

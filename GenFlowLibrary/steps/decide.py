"""Decide what to do next: written conditions are settled here, exactly; only judgement goes to an engine.

    options -> rule out those whose conditions do not hold -> one rule that holds decides -> else ask the engine -> choice or abstain

An option whose written condition does not hold can never be chosen, whatever a model answers. Two rules that hold at once contradict
each other (the "unique" hit policy of DMN 1.4, section 8.2.10), so the step abstains and names both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.answer import Decision
from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.policy.conditions import Conditions, read_conditions
from GenFlowLibrary.steps.choices import ABSTAIN, Choosable, require_option, require_text
from GenFlowLibrary.steps.runtime import Options, Runtime, plain
from GenFlowLibrary.steps.sureness import settle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.trace.record import StepRecord

STEP = "Decide Next Action"


@dataclass(frozen=True)
class _Candidate:
    """An option whose conditions all hold; ``is_rule`` when nothing is left to judge."""

    option: Choosable
    conditions: Conditions

    @property
    def is_rule(self) -> bool:
        return bool(self.conditions.gates) and not self.conditions.rest


@dataclass(frozen=True)
class _Verdict:
    name: str | None
    reason: str
    confidence: float | None = None


def decide(
    runtime: Runtime,
    situation: str | None,
    choices: Sequence[Choosable],
    *,
    facts: Mapping[str, Any] | None = None,
    otherwise: str | None = None,
    prompt: str = "decide_next_action",
    options: Options = Options(),  # noqa: B008 - frozen
) -> Decision:
    """Returns the option to take, with the reason, or the abstention.

    ``facts`` are what the conditions speak of. On abstaining the action is ``otherwise``, or ``abstain`` where that is not given.

    Raises:
        InputError: the situation is empty, the options cannot be chosen among, or a condition names no fact.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        situation = require_text("the situation", situation)
        require_option("option", otherwise, choices)
        facts = dict(facts or {})
        candidates = _rule_out(choices, facts, record)
        verdict = _by_rule(candidates) or _by_engine(
            runtime, situation, facts, candidates, prompt=prompt, options=options, record=record
        )
        answer = Decision(
            action=verdict.name or otherwise or ABSTAIN,
            reason=verdict.reason,
            confidence=verdict.confidence,
            abstained=verdict.name is None,
        )
        record.answer = plain(answer)
        return answer


def _rule_out(choices: Sequence[Choosable], facts: Mapping[str, Any], record: StepRecord) -> list[_Candidate]:
    candidates = []
    for option in choices:
        conditions = read_conditions(option.description, facts)
        failing = [gate.text for gate in conditions.gates if not gate.holds(facts)]
        if failing:
            record.notes.append(f"'{option.name}' is ruled out: not true that {'; nor that '.join(failing)}.")
        else:
            candidates.append(_Candidate(option, conditions))
    return candidates


def _by_rule(candidates: Sequence[_Candidate]) -> _Verdict | None:
    """Returns what the written conditions settle on their own, ``None`` where judgement is needed."""
    rules = [candidate for candidate in candidates if candidate.is_rule]
    if not candidates:
        return _Verdict(None, "The conditions of every option are unmet.")
    if len(rules) > 1:
        names = " and ".join(f"'{rule.option.name}'" for rule in rules)
        return _Verdict(None, f"The conditions of {names} hold at once; make them exclude each other.")
    if rules:
        held = " and ".join(gate.text for gate in rules[0].conditions.gates)
        return _Verdict(rules[0].option.name, f"Its written condition holds: {held}.")
    return None


def _by_engine(
    runtime: Runtime,
    situation: str,
    facts: Mapping[str, Any],
    candidates: Sequence[_Candidate],
    *,
    prompt: str,
    options: Options,
    record: StepRecord,
) -> _Verdict:
    offered = [
        Choosable(candidate.option.name, candidate.conditions.rest).numbered(number)
        for number, candidate in enumerate(candidates, 1)
    ]
    task = Task(
        ability="decide",
        prompt=prompt,
        inputs={
            "situation": situation,
            "facts": facts,
            "options": [{key: entry[key] for key in ("number", "name", "description")} for entry in offered],
        },
        answer_type=choice_type(len(candidates)),
        parameters=options.parameters,
    )
    reply = runtime.ask(task, options, record)
    choice = settle(reply, options)
    name = candidates[choice.choice - 1].option.name if choice.choice else None
    return _Verdict(name, choice.reason, choice.confidence)

"""Fill a form on the page by what its fields mean, verify it, submit it where told to, and learn where its fields are.

see -> learned plan -> words of keys and fields -> one question to the engine for the rest -> a person -> fill, read back, submit -> learn
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import FormError, PlanError
from GenFlowLibrary.forms.fill import Missing, Pages, Unused, fill
from GenFlowLibrary.forms.instruction import instructions, without_instructions
from GenFlowLibrary.forms.learned import keys_of, place_of
from GenFlowLibrary.forms.learned_use import PlanUse, use_exactly, use_healed
from GenFlowLibrary.forms.match import Match, Matching, match
from GenFlowLibrary.steps.ask_person import ask_person
from GenFlowLibrary.steps.learn_form import FormSeen, FormsLearned
from GenFlowLibrary.steps.match_fields import Permission, match_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.browser.page import Page, Snapshot
    from GenFlowLibrary.core.outcome import FillOutcome
    from GenFlowLibrary.core.settings import LearnedMode
    from GenFlowLibrary.forms.fill_page import Resolved
    from GenFlowLibrary.forms.learned_folder import KeptPlan
    from GenFlowLibrary.forms.learned_rules import Learning
    from GenFlowLibrary.forms.missing import Person
    from GenFlowLibrary.steps.runtime import Runtime
    from GenFlowLibrary.trace.record import StepRecord

STEP = "Fill Form"


def fill_form(
    runtime: Runtime,
    page: Page,
    data: Mapping[str, Any],
    *,
    form: Any = None,
    submit: str | None = None,
    timeout: float = 10.0,
    learned: LearnedMode | None = None,
    missing: Missing = "fail",
    unused: Unused = "fail",
    pages: Pages = 1,
    write: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    person: Person | None = None,
) -> FillOutcome:
    """Returns what was done to each field, and what the page said after submitting.

    ``learned`` is the mode for learned plans, ``None`` for that of the settings; ``missing``, ``unused`` and ``pages`` as
    `forms.fill.fill`. ``write`` are instructions by the names of their fields: the engine writes those texts. ``facts`` are
    business data for what it writes, and with ``missing=generate`` for required fields. ``person`` is asked with ``missing=ask``.

    A plan in mode replay is replayed: nobody is asked where a key belongs. What an instruction says is written all the same, anew for
    each call, and so are values with ``missing=generate``.

    Raises:
        InputError: there is no data, an instruction is none, or nobody can be asked.
        PageError: no browser is open, or the form is not found.
        PlanError: the form's learned plan is missing where it must be there, does not fit, or is damaged; nothing was typed.
        FormError: not every field holds what was wanted, or the page refused the form; its ``outcome`` is in the step record too.
        AbstainedError: the engine wrote no text for an instruction; nothing was typed.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`, where fields were left to ask for; nothing was typed.

    In a wizard the table of the pages before is in the step record however a later page ends.
    """
    with runtime.step(STEP) as record:
        forms = _Forms(
            runtime,
            runtime.learning.in_mode(learned),
            record,
            _Wishes(missing, dict(facts or {}), person, wizard=pages != 1),
        )
        try:
            outcome = fill(
                page,
                {**data, **instructions(write or {}, data)},
                form=form,
                submit=submit,
                timeout=timeout,
                resolve=forms.resolve,
                missing=missing,
                unused=unused,
                pages=pages,
                turned=forms.turned,
            )
        except FormError as problem:
            if problem.outcome is not None:
                problem.outcome = record.table = forms.counted(problem.outcome)
                forms.seen.doubt(problem.outcome)
            raise
        record.table = forms.counted(outcome)
        forms.seen.learn()
        return record.table


@dataclass(frozen=True)
class _Wishes:
    """What the analyst wants done about required fields without data, with which facts; and whether the form may have several pages."""

    missing: Missing = "fail"
    facts: Mapping[str, object] = field(default_factory=dict)
    person: Person | None = None
    wizard: bool = False


class _Forms:
    """Resolves the forms of one step, each page of a wizard on its own."""

    def __init__(self, runtime: Runtime, learning: Learning, record: StepRecord, wishes: _Wishes) -> None:
        self._runtime = runtime
        self._learning = learning
        self._record = record
        self._wishes = wishes
        self._looks = 0
        self.seen = FormsLearned(learning, record)

    def resolve(self, snapshot: Snapshot, data: Mapping[str, object]) -> Resolved:
        """Returns which key belongs where: by the plan, then by words, then by asking once; and values for what no key is meant for."""
        self._record.notes += [note for note in snapshot.notes if note not in self._record.notes]
        self._looks += 1
        kept = self._find(snapshot, data)
        use = self._use(kept, snapshot, data)
        matching = _by_words(snapshot, without_instructions(data), use.matches if use else ())
        may = Permission(
            match=self._learning.mode != "replay",
            settled=use.plan.unused if use else (),
            generate=self._wishes.missing == "generate",
            facts=self._wishes.facts,
        )
        resolved = match_fields(self._runtime, self._record, snapshot, data, matching, may)
        if self._wishes.missing == "ask":
            resolved = replace(resolved, supplied=ask_person(snapshot, resolved, self._wishes.person))
        self.seen.add(FormSeen(snapshot, data, resolved.matching or matching, kept, use, resolved.asked))
        return resolved

    def turned(self, outcome: FillOutcome) -> None:
        """Keeps what is known of the pages so far, now that the next one was reached."""
        self._record.table = self.counted(outcome)
        self.seen.learn()

    def counted(self, outcome: FillOutcome) -> FillOutcome:
        """Returns an outcome with the requests that the step made."""
        return replace(outcome, model_calls=self._record.usage.requests)

    def _find(self, snapshot: Snapshot, data: Mapping[str, object]) -> KeptPlan | None:
        folder = self._learning.folder
        if not self._learning.active or folder is None:
            return None
        kept = folder.find(place_of(snapshot.url), keys_of(data), snapshot.fields)
        if kept is None and self._learning.mode == "replay" and not self._is_passed_by(snapshot, data):
            place = place_of(snapshot.url)
            raise PlanError(
                f"Expected a learned plan for these data keys on {place.origin}{place.path} in '{folder.folder}', found none: "
                "fill the form once with learned=learn."
            )
        return kept

    def _is_passed_by(self, snapshot: Snapshot, data: Mapping[str, object]) -> bool:
        """Whether nothing goes into what is looked at, a page of a wizard or fields that appeared: no plan is kept of such."""
        if not self._wishes.wizard and self._looks == 1:
            return False
        return not match(without_instructions(data), snapshot.fields, snapshot.language).matches

    def _use(self, kept: KeptPlan | None, snapshot: Snapshot, data: Mapping[str, object]) -> PlanUse | None:
        if kept is None or self._learning.mode == "learn":
            return None
        if self._learning.mode == "replay":
            use = use_exactly(kept, snapshot, data)
        else:
            use = use_healed(kept, snapshot, data, heals_allowed=self._learning.heals_allowed)
        self._record.notes.append(
            f"{len(use.matches)} of {len(data)} keys were placed by the learned plan '{kept.file.name}'."
        )
        for change in use.changes:
            self._record.notes.append(f"The page changed since that plan was learned: {change}.")
        return use


def _by_words(snapshot: Snapshot, data: Mapping[str, object], known: Sequence[Match]) -> Matching:
    """The known pairs, and what the words say about the other keys and the fields that are left."""
    if not known:
        return match(data, snapshot.fields, snapshot.language)
    keys, taken = {found.key for found in known}, {found.card.number for found in known}
    rest = {key: value for key, value in data.items() if key not in keys}
    order = list(data)
    left = [card for card in snapshot.fields if card.number not in taken]
    own = match(rest, left, snapshot.language) if rest else Matching()
    return Matching(
        tuple(sorted((*known, *own.matches), key=lambda found: order.index(found.key))), own.unresolved
    )

"""Fill a form on the page by what its fields mean, verify it, submit it where told to, and learn where its fields are.

see -> learned plan -> words of keys and fields -> one question to the engine for the rest -> fill, read back, submit -> learn
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import FormError, PlanError
from GenFlowLibrary.forms.fill import Missing, Unused, fill
from GenFlowLibrary.forms.learned import keys_of, make_learned, place_of
from GenFlowLibrary.forms.learned_use import PlanUse, use_exactly, use_healed
from GenFlowLibrary.forms.match import Match, Matching, match
from GenFlowLibrary.steps.match_fields import match_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, Page, Snapshot
    from GenFlowLibrary.core.outcome import FillOutcome
    from GenFlowLibrary.core.settings import LearnedMode
    from GenFlowLibrary.forms.learned import LearnedPlan
    from GenFlowLibrary.forms.learned_folder import KeptPlan
    from GenFlowLibrary.forms.learned_rules import Learning
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
) -> FillOutcome:
    """Returns what was done to each field, and what the page said after submitting.

    ``learned`` is the mode for learned plans, ``None`` for that of the settings; ``missing`` and ``unused`` as `forms.fill.fill`.

    Raises:
        InputError: there is no data.
        PageError: no browser is open, or the form is not found.
        PlanError: the form's learned plan is missing where it must be there, does not fit, or is damaged; nothing was typed.
        FormError: not every field holds what was wanted, or the page refused the form; its ``outcome`` is in the step record too.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`, where fields were left to ask for; nothing was typed.
    """
    with runtime.step(STEP) as record:
        forms = _Forms(runtime, runtime.learning.in_mode(learned), record)
        try:
            outcome = fill(
                page,
                data,
                form=form,
                submit=submit,
                timeout=timeout,
                resolve=forms.resolve,
                missing=missing,
                unused=unused,
            )
        except FormError as problem:
            if problem.outcome is not None:
                problem.outcome = record.table = forms.counted(problem.outcome)
                forms.doubt(problem.outcome)
            raise
        record.table = forms.counted(outcome)
        forms.learn()
        return record.table


@dataclass(frozen=True)
class _Form:
    """One form as it was resolved: what was seen and wanted, what was decided, and the plan that had a say in it."""

    snapshot: Snapshot
    data: Mapping[str, object]
    matching: Matching
    kept: KeptPlan | None
    use: PlanUse | None


class _Forms:
    """Resolves the forms of one step, and afterwards learns from what was verified."""

    def __init__(self, runtime: Runtime, learning: Learning, record: StepRecord) -> None:
        self._runtime = runtime
        self._learning = learning
        self._record = record
        self._seen: list[_Form] = []

    def resolve(self, snapshot: Snapshot, data: Mapping[str, object]) -> Matching:
        """Returns which key belongs where: by the plan, then by words, then by asking once."""
        kept = self._find(snapshot, data)
        use = self._use(kept, snapshot, data)
        matching = _by_words(snapshot.fields, data, use.matches if use else ())
        if self._learning.mode != "replay":
            settled = use.plan.unused if use else ()
            matching = match_fields(self._runtime, self._record, snapshot, data, matching, settled)
        self._seen.append(_Form(snapshot, data, matching, kept, use))
        return matching

    def counted(self, outcome: FillOutcome) -> FillOutcome:
        """Returns an outcome with the requests that the step made."""
        return replace(outcome, model_calls=self._record.usage.requests)

    def learn(self) -> None:
        """Writes down where the fields are, now that every one was read back and the page took the form."""
        if not self._learning.active or self._learning.mode == "replay":
            return
        for form in self._seen:
            plan = self._worth_keeping(form)
            if plan is not None:
                self._save(plan, form.kept)

    def doubt(self, outcome: FillOutcome) -> None:
        """Sets a plan aside that put a value where it did not stay, unless the key's own words put it there too."""
        failed = {row.key: row for row in outcome.fields if row.status == "mismatch"}
        if self._learning.mode != "heal" or self._learning.folder is None:
            return
        for form in self._seen:
            if form.kept is None or form.use is None:
                continue
            own = {found.key: found.card for found in match(form.data, form.snapshot.fields).matches}
            wrong = [m for m in form.use.matches if m.key in failed and own.get(m.key) != m.card]
            if wrong:
                names = ", ".join(
                    f"'{failed[m.key].field}' did not hold what was typed for '{m.key}'" for m in wrong
                )
                self._quarantine(form.kept, f"{names} ({_today()})")

    def _find(self, snapshot: Snapshot, data: Mapping[str, object]) -> KeptPlan | None:
        folder = self._learning.folder
        if not self._learning.active or folder is None:
            return None
        kept = folder.find(place_of(snapshot.url), keys_of(data), snapshot.fields)
        if kept is None and self._learning.mode == "replay":
            place = place_of(snapshot.url)
            raise PlanError(
                f"Expected a learned plan for these data keys on {place.origin}{place.path} in '{folder.folder}', found none: "
                "fill the form once with learned=learn."
            )
        return kept

    def _use(self, kept: KeptPlan | None, snapshot: Snapshot, data: Mapping[str, object]) -> PlanUse | None:
        if kept is None or self._learning.mode == "learn":
            return None
        if self._learning.mode == "replay":
            use = use_exactly(kept, snapshot, data)
        else:
            use = use_healed(kept, snapshot, data, heals_allowed=self._learning.heals_allowed)
        self._note(
            f"{len(use.matches)} of {len(data)} keys were placed by the learned plan '{kept.file.name}'."
        )
        for change in use.changes:
            self._note(f"The page changed since that plan was learned: {change}.")
        return use

    def _worth_keeping(self, form: _Form) -> LearnedPlan | None:
        """The plan to be written, ``None`` where what is kept already says it."""
        fresh = make_learned(form.snapshot, form.data, form.matching.matches, _today())
        if fresh is None:
            self._note(
                "The form was not learned: some of its fields cannot be told apart by what is written on them."
            )
            return None
        if form.use is None:
            asked = self._record.usage.requests > 0 or self._record.from_recording
            if self._learning.mode == "heal" and not asked:
                return None  # words find the fields tomorrow as they did today, and nobody asked for a file
            old = form.kept.plan if form.kept else None
            return None if old is not None and replace(old, learned=fresh.learned) == fresh else fresh
        if form.use.changes and not self._learning.heals_allowed:
            self._note(
                "The learned plan was left as it is; learn it again with learned=learn, or set heal_changes=allow."
            )
            return None
        known = {field.key for field in form.use.plan.fields}
        more = tuple(field for field in fresh.fields if field.key not in known)
        unused = tuple(sorted({*form.use.plan.unused, *fresh.unused} - {field.key for field in more}))
        if not form.use.changes and not more and unused == form.use.plan.unused:
            return None
        fields = (*form.use.plan.fields, *more)
        return replace(
            form.use.plan, fields=fields, others=fresh.others, unused=unused, learned=fresh.learned
        )

    def _save(self, plan: LearnedPlan, kept: KeptPlan | None) -> None:
        """Writes a plan. The form is filled and perhaps sent: that it could not be written must not look like a failure."""
        folder = self._learning.folder
        if folder is None:
            return
        try:
            file = folder.save(plan, kept.file if kept else None)
        except OSError as problem:
            self._note(
                f"The learned plan could not be written into '{folder.folder}': {problem.strerror or problem}."
            )
        else:
            self._note(f"Learned where the fields of this form are: '{file}'.")

    def _quarantine(self, kept: KeptPlan, reason: str) -> None:
        folder = self._learning.folder
        if folder is None:
            return
        try:
            aside = folder.quarantine(kept, reason)
        except OSError as problem:
            self._note(
                f"The learned plan '{kept.file.name}' failed and could not be set aside: {problem.strerror or problem}."
            )
        else:
            where = f" as '{aside.name}'" if aside else ""
            self._note(f"The learned plan '{kept.file.name}' was set aside{where}: {reason}.")

    def _note(self, note: str) -> None:
        self._record.notes.append(note)


def _by_words(cards: Sequence[FieldCard], data: Mapping[str, object], known: Sequence[Match]) -> Matching:
    """The known pairs, and what the words say about the other keys and the fields that are left."""
    if not known:
        return match(data, cards)
    keys, taken = {found.key for found in known}, {found.card.number for found in known}
    rest = {key: value for key, value in data.items() if key not in keys}
    order = list(data)
    own = match(rest, [card for card in cards if card.number not in taken]) if rest else Matching()
    return Matching(
        tuple(sorted((*known, *own.matches), key=lambda found: order.index(found.key))), own.unresolved
    )


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()

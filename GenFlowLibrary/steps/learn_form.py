"""Learn forms: write down where the fields of a filled form are, and set a plan aside that misled.

form as it was resolved + verified outcome -> plan worth keeping -> its file
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.instruction import without_instructions
from GenFlowLibrary.forms.learned import make_learned
from GenFlowLibrary.forms.match import Matching, match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.browser.page import Snapshot
    from GenFlowLibrary.core.outcome import FillOutcome
    from GenFlowLibrary.forms.learned import LearnedPlan
    from GenFlowLibrary.forms.learned_folder import KeptPlan
    from GenFlowLibrary.forms.learned_rules import Learning
    from GenFlowLibrary.forms.learned_use import PlanUse
    from GenFlowLibrary.trace.record import StepRecord


@dataclass(frozen=True)
class FormSeen:
    """One form as it was resolved: what was seen and wanted, what was decided, the plan that had a say in it, and whether an engine had."""

    snapshot: Snapshot
    data: Mapping[str, object]
    matching: Matching
    kept: KeptPlan | None
    use: PlanUse | None
    asked: bool = False


class FormsLearned:
    """The forms of one step, until they are learned from."""

    def __init__(self, learning: Learning, record: StepRecord) -> None:
        self._learning = learning
        self._record = record
        self._seen: list[FormSeen] = []

    def add(self, form: FormSeen) -> None:
        """Remembers a form that is about to be filled."""
        self._seen.append(form)

    def learn(self) -> None:
        """Writes down where the fields are, now that every one was read back and the page took the form."""
        seen, self._seen = self._seen, []
        if not self._learning.active or self._learning.mode == "replay":
            return
        for form in seen:
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
            words = match(without_instructions(form.data), form.snapshot.fields, form.snapshot.language)
            own = {found.key: found.card for found in words.matches}
            wrong = [m for m in form.use.matches if m.key in failed and own.get(m.key) != m.card]
            if wrong:
                names = ", ".join(
                    f"'{failed[m.key].field}' did not hold what was typed for '{m.key}'" for m in wrong
                )
                self._quarantine(form.kept, f"{names} ({_today()})")

    def _worth_keeping(self, form: FormSeen) -> LearnedPlan | None:
        """The plan to be written, ``None`` where what is kept already says it."""
        fresh = make_learned(form.snapshot, form.data, form.matching.matches, _today())
        if fresh is None and not any(form.data.get(found.key) is not None for found in form.matching.matches):
            return None  # a page of a wizard that nothing went into
        if fresh is None:
            self._note(
                "The form was not learned: some of its fields cannot be told apart by what is written on them."
            )
            return None
        if form.use is None:
            if self._learning.mode == "heal" and not form.asked:
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


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()

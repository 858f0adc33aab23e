"""Which target a description means where words do not settle it: chosen before on this page, learned, or asked of an engine once.

description + targets -> chosen before? -> learned element -> one question -> our own rules -> the target, or none

An engine is asked at most once for what one question shows, and at most MOST_CALLS times for a description on one loaded document and
address. Every answer is remembered, "none" too, and a chosen element is known again by its fingerprint: a page that merely animates asks
nobody again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, TypeVar, cast

from GenFlowLibrary.answers.choice import Choice, choice_type
from GenFlowLibrary.browser.targets import told
from GenFlowLibrary.core.errors import AnswerError, PlanError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.forms.candidates import candidates
from GenFlowLibrary.forms.learned import place_of
from GenFlowLibrary.forms.learned_element import contradicted, find_element, make_element
from GenFlowLibrary.forms.said import doubt
from GenFlowLibrary.steps.runtime import Options
from GenFlowLibrary.steps.sought import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.browser.targets import Target, TargetList
    from GenFlowLibrary.forms.candidates import Candidates
    from GenFlowLibrary.forms.heal import Finding
    from GenFlowLibrary.forms.learned import Place
    from GenFlowLibrary.forms.learned_element import LearnedElement
    from GenFlowLibrary.forms.learned_element_file import KeptElement
    from GenFlowLibrary.forms.learned_rules import Learning
    from GenFlowLibrary.steps.runtime import Runtime
    from GenFlowLibrary.steps.sought import Sought
    from GenFlowLibrary.trace.record import StepRecord

STEP = "gen: locator"
PROMPT = "point_at_element"
MOST_CALLS = 3
"""Questions about one description on one loaded document and address. A page comes to rest before it is asked about (locate.py), so that
the first question nearly always sees it whole; two more are for what appears later."""
BY_ENGINE = "chosen by the engine"
BY_WORDS = "found by its words"
_KEPT = 256

_Kept = TypeVar("_Kept")


@dataclass
class TargetChooser:
    """Chooses for one SeleniumLibrary.

    ``runtime`` gives that of the suite that runs; ``note`` hears what was decided without a question. ``remedies`` holds, by description,
    what to do about those that only a person can settle: SeleniumLibrary's own "not found" does not say it.
    """

    runtime: Callable[[], Runtime]
    note: Callable[[str], None]
    remedies: dict[str, str] = field(default_factory=dict)
    _chosen: OrderedDict[tuple[str, ...], LearnedElement] = field(default_factory=OrderedDict)
    _answers: OrderedDict[tuple[str, ...], int] = field(default_factory=OrderedDict)
    _calls: OrderedDict[tuple[str, ...], int] = field(default_factory=OrderedDict)
    _fresh: dict[tuple[Place, str], LearnedElement] = field(default_factory=dict)

    def recall(self, sought: Sought) -> Verdict:
        """Returns what is known without asking.

        Raises:
            PlanError: the learned element changed, and taking what it became needs a person's word; or its file is damaged.
        """
        learning = self.runtime().learning
        self.remedies.pop(sought.description, None)
        if known := self._known(sought, learning):
            return known
        chosen = self._chosen.get(sought.key)
        found = find_element(chosen, sought.targets) if chosen else None
        if found is not None and found.state == "same":
            return Verdict(_target_of(found, sought))
        if learning.mode == "replay":
            return self._nobody(sought, _nothing_learned(sought, learning))
        if not sought.can_be_asked or not self._can_answer():
            return Verdict()
        shown = candidates(sought.description, sought.usable, sought.tied)
        number = self._answers.get(_question(sought, shown))
        if number is not None:
            return Verdict(shown.targets[number - 1] if number else None)
        return Verdict(settled=not shown.targets or self._calls.get(sought.key, 0) >= MOST_CALLS)

    def ask(self, sought: Sought) -> Target | None:
        """Asks the engine once, and returns what it chose if that can be believed.

        Raises:
            EngineError, BudgetExceeded, RecordingError: as `Runtime.ask`.
        """
        runtime = self.runtime()
        shown = candidates(sought.description, sought.usable, sought.tied)
        question = _question(sought, shown)
        _put(self._calls, sought.key, self._calls.get(sought.key, 0) + 1)
        with runtime.step(STEP) as record:
            number, reason = self._answer(runtime, record, sought, shown)
            target = shown.targets[number - 1] if number else None
            refused = _refusal(sought, target)
            if target is not None and refused:
                record.notes.append(f"The engine chose {told(target)}, which was refused: {refused}.")
                target = None
            _put(self._answers, question, number if target else 0)
            record.answer = {
                "description": sought.description,
                "element": told(target) if target else "none",
                "why": refused or reason,
            }
            if target is not None:
                self._remember(sought, target, runtime.learning, record)
        return target

    def found_by_words(self, sought: Sought, target: Target) -> None:
        """Hears of a target that words settled, in the mode that learns this as well."""
        self._fresh_element(sought, target, BY_WORDS)

    def handed_over(self, listed: TargetList, description: str, number: int) -> None:
        """Hears that the element behind a choice was there when it was taken.

        Only then, and only if its fingerprint finds the same target again, is what was learned written down.
        """
        if not self._fresh:
            return
        place = place_of(listed.url)
        learned = self._fresh.pop((place, description), None)
        if learned is not None:
            found = find_element(learned, listed.targets)
            learned = learned if found.card is not None and found.card.number == number else None
        folder = self.runtime().learning.elements if learned else None
        if learned is None or folder is None:
            return
        kept = folder.find(place, description)
        if kept and replace(kept.element, learned=learned.learned) == learned:
            return
        try:
            file = folder.save(learned, kept.file if kept else None)
        except OSError as problem:
            self.note(
                f"What was learned could not be written into '{folder.folder}': {problem.strerror or problem}."
            )
        else:
            self.note(f"Learned what '{description}' means on this page: '{file}'.")

    def _known(self, sought: Sought, learning: Learning) -> Verdict | None:
        """What the learned file says, ``None`` where there is none or it is not to be used."""
        if learning.mode not in ("heal", "replay") or learning.elements is None or sought.within_key:
            return None
        kept = learning.elements.find(sought.place, sought.description)
        if kept is None:
            return None
        found = find_element(kept.element, sought.targets)
        if found.state == "same":
            self.note(f"'{sought.description}' is known by the learned file '{kept.file.name}'.")
            return Verdict(_target_of(found, sought))
        if found.state == "changed":
            return self._healed(sought, kept, found, learning)
        card = contradicted(kept.element, sought.targets)
        if card is not None:
            raise self._set_aside(sought, kept, card.label, learning)
        return self._nobody(sought, _lost(sought, kept, found))

    def _nobody(self, sought: Sought, remedy: str) -> Verdict:
        self.remedies[sought.description] = remedy
        self.note(remedy)
        return Verdict()

    def _healed(self, sought: Sought, kept: KeptElement, found: Finding, learning: Learning) -> Verdict:
        change = f"'{sought.description}' {found.difference}"
        if learning.mode == "replay" or not learning.heals_allowed:
            allow = "" if learning.mode == "replay" else "allow it with heal_changes=allow, or "
            raise PlanError(
                f"Expected the element to be as in the learned file '{kept.file.name}', but {change}; check the page, and if that "
                f"is right, {allow}delete that file and have it learned again."
            )
        target = _target_of(found, sought)
        if target is not None:
            self.note(f"The page changed since '{kept.file.name}' was learned: {change}.")
            self._fresh_element(sought, target, kept.element.how)
        return Verdict(target)

    def _set_aside(self, sought: Sought, kept: KeptElement, now: str, learning: Learning) -> PlanError:
        reason = f"'{sought.description}' was '{kept.element.fingerprint.label}', and is now called '{now}'"
        aside = None
        if learning.mode == "heal" and learning.elements is not None:
            try:
                aside = learning.elements.quarantine(kept, f"{reason} ({_today()})")
            except OSError as problem:
                self.note(f"'{kept.file.name}' could not be set aside: {problem.strerror or problem}.")
        done = f" (it was set aside as '{aside.name}')" if aside else ""
        return PlanError(
            f"Expected the element to be as in the learned file '{kept.file.name}'{done}, but {reason}, which does something else; "
            "check the page, and correct the description or have it learned again."
        )

    def _answer(
        self, runtime: Runtime, record: StepRecord, sought: Sought, shown: Candidates
    ) -> tuple[int, str]:
        """The number that the engine chose, 0 for none or for an answer that cannot be read, and why."""
        task = Task(
            ability="point",
            prompt=PROMPT,
            inputs={"description": sought.description, "elements": shown.lines},
            answer_type=choice_type(len(shown.targets)),
        )
        try:
            answer = cast("Choice", runtime.ask(task, Options(), record).answers[0])
        except AnswerError as nonsense:
            record.notes.append(str(nonsense))
            return 0, "the answer could not be read"
        return answer.choice, answer.reason

    def _can_answer(self) -> bool:
        """Whether anybody knows more than words. The embedded engine does not; a recording may hold another engine's answer."""
        runtime = self.runtime()
        engine, _ = runtime.find_engine(None)
        return engine.name != "embedded" or runtime.gateway.replays

    def _remember(self, sought: Sought, target: Target, learning: Learning, record: StepRecord) -> None:
        learned = make_element(sought.place, sought.description, target, sought.targets, BY_ENGINE, _today())
        if learned is not None:
            _put(self._chosen, sought.key, learned)
        if learning.mode == "off" or learning.elements is None or sought.within_key:
            return
        if learned is None:
            record.notes.append(
                "It was not learned: nothing but the record it belongs to tells it from others."
            )
        else:
            self._fresh[sought.place, sought.description] = learned

    def _fresh_element(self, sought: Sought, target: Target, how: str) -> None:
        learned = make_element(sought.place, sought.description, target, sought.targets, how, _today())
        if learned is not None and not sought.within_key:
            self._fresh[sought.place, sought.description] = learned


def _refusal(sought: Sought, target: Target | None) -> str:
    if target is None:
        return ""
    if any(t.number != target.number and (t.kind, t.name) == (target.kind, target.name) for t in sought.tied):
        return "another one is called the same and fits as well"
    if sought.tied and target not in sought.tied:
        return "others fit the words better"
    return doubt(sought.description, target, sought.targets)


def _question(sought: Sought, shown: Candidates) -> tuple[str, ...]:
    return (*sought.key, shown.lines)


def _target_of(found: Finding, sought: Sought) -> Target | None:
    return sought.usable_as(found.card.number) if found.card else None


def _lost(sought: Sought, kept: KeptElement, found: Finding) -> str:
    near = " and ".join(f"'{card.label or card.name}'" for card in found.near)
    come = f", though {near} {'comes' if len(found.near) == 1 else 'come'} near" if near else ""
    return (
        f"Nothing on the page is surely what '{sought.description}' was when '{kept.file.name}' was learned "
        f"({kept.element.fingerprint.label or kept.element.fingerprint.id}){come}. If the page changed for good, delete that file "
        "and have it learned again."
    )


def _nothing_learned(sought: Sought, learning: Learning) -> str:
    where = f" in '{learning.elements.folder}'" if learning.elements else ""
    return (
        f"Words do not settle '{sought.description}', and nothing is learned about it for {sought.place.origin}{sought.place.path}"
        f"{where}: run it once with learned=heal and a language model."
    )


def _put(memory: OrderedDict[tuple[str, ...], _Kept], key: tuple[str, ...], value: _Kept) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > _KEPT:
        memory.popitem(last=False)


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()

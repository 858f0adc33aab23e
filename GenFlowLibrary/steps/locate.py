"""Find the element that a description means, and remember it for as long as the page looks the same.

description -> remembered for this look of the page? -> targets -> the one its words mean -> its element
                                                      words do not settle it -> choose_target.py: learned, or asked once
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from GenFlowLibrary.browser.targets import told
from GenFlowLibrary.core.errors import InputError, PageError
from GenFlowLibrary.forms.pointing import point
from GenFlowLibrary.steps.sought import Sought, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.browser.targets import Target, TargetList
    from GenFlowLibrary.core.settings import LearnedMode
    from GenFlowLibrary.steps.choose_target import TargetChooser
    from GenFlowLibrary.steps.runtime import Runtime

_KEPT = 64
"""Answers that are remembered: a suite polls for one at a time and comes back to a few."""
_LISTS = 4
"""Lists of targets that are remembered: one for each of a few frames and browsers."""
_TRIES = 3
"""How often the page may change between the two looks of one answer."""
_SHOWN = 6
_LOOKS = 6
_BETWEEN_LOOKS = 0.3
"""Seconds. A page that still loads or animates changes what it shows within that time; after six looks it is asked about as it is."""


class Host(Protocol):
    """Whose engine, settings and learned files are used: the library of the suite that runs."""

    @property
    def runtime(self) -> Runtime:
        """The way to engines, prompts, trace and learned files."""

    @property
    def learned_mode(self) -> LearnedMode:
        """The mode of learning, at no cost."""
        ...


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    ``accepts`` tells which targets may be meant at all, ``takes`` whether the one that is meant is what the caller can use; where it is
    not, nothing is found. ``key`` stands for both in the memory. ``within`` is the element to look in (``None``: the page), and
    ``within_key`` stands for it.
    """

    description: str
    accepts: Callable[[Target], bool] = field(default=lambda target: True, compare=False)
    takes: Callable[[Target], bool] = field(default=lambda target: True, compare=False)
    key: str = ""
    within: Any = field(default=None, compare=False)
    within_key: str = ""


@dataclass
class Locator:
    """Finds elements by descriptions. One for a SeleniumLibrary: what it remembers is told apart by the page's own digest.

    ``note`` hears one sentence whenever a description was decided anew, and nothing while the memory answers. ``scrub`` takes known
    secrets out of what is said: names and rows are what the page shows. ``host`` gives what is needed to choose where words do not
    settle it; without it they have the last word. ``pause`` waits so many seconds.
    """

    note: Callable[[str], None] = lambda sentence: None
    scrub: Callable[[str], str] = lambda text: text
    host: Host | None = None
    pause: Callable[[float], None] = time.sleep
    _answers: OrderedDict[Wanted, tuple[str, int]] = field(default_factory=OrderedDict)
    _lists: OrderedDict[str, TargetList] = field(default_factory=OrderedDict)
    _noted: str = ""
    _own_chooser: TargetChooser | None = None

    def find(self, page: Page, wanted: Wanted) -> Any | None:
        """Returns the element that is meant, ``None`` when there is none.

        While the page looks the same as when a description was last decided, this costs one script call and no matching.

        Raises:
            InputError: the description says nothing.
            PageError: several things fit equally well; the message lists them. Or the page can't be read, or does not stand still.
            PlanError: what was learned changed, and taking what it became needs a person's word; or its file is damaged.
            EngineError, BudgetExceeded, RecordingError: as `Runtime.ask`, where words did not settle it.
        """
        if not any(character.isalnum() for character in wanted.description):
            raise InputError(
                f"Expected words after 'gen:' that say what is meant, found '{wanted.description}'; "
                "write something like 'gen:the Save button'."
            )
        digest, number = self._answers.get(wanted, ("", 0))
        for _ in range(_TRIES):
            seen = page.targets(digest or self._latest(wanted), number, wanted.within)
            if seen.same and digest:
                self._keep(wanted, digest, number)
                self._handed_over(wanted, number)
                return seen.element
            seen = self._remembered(wanted, seen)
            digest, number = self._decide(page, wanted, seen)
            self._keep(wanted, digest, number)
            if not number:
                return None
        raise PageError(
            f"Expected the page to stand still while '{wanted.description}' was looked for, but it kept changing; "
            "wait until it has loaded."
        )

    def remedy(self, message: str) -> str:
        """Returns once what to do about a description that a keyword's error message speaks of, empty where there is nothing to say."""
        remedies = self._own_chooser.remedies if self._own_chooser else {}
        meant = next((text for text in remedies if f"gen:{text}" in message), None)
        return "" if meant is None else self.scrub(remedies.pop(meant))

    def _handed_over(self, wanted: Wanted, number: int) -> None:
        listed = self._lists.get(wanted.within_key)
        if number and listed is not None and self._own_chooser is not None:
            self._own_chooser.handed_over(listed, wanted.description, number)

    def _decide(self, page: Page, wanted: Wanted, seen: TargetList) -> tuple[str, int]:
        """The digest of the page that was decided on, and the number of the target, 0 for none."""
        sought, target = self._by_words(wanted, seen)
        if target is None and self.host is not None:
            verdict = self._chooser.recall(sought)
            if not verdict.settled:
                # A question is asked about a page at rest. What appeared meanwhile may settle it.
                seen = self._at_rest(page, wanted, seen)
                sought, target = self._by_words(wanted, seen)
                verdict = self._chooser.recall(sought) if target is None else Verdict(target)
            target = verdict.target if verdict.settled else self._chooser.ask(sought)
        if target is None:
            self._nothing(sought)
            return seen.digest, 0
        if not wanted.takes(target):
            return seen.digest, 0
        self._say(f"'{wanted.description}' is {told(target)}.")
        return seen.digest, target.number

    def _by_words(self, wanted: Wanted, seen: TargetList) -> tuple[Sought, Target | None]:
        """The description on the page as it is now, and the target that words alone settle it to."""
        usable = tuple(target for target in seen.targets if wanted.accepts(target))
        pointing = point(wanted.description, usable)
        tied = pointing.targets if len(pointing.targets) > 1 else ()
        sought = Sought(
            wanted.description,
            seen.url,
            seen.document,
            seen.targets,
            tuple(target for target in usable if target.inside),
            tied,
            wanted.within_key,
        )
        if pointing.target is not None and self.host is not None and self.host.learned_mode == "learn":
            self._chooser.found_by_words(sought, pointing.target)
        return sought, pointing.target

    def _nothing(self, sought: Sought) -> None:
        """Says that nothing is meant, as an error where several fit equally well."""
        if sought.tied:
            raise PageError(self.scrub(_ambiguous(sought.description, sought.tied)))
        self._say(f"Nothing on the page fits '{sought.description}'.{_offer(sought)}")

    def _at_rest(self, page: Page, wanted: Wanted, seen: TargetList) -> TargetList:
        """The page as soon as two looks at it show the same things, or as it is after a few looks."""
        for _ in range(_LOOKS):
            self.pause(_BETWEEN_LOOKS)
            again = page.targets(seen.digest, 0, wanted.within)
            if again.same:
                return seen
            again = self._remembered(wanted, again)
            if _read_alike(seen, again):
                return again
            seen = again
        return seen

    @property
    def _chooser(self) -> TargetChooser:
        if self._own_chooser is None:
            from GenFlowLibrary.steps.choose_target import TargetChooser  # noqa: PLC0415 - loaded where words do not settle it

            host = self.host
            assert host is not None  # noqa: S101 - asked for only where there is one
            self._own_chooser = TargetChooser(lambda: host.runtime, self._say)
        return self._own_chooser

    def _say(self, sentence: str) -> None:
        if sentence != self._noted:
            self._noted = sentence
            self.note(self.scrub(sentence))

    def _latest(self, wanted: Wanted) -> str:
        seen = self._lists.get(wanted.within_key)
        return seen.digest if seen else ""

    def _remembered(self, wanted: Wanted, seen: TargetList) -> TargetList:
        """The list of a look at the page: the one that came with it, or the one it says is still the same."""
        if not seen.same:
            self._lists[wanted.within_key] = seen
        self._lists.move_to_end(wanted.within_key)
        while len(self._lists) > _LISTS:
            self._lists.popitem(last=False)
        return self._lists[wanted.within_key]

    def _keep(self, wanted: Wanted, digest: str, number: int) -> None:
        self._answers[wanted] = digest, number
        self._answers.move_to_end(wanted)
        while len(self._answers) > _KEPT:
            self._answers.popitem(last=False)


def _ambiguous(description: str, targets: Iterable[Target]) -> str:
    told_of = [told(target) for target in targets]
    shown = ", ".join(told_of[:_SHOWN])
    more = f" and {len(told_of) - _SHOWN} more" if len(told_of) > _SHOWN else ""
    return (
        f"Expected '{description}' to mean one thing on the page, but {len(told_of)} fit equally well: {shown}{more}; "
        "say where it is, such as 'of the Billing section' or 'in the row of GF-10442', or which, such as 'the second'."
    )


def _read_alike(first: TargetList, second: TargetList) -> bool:
    """Whether both show the same things to a reader, wherever they stand now."""
    return [(t.kind, t.names, t.sections, t.row, t.disabled) for t in first.targets] == [
        (t.kind, t.names, t.sections, t.row, t.disabled) for t in second.targets
    ]


def _offer(sought: Sought) -> str:
    """Some of what is there and shares a word with the description, for the log."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - loaded when something is not found

    names = {
        f"{target.kind} '{target.name}'": target.name
        for target in sought.usable
        if target.name and target.kind != "row"
    }
    found = process.extract(
        sought.description, names, scorer=fuzz.partial_token_set_ratio, limit=3, score_cutoff=70
    )
    return f" Somewhat alike: {', '.join(key for _, _, key in found)}." if found else ""

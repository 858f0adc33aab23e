"""Find the element that a description means, and remember it for as long as the page looks the same.

description -> remembered for this look of the page? -> targets -> the one that is meant -> its element
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import InputError, PageError
from GenFlowLibrary.forms.pointing import point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.browser.targets import Target, TargetList

_KEPT = 64
"""Answers that are remembered: a suite polls for one at a time and comes back to a few."""
_LISTS = 4
"""Lists of targets that are remembered: one for each of a few frames and browsers."""
_TRIES = 3
"""How often the page may change between the two looks of one answer."""
_SHOWN = 6


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
    secrets out of what is said: names and rows are what the page shows.
    """

    note: Callable[[str], None] = lambda sentence: None
    scrub: Callable[[str], str] = lambda text: text
    _answers: OrderedDict[Wanted, tuple[str, int]] = field(default_factory=OrderedDict)
    _lists: OrderedDict[str, TargetList] = field(default_factory=OrderedDict)
    _noted: str = ""

    def find(self, page: Page, wanted: Wanted) -> Any | None:
        """Returns the element that is meant, ``None`` when there is none.

        While the page looks the same as when a description was last decided, this costs one script call and no matching.

        Raises:
            InputError: the description says nothing.
            PageError: several things fit equally well; the message lists them. Or the page can't be read, or does not stand still.
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
                return seen.element
            digest, number = seen.digest, self._decide(wanted, self._remembered(wanted, seen))
            self._keep(wanted, digest, number)
            if not number:
                return None
        raise PageError(
            f"Expected the page to stand still while '{wanted.description}' was looked for, but it kept changing; "
            "wait until it has loaded."
        )

    def _decide(self, wanted: Wanted, seen: TargetList) -> int:
        targets = [target for target in seen.targets if wanted.accepts(target)]
        pointing = point(wanted.description, targets)
        if len(pointing.targets) > 1:
            raise PageError(self.scrub(_ambiguous(wanted.description, pointing.targets)))
        target = pointing.target
        if target is None:
            self._say(f"Nothing on the page fits '{wanted.description}'.{_offer(wanted, targets)}")
            return 0
        if not wanted.takes(target):
            return 0
        self._say(f"'{wanted.description}' is {told(target)}.")
        return target.number

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


def told(target: Target) -> str:
    """Returns a target as a person would tell it from others: kind, name, row or section."""
    name = f" '{target.name}'" if target.name and target.kind != "row" else ""
    where = ""
    if target.row and target.row.strip() != target.name:
        where = f" in the row '{_short(target.row)}'"
    elif target.sections:
        where = f" in '{_short(target.sections[0])}'"
    return f"the {'disabled ' if target.disabled else ''}{target.kind}{name}{where}"


def _ambiguous(description: str, targets: Iterable[Target]) -> str:
    told_of = [told(target) for target in targets]
    shown = ", ".join(told_of[:_SHOWN])
    more = f" and {len(told_of) - _SHOWN} more" if len(told_of) > _SHOWN else ""
    return (
        f"Expected '{description}' to mean one thing on the page, but {len(told_of)} fit equally well: {shown}{more}; "
        "say where it is, such as 'of the Billing section' or 'in the row of GF-10442', or which, such as 'the second'."
    )


def _offer(wanted: Wanted, targets: Iterable[Target]) -> str:
    """Some of what is there and shares a word with the description, for the log."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - loaded when something is not found

    names = {
        f"{target.kind} '{target.name}'": target.name
        for target in targets
        if target.name and target.kind != "row"
    }
    found = process.extract(
        wanted.description, names, scorer=fuzz.partial_token_set_ratio, limit=3, score_cutoff=70
    )
    return f" Somewhat alike: {', '.join(key for _, _, key in found)}." if found else ""


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"

"""A description on the page as it is now, and what is decided about it: what locate.py and choose_target.py tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.learned import place_of
from GenFlowLibrary.forms.learned_element import spoken

if TYPE_CHECKING:
    from GenFlowLibrary.browser.targets import Target
    from GenFlowLibrary.forms.learned import Place


@dataclass(frozen=True)
class Sought:
    """A description on the page as it is now.

    ``usable`` are those of ``targets`` that the caller can use and that are where it looks, ``tied`` those that fit the words equally well;
    ``within_key`` stands for the element to look in, empty for the page.
    """

    description: str
    url: str
    document: str
    targets: tuple[Target, ...]
    usable: tuple[Target, ...]
    tied: tuple[Target, ...] = ()
    within_key: str = ""

    @property
    def place(self) -> Place:
        """The page as learned files call it."""
        return place_of(self.url)

    @property
    def key(self) -> tuple[str, ...]:
        """What stands for the description on this loaded document, at this address without its query."""
        return self.document, self.url.partition("?")[0], spoken(self.description), self.within_key

    @property
    def can_be_asked(self) -> bool:
        """Whether anybody could tell: not where all that fit are called the same, for then the description has no more to say."""
        return bool(self.usable) and (not self.tied or len({(t.kind, t.name) for t in self.tied}) > 1)

    def usable_as(self, number: int) -> Target | None:
        """Returns the usable target of a number, ``None`` where there is none."""
        return next((target for target in self.usable if target.number == number), None)


@dataclass(frozen=True)
class Verdict:
    """``settled`` tells whether ``target`` is the last word (``None``: nothing is meant), or an engine has to be asked."""

    target: Target | None = None
    settled: bool = True

"""How learned plans are used: the mode, whether a changed page may be healed without asking a person, and where the files are."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.core.settings import HealChanges, LearnedMode
    from GenFlowLibrary.forms.learned_element_file import ElementFolder
    from GenFlowLibrary.forms.learned_folder import PlanFolder


@dataclass(frozen=True)
class Learning:
    """The rules of one suite. Without a folder nothing is learned.

    ``mode``: learn (match anew and write the plan), replay (only as learned, no engine, nothing written), heal (as learned where the page
    is as it was, healed where a field surely changed; where there is no plan, matched, and learned if an engine had to be asked), off.
    ``elements`` holds what descriptions after ``gen:`` mean, under the same rules.
    """

    mode: LearnedMode = "off"
    heals_allowed: bool = False
    folder: PlanFolder | None = None
    elements: ElementFolder | None = None

    @property
    def active(self) -> bool:
        """Whether plans are used at all."""
        return self.mode != "off" and self.folder is not None

    def in_mode(self, mode: LearnedMode | None) -> Learning:
        """Returns these rules with another mode; ``None`` leaves it."""
        return self if mode is None else replace(self, mode=mode)


def is_attended(environ: Mapping[str, str], streams: Sequence[TextIO | None] | None = None) -> bool:
    """Tells whether a person can be watching: the run has a terminal, and no CI server says that it is its own (``CI``).

    Cron, schedulers and CI servers start programs without a terminal. Robot Framework replaces ``sys.stdout`` while a keyword runs, so
    the process's own streams are looked at.
    """
    if environ.get("CI", "").casefold() not in ("", "0", "false", "no"):
        return False
    given = (sys.__stdin__, sys.__stdout__) if streams is None else streams
    return any(stream is not None and not stream.closed and stream.isatty() for stream in given)


def heals_allowed(setting: HealChanges, *, attended: bool) -> bool:
    """Returns whether heals are used and kept under a setting."""
    return attended if setting == "auto" else setting == "allow"

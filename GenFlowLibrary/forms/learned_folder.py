"""The learned plans of a folder: finding the one for a form, and writing it.

place + data keys -> the files that speak of them -> the plan whose form is most like this one
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.learned import SAME_FORM, LearnedPlan, Place, belonging
from GenFlowLibrary.forms.learned_file import read_plan, write_plan
from GenFlowLibrary.forms.learned_files import LearnedFiles, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from GenFlowLibrary.browser.page import FieldCard


@dataclass(frozen=True)
class KeptPlan:
    """A plan and the file it stands in."""

    plan: LearnedPlan
    file: Path


class PlanFolder:
    """The plans of one suite. ``scrub`` takes known secrets out of whatever is written."""

    def __init__(self, folder: Path, scrub: Callable[[str], str] = str) -> None:
        self.folder = folder
        self._files = LearnedFiles(folder, "plan", read_plan, scrub)

    def find(self, place: Place, keys: Sequence[str], cards: Sequence[FieldCard]) -> KeptPlan | None:
        """Returns the plan for a form and data keys, ``None`` where none speaks of this form.

        Raises:
            PlanError: the file that was written for them is damaged or cannot be read.
        """
        kept = [KeptPlan(plan, file) for plan, file in self._files.entries(f"-{_digest(place, keys)}-")]
        ranked = sorted(
            (
                (belonging(entry.plan, cards), entry)
                for entry in kept
                if entry.plan.place == place and entry.plan.keys == tuple(keys)
            ),
            key=lambda ranked: (-ranked[0], ranked[1].file.name),
        )
        return ranked[0][1] if ranked and ranked[0][0] >= SAME_FORM else None

    def save(self, plan: LearnedPlan, file: Path | None = None) -> Path:
        """Writes a plan, into ``file`` or one of its own, and returns where it is.

        Raises:
            OSError: it cannot be written.
        """
        name = f"{slug(plan.place) or 'form'}-{_digest(plan.place, plan.keys)}-{plan.signature}.yaml"
        target = file or self.folder / name
        self._files.write(target, write_plan(plan))
        return target

    def quarantine(self, kept: KeptPlan, reason: str) -> Path | None:
        """Sets a plan aside, as `LearnedFiles.quarantine`."""
        return self._files.quarantine(kept.file, reason)


def _digest(place: Place, keys: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([place.origin, place.path, *keys]).encode()).hexdigest()[:8]

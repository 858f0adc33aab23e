"""The folder of learned plans: finding the one for a form, writing it whole, and setting aside one that failed.

place + data keys -> the files that speak of them -> the plan whose form is most like this one

What stands in a file decides, not what the file is called. Several processes may work in one folder: a file is replaced in one go.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.forms.learned import SAME_FORM, LearnedPlan, Place, belonging
from GenFlowLibrary.forms.learned_file import read_plan, write_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from GenFlowLibrary.browser.page import FieldCard

QUARANTINED = ".quarantined"


@dataclass(frozen=True)
class KeptPlan:
    """A plan and the file it stands in."""

    plan: LearnedPlan
    file: Path


class PlanFolder:
    """The plans of one suite. ``scrub`` takes known secrets out of whatever is written."""

    def __init__(self, folder: Path, scrub: Callable[[str], str] = str) -> None:
        self.folder = folder
        self._scrub = scrub
        self._read: dict[Path, tuple[tuple[int, int], LearnedPlan | PlanError]] = {}

    def find(self, place: Place, keys: Sequence[str], cards: Sequence[FieldCard]) -> KeptPlan | None:
        """Returns the plan for a form and data keys, ``None`` where none speaks of this form.

        Raises:
            PlanError: the file that was written for them is damaged or cannot be read.
        """
        kept = [entry for entry in self._entries(place, keys) if entry.plan.place == place]
        ranked = sorted(
            ((belonging(entry.plan, cards), entry) for entry in kept if entry.plan.keys == tuple(keys)),
            key=lambda ranked: (-ranked[0], ranked[1].file.name),
        )
        return ranked[0][1] if ranked and ranked[0][0] >= SAME_FORM else None

    def save(self, plan: LearnedPlan, file: Path | None = None) -> Path:
        """Writes a plan, into ``file`` or one of its own, and returns where it is.

        Raises:
            OSError: it cannot be written.
        """
        target = (
            file
            or self.folder / f"{_slug(plan.place)}-{_digest(plan.place, plan.keys)}-{plan.signature}.yaml"
        )
        _replace(target, self._scrub(write_plan(plan)))
        return target

    def quarantine(self, kept: KeptPlan, reason: str) -> Path | None:
        """Renames a plan's file so that it is not used, with the reason at its top, and returns the new name.

        ``None`` where another process did so first.

        Raises:
            OSError: it cannot be renamed.
        """
        aside = kept.file.with_suffix(f"{QUARANTINED}.yaml")
        number = 2
        while aside.exists():
            aside = kept.file.with_suffix(f".{number}{QUARANTINED}.yaml")
            number += 1
        try:
            os.replace(kept.file, aside)
        except FileNotFoundError:
            return None
        _replace(aside, f"# Set aside: {self._scrub(' '.join(reason.split()))}\n" + aside.read_text("utf-8"))
        return aside

    def _entries(self, place: Place, keys: Sequence[str]) -> list[KeptPlan]:
        entries = []
        files = self.folder.glob("*.yaml") if self.folder.is_dir() else ()
        for file in sorted(files):
            if file.name.endswith(f"{QUARANTINED}.yaml"):
                continue
            read = self._content(file)
            if isinstance(read, LearnedPlan):
                entries.append(KeptPlan(read, file))
            elif read is not None and f"-{_digest(place, keys)}-" in file.name:
                raise read
        return entries

    def _content(self, file: Path) -> LearnedPlan | PlanError | None:
        """The plan in a file, or what is wrong with it; read again only when the file changed."""
        try:
            status = file.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if self._read.get(file, (None,))[0] != stamp:
                self._read[file] = (stamp, _parsed(file))
        except FileNotFoundError:  # another process has just set it aside
            return None
        except OSError as problem:
            return PlanError(
                f"Expected to read the learned plan '{file}', but {problem.strerror or problem}; correct its permissions."
            )
        return self._read[file][1]


def _parsed(file: Path) -> LearnedPlan | PlanError:
    try:
        return read_plan(file.read_text("utf-8"), str(file))
    except PlanError as damaged:
        return damaged
    except UnicodeDecodeError:
        return PlanError(
            f"Expected the learned plan '{file}' to be UTF-8 text, but it is not; save it as UTF-8."
        )


def _slug(place: Place) -> str:
    words = re.findall(r"[a-z0-9]+", f"{place.origin.partition(':')[2]} {place.path}".casefold())
    return "-".join(words)[:60].strip("-") or "form"


def _digest(place: Place, keys: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([place.origin, place.path, *keys]).encode()).hexdigest()[:8]


def _replace(file: Path, text: str) -> None:
    """Puts a text into a file in one go: readers see the old one or the new one, whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)

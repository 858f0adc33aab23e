"""The files of one folder of learned things: reading each when it changed, writing it whole, and setting aside one that failed.

What stands in a file decides, not what the file is called. Several processes may work in one folder: a file is replaced in one go.
"""

from __future__ import annotations

import os
import re
import uuid
from typing import TYPE_CHECKING, Generic, TypeVar

from GenFlowLibrary.core.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from GenFlowLibrary.forms.learned import Place

QUARANTINED = ".quarantined"

Content = TypeVar("Content")


class LearnedFiles(Generic[Content]):
    """The files of a folder that hold one sort of learned thing; others are passed over.

    Args:
        folder: Where they are.
        what: What such a file is called in a message: ``plan``.
        read: Makes of a file's text and name what it holds, or raises PlanError.
        scrub: Takes known secrets out of whatever is written.
    """

    def __init__(
        self,
        folder: Path,
        what: str,
        read: Callable[[str, str], Content],
        scrub: Callable[[str], str] = str,
    ) -> None:
        self.folder = folder
        self._what = what
        self._parse = read
        self._scrub = scrub
        self._read: dict[Path, tuple[tuple[int, int], Content | PlanError]] = {}

    def entries(self, marked: str) -> list[tuple[Content, Path]]:
        """Returns what every readable file holds, in the order of their names.

        Raises:
            PlanError: a file with ``marked`` in its name, which was written for what is looked for, is damaged or cannot be read.
        """
        entries = []
        files = self.folder.glob("*.yaml") if self.folder.is_dir() else ()
        for file in sorted(files):
            if file.name.endswith(f"{QUARANTINED}.yaml"):
                continue
            read = self._content(file)
            if isinstance(read, PlanError):
                if marked in file.name:
                    raise read
            elif read is not None:
                entries.append((read, file))
        return entries

    def write(self, file: Path, text: str) -> None:
        """Puts a text into a file in one go: readers see the old one or the new one, whole.

        Raises:
            OSError: it cannot be written.
        """
        _replace(file, self._scrub(text))

    def quarantine(self, file: Path, reason: str) -> Path | None:
        """Renames a file so that it is not used, with the reason at its top, and returns the new name.

        ``None`` where another process did so first.

        Raises:
            OSError: it cannot be renamed.
        """
        aside = file.with_suffix(f"{QUARANTINED}.yaml")
        number = 2
        while aside.exists():
            aside = file.with_suffix(f".{number}{QUARANTINED}.yaml")
            number += 1
        try:
            os.replace(file, aside)
        except FileNotFoundError:
            return None
        _replace(aside, f"# Set aside: {self._scrub(' '.join(reason.split()))}\n" + aside.read_text("utf-8"))
        return aside

    def _content(self, file: Path) -> Content | PlanError | None:
        """What is in a file, or what is wrong with it; read again only when the file changed."""
        try:
            status = file.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if self._read.get(file, (None,))[0] != stamp:
                self._read[file] = (stamp, self._parsed(file))
        except FileNotFoundError:  # another process has just set it aside
            return None
        except OSError as problem:
            return PlanError(
                f"Expected to read the learned {self._what} '{file}', but {problem.strerror or problem}; "
                "correct its permissions."
            )
        return self._read[file][1]

    def _parsed(self, file: Path) -> Content | PlanError:
        try:
            return self._parse(file.read_text("utf-8"), str(file))
        except PlanError as damaged:
            return damaged
        except UnicodeDecodeError:
            return PlanError(
                f"Expected the learned {self._what} '{file}' to be UTF-8 text, but it is not; save it as UTF-8."
            )


def slug(place: Place) -> str:
    """Returns a place as the beginning of a file's name, empty where it has no letters."""
    words = re.findall(r"[a-z0-9]+", f"{place.origin.partition(':')[2]} {place.path}".casefold())
    return "-".join(words)[:60].strip("-")


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)

"""A learned element as a YAML file that people read, review and edit; and the folder of those files.

LearnedElement <-> text; place + description -> the file that speaks of them
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from GenFlowLibrary.forms.learned_element import LearnedElement, spoken
from GenFlowLibrary.forms.learned_files import LearnedFiles, slug
from GenFlowLibrary.forms.learned_reader import PLACES, TEXTS, VERSION, LearnedReader, fingerprint_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from GenFlowLibrary.forms.learned import Place

_HEADER = """\
# A learned element of GenFlowLibrary: what a description after gen: means on this page.
# Read it, correct it, keep it with the suite. What the element has not written here is not compared; * stands for anything.
"""
_ROOT = ("version", "learned", "page", "description", "element", "look-alikes")


def write_element(learned: LearnedElement) -> str:
    """Returns a learned element as the text of its file."""
    how = {"how": learned.how} if learned.how else {}
    content = {
        "version": int(VERSION),
        "learned": learned.learned,
        "page": {"origin": learned.place.origin, "path": learned.place.path},
        "description": learned.description,
        "element": how | fingerprint_data(learned.fingerprint),
        **({"look-alikes": list(learned.others)} if learned.others else {}),
    }
    return _HEADER + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def read_element(text: str, file_name: str) -> LearnedElement:
    """Returns the learned element that a file's text holds. ``file_name`` names it in complaints.

    Raises:
        PlanError: the text is damaged; one sentence with the line, what is wrong there, and what to do.
    """
    reader = LearnedReader("element", file_name)
    root = reader.root(text)
    entries = reader.checked(root, _ROOT)
    node = reader.node(entries, "element", root)
    element = reader.entries(node, "element", ("how", *TEXTS, *PLACES))
    description = reader.required(entries, "description", "the element", root)
    return LearnedElement(
        place=reader.place(entries, root),
        description=spoken(description),
        fingerprint=reader.fingerprint(element, node, description),
        how=reader.optional(element, "how"),
        others=reader.listed(entries, "look-alikes"),
        learned=reader.optional(entries, "learned"),
    )


@dataclass(frozen=True)
class KeptElement:
    """A learned element and the file it stands in."""

    element: LearnedElement
    file: Path


class ElementFolder:
    """The learned elements of one suite. ``scrub`` takes known secrets out of whatever is written."""

    def __init__(self, folder: Path, scrub: Callable[[str], str] = str) -> None:
        self.folder = folder
        self._files = LearnedFiles(folder, "element", read_element, scrub)

    def find(self, place: Place, description: str) -> KeptElement | None:
        """Returns what was learned of a description on a page, ``None`` for nothing.

        Raises:
            PlanError: the file that was written for them is damaged or cannot be read.
        """
        wanted = spoken(description)
        entries = self._files.entries(f"-{_digest(place, wanted)}.")
        found = [e for e in entries if e[0].place == place and e[0].description == wanted]
        return KeptElement(*found[0]) if found else None

    def save(self, learned: LearnedElement, file: Path | None = None) -> Path:
        """Writes a learned element, into ``file`` or one of its own, and returns where it is.

        Raises:
            OSError: it cannot be written.
        """
        name = f"{slug(learned.place) or 'page'}-gen-{_digest(learned.place, learned.description)}.yaml"
        target = file or self.folder / name
        self._files.write(target, write_element(learned))
        return target

    def quarantine(self, kept: KeptElement, reason: str) -> Path | None:
        """Sets a learned element aside, as `LearnedFiles.quarantine`."""
        return self._files.quarantine(kept.file, reason)


def _digest(place: Place, description: str) -> str:
    return hashlib.sha256("\n".join([place.origin, place.path, description]).encode()).hexdigest()[:8]

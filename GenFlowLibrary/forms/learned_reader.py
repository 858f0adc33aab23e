"""What all learned files have in common: texts, lists, the page they speak of, fingerprints. Every complaint names the line and the remedy.

text -> core/marked_yaml.py -> `LearnedReader` -> a plan (learned_file.py) or an element (learned_element_file.py)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.core.marked_yaml import Entries, MarkedYaml, Node, NotYaml
from GenFlowLibrary.forms.fingerprint import Fingerprint
from GenFlowLibrary.forms.learned import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.core.errors import GenFlowError

VERSION = "1"
TEXTS = ("label", "section", "kind", "name", "id", "after", "before")
PLACES = ("position", "twin")


def fingerprint_data(fingerprint: Fingerprint) -> dict[str, str]:
    """Returns a fingerprint as it is written: what it has, by name."""
    data = {name: getattr(fingerprint, name) for name in TEXTS}
    for name in PLACES:
        place = getattr(fingerprint, name)
        data[name] = f"{place[0]} of {place[1]}" if place else ""
    return {name: text for name, text in data.items() if text}


class LearnedReader:
    """Reads one learned file. ``what`` is what it holds, and ``file_name`` its name, as complaints have them.

    Raises:
        PlanError: from every method; the text is damaged, in one sentence with the line, what is wrong there, and what to do.
    """

    def __init__(self, what: str, file_name: str) -> None:
        self._what = what
        self._yaml = MarkedYaml(f"the learned {what} '{file_name}'", PlanError)

    def root(self, text: str) -> Node | None:
        """Returns the tree of the file's text."""
        try:
            return self._yaml.root(text)
        except NotYaml as damaged:
            if not damaged.problem:
                raise self.error(None, "text", "a control character", "remove it") from None
            raise self._yaml.complaint(
                damaged.mark, "YAML", f"what cannot be read ({damaged.problem})", "correct that line"
            ) from None

    def checked(self, root: Node | None, known: Sequence[str]) -> Entries:
        """Returns the entries of the whole file, which must be of the version that is read here."""
        entries = self.entries(root, f"the {self._what}", known)
        version = self.required(entries, "version", f"the {self._what}", root)
        if version != VERSION:
            raise self.error(
                entries["version"][1], f"version {VERSION}", f"version {version}", "learn it again"
            )
        return entries

    def place(self, entries: Entries, root: Node | None) -> Place:
        """Returns the page that the file speaks of."""
        node = self.node(entries, "page", root)
        page = self.entries(node, "page", ("origin", "path"))
        return Place(self.required(page, "origin", "page", node), self.optional(page, "path"))

    def fingerprint(self, entries: Entries, item: Node, of: str) -> Fingerprint:
        """Returns the fingerprint among entries; ``of`` is what it is of."""
        texts: dict[str, Any] = {name: self.optional(entries, name) for name in TEXTS}
        if not (texts["label"] or texts["name"] or texts["id"]):
            raise self.error(item, f"a label, name or id for '{of}'", "none", "write one of them")
        return Fingerprint(
            **texts, position=self._counted(entries, "position"), twin=self._counted(entries, "twin")
        )

    def _counted(self, entries: Entries, name: str) -> tuple[int, int] | None:
        if name not in entries:
            return None
        text = self.scalar(entries[name][1], name)
        number, _, count = (part.strip() for part in text.partition(" of "))
        if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
            raise self.error(
                entries[name][1], f"{name} such as 2 of 8", f"'{text}'", "write it so, or remove it"
            )
        return int(number), int(count)

    def node(self, entries: Entries, name: str, root: Node | None) -> Node:
        """Returns the node of an entry that must be there."""
        if name not in entries:
            raise self.error(root, f"'{name}'", "no such line", f"add it, or learn the {self._what} again")
        return entries[name][1]

    def required(self, entries: Entries, name: str, what: str, node: Node | None) -> str:
        """Returns a text that must be there."""
        if name not in entries or not self.optional(entries, name):
            raise self.error(node, f"'{name}' in {what}", "none", "write it there")
        return self.optional(entries, name)

    def optional(self, entries: Entries, name: str) -> str:
        """Returns a text, empty where there is none."""
        return self.scalar(entries[name][1], name) if name in entries else ""

    def listed(self, entries: Entries, name: str) -> tuple[str, ...]:
        """Returns a list of texts, empty where there is none."""
        return tuple(self.texts(entries[name][1], name)) if name in entries else ()

    def texts(self, node: Node, what: str) -> list[str]:
        """Returns the texts of a list."""
        return [self.scalar(item, f"an entry of {what}") for item in self.items(node, what)]

    def items(self, node: Node, what: str) -> Sequence[Node]:
        """Returns the nodes of a list."""
        return self._yaml.items(node, what)

    def scalar(self, node: Node, what: str) -> str:
        """Returns a text, be it empty."""
        return self._yaml.text(node, what, may_be_empty=True)

    def entries(self, node: Node | None, what: str, known: Sequence[str]) -> Entries:
        """Returns the entries of a node, all of them known, each once."""
        entries: Entries = {}
        for name, key, value in self._yaml.pairs(node, what, "a name in", may_be_empty=True):
            if name in entries or name not in known:
                found = f"'{name}' twice" if name in entries else f"'{name}'"
                raise self.error(
                    key, f"only {', '.join(known)} in {what}, each once", found, "correct or remove it"
                )
            entries[name] = (key, value)
        return entries

    def error(self, node: Node | None, expected: str, found: str, remedy: str) -> GenFlowError:
        """Returns the complaint about a node."""
        return self._yaml.complaint(node, expected, found, remedy)

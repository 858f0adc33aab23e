"""A learned plan as a YAML file that people read, review and edit.

LearnedPlan <-> text; every complaint about a text names its line

The YAML is read as a tree of nodes: every text stays as it was written, and each node knows its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.forms.fingerprint import Fingerprint
from GenFlowLibrary.forms.learned import LearnedField, LearnedPlan, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "1"
_HEADER = """\
# A learned plan of GenFlowLibrary: which data key belongs in which field of this form. It holds no values.
# Read it, correct it, keep it with the suite. What a field has not written here is not compared; * stands for anything.
"""
_TEXTS = ("label", "section", "kind", "name", "id", "after", "before")
_PLACES = ("position", "twin")
_ROOT = ("version", "learned", "page", "form", "keys", "unused keys", "fields")

_Node = yaml.Node
_Entries = dict[str, tuple[_Node, _Node]]  # a key's text -> the nodes of the key and of its value


def write_plan(plan: LearnedPlan) -> str:
    """Returns a plan as the text of its file."""
    form: dict[str, Any] = {"signature": plan.signature}
    if plan.others:
        form["other fields"] = list(plan.others)
    content = {
        "version": int(VERSION),
        "learned": plan.learned,
        "page": {"origin": plan.place.origin, "path": plan.place.path},
        "form": form,
        "keys": list(plan.keys),
        **({"unused keys": list(plan.unused)} if plan.unused else {}),
        "fields": [_as_data(field) for field in plan.fields],
    }
    return _HEADER + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _as_data(field: LearnedField) -> dict[str, str]:
    data = {"key": field.key, "how": field.how}
    data.update((name, getattr(field.fingerprint, name)) for name in _TEXTS)
    for name in _PLACES:
        place = getattr(field.fingerprint, name)
        data[name] = f"{place[0]} of {place[1]}" if place else ""
    return {name: text for name, text in data.items() if text}


def read_plan(text: str, file_name: str) -> LearnedPlan:
    """Returns the plan that a file's text holds. ``file_name`` names it in complaints.

    Raises:
        PlanError: the text is damaged; one sentence with the line, what is wrong there, and what to do.
    """
    return _Reader(file_name).read(text)


class _Reader:
    def __init__(self, file_name: str) -> None:
        self._file = file_name

    def read(self, text: str) -> LearnedPlan:
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as problem:
            raise self._error(
                problem.problem_mark, "YAML", f"what cannot be read ({problem.problem})", "correct that line"
            ) from None
        except yaml.reader.ReaderError:
            raise self._error(None, "text", "a control character", "remove it") from None
        entries = self._entries(root, "the plan", _ROOT)
        version = self._text(entries, "version", "the plan", root)
        if version != VERSION:
            raise self._error(
                entries["version"][1].start_mark, f"version {VERSION}", f"version {version}", "learn it again"
            )
        page_node, form_node = self._node(entries, "page", root), self._node(entries, "form", root)
        page = self._entries(page_node, "page", ("origin", "path"))
        form = self._entries(form_node, "form", ("signature", "other fields"))
        return LearnedPlan(
            place=Place(self._text(page, "origin", "page", page_node), self._optional(page, "path")),
            signature=self._optional(form, "signature"),
            keys=tuple(sorted(self._texts(self._node(entries, "keys", root), "keys"))),
            fields=self._fields(self._node(entries, "fields", root), entries),
            others=self._listed(form, "other fields"),
            unused=self._listed(entries, "unused keys"),
            learned=self._optional(entries, "learned"),
        )

    def _fields(self, node: _Node, root: _Entries) -> tuple[LearnedField, ...]:
        fields: dict[str, LearnedField] = {}
        keys = self._texts(root["keys"][1], "keys")
        for item in self._items(node, "fields"):
            entries = self._entries(item, "a field", ("key", "how", *_TEXTS, *_PLACES))
            key = self._text(entries, "key", "a field", item)
            mark = entries["key"][1].start_mark
            if key in fields:
                raise self._error(mark, "each key once in fields", f"'{key}' twice", "remove one of them")
            if key not in keys:
                raise self._error(
                    mark, "a key that stands under keys", f"'{key}'", "correct it, or add it there"
                )
            fields[key] = LearnedField(
                key, self._fingerprint(entries, item, key), self._optional(entries, "how")
            )
        if not fields:
            raise self._error(
                node.start_mark, "at least one field", "none", "delete the file and learn it again"
            )
        return tuple(fields.values())

    def _fingerprint(self, entries: _Entries, item: _Node, key: str) -> Fingerprint:
        texts: dict[str, Any] = {name: self._optional(entries, name) for name in _TEXTS}
        if not (texts["label"] or texts["name"] or texts["id"]):
            raise self._error(
                item.start_mark, f"a label, name or id for '{key}'", "none", "write one of them"
            )
        return Fingerprint(
            **texts, position=self._place(entries, "position"), twin=self._place(entries, "twin")
        )

    def _place(self, entries: _Entries, name: str) -> tuple[int, int] | None:
        if name not in entries:
            return None
        text = self._scalar(entries[name][1], name)
        number, _, count = (part.strip() for part in text.partition(" of "))
        if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
            raise self._error(
                entries[name][1].start_mark,
                f"{name} such as 2 of 8",
                f"'{text}'",
                "write it so, or remove it",
            )
        return int(number), int(count)

    def _node(self, entries: _Entries, name: str, root: _Node | None) -> _Node:
        if name not in entries:
            raise self._error(
                root.start_mark if root else None,
                f"'{name}'",
                "no such line",
                "add it, or learn the plan again",
            )
        return entries[name][1]

    def _text(self, entries: _Entries, name: str, what: str, node: _Node | None) -> str:
        if name not in entries or not self._optional(entries, name):
            raise self._error(
                node.start_mark if node else None, f"'{name}' in {what}", "none", "write it there"
            )
        return self._optional(entries, name)

    def _optional(self, entries: _Entries, name: str) -> str:
        return self._scalar(entries[name][1], name) if name in entries else ""

    def _listed(self, entries: _Entries, name: str) -> tuple[str, ...]:
        return tuple(self._texts(entries[name][1], name)) if name in entries else ()

    def _texts(self, node: _Node, what: str) -> list[str]:
        return [self._scalar(item, f"an entry of {what}") for item in self._items(node, what)]

    def _items(self, node: _Node, what: str) -> Sequence[_Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(
                node.start_mark, f"a list for {what}", "something else", "begin its lines with '- '"
            )
        items: list[_Node] = node.value
        return items

    def _scalar(self, node: _Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(
                node.start_mark, f"{what} to be a text", "a list or further lines", "write a text there"
            )
        return str(node.value).strip()

    def _entries(self, node: _Node | None, what: str, known: Sequence[str]) -> _Entries:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(
                node.start_mark if node else None,
                f"{what} to be lines of 'name: value'",
                "something else",
                "write them so",
            )
        entries: _Entries = {}
        for key, value in node.value:
            name = self._scalar(key, f"a name in {what}")
            if name in entries or name not in known:
                found = f"'{name}' twice" if name in entries else f"'{name}'"
                raise self._error(
                    key.start_mark,
                    f"only {', '.join(known)} in {what}, each once",
                    found,
                    "correct or remove it",
                )
            entries[name] = (key, value)
        return entries

    def _error(self, mark: yaml.Mark | None, expected: str, found: str, remedy: str) -> PlanError:
        line = (mark.line if mark else 0) + 1
        return PlanError(
            f"Expected {expected} in the learned plan '{self._file}', but line {line} has {found}; {remedy}."
        )

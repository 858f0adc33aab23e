"""A learned plan as a YAML file that people read, review and edit.

LearnedPlan <-> text; every complaint about a text names its line
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from GenFlowLibrary.forms.learned import LearnedField, LearnedPlan
from GenFlowLibrary.forms.learned_reader import PLACES, TEXTS, VERSION, LearnedReader, fingerprint_data

if TYPE_CHECKING:
    from GenFlowLibrary.core.marked_yaml import Entries, Node

_HEADER = """\
# A learned plan of GenFlowLibrary: which data key belongs in which field of this form. It holds no values.
# Read it, correct it, keep it with the suite. What a field has not written here is not compared; * stands for anything.
"""
_ROOT = ("version", "learned", "page", "form", "keys", "unused keys", "fields")


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
    told = {"key": field.key, "how": field.how}
    return {name: text for name, text in told.items() if text} | fingerprint_data(field.fingerprint)


def read_plan(text: str, file_name: str) -> LearnedPlan:
    """Returns the plan that a file's text holds. ``file_name`` names it in complaints.

    Raises:
        PlanError: the text is damaged; one sentence with the line, what is wrong there, and what to do.
    """
    reader = LearnedReader("plan", file_name)
    root = reader.root(text)
    entries = reader.checked(root, _ROOT)
    form = reader.entries(reader.node(entries, "form", root), "form", ("signature", "other fields"))
    return LearnedPlan(
        place=reader.place(entries, root),
        signature=reader.optional(form, "signature"),
        keys=tuple(sorted(reader.texts(reader.node(entries, "keys", root), "keys"))),
        fields=_fields(reader, reader.node(entries, "fields", root), entries),
        others=reader.listed(form, "other fields"),
        unused=reader.listed(entries, "unused keys"),
        learned=reader.optional(entries, "learned"),
    )


def _fields(reader: LearnedReader, node: Node, root: Entries) -> tuple[LearnedField, ...]:
    fields: dict[str, LearnedField] = {}
    keys = reader.texts(root["keys"][1], "keys")
    for item in reader.items(node, "fields"):
        entries = reader.entries(item, "a field", ("key", "how", *TEXTS, *PLACES))
        key = reader.required(entries, "key", "a field", item)
        at = entries["key"][1]
        if key in fields:
            raise reader.error(at, "each key once in fields", f"'{key}' twice", "remove one of them")
        if key not in keys:
            raise reader.error(at, "a key that stands under keys", f"'{key}'", "correct it, or add it there")
        how = reader.optional(entries, "how")
        fields[key] = LearnedField(key, reader.fingerprint(entries, item, key), how)
    if not fields:
        raise reader.error(node, "at least one field", "none", "delete the file and learn it again")
    return tuple(fields.values())

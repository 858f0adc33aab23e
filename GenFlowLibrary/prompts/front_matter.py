"""The front matter of a prompt file: YAML text -> FrontMatter, every complaint with its line.

core/marked_yaml.py reads it, so that every text stays as it was written and every line is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from GenFlowLibrary.core.errors import GenFlowError, PromptError
from GenFlowLibrary.core.marked_yaml import Entries, MarkedYaml, Node, NotYaml, is_text
from GenFlowLibrary.core.prompt import Ability

if TYPE_CHECKING:
    from collections.abc import Mapping

ANY_LANGUAGE = "*"
"""The key of a draft that serves whatever language is asked for."""

KEYS = ("version", "description", "ability", "inputs", "draft")
RESERVED_INPUT = "language"
"""Every template sees the task's language under this name, so that no input may have it."""

GENERATE_OPTIONS = ("prompt", "engine", "model", "temperature", "max_tokens", "grounded")
"""Named arguments of `Generate Text` beside the facts."""

_INPUT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class PromptInput:
    """An input that a prompt file declares. An optional one may be absent."""

    description: str
    optional: bool = False


@dataclass(frozen=True)
class FrontMatter:
    """What stands between the ``---`` lines.

    ``drafts`` maps a language code, or ``ANY_LANGUAGE``, to the draft's template.
    """

    version: str
    description: str
    ability: Ability
    inputs: Mapping[str, PromptInput] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)


def is_language_code(text: str) -> bool:
    """Whether a text has the shape of a language code such as ``en``, ``zh-Hans`` or ``de_AT``."""
    return _LANGUAGE_CODE.fullmatch(text) is not None


def parse_front_matter(text: str, file_name: str, first_line: int = 2) -> FrontMatter:
    """Returns the front matter of a prompt file.

    Args:
        text: The YAML between the ``---`` lines.
        file_name: Names the file in complaints.
        first_line: The line of the file at which ``text`` begins.

    Raises:
        PromptError: it is not YAML, or a key is unknown, missing, doubled or of the wrong kind; names file,
            line and remedy.
    """
    return _Reader(file_name, first_line).read(text)


class _Reader:
    def __init__(self, file_name: str, first_line: int) -> None:
        self._yaml = MarkedYaml(
            file_name, PromptError, first_line=first_line, nested="a list or further keys"
        )

    def read(self, text: str) -> FrontMatter:
        try:
            root = self._yaml.root(text)
        except NotYaml as damaged:
            raise self._unreadable(damaged) from None
        entries = self._entries(root, "the front matter")
        for name, (key, _) in entries.items():
            if name not in KEYS:
                raise self._error(
                    key,
                    f"front matter keys among {', '.join(KEYS)}",
                    f"'{name}'",
                    "correct or remove it",
                )
        ability = self._ability(entries)
        if ability == "generate":
            self._refuse_options(entries)
        return FrontMatter(
            version=self._required_text(entries, "version", 'write one such as version: "1"'),
            description=self._required_text(
                entries, "description", "say in one line what the prompt file is for"
            ),
            ability=ability,
            inputs=self._inputs(entries),
            drafts=self._drafts(entries),
        )

    def _ability(self, entries: Entries) -> Ability:
        abilities: tuple[Ability, ...] = get_args(Ability)
        text = self._required_text(entries, "ability", f"write one of {', '.join(abilities)}")
        for ability in abilities:
            if text == ability:
                return ability
        raise self._error(
            entries["ability"][1],
            f"ability to be one of {', '.join(abilities)}",
            f"'{text}'",
            "choose one of them",
        )

    def _inputs(self, entries: Entries) -> dict[str, PromptInput]:
        if "inputs" not in entries:
            return {}
        inputs = {}
        for name, (key, node) in self._entries(entries["inputs"][1], "inputs").items():
            if not _INPUT_NAME.fullmatch(name) or name == RESERVED_INPUT:
                why = (
                    "a name that every template has already" if name == RESERVED_INPUT else "not such a name"
                )
                raise self._error(
                    key,
                    "input names made of letters, digits and underscores",
                    f"'{name}', which is {why}",
                    "rename the input",
                )
            inputs[name] = self._input(name, node)
        return inputs

    def _refuse_options(self, entries: Entries) -> None:
        """An input with the name of an option would never arrive: `Generate Text` takes it for the option."""
        declared = self._entries(entries["inputs"][1], "inputs") if "inputs" in entries else {}
        for name, (key, _) in declared.items():
            if name in GENERATE_OPTIONS:
                raise self._error(
                    key,
                    "input names other than the options of Generate Text",
                    f"'{name}', which is one of them",
                    "rename the input",
                )

    def _input(self, name: str, node: Node) -> PromptInput:
        if is_text(node):
            return PromptInput(self._text(node, f"input '{name}'"))
        entries = self._entries(node, f"input '{name}'")
        unknown = sorted(set(entries) - {"description", "optional"})
        if unknown:
            raise self._error(
                entries[unknown[0]][0],
                f"input '{name}' to have a description and perhaps optional",
                f"'{unknown[0]}'",
                "correct or remove it",
            )
        description = self._required_text(entries, "description", f"describe input '{name}' in one line")
        return PromptInput(description, self._flag(entries, "optional"))

    def _flag(self, entries: Entries, name: str) -> bool:
        if name not in entries:
            return False
        node = entries[name][1]
        text = self._text(node, name)
        if text not in ("true", "false"):
            raise self._error(node, f"{name} to be true or false", f"'{text}'", "write one of them")
        return text == "true"

    def _drafts(self, entries: Entries) -> dict[str, str]:
        if "draft" not in entries:
            return {}
        node = entries["draft"][1]
        if is_text(node):
            return {ANY_LANGUAGE: self._text(node, "draft")}
        drafts = {}
        for language, (key, text) in self._entries(node, "draft").items():
            if not is_language_code(language):
                raise self._error(
                    key,
                    "draft to be one text, or texts by language code such as en or zh",
                    f"'{language}'",
                    "write the language's code",
                )
            drafts[language] = self._text(text, f"draft '{language}'")
        return drafts

    def _required_text(self, entries: Entries, name: str, remedy: str) -> str:
        if name not in entries:
            raise self._error(None, f"the front matter to have '{name}'", "none", remedy)
        return self._text(entries[name][1], name)

    def _text(self, node: Node, what: str) -> str:
        return self._yaml.text(node, what)

    def _entries(self, node: Node | None, what: str) -> Entries:
        entries: Entries = {}
        for name, key, value in self._yaml.pairs(node, what, "a key of"):
            if name in entries:
                raise self._error(key, f"each key of {what} once", f"'{name}' twice", "remove one of them")
            entries[name] = (key, value)
        return entries

    def _unreadable(self, damaged: NotYaml) -> GenFlowError:
        if not damaged.problem:
            return self._error(
                None, "the front matter to be text", "it holds a control character", "remove that character"
            )
        return self._yaml.complaint(
            damaged.mark,
            "the front matter to be YAML",
            f"it cannot be read ({damaged.problem})",
            "correct that line, and put texts with a colon in quotation marks",
        )

    def _error(self, node: Node | None, expected: str, found: str, remedy: str) -> GenFlowError:
        return self._yaml.complaint(node, expected, found, remedy)

"""YAML that people write by hand, read so that every complaint about it names the line.

text -> tree of nodes -> texts, lists and entries as they were written, each with its line

The tree is read, not values: so every text stays as it was written (``version: 1.10`` is not 1.1, the language ``no`` is not false), a key
written twice can be noticed, and a complaint can name the line. A module that imports this one loads PyYAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from GenFlowLibrary.core.errors import GenFlowError

Node = yaml.Node
Entries = dict[str, tuple[Node, Node]]
"""A key's text -> the nodes of the key and of its value."""


class NotYaml(Exception):
    """A text is no YAML: ``problem`` in PyYAML's words, or empty for a character that no YAML may hold; ``mark`` is where."""

    def __init__(self, problem: str, mark: yaml.Mark | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mark = mark


def is_text(node: Node) -> bool:
    """Tells whether a node is a single text, be it empty."""
    return isinstance(node, yaml.ScalarNode)


class MarkedYaml:
    """One hand-written text and how complaints about it sound.

    Args:
        where: What the text is called in a complaint: ``the learned plan 'refund.yaml'``.
        error: The type of the complaint.
        first_line: The line of the file at which the text begins.
        nested: What is said to be found where a text should be and is none.
    """

    def __init__(
        self,
        where: str,
        error: type[GenFlowError],
        *,
        first_line: int = 1,
        nested: str = "a list or further lines",
    ) -> None:
        self._where = where
        self._error = error
        self._first_line = first_line
        self._nested = nested

    def root(self, text: str) -> Node | None:
        """Returns the tree of a text, ``None`` for an empty one.

        Raises:
            NotYaml: it cannot be read.
        """
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as problem:
            raise NotYaml(str(problem.problem), problem.problem_mark) from None
        except yaml.reader.ReaderError:
            raise NotYaml("", None) from None

    def text(self, node: Node, what: str, *, may_be_empty: bool = False) -> str:
        """Returns a text without the blanks around it; ``what`` names it in the complaint that it is none."""
        nested = not is_text(node)
        if nested or not (node.value.strip() or may_be_empty):
            found = self._nested if nested else "nothing"
            raise self.complaint(node, f"{what} to be a text", found, "write a text there")
        return str(node.value).strip()

    def items(self, node: Node, what: str) -> Sequence[Node]:
        """Returns the entries of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.complaint(node, f"a list for {what}", "something else", "begin its lines with '- '")
        items: list[Node] = node.value
        return items

    def pairs(
        self, node: Node | None, what: str, key: str, *, may_be_empty: bool = False
    ) -> Iterator[tuple[str, Node, Node]]:
        """Yields the name, its node and the value's node of each ``name: value``, in order; ``key`` is what a name is called."""
        if not isinstance(node, yaml.MappingNode):
            raise self.complaint(
                node, f"{what} to be lines of 'name: value'", "something else", "write them so"
            )
        for name, value in node.value:
            yield self.text(name, f"{key} {what}", may_be_empty=may_be_empty), name, value

    def complaint(self, at: Node | yaml.Mark | None, expected: str, found: str, remedy: str) -> GenFlowError:
        """Returns the error that says what was expected, what stands in which line, and what to do."""
        mark = at.start_mark if isinstance(at, Node) else at
        line = self._first_line + mark.line if mark else max(1, self._first_line - 1)
        return self._error(f"Expected {expected} in {self._where}, but line {line} has {found}; {remedy}.")

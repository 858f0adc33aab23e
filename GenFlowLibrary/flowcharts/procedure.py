"""A written list as a flow chart, without a model: the words of control tell what follows what.

text -> items (lines) -> clauses -> statements -> graph (compiling) -> checked (faults)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.flowcharts.clauses import Clause, ClauseReader, Part
from GenFlowLibrary.flowcharts.compiling import Terms, compile_chart
from GenFlowLibrary.flowcharts.faults import fault_of
from GenFlowLibrary.flowcharts.lexicon import lexicons
from GenFlowLibrary.flowcharts.lines import Item, UnreadableError, read_lines
from GenFlowLibrary.flowcharts.statements import (
    Act,
    Branch,
    Choice,
    Jump,
    Loop,
    Mark,
    Place,
    Statement,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from GenFlowLibrary.flowcharts.chart import FlowChart

LANGUAGES = ("en", "de", "zh")
"""Whose words of control are known."""

_FIRST = "^"
"""What "start over" jumps to."""


def parse_procedure(text: str, language: str | None = None) -> FlowChart:
    """Returns the flow chart of a numbered or bulleted procedure.

    ``language`` is the code of the text's language; by default it is told by the words of control.

    Raises:
        UnreadableError: the text is no list, is in a language whose words of control are not known, or a line cannot be told for certain.
        InputError: the procedure contradicts itself: it goes to a step that is missing or is there twice, or a step is never reached.
    """
    outline = read_lines(text)
    code = (language or _language(text)).partition("-")[0].lower()
    if code not in LANGUAGES:
        raise UnreadableError(
            f"line {outline.items[0].line} is in the language '{code}', of which the words for if and otherwise are not known"
        )
    lexicon = lexicons()[code]
    statements = _Reader(ClauseReader(lexicon), lexicon.terms, outline.items).statements()
    chart = compile_chart(
        statements, title=outline.title, language=code, terms=lexicon.terms, notes=outline.notes
    )
    fault = fault_of(chart)
    if fault:
        raise InputError(
            f"Expected a procedure in which every step is reached and comes to an end, but {fault}; correct it."
        )
    return chart


def terms_of(language: str | None) -> Terms:
    """Returns what start, end and the branches are called in a language; in English where it is none of ours."""
    known = lexicons().get((language or "en").partition("-")[0].lower())
    return known.terms if known else Terms()


def _language(text: str) -> str:
    """Returns the language whose words of control and small words stand in a text most."""
    hits = {code: len(lexicon.flow_words.findall(text)) for code, lexicon in lexicons().items()}
    # A Chinese word has two characters, and there are no small words between.
    hits["zh"] //= 3
    return max(hits, key=lambda code: hits[code])


@dataclass
class _Open:
    """What a clause may refer back to: the decision that has no other branch yet, and the question that was asked."""

    choice: Choice | None = None
    question: Act | None = None


class _Reader:
    """Turns the items of one procedure into statements."""

    def __init__(self, clauses: ClauseReader, terms: Terms, items: Sequence[Item]) -> None:
        self._clauses = clauses
        self._terms = terms
        self._items = items
        self._order = {item.label for item in _all(items)}

    def statements(self) -> list[Statement]:
        return [Mark(_FIRST, Place(lane=self._items[0].lane)), *self._run(self._items, _Open())]

    def _run(self, items: Sequence[Item], before: _Open) -> list[Statement]:
        """Returns the statements of sibling items. ``before`` is what the item above them has asked."""
        told: list[Statement] = [before.question] if before.question else []
        state = before
        for item in items:
            state = self._item(item, told, state)
        return told

    def _item(self, item: Item, told: list[Statement], state: _Open) -> _Open:
        at = Place(item.line, item.source, item.lane)
        clauses = self._clauses.read(item.text, item.line)
        if not clauses:
            raise UnreadableError(f"line {item.line} is an item without words")
        mark: list[Statement] = [Mark(item.label, at)] if item.label else []
        body: list[Statement] = told
        if clauses[0].kind not in ("else", "yes", "no"):
            told.extend(mark)
            mark = []
        for clause in clauses:
            body, state = self._clause(clause, item, at, told, state)
            # What is jumped to as "step 3" is what step 3 says, not the decision that it is a branch of.
            body[:0] = mark
            mark = []
        if item.children:
            self._children(item, clauses[-1], body, told, state)
        elif clauses[-1].opens:
            raise UnreadableError(f"line {item.line}, '{item.source}', does not say what is to be done")
        return state

    def _children(
        self, item: Item, last: Clause, body: list[Statement], told: list[Statement], state: _Open
    ) -> None:
        if last.opens:
            body.extend(self._run(item.children, _Open()))
        elif state.question is not None and self._answers(item.children[0]):
            told.pop()
            told.extend(self._run(item.children, state))
        elif last.kind == "plain" and told and isinstance(told[-1], Act):
            if item.text.rstrip().endswith((":", "：")):
                told.pop()  # a heading over its steps is no step of its own
            told.extend(self._run(item.children, _Open()))
        else:
            raise UnreadableError(
                f"line {item.children[0].line} stands under line {item.line}, which says already what is to be done"
            )

    def _answers(self, item: Item) -> bool:
        return self._clauses.read(item.text, item.line)[0].kind in ("yes", "no")

    def _clause(
        self, clause: Clause, item: Item, at: Place, told: list[Statement], state: _Open
    ) -> tuple[list[Statement], _Open]:
        """Adds a clause's statements, and returns those that its own parts went into, and what may be referred to next."""
        if clause.kind == "plain":
            return self._plain(clause, item, at, told)
        if clause.kind == "if":
            choice = self._decision(clause.condition, at)
            told.append(choice)
            return self._fill(choice.branches[0], clause, item, at), _Open(choice)
        if clause.kind in ("while", "until", "each"):
            loop = self._loop(clause, at)
            told.append(loop)
            loop.body.extend(self._statements(clause.parts, item, at))
            return loop.body, _Open()
        return self._branch(clause, item, at, told, state)

    def _plain(
        self, clause: Clause, item: Item, at: Place, told: list[Statement]
    ) -> tuple[list[Statement], _Open]:
        told.extend(self._statements(clause.parts, item, at))
        last = told[-1] if told else None
        asked = isinstance(last, Act) and clause.parts and clause.parts[-1].kind == "ask"
        return told, _Open(question=last if asked and isinstance(last, Act) else None)

    def _branch(
        self, clause: Clause, item: Item, at: Place, told: list[Statement], state: _Open
    ) -> tuple[list[Statement], _Open]:
        """Fills a branch of the decision before: its other one for "otherwise", the one that is named for yes and no."""
        choice = state.choice
        if choice is None and state.question is not None and clause.kind != "else":
            choice = self._decision(state.question.text, state.question.at)
            # The question is what was told last: it becomes the decision.
            told[-1] = choice
        if choice is None:
            raise UnreadableError(
                f"line {item.line}, '{item.source}', is an answer, and no condition or question stands before it"
            )
        branch = choice.branches[0 if clause.kind == "yes" else 1]
        if branch.body:
            raise UnreadableError(f"line {item.line}, '{item.source}', is a second answer of the same kind")
        if clause.nested is None:
            return self._fill(branch, clause, item, at), _Open(choice)
        inner = self._decision(clause.nested.condition, at)
        branch.body.append(inner)
        # "Otherwise, if" is a chain: the next "otherwise" belongs to its last condition.
        return self._fill(inner.branches[0], clause.nested, item, at), _Open(inner)

    def _fill(self, branch: Branch, clause: Clause, item: Item, at: Place) -> list[Statement]:
        branch.body.extend(self._statements(clause.parts, item, at))
        return branch.body

    def _decision(self, condition: str, at: Place) -> Choice:
        text = (
            condition
            if condition.endswith(("?", "？"))
            else f"{_capital(condition)}{'？' if _is_chinese(condition) else '?'}"
        )
        return Choice(text, [Branch(self._terms.yes), Branch(self._terms.no)], at)

    def _loop(self, clause: Clause, at: Place) -> Loop:
        if clause.kind == "each":
            return Loop(
                "while", _capital(clause.condition), [], self._terms.next_one, self._terms.all_done, at
            )
        text = self._decision(clause.condition, at).text
        if clause.kind == "while":
            return Loop("while", text, [], self._terms.yes, self._terms.no, at)
        return Loop("until", text, [], self._terms.no, self._terms.yes, at)

    def _statements(self, parts: Sequence[Part], item: Item, at: Place) -> Iterator[Statement]:
        for part in parts:
            if part.kind in ("do", "ask"):
                yield Act(_capital(part.text), at)
            elif part.kind == "jump":
                yield Jump(self._target(part.target, item), at)
            elif part.kind == "first":
                yield Jump(_FIRST, at)
            elif part.kind == "stop":
                yield Stop(at=Place(lane=item.lane))
            elif part.kind == "repeat":
                yield self._repeat(part, item, at)

    def _repeat(self, part: Part, item: Item, at: Place) -> Choice:
        """Returns the decision at the end of steps that are repeated, which must be the ones right before it."""
        if part.adjacent:
            position = next(index for index, one in enumerate(self._items) if item.line in _lines(one))
            before = self._items[position - 1].label if position and self._items[position] is item else ""
            if before != part.last:
                raise UnreadableError(
                    f"line {item.line} repeats steps up to {part.last}, and that is not the step right before it"
                )
        choice = self._decision(part.until, at)
        choice.branches[1].body.append(Jump(self._target(part.target, item), at))
        return choice

    def _target(self, label: str, item: Item) -> str:
        """Returns the label of the step that is meant: a letter, or a number in a list under a step, may be one beside the item."""
        beside = [one for one in (f"{item.under}.{label}", f"{item.under}{label}") if one in self._order]
        if not item.under or not beside:
            return label
        if label in self._order:
            raise InputError(
                f"Expected every step that is gone to to be clear, but line {item.line} goes to step {label}, "
                f"which may be {label} or {beside[0]}; write the whole number."
            )
        return beside[0]


def _all(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.children)


def _lines(item: Item) -> set[int]:
    return {one.line for one in _all([item])}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)

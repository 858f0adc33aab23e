"""Written conditions: an option's description, split into conditions to settle and prose to judge.

    "amount is at most 200, the customer wants money back"
        ->  gates ("amount is at most 200",)  and  rest "the customer wants money back"

Clauses are separated by ``and``, commas, semicolons, full stops and new lines (in Chinese also 且, 并且,
而且); all of them have to hold. ``or`` (或, 或者) joins clauses more closely than a comma: where all of
them are conditions they make one gate that holds when any of them does; where one is prose they all stay
prose. `clause` reads one condition.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.policy.clause import OPERATORS_SHOWN, Clause, read_clause, read_operator, unquoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Gate:
    """Conditions of which one has to hold, as they were written in ``text``."""

    text: str
    clauses: tuple[Clause, ...]

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Returns whether any of the conditions holds for these facts."""
        return any(clause.holds(facts) for clause in self.clauses)


@dataclass(frozen=True)
class Conditions:
    """What a description says: every gate has to hold; ``rest`` is the prose, empty if there is none."""

    gates: tuple[Gate, ...]
    rest: str


def read_conditions(description: str, facts: Mapping[str, object]) -> Conditions:
    """Returns the written conditions of a description, and what is left of it.

    A clause is a condition if it begins with the name of a fact (blanks may stand for underscores, ``when``
    or ``if`` may come before it) and an operator. Give a fact that is not known the value ``None``.

    Raises:
        InputError: a clause looks like a condition but names no fact, lacks its value, or has two readings.
    """
    names = {
        " ".join(re.split(r"[\s_]+", name.strip())).casefold(): name for name in facts if name.strip(" _")
    }
    reader = _Reader(names, facts)
    gates: list[Gate] = []
    prose: list[_Part] = []
    for group in _groups(_parts(description), reader):
        clauses = reader.clauses(group)
        if clauses:
            gates.append(Gate(_joined(group), clauses))
        else:
            prose.extend(group)
    return Conditions(tuple(gates), _joined(prose))


_SPLIT = re.compile(
    r"(?P<keep>\"[^\"]*\"|“[^”]*”|(?<!\w)'[^']*'(?!\w)|\d,(?=\d)|[大小]于或等于|\bthan\s+or\s+equal\b)"
    r"|(?P<any>,?\s+or\s+|\s*(?:或者|或)\s*)"
    r"|(?P<word>[,;]?\s+and\s+|\s*(?:并且|而且|且)\s*)"
    r"|(?P<all>\s*[,;，；、。\n]\s*|\s*[.!](?:\s+|$))",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\s*(?:(?:only\s+)?(?:when|if)\s+|either\s+|只有当?|当|如果|若)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class _Part:
    """A clause, and how it is joined to the one before: ``any`` (or), ``word`` (and), ``all`` (a comma)."""

    text: str
    kind: str = "all"
    separator: str = ""


def _parts(description: str) -> list[_Part]:
    parts: list[_Part] = []
    start, kind, separator = 0, "all", ""
    for match in _SPLIT.finditer(description):
        if match.lastgroup == "keep":
            continue
        parts.append(_Part(description[start : match.start()].strip(), kind, separator))
        start, kind, separator = match.end(), str(match.lastgroup), match[0]
    parts.append(_Part(description[start:].strip(), kind, separator))
    return [part for part in parts if part.text]


def _groups(parts: Sequence[_Part], reader: _Reader) -> list[list[_Part]]:
    """Returns the parts in groups: what ``or`` joins, and the items of a list with their clause."""
    groups: list[list[_Part]] = []
    for part in parts:
        if groups and (part.kind == "any" or (part.kind == "all" and reader.continues(groups[-1], part))):
            groups[-1].append(part)
        else:
            groups.append([part])
    for before, group in zip([[], *groups], groups):  # noqa: B905 - the first list is longer on purpose
        _refuse_two_readings(before, group, reader)
    return groups


def _refuse_two_readings(before: list[_Part], group: list[_Part], reader: _Reader) -> None:
    """Refuses "a and b or c", which people read both ways."""
    joined = [part for part in (before, group) if len(part) > 1 and len(reader.clauses(part)) > 1]
    if group[0].kind == "word" and joined and before and reader.clauses(before) and reader.clauses(group):
        raise InputError(
            f"Expected 'and' and 'or' apart, but '{_joined(before + group)}' can be read two ways; "
            f"put a comma instead of 'and' around '{_joined(joined[0])}'."
        )


def _joined(parts: Sequence[_Part]) -> str:
    """Returns parts as one text, with their own separators."""
    text = ""
    for part in parts:
        text += (part.separator if text else "") + part.text
    return text.strip()


_SHORT_WORDS = 2
_SNAKE = re.compile(r"\b[^\W\d_]\w*_\w+")
_ARTICLE = re.compile(
    r"(?:the|an?|this|that|these|those|their|his|her|its|my|our|your|no|nobody|someone|it|there)\b", re.I
)
_UNKNOWN = re.compile(
    r"(?P<subject>[^\W_][\w .\-]{0,39}?)"
    r"(?P<rest>\s*(?:[<>]=?|[!=]=|=|≤|≥|≠).*"
    r"|\s+(?:is|are)\s+(?:not\s+)?(?:known|missing)$"
    r"|\s+is\s+(?:true|false)$"
    r"|\s+is\s+(?:not\s+)?one\s+of\b.*"
    r"|\s+is\s+(?:at\s+least|at\s+most|above|below)\s+\W{0,2}\d.*"
    r"|(?:已知|缺失)$"
    r"|(?:不超过|至少|大于|小于)\s*\d.*)",
    re.IGNORECASE,
)
_COMPARED = (
    r"(?:at\s+(?:least|most)|above|below|under|over|up\s+to|(?:more|less|greater|lower|higher)\s+than)"
)
_MODAL = r"(?:must|should|shall|has\s+to|needs\s+to|may|can)\s+(?:not\s+)?be\s+"
# What follows a fact where somebody meant a condition: "must be at most 200", "known", "isn't missing".
_HALF_WRITTEN = re.compile(
    rf"\s*(?:{_MODAL})?(?:{_COMPARED}\s+\W{{0,2}}\d|(?:known|missing|given|present)$)"
    rf"|\s*(?:isn['’]t|['’]s|{_MODAL})\s*(?:known|missing|given|present|{_COMPARED})\b",
    re.IGNORECASE,
)
# The second half of "amount > 10 and < 30".
_WITHOUT_FACT = re.compile(
    rf"(?:[<>]=?|[≤≥≠]|!=|{_COMPARED})\s*\W{{0,2}}\d[\d.,]*(?:\s*\w{{1,4}})?", re.IGNORECASE
)
_NEGATED = re.compile(r"(?:(?:unless|not|except\s+(?:when|if))\b|除非|并非)\s*", re.IGNORECASE)


class _Reader:
    """Reads clauses with the names of the facts at hand."""

    def __init__(self, names: Mapping[str, str], facts: Mapping[str, object]) -> None:
        self.names = names
        self.truths = {written for written, name in names.items() if isinstance(facts[name], bool)}

    def clauses(self, group: Sequence[_Part]) -> tuple[Clause, ...]:
        """Returns the conditions of a group, empty if one of its parts is prose."""
        found: list[Clause] = []
        prose = False
        for part in group:
            clause = self.clause(part.text)
            if clause:
                found.append(clause)
            elif found and not prose and _takes_item(found[-1], part):
                found[-1] = replace(found[-1], values=(*found[-1].values, unquoted(part.text)))
            else:
                self._refuse_look_alike(part.text)
                prose = True
        return () if prose else tuple(found)

    def clause(self, text: str) -> Clause | None:
        """Returns the condition that a clause is, ``None`` if it is prose."""
        literal = read_clause(text, self.names)  # first, for a fact may be called "when"
        if literal:
            return literal
        leading = _LEADING.match(text)
        text = text[leading.end() :] if leading else text
        if leading and leading[0].strip().endswith("当"):
            text = re.sub(r"(?:的时候|时)$", "", text)
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1]
        return read_clause(text, self.names)

    def continues(self, group: Sequence[_Part], part: _Part) -> bool:
        """Whether a part behind a comma is the next item of the list that the group ends with."""
        if ";" in part.separator or "；" in part.separator or (group[-1].kind == "any" and len(group) > 1):
            return False
        first = self.clause(group[0].text)
        return (
            first is not None
            and first.operator in ("one of", "none of")
            and self.clause(part.text) is None
            and _is_item(part.text)
        )

    def _refuse_look_alike(self, text: str) -> None:
        """Refuses a clause that was meant as a condition: a typing error must not turn it into prose."""
        leading = _LEADING.match(text) or _NEGATED.match(text)
        bare = text[leading.end() :] if leading else text
        if leading and read_clause(bare, self.names):
            raise InputError(
                f"Expected a condition to begin with its fact, but found '{text}'; turn it round, "
                "like 'order_no is missing' for 'unless order_no is known'."
            )
        self._refuse_half_written(text, bare)
        unknown = _UNKNOWN.fullmatch(bare)
        snake = _SNAKE.match(bare) or next(
            (s for s in _SNAKE.finditer(bare) if read_operator(bare, s.end())), None
        )
        if snake or (unknown and not (_ARTICLE.match(bare) and unknown["rest"].strip()[:2] in ("is", "ar"))):
            subject = snake[0] if snake else str(unknown and unknown["subject"]).strip()
            raise InputError(self._unknown_fact(text, subject))

    def _refuse_half_written(self, text: str, bare: str) -> None:
        """Refuses "amount must be at most 200", "paid", and the second half of "amount > 10 and < 30": prose binds nobody."""
        folded = bare.casefold()
        fact = next(
            (name for name in sorted(self.names, key=len, reverse=True) if folded.startswith(name)), ""
        )
        if folded.removeprefix("not ") in self.truths:
            example = f"{self.names[folded.removeprefix('not ')]} is true"
        elif _WITHOUT_FACT.fullmatch(bare) or (fact and _HALF_WRITTEN.match(bare[len(fact) :])):
            example = f"{self.names.get(fact, 'amount')} is at most 200"
        else:
            return
        raise InputError(
            f"Expected a condition like '{example}', but found '{text}'; "
            f"begin with the fact, go on with one of {OPERATORS_SHOWN}, and write each condition out."
        )

    def _unknown_fact(self, text: str, subject: str) -> str:
        known = ", ".join(self.names.values()) or "none"
        if subject in self.names.values() or " ".join(subject.split("_")).casefold() in self.names:
            return (
                f"Expected a condition like '{subject} is known', but found '{text}'; begin with the fact, "
                "go on with "
                f"one of {OPERATORS_SHOWN}, and write each condition out."
            )
        near = difflib.get_close_matches(subject.replace("_", " ").casefold(), self.names, n=1)
        meant = (
            f"write '{self.names[near[0]]}' if you meant that"
            if near
            else "name one of them, or reword it if it is no condition"
        )
        return f"Expected the condition '{text}' to name a fact, but the facts are {known}; {meant}."


def _takes_item(clause: Clause, part: _Part) -> bool:
    """Whether a part is one more value of the condition before it: ``category is billing or delivery``."""
    lists = ("one of", "none of") if part.kind == "all" else ("one of", "none of", "is", "is not", "contains")
    return clause.operator in lists and _is_item(part.text)


def _is_item(text: str) -> bool:
    """Whether a text can be an item of a list: two words, six Chinese characters, or anything in quotes."""
    if unquoted(text) != text:
        return True
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    return len(text.split()) <= _SHORT_WORDS and chinese <= 3 * _SHORT_WORDS

"""What one item of a procedure says: clauses, each a condition or none, and what is to be done.

item text -> sentences -> clause (if · otherwise · yes · no · plain) -> parts (do · go to · repeat · end)

Whatever words of control are left in a part when all of this was read are an error that names the line: a step that hides a condition
is worse than no chart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from GenFlowLibrary.flowcharts.lines import UnreadableError, normal_label

if TYPE_CHECKING:
    from GenFlowLibrary.flowcharts.lexicon import Lexicon

ClauseKind = Literal["plain", "if", "else", "yes", "no", "while", "until", "each"]
PartKind = Literal["do", "ask", "jump", "first", "stop", "go on", "repeat"]

_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.;!?])\s+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:No|Nr|Mr|Mrs|Dr|Prof|St|Art|Abs|Ziff|Tel|Fig|bzw|vgl|ca|approx|e\.g|i\.e|z\.\s?B|d\.\s?h|etc|usw|incl|inkl)|\b[A-Z])\.\Z"
)
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}\.\Z")
_AFTER_ORDINAL = re.compile(r"[a-zäöü]|(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Tag|Monat)")
"""What follows the point of an ordinal number, as in "am 5. März", and not the end of a sentence, as in "go to step 4. Otherwise"."""
_EDGE = " \t.;,。；，、!！"
_COMMA = re.compile(r"\s*[,，]\s*")
_COLON = re.compile(r"\s*(?:[:：]|→|=>|->)\s*")


@dataclass(frozen=True)
class Part:
    """One thing that is said to be done. ``target`` and ``until`` are labels and a condition, where the kind has them."""

    kind: PartKind
    text: str = ""
    target: str = ""
    until: str = ""
    last: str = ""
    adjacent: bool = False


@dataclass
class Clause:
    """Parts under a condition. ``opens`` says that what stands under the item belongs to it."""

    kind: ClauseKind
    condition: str = ""
    parts: list[Part] = field(default_factory=list)
    nested: Clause | None = None

    @property
    def opens(self) -> bool:
        """Whether it says nothing to be done, so that this must stand under the item."""
        return self.kind != "plain" and not self.parts and (self.nested is None or self.nested.opens)


class ClauseReader:
    """Reads the items of one procedure in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon

    def read(self, text: str, line: int) -> list[Clause]:
        """Returns the clauses of an item's text in their order.

        Raises:
            UnreadableError: a clause says what follows what in a way that cannot be told for certain.
        """
        return [self._clause(sentence, line) for sentence in self._sentences(text)]

    def is_question(self, text: str) -> bool:
        """Whether a step asks something that a yes or a no answers."""
        return self._words.question.fullmatch(text.strip(_EDGE)) is not None

    def _sentences(self, text: str) -> list[str]:
        """Returns the sentences, with a new one where "otherwise" begins, and a condition in a language that has none at the end."""
        pieces: list[str] = []
        for piece in _SENTENCE.split(text):
            if pieces and _goes_on(pieces[-1], piece):
                pieces[-1] += f" {piece}"
            elif piece.strip(_EDGE):
                pieces.append(piece.strip())
        parted = []
        for piece in pieces:
            cuts = [0]
            for comma in re.finditer(
                r"[,，]\s*(?:and\s+|und\s+)?|\s+[–—-]\s+|\s+(?=(?:otherwise|else|sonst|ansonsten|andernfalls)\b)",
                piece,
            ):
                rest = piece[comma.end() :]
                conditional = self._words.trailing is None and self._words.opening.match(rest)
                if conditional or self._words.otherwise.match(rest) or self._words.no.match(rest):
                    cuts.append(comma.end())
            parted += [piece[start:end] for start, end in zip(cuts, [*cuts[1:], len(piece)], strict=True)]
        return parted

    def _clause(self, text: str, line: int) -> Clause:
        text = text.strip()
        loop = self._loop(text, line)
        if loop:
            return loop
        answers = (("yes", self._words.yes), ("no", self._words.no), ("else", self._words.otherwise))
        for kind, pattern in answers:
            found = pattern.match(text)
            if found:
                return self._answer(kind, text[found.end() :], line)  # type: ignore[arg-type] # the kinds above
        found = self._words.opening.match(text) or (
            self._words.verb_first and self._words.verb_first.match(text)
        )
        if found:
            return self._conditional(text[found.end() :], line)
        if self.is_question(text):
            return Clause("plain", parts=[Part("ask", self._checked(text.strip(_EDGE), line))])
        trailing = self._words.trailing and self._words.trailing.search(text)
        if trailing and not self._words.harmless.search(text):
            if self._words.doubtful.match(text):
                raise UnreadableError(
                    f"line {line}, '{text}', may be a question or a condition; put the condition first, or write 'whether'"
                )
            condition = self._checked(text[trailing.end() :].strip(_EDGE), line)
            return Clause("if", condition, self._parts(text[: trailing.start()], line))
        return Clause("plain", parts=self._parts(text, line))

    def _answer(self, kind: ClauseKind, rest: str, line: int) -> Clause:
        rest = rest.strip(_EDGE + ":：")
        inner = self._clause(rest, line) if rest else Clause("plain")
        if inner.kind == "plain":
            return Clause(kind, parts=inner.parts)
        if inner.kind != "if":
            raise UnreadableError(f"line {line} says two things at once in '{rest}'")
        return Clause(kind, nested=inner)

    def _loop(self, text: str, line: int) -> Clause | None:
        text = text.strip(_EDGE)
        for kind, pattern in (("while", self._words.while_), ("each", self._words.each)):
            found = pattern.fullmatch(text)
            if found:
                parts = self._parts(found["do"], line) if found["do"].strip(_EDGE) else []
                return Clause(kind, self._checked(found["c"].strip(_EDGE), line), parts)  # type: ignore[arg-type]
        found = self._words.repeat_until.fullmatch(text.rstrip(":："))
        return Clause("until", self._checked(found["c"].strip(_EDGE), line)) if found else None

    def _conditional(self, rest: str, line: int) -> Clause:
        condition, actions = self._split(rest.strip(_EDGE), line)
        if not condition:
            raise UnreadableError(f"line {line} says no condition in '{rest}'")
        condition = self._checked(condition.strip(_EDGE + ":："), line)
        return Clause("if", condition, self._parts(actions, line) if actions.strip(_EDGE) else [])

    def _split(self, rest: str, line: int) -> tuple[str, str]:
        """Returns condition and actions. Where several commas could part them, only a "then" or a colon tells."""
        colon = _COLON.search(rest)
        comma = _COMMA.search(rest)
        then = self._words.then.search(rest)
        if colon and self._ends_at(colon, comma, rest):
            return rest[: colon.start()], rest[colon.end() :]
        if colon and comma and comma.start() < colon.start():
            raise UnreadableError(
                f"line {line} has a comma and a colon behind its condition, and where that ends cannot be told; leave one of them out"
            )
        if then and (not comma or comma.start() >= then.start()):
            return rest[: then.start()], rest[then.end() :]
        if not comma:
            return rest, ""
        return self._at_comma(rest, comma, then, line)

    def _ends_at(self, colon: re.Match[str], comma: re.Match[str] | None, rest: str) -> bool:
        """Whether a colon ends the condition: no comma before it could, or those are between the words of a list."""
        before = rest[: colon.start()]
        if not comma or comma.start() > colon.start() or not rest[colon.end() :]:
            return True
        return len(_COMMA.findall(before)) > 1 or self._words.list_words.search(before) is not None

    def _at_comma(
        self, rest: str, comma: re.Match[str], then: re.Match[str] | None, line: int
    ) -> tuple[str, str]:
        first = rest[: comma.start()], rest[comma.end() :]
        between = first[1] if then is None else rest[comma.end() : then.start()]
        listed = self._words.list_words.search(between) is not None
        if then is not None and listed:
            return rest[: then.start()], rest[then.end() :]
        others = list(_COMMA.finditer(first[1]))
        if not others or self._is_control(first[1][others[0].end() :]) or self._is_control(first[1]):
            return first
        raise UnreadableError(
            f"line {line} has several commas behind its condition, and where that ends cannot be told; put a colon behind it"
        )

    def _is_control(self, text: str) -> bool:
        """Whether a text begins with a jump, an end or a word of sequence, so that what is before it is no condition."""
        words = self._words
        begins = (*words.jump, words.first)
        if any(pattern.match(text) for pattern in begins) or words.stop.fullmatch(text.strip(_EDGE)):
            return True
        return words.joint.match(f" {text}") is not None or words.then.match(f" {text}") is not None

    # Parts ----------------------------------------------------------------------------------------------------------

    def _parts(self, text: str, line: int) -> list[Part]:
        """Returns what is to be done: the last joint before a jump, an end or a loop parts it from the rest."""
        text = text.strip(_EDGE + ":：")
        if not text:
            return []
        control = self._control(text)
        if control:
            return [control]
        for joint in self._words.joint.finditer(text):
            control = self._control(text[joint.end() :])
            if control:
                return [*self._parts(text[: joint.start()], line), control]
        return [Part("ask" if self.is_question(text) else "do", self._checked(text, line))]

    def _control(self, text: str) -> Part | None:
        text, words = text.strip(_EDGE), self._words
        for pattern in words.jump:
            found = pattern.fullmatch(text)
            if found:
                return Part("jump", target=_label(found, "to", "to2"))
        for pattern in words.repeat_steps:
            found = pattern.fullmatch(text)
            if found:
                begin, last = _label(found, "a", "a2"), _label(found, "b", "b2")
                free = bool(found.groupdict().get("from"))
                until = self._checked(found["c"].strip(_EDGE), 0)
                return Part("repeat", target=begin, last=last or begin, until=until, adjacent=not free)
        plain: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
            ("first", words.first),
            ("stop", words.stop),
            ("go on", words.go_on),
        )
        return next((Part(kind) for kind, pattern in plain if pattern.fullmatch(text)), None)

    def _checked(self, text: str, line: int) -> str:
        """Returns a text that goes into the chart, unless it still says what follows what."""
        left = self._words.untold.search(self._words.harmless.sub(" ", text))
        if left:
            raise UnreadableError(
                f"line {line} says '{left.group().strip()}' in '{text}', and what follows then cannot be told"
            )
        return text


def _goes_on(before: str, after: str) -> bool:
    if _ORDINAL.search(before):
        return _AFTER_ORDINAL.match(after) is not None
    return _ABBREVIATED.search(before) is not None


def _label(found: re.Match[str], *names: str) -> str:
    groups = found.groupdict()
    return normal_label(next((groups[name] for name in names if groups.get(name)), ""))

"""The body of a task or keyword, in the model of `robot.running`, as statements of a flow chart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.flowcharts.compiling import Terms
from GenFlowLibrary.flowcharts.statements import (
    Act,
    Branch,
    Choice,
    Leave,
    Loop,
    Place,
    Routine,
    Statement,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TERMS = Terms()
_LONGEST = 140
_ENDS = {"passexecution": "Pass", "fail": "Fail", "fatalerror": "Fatal error", "skip": "Skip"}
_RETURNS = ("returnfromkeyword",)
_DECIDES = "decidenextaction"
_OPTIONS_OF_ASKING = (
    "facts", "otherwise", "prompt", "language", "engine", "model", "temperature", "max_tokens", "personal", "situation", "text",
)  # fmt: skip


def same_name(name: str) -> str:
    """Returns a name as Robot Framework compares them: without case, blanks and underscores."""
    return re.sub(r"[\s_]", "", name).casefold()


class Statements:
    """Reads bodies. ``keywords`` are the user keywords that may be opened, by `same_name`; ``depth`` says how deep.

    ``goes_on`` says that something runs after the task even where it fails: its teardown, or the next task.
    """

    def __init__(
        self, file: str, keywords: Mapping[str, Any], depth: int, *, lane: str = "", goes_on: bool = False
    ) -> None:
        self._file = file
        self._keywords = keywords
        self._depth = depth
        self._lane = lane
        self._goes_on = goes_on
        self._open: list[str] = []
        self._tries = 0

    def of_test(self, test: Any) -> list[Statement]:
        """Returns a task with its setup and teardown."""
        before = [test.setup] if test.has_setup else []
        after = [test.teardown] if test.has_teardown else []
        return [Routine([*self._body(before), *self._body(test.body)]), *self._body(after)]

    def of_keyword(self, item: Any) -> list[Statement]:
        """Returns a single keyword, as a suite's setup is."""
        return self._body([item])

    def _body(self, items: Iterable[Any]) -> list[Statement]:
        told: list[Statement] = []
        waiting = list(items)
        while waiting:
            item = waiting.pop(0)
            if item.type == "KEYWORD" and self._plain_name(item) == _DECIDES:
                following = waiting.pop(0) if waiting and self._settles(item, waiting[0]) else None
                told += self._decide(item, following)
            else:
                told += self._item(item)
        return told

    def _item(self, item: Any) -> Iterator[Statement]:
        at = self._at(item)
        if item.type in ("KEYWORD", "SETUP", "TEARDOWN"):
            yield from self._keyword(item, at)
        elif item.type == "IF/ELSE ROOT":
            yield from self._if(list(item.body))
        elif item.type == "TRY/EXCEPT ROOT":
            yield from self._try(list(item.body), at)
        elif item.type == "FOR":
            text = f"{', '.join(item.assign)} {item.flavor.lower()} {_cut('  '.join(map(str, item.values)))}"
            yield Loop("while", f"For {text}", self._body(item.body), _TERMS.next_one, _TERMS.all_done, at)
        elif item.type == "WHILE":
            text = f"While {item.condition}" if item.condition else "Go round again"
            yield Loop("while", text, self._body(item.body), _TERMS.yes, _TERMS.no, at)
        elif item.type == "GROUP":
            yield from self._body(item.body)
        elif item.type == "VAR":
            yield Act(_cut(f"{item.name} = {'  '.join(map(str, item.value))}"), at)
        elif item.type in ("RETURN", "BREAK", "CONTINUE"):
            yield Leave(item.type.lower())
        else:
            yield Act(_cut(" ".join(map(str, getattr(item, "values", ())) or item.type)), at)

    def _keyword(self, item: Any, at: Place) -> Iterator[Statement]:
        name = self._plain_name(item)
        known = self._keywords.get(name)
        if known is not None and len(self._open) < self._depth and name not in self._open:
            self._open.append(name)
            yield Routine(self._body(known.body))
            self._open.pop()
        elif name in _ENDS and not self._tries:
            yield from self._end(f"{_ENDS[name]}: {item.args[0]}" if item.args else _ENDS[name], at)
        else:
            yield Act(self._text(item), at)
            if name in _RETURNS:
                yield Leave("return")

    def _end(self, text: str, at: Place) -> list[Statement]:
        return (
            [Act(_cut(text), at), Leave("return", all_of_them=True)]
            if self._goes_on
            else [Stop(_cut(text), at)]
        )

    def _if(self, branches: Sequence[Any]) -> list[Statement]:
        first, *others = branches
        if first.condition is None:
            return self._body(first.body)
        otherwise = self._if(others) if others else []
        both = [Branch(_TERMS.yes, self._body(first.body)), Branch(_TERMS.no, otherwise)]
        return [Choice(_cut(f"{first.condition}?"), both, self._at(first))]

    def _try(self, branches: Sequence[Any], at: Place) -> list[Statement]:
        """Returns what is tried, the decision whether it failed, and what follows in each case.

        Where exactly it fails is not drawn: any step of it may.
        """
        parts: dict[str, list[Any]] = {}
        for branch in branches:
            parts.setdefault(branch.type, []).append(branch)
        self._tries += 1
        tried = self._body(parts["TRY"][0].body)
        self._tries -= 1
        last = [one for branch in parts.get("FINALLY", ()) for one in self._body(branch.body)]
        handlers: dict[str, Branch] = {}
        for branch in parts.get("EXCEPT", ()):
            label = _cut(f"error: {'  '.join(map(str, branch.patterns))}") if branch.patterns else "any error"
            handlers.setdefault(label, Branch(label, self._body(branch.body)))
        good = [one for branch in parts.get("ELSE", ()) for one in self._body(branch.body)]
        if "any error" not in handlers:
            handlers["other error"] = Branch(
                "other error" if handlers else "error", [*last, *self._end("Failed", at)]
            )
        choice = Choice("Did it fail?", [Branch("no error", good), *handlers.values()], at)
        return [*tried, choice, *last]

    # Decide Next Action ---------------------------------------------------------------------------------------------

    def _decide(self, item: Any, following: Any | None) -> list[Statement]:
        """Returns a decision with a branch an option; where an IF over the answer follows, its bodies are the branches'."""
        options = self._options(item)
        at = self._at(item)
        if len(options) < 2:  # noqa: PLR2004 - a decision has two branches
            return [Act(self._text(item), at)]
        bodies: dict[str, list[Statement]] = {}
        otherwise: list[Statement] = []
        for branch in list(following.body) if following else []:
            named = [option for option in options if _names(branch.condition, option)]
            if branch.condition is None:
                otherwise = self._body(branch.body)
            else:
                bodies[named[0]] = self._body(branch.body)
        return [
            Choice(
                self._text(item, with_arguments=False),
                [Branch(one, bodies.get(one, otherwise)) for one in options],
                at,
            )
        ]

    def _options(self, item: Any) -> list[str]:
        """Returns the options of a Decide Next Action: its named arguments that are no settings, and where it may go otherwise."""
        named = [str(arg).partition("=") for arg in item.args if re.match(r"[^=${\s][^=${]*=", str(arg))]
        options = [name for name, _, _ in named if name not in _OPTIONS_OF_ASKING]
        options += [value for name, _, value in named if name == "otherwise" and value]
        return list(dict.fromkeys(options))

    def _settles(self, item: Any, following: Any) -> bool:
        """Whether an IF is over the answer alone: every condition compares the assigned variable with one option."""
        if following.type != "IF/ELSE ROOT" or not item.assign:
            return False
        variable = re.sub(r"[\s=${}@&]", "", item.assign[0])
        conditions = [branch.condition for branch in following.body if branch.condition is not None]
        named = [[one for one in self._options(item) if _names(condition, one)] for condition in conditions]
        single = all(len(one) == 1 for one in named) and len({one[0] for one in named if one}) == len(named)
        return single and all(_only_compares(condition, variable) for condition in conditions)

    # Texts ----------------------------------------------------------------------------------------------------------

    def _plain_name(self, item: Any) -> str:
        return same_name(str(item.name or "").rpartition(".")[2])

    def _text(self, item: Any, *, with_arguments: bool = True) -> str:
        assigned = f"{', '.join(item.assign).rstrip(' =')} = " if item.assign else ""
        arguments = f": {'  '.join(map(str, item.args))}" if item.args and with_arguments else ""
        return _cut(f"{assigned}{item.name}{arguments}")

    def _at(self, item: Any) -> Place:
        line = int(item.lineno or 0)
        return Place(line, f"{self._file}, line {line}" if line else "", self._lane)


def _names(condition: str | None, option: str) -> bool:
    return condition is not None and re.search(rf"(['\"]){re.escape(option)}\1", condition) is not None


def _only_compares(condition: str, variable: str) -> bool:
    """Whether a condition is ``$variable == 'option'``, or its ``.action``, and nothing more."""
    left = rf"\$\{{?{re.escape(variable)}\}}?(?:\.action\}}?|\[action\])?"
    quoted = r"(['\"])[^'\"]*\1"
    return re.fullmatch(rf"\s*['\"]?{left}['\"]?\s*==\s*{quoted}\s*", condition) is not None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

"""What a keyword gives back: an immutable mapping whose names can be read as items and as attributes.

``${facts.order_no}``, ``${facts}[order_no]`` and ``&{facts}`` all work in a suite. A field may even be called
like a method of mappings (``items``, ``keys``): the attribute then is the field, and where Python or Robot
Framework calls it as the method it still answers.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, NoReturn


class Answer(Mapping[str, Any]):
    """The typed answer of a step. Names, their values and their order are fixed when it is made.

    An instance's ``__dict__`` holds the values: there an attribute wins over a method of the same name, which
    is just what a field called ``items`` needs, while everything in here works on ``_Answer__values``, which
    no field can shadow.
    """

    __values: dict[str, Any]

    def __init__(self, values: Mapping[str, Any], /) -> None:
        plain = {name: copy.deepcopy(values[name]) for name in values}
        attributes = {name: self.__attribute(name, value) for name, value in plain.items()}
        self.__dict__.update(attributes)
        self.__dict__["_Answer__values"] = plain

    def __attribute(self, name: str, value: Any) -> Any:
        method = getattr(type(self), name, None)
        if not callable(method) or name.startswith("_"):
            return value
        return _callable_as_well(value, lambda *args: method(self, *args))

    def __getitem__(self, name: str) -> Any:
        if name not in self.__values:
            raise KeyError(self.__no_such(name))
        return self.__values[name]

    def __getattr__(self, name: str) -> Any:
        # Reached for missing names only. Dunder look-ups of copy and pickle come before there are values.
        if "_Answer__values" not in self.__dict__:
            raise AttributeError(name)
        raise AttributeError(self.__no_such(name))

    def __no_such(self, name: object) -> str:
        names = ", ".join(self.__values) or "(none)"
        return f"Expected one of the names {names}, but '{name}' was asked for; use one of them."

    def __iter__(self) -> Iterator[str]:
        return iter(self.__values)

    def __len__(self) -> int:
        return len(self.__values)

    def __contains__(self, name: object) -> bool:
        return name in self.__values

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Answer):
            return bool(self.__values == other.__values)
        if isinstance(other, Mapping):
            return bool(self.__values == {name: other[name] for name in other})
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # values may be lists

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(
            f"Expected the answer to stay as it is, but '{name}' was set; make a dictionary of it first."
        )

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(
            f"Expected the answer to stay as it is, but '{name}' was deleted; make a dictionary of it first."
        )

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__values.items())
        return f"{type(self).__name__}({shown})"

    def __str__(self) -> str:
        return ", ".join(f"{name}: {value}" for name, value in self.__values.items())

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.__values)

    def __copy__(self) -> Answer:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Answer:
        return self

    def to_dict(self) -> dict[str, Any]:
        """Returns a dictionary of one's own to change. Dates and decimals stay what they are."""
        return copy.deepcopy(self.__values)


class Classification(Answer):
    """Which category a text belongs to. Shown as text it is the category.

    ``category`` is ``None`` and ``abstained`` true where no category was clear enough; ``reason`` says why,
    and ``confidence`` (0 to 1) is a measured probability, ``None`` where the engine cannot measure it.
    """

    category: str | None
    reason: str
    confidence: float | None
    abstained: bool

    def __init__(
        self,
        category: str | None,
        reason: str = "",
        confidence: float | None = None,
        *,
        abstained: bool | None = None,
    ) -> None:
        super().__init__(
            {
                "category": category,
                "reason": reason,
                "confidence": confidence,
                "abstained": category is None if abstained is None else abstained,
            }
        )

    def __str__(self) -> str:
        return ABSTAINED if self.category is None else self.category


class Decision(Answer):
    """What to do next. Shown as text it is the action.

    ``action`` is ``None`` and ``abstained`` true where no option was clear enough; ``reason`` and
    ``confidence`` are as with `Classification`.
    """

    action: str | None
    reason: str
    confidence: float | None
    abstained: bool

    def __init__(
        self,
        action: str | None,
        reason: str = "",
        confidence: float | None = None,
        *,
        abstained: bool | None = None,
    ) -> None:
        super().__init__(
            {
                "action": action,
                "reason": reason,
                "confidence": confidence,
                "abstained": action is None if abstained is None else abstained,
            }
        )

    def __str__(self) -> str:
        return ABSTAINED if self.action is None else self.action


class Facts(Answer):
    """The facts taken out of a text: one name a field of the schema, ``None`` where the text does not say."""


ABSTAINED = "(abstained)"
"""How an answer that chose nothing reads as text: an empty text would vanish in a message."""


def _rebuild(kind: type[Answer], values: dict[str, Any]) -> Answer:
    """Makes an answer of unpickled values, past the subclass's own constructor."""
    answer = kind.__new__(kind)
    Answer.__init__(answer, values)
    return answer


_COPYABLE = (str, int, float, Decimal, date, datetime, time, list, tuple, dict)
"""The types of values that a field can have, less ``None`` and booleans: those two cannot be subclassed."""


def _callable_as_well(value: Any, method: Callable[..., Any]) -> Any:
    """Returns an equal value of a subclass of its type, which calls ``method`` when it is called.

    ``dict(**answer)`` calls ``keys()`` and Robot Framework's ``&{answer}`` calls ``items()``: a plain value
    of that name would break them.
    """
    kind = type(value)
    if kind not in _COPYABLE:
        return value
    both = _callable_kind(kind)  # type: ignore[arg-type]  # mypy: a class is no Hashable
    copied = both.fromisoformat(value.isoformat()) if isinstance(value, (date, time)) else both(value)
    copied.__genflow_method__ = method
    return copied


@cache
def _callable_kind(kind: type) -> Any:
    return type(kind.__name__, (kind,), {"__call__": lambda self, *args: self.__genflow_method__(*args)})

"""Options to choose among, as the analyst names and describes them: shared by classifying and deciding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ABSTAIN = "abstain"
"""The name that stands for 'none of the options'; no option may be called so."""


@dataclass(frozen=True)
class Choosable:
    """One option: its name, what it means, and example texts that belong to it."""

    name: str
    description: str = ""
    examples: tuple[str, ...] = ()

    def numbered(self, number: int) -> dict[str, Any]:
        """Returns the option as the plain data a prompt takes."""
        return {
            "number": number,
            "name": self.name,
            "description": self.description,
            "examples": list(self.examples),
        }


def read_options(
    what: str,
    names: Sequence[str],
    described: Mapping[str, str | None],
    examples: Mapping[str, str | Sequence[str] | None] | None = None,
) -> tuple[Choosable, ...]:
    """Returns the options in the order they were written.

    ``what`` is the field's word for them in messages (``category``, ``option``). A description of ``None`` is an empty one.

    Raises:
        InputError: fewer than two options, one named twice or without a name, or examples for an option that is not there.
    """
    written: list[tuple[str, str | None]] = [*((name, None) for name in names), *described.items()]
    seen = [name.strip() for name, _ in written]
    if len(seen) < 2:  # noqa: PLR2004 - a choice needs two
        found = f"only '{seen[0]}'" if seen else "none"
        raise InputError(
            f"Expected at least two to choose from, but found {found}; name each {what} with what it means."
        )
    for name in seen:
        if not name or name == ABSTAIN:
            raise InputError(
                f"Expected every {what} to have a name of its own, but found '{name}'; give it another name."
            )
        if seen.count(name) > 1:
            raise InputError(
                f"Expected every {what} once, but found '{name}' {seen.count(name)} times; remove the others."
            )
    given = {name: _texts(value) for name, value in (examples or {}).items()}
    unknown = [name for name in given if name not in seen]
    if unknown:
        raise InputError(
            f"Expected examples for {', '.join(seen)}, but found some for '{unknown[0]}'; correct that name."
        )
    return tuple(
        Choosable(name.strip(), (text or "").strip(), given.get(name.strip(), ())) for name, text in written
    )


def require_option(what: str, name: str | None, options: Sequence[Choosable]) -> None:
    """Checks that ``otherwise`` names an option, or is a word of its own for 'none of these'.

    Raises:
        InputError: it is empty.
    """
    if name is not None and not name.strip():
        names = ", ".join(option.name for option in options)
        raise InputError(
            f"Expected 'otherwise' to name a {what} such as {names}, but it is empty; name one or leave it out."
        )


def require_text(what: str, text: object) -> str:
    """Returns a text argument, checked to hold something.

    Raises:
        InputError: it is not a text, or holds nothing but blanks.
    """
    if not isinstance(text, str):
        raise InputError(f"Expected {what} to be a text, but it is {_kind(text)}; pass the text itself.")
    if not text.strip():
        raise InputError(
            f"Expected {what} to hold a text, but it is empty; check it before this step and skip it or send it to a person."
        )
    return text


def _texts(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)


def _kind(value: object) -> str:
    return "nothing (None)" if value is None else f"a {type(value).__name__}"

"""What a text must keep of another: the sentence that sends a written text back when it invents or loses a value.

original, written -> values only the written one has: invented | values only the original has: lost -> sentence, or None
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from GenFlowLibrary.texts.claims import find_claims, not_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel

    from GenFlowLibrary.answers.written import Written
    from GenFlowLibrary.engines.gateway import Check

_MOST_SHOWN = 8


def must_hold(problem: Callable[[str], str | None]) -> Check:
    """Returns the gateway's check of a written text, from what tells the problem of a text."""

    def check(answer: BaseModel) -> str | None:
        text = cast("Written", answer).text.strip()
        return problem(text) if text else "Expected a text, but an empty one came."

    return check


def invented_in(
    text: str, sources: Sequence[str], *, names: bool = True, language: str | None = None
) -> str | None:
    """Returns what a text states that no source does, as a sentence for the engine; ``None`` where there is nothing.

    ``names`` says whether names and numbers in words are looked for as well, which a text in another language writes otherwise.
    """
    return invented(not_in(find_claims(text, names=names, words=names, language=language), sources))


def invented(values: Sequence[str]) -> str | None:
    """Returns the sentence for the engine about values that no source states, ``None`` where there is none."""
    if not values:
        return None
    return (
        f"Expected only numbers, dates, names and identifiers that the facts state, but these do not occur there: {_shown(values)}; "
        "leave them out, or write what the facts state."
    )


def lost_in(text: str, original: str, *, names: bool = True, keep: Sequence[str] = ()) -> str | None:
    """Returns what a text has lost of its original, as a sentence for the engine; ``None`` where all is there.

    ``keep`` are texts that must be there word for word besides the numbers, dates, names and identifiers of the original.
    """
    lost = not_in(find_claims(original, names=names), [text], parts_of_dates=True)
    lost.extend(word for word in keep if word not in text)
    if not lost:
        return None
    return (
        f"Expected every number, date, name and identifier of the original, but these are lost: {_shown(lost)}; "
        "write each of them as the original does."
    )


def _shown(values: Sequence[str]) -> str:
    more = f" and {len(values) - _MOST_SHOWN} more" if len(values) > _MOST_SHOWN else ""
    return ", ".join(f"'{value}'" for value in values[:_MOST_SHOWN]) + more

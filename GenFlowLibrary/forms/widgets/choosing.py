"""Which of a widget's entries a value means: the one of the same text, else what `options.choose` makes of it. Never the first of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.browser.page import Option
from GenFlowLibrary.forms.labels import normal
from GenFlowLibrary.forms.options import choose, listed
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.widget_view import WidgetPart


def same(first: str, second: str) -> bool:
    """Tells whether two texts differ in case, accents, spacing and punctuation at most."""
    return first == second or (bool(normal(first)) and normal(first) == normal(second))


def exactly(value: str, parts: Sequence[WidgetPart]) -> WidgetPart | None:
    """Returns the one entry with this text, None when there is none.

    Raises:
        ValueRejected: several entries have it, or the one that has it cannot be chosen.
    """
    found = [part for part in parts if part.text == value] or [p for p in parts if same(p.text, value)]
    usable = [part for part in found if not part.disabled]
    if found and not usable:
        raise ValueRejected(f"offers '{found[0].text}', but it can't be chosen now")
    sends = {part.value for part in usable}
    if len(usable) > 1 and (len(sends) > 1 or sends == {""}):
        raise ValueRejected(
            f"offers several entries that '{value}' can mean ({listed(options(usable))}), so write one in full"
        )
    return usable[0] if usable else None


def pick(value: str, parts: Sequence[WidgetPart]) -> WidgetPart:
    """Returns the one entry that a value means.

    Raises:
        ValueRejected: none or several are meant; the message lists what was offered.
    """
    found = exactly(value, parts)
    if found:
        return found
    chosen = choose(value, options(parts))
    return next(part for part in parts if (part.value or part.text) == chosen.value)


def options(parts: Sequence[WidgetPart]) -> list[Option]:
    """Returns entries as options, in their order."""
    return [Option(part.text, part.value or part.text, part.disabled) for part in parts]

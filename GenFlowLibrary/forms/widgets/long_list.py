"""Open lists that draw only what is in sight: scrolled down until all entries were seen once, and back to the one that is wanted.

seen texts -> scroll -> more texts -> ... -> the one that the value means -> scrolled to
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.browser.page import Option
from GenFlowLibrary.forms.options import choose
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.choosing import exactly
from GenFlowLibrary.forms.widgets.widget import OPENING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from GenFlowLibrary.browser.widget_view import Scroll, WidgetPart, WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

_MOST_SCROLLS = 400
"""At about 50 ms each a list of some 3,000 entries takes 20 s; longer ones can be searched by typing, as a rule."""


def scrolled_to(held: Held, wanted: str, view: WidgetView) -> WidgetPart | None:
    """Returns the entry of an open list that a value means, scrolled into the drawn part; None when all of the list is drawn already.

    An entry of the very text is taken where it is met; otherwise the whole list is seen before it is decided what is meant.

    Raises:
        ValueRejected: no entry or several are meant, or the list goes on for too long.
    """
    if not view.more:
        return None
    texts: dict[str, None] = {}
    for seen in _scrolling(held, view):
        if part := exactly(wanted, seen.of("option")):
            return part
        texts.update(dict.fromkeys(part.text for part in seen.of("option")))
    chosen = choose(wanted, [Option(text, text) for text in texts]).text
    for seen in _scrolling(held, _moved(held, held.look(), "top")):
        if part := exactly(chosen, seen.of("option")):
            return part
    raise ValueRejected(f"offered '{chosen}', but not when it was scrolled to")


def _scrolling(held: Held, view: WidgetView) -> Iterator[WidgetView]:
    for _ in range(_MOST_SCROLLS):
        yield view
        if not view.more:
            return
        view = _moved(held, view, "further")
    raise ValueRejected(
        f"has a list that still goes on after {_MOST_SCROLLS} times scrolling, so use a page that searches in it"
    )


def _moved(held: Held, view: WidgetView, way: Scroll) -> WidgetView:
    before = [part.text for part in view.of("option")]
    held.scroll(way)
    return held.until(lambda seen: [part.text for part in seen.of("option")] != before, OPENING / 4)

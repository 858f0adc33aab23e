"""Tags or chips: each text typed and closed by Enter, surplus chips taken away by their own buttons.

chips that are too much -> away; texts that are missing -> typed, Enter -> chip? ; no chip at all -> it is a text box, so all as one text
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.forms.widgets.choosing import exactly, same
from GenFlowLibrary.forms.widgets.widget import OPENING, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.browser.widget_view import WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held


def set_tags(held: Held, setting: Setting) -> Setting:
    """Makes the chips exactly the wanted texts. Raises ValueRejected when the page keeps others, as for a tag that it does not allow."""
    wanted = setting.value if isinstance(setting.value, tuple) else (str(setting.value),)
    had_chips = bool(_chips(held.look(first=True)))
    _take_away(held, wanted)
    for text in wanted:
        if not _has(held.look(), text):
            _add(held, text)
        if not had_chips and not _chips(held.look()):
            return replace(setting, value=(_as_text(held, wanted),))
    if held.look().text:
        held.type("")  # a text that made no chip is not left in the box
    view = held.close()
    if len(_chips(view)) != len(set(wanted)) or not all(_has(view, text) for text in wanted):
        raise refuse(", ".join(wanted), view)
    return replace(setting, value=_chips(view))


def _chips(view: WidgetView) -> tuple[str, ...]:
    return tuple(part.text for part in view.of("remove"))


def _has(view: WidgetView, text: str) -> bool:
    return any(same(text, chip) for chip in _chips(view))


def _take_away(held: Held, wanted: Sequence[str]) -> None:
    for _ in _chips(held.look()):
        extra = [part for part in held.look().of("remove") if not any(same(part.text, t) for t in wanted)]
        if not extra:
            return
        count = len(_chips(held.look()))
        held.press(extra[0])
        held.until(lambda seen, count=count: len(_chips(seen)) < count)  # type: ignore[misc]


def _add(held: Held, text: str) -> None:
    held.type(text)
    view = held.until(lambda seen: exactly(text, seen.of("option")) is not None, OPENING / 5)
    offered = exactly(text, view.of("option"))
    if offered:
        held.press(offered)
    else:
        held.keys(Key.ENTER)
    held.until(lambda seen: _has(seen, text))


def _as_text(held: Held, wanted: Sequence[str]) -> str:
    text = ", ".join(wanted)
    held.note = "typed as text, for the page made no chips of it"
    held.type(text, Key.TAB)
    view = held.until(lambda seen: seen.value == text, OPENING / 5)
    if view.value != text:
        raise refuse(text, view)
    return text

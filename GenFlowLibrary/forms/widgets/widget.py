"""One widget in hand: looked at, pressed and typed into as a person does, with the patience that a page needs.

look -> press or type -> wait until it shows -> read what a person reads -> close what was opened
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.browser.page import FieldCard, Page, Snapshot
    from GenFlowLibrary.browser.widget_view import PartRole, Scroll, WidgetPart, WidgetView

OPENING = 1.0
"""Seconds in which a popup is there after a press: component libraries animate it for 0.1 to 0.3 s."""

LOADING = 3.0
"""Seconds in which options are there that are loaded when asked for: such fields wait 0.2 to 0.4 s for more keys, then ask a server."""

QUIET = 0.8
"""Seconds without any change after which a widget has said what it has to say, unless the page still waits for an answer to a request.

It is twice the time that such fields wait for more keys before they ask."""

DRAWING = 0.5
"""Seconds after which a page is no longer waited for that has drawn nothing since the last press: its window may be out of sight."""

_POLL = 0.05
_POLL_FRAME = 0.01


@dataclass
class Held:
    """A widget of a snapshot, held while it is set.

    ``note`` is what the outcome table should say about how it was set, ``silent`` that its list had no entries when it was opened;
    ``sleep`` and ``clock`` are replaceable, so that tests take no time.
    """

    page: Page
    snapshot: Snapshot
    card: FieldCard
    note: str = ""
    silent: bool = False
    sleep: Callable[[float], None] = field(default=time.sleep)
    clock: Callable[[], float] = field(default=time.monotonic)

    def look(self, *, first: bool = False) -> WidgetView:
        """Returns what the widget shows, once the page has drawn what was done last. ``first``: before anything is opened."""
        end = self.clock() + DRAWING
        view = self.page.look_at_widget(self.snapshot, self.card.number, first=first)
        while view.drawing and self.clock() < end:
            self.sleep(_POLL_FRAME)
            view = self.page.look_at_widget(self.snapshot, self.card.number)
        return view

    def scroll(self, way: Scroll) -> None:
        """Scrolls the open list."""
        self.page.look_at_widget(self.snapshot, self.card.number, scroll=way)

    def confirm(self) -> bool:
        """Presses the popup's own button that takes over what was chosen in it, where it has one that can be pressed."""
        buttons = [part for part in self.look().of("confirm") if not part.disabled]
        if buttons:
            self.press(buttons[-1])
        return bool(buttons)

    def press(self, part: WidgetPart) -> None:
        """Clicks a part of the latest look.

        What can't be clicked is tried again for a while, as the one part that is like it now: the page may have drawn it anew since, or
        what was opened before may still be fading away over it. Raises PageError when it can't be clicked then either.
        """
        end = self.clock() + OPENING / 2
        while True:
            try:
                self.page.press_part(self.snapshot, self.card.number, part.number)
            except PageError:
                if self.clock() >= end:
                    raise
            else:
                return
            self.sleep(_POLL)
            alike = [p for p in self.look().of(part.role) if _alike(p, part)]
            part = alike[0] if len(alike) == 1 else part

    def keys(self, *keys: str | Key) -> None:
        """Sends real keys."""
        self.page.send_keys(self.snapshot, self.card.number, *keys)

    def type(self, text: str, *after: Key) -> None:
        """Replaces the text of the text box, then sends keys. An empty box gets no Backspace: there it takes the last chip away."""
        clearing = (Key.ALL, Key.BACKSPACE) if self.look().text else ()
        self.keys(*clearing, *filter(None, (text,)), *after)

    def until(self, shows: Callable[[WidgetView], bool], patience: float = OPENING) -> WidgetView:
        """Looks until the widget shows something, and returns the last look, whether it does or time is up."""
        end = self.clock() + patience
        while True:
            view = self.look()
            if shows(view) or self.clock() >= end:
                return view
            self.sleep(_POLL)

    def until_quiet(self, shows: Callable[[WidgetView], bool], quiet: float) -> WidgetView:
        """Looks until the widget shows something, or has not changed for ``quiet`` seconds and waits for nothing, or LOADING is over."""
        last: WidgetView | None = None
        since = self.clock()

        def done(view: WidgetView) -> bool:
            nonlocal last, since
            if view != last or view.busy or view.waiting:
                last, since = view, self.clock()
            return shows(view) or self.clock() >= since + quiet

        return self.until(done, LOADING)

    def open(self, *, needs: PartRole = "option", patience: float = OPENING) -> WidgetView:
        """Opens the popup, by a press or else by the arrow key, and returns the look when its parts are there or time is up."""
        view = self.look()
        if view.open and view.of(needs):
            return view
        trigger = view.of("trigger")
        if trigger:
            self.press(trigger[0])
        view = self.until(lambda seen: seen.open and bool(seen.of(needs)), patience)
        if not view.open:
            self.keys(Key.DOWN)
            view = self.until(lambda seen: seen.open and bool(seen.of(needs)), patience / 2)
        return view

    def close(self) -> WidgetView:
        """Closes the popup, where one is open: by Escape, by leaving the widget, by its own button."""
        view = self.look()
        for way in (Key.ESCAPE, Key.TAB, None):
            if not view.open:
                return view
            with suppress(
                PageError
            ):  # it may close by itself meanwhile, and its search box, where the keys go, with it
                if way is not None:
                    self.keys(way)
                elif trigger := view.of("trigger"):
                    self.press(trigger[0])
            view = self.until(lambda seen: not seen.open, OPENING / 2)
        return view


def _alike(first: WidgetPart, second: WidgetPart) -> bool:
    return (first.text, first.value, first.group) == (second.text, second.value, second.group)


def refuse(wanted: str, view: WidgetView) -> ValueRejected:
    """Returns the error for a widget that shows something else than what was set."""
    return ValueRejected(
        f"shows '{view.value}' after '{wanted}' was set, so check whether the page allows it"
    )

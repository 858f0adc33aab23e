"""What a widget shows at one moment: its value, whether its popup is open, and the parts of it that can be pressed. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

PartRole = Literal[
    "trigger",
    "option",
    "remove",
    "day",
    "previous",
    "next",
    "increase",
    "decrease",
    "put in",
    "take out",
    "segment",
    "confirm",
]
"""What a part is for: opening, choosing, taking a chip away, a calendar's day and its two arrows (of a tree, what opens a branch), a spin
button's two buttons, the buttons of a dual list, one piece of a date field that is drawn in pieces (its text is ``year``, ``month``,
``day``, ``hour``, ``minute``, ``second`` or ``half``), and the button by which a popup takes over what was chosen in it."""


Scroll = Literal["", "further", "top"]
"""How an open list is scrolled."""


class Key(Enum):
    """A key that has no character."""

    ENTER = "enter"
    ESCAPE = "escape"
    TAB = "tab"
    BACKSPACE = "backspace"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    HOME = "home"
    END = "end"
    PAGE_UP = "page up"
    PAGE_DOWN = "page down"
    ALL = "all"
    """Selects the text of an input, so that the next key replaces it."""


@dataclass(frozen=True)
class WidgetPart:
    """One part that can be pressed. ``number`` counts from 1 and is valid until the widget is looked at again.

    ``value`` is what the part sends where the page tells (``data-value``, ``data-date``), else empty. ``group`` is the column, the list or
    the month that it belongs to; ``path`` the texts of the branches around a tree's entry, the outermost first.
    """

    number: int
    role: PartRole
    text: str
    value: str = ""
    selected: bool = False
    disabled: bool = False
    group: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class WidgetView:
    """A widget now.

    ``values`` is what a person reads in it (one text, or one a chip or chosen option); ``text`` is what stands in its text box, ``""``
    without one; ``open`` tells whether its popup is shown, ``busy`` whether the page says that it is loading, ``caption`` is the heading of
    an open calendar, and ``more`` tells whether its open list can be scrolled further down: some draw only what is in sight. ``asked``
    counts the requests that the page made since the first look, ``waiting`` tells whether one of them is not answered yet, and ``drawing``
    whether the page has yet to draw what the latest press or keys led to.
    """

    values: tuple[str, ...] = ()
    text: str = ""
    open: bool = False
    busy: bool = False
    editable: bool = False
    multiple: bool = False
    caption: str = ""
    more: bool = False
    asked: int = 0
    waiting: bool = False
    drawing: bool = False
    parts: tuple[WidgetPart, ...] = ()

    @property
    def value(self) -> str:
        """What it shows, as one text."""
        return ", ".join(self.values)

    def of(self, *roles: PartRole) -> tuple[WidgetPart, ...]:
        """Returns the parts of some roles, in the order of the page."""
        return tuple(part for part in self.parts if part.role in roles)

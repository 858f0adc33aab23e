"""The page as this library sees it: field cards and buttons, and the port through which it is seen and set.

A snapshot is plain data. Its cards are numbered; the numbers are valid for that snapshot on that document only, and every method that
takes a number fails with a PageError when the document has been replaced since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.repeats import Repeat
    from GenFlowLibrary.browser.targets import TableRow, TargetList
    from GenFlowLibrary.browser.widget_view import Key, Scroll, WidgetView
    from GenFlowLibrary.core.secret import SecretHandle

FieldKind = Literal[
    "text",
    "textarea",
    "password",
    "email",
    "tel",
    "url",
    "search",
    "number",
    "range",
    "date",
    "time",
    "datetime-local",
    "month",
    "week",
    "color",
    "checkbox",
    "radio",
    "select",
    "multiselect",
    "file",
    "contenteditable",
    "combobox",
    "listbox",
    "radiogroup",
    "switch",
    "spinbutton",
    "slider",
    "tags",
    "datepicker",
    "timepicker",
    "duallist",
    "tree",
]
"""The control's kind: HTML's input type where there is one (WHATWG HTML 4.10.5), one card for a whole radio group; else the kind of a
widget that the page draws itself, by its ARIA role where it has one."""

WIDGET_KINDS: frozenset[FieldKind] = frozenset(
    {
        "combobox",
        "listbox",
        "radiogroup",
        "switch",
        "spinbutton",
        "slider",
        "tags",
        "datepicker",
        "timepicker",
        "duallist",
        "tree",
    }
)
"""The kinds that no script sets: they are pressed and typed into as a person does (forms/widgets)."""


@dataclass(frozen=True)
class Option:
    """One choice of a select or a radio group: what is shown and what is sent.

    Radio buttons of a group that have no values of their own have their texts as values here.
    """

    text: str
    value: str
    disabled: bool = False


@dataclass(frozen=True)
class FieldCard:
    """One fillable control, as a person and a model see it.

    ``label`` is the accessible name by the order of the design; ``label_source`` says where it came from (``aria-label``, ``label``,
    ``legend``, ``neighbour``, ``placeholder``, ``title``, ``name`` ...), without the marks ``*``, ``(required)``, ``(optional)`` and the
    colon. ``section`` is the nearest heading or legend, after the one around it (``Customer / Delivery address``). ``value`` is what it
    holds now: the text as the DOM has it, the option texts for selects and radios, ``true``/``false`` for a check box, and always empty
    for passwords; ``empty`` tells whether it holds nothing, for passwords too. ``constraints`` holds the HTML attributes that restrict
    it (pattern, min, max, step, minlength, maxlength, accept) as text. ``frame`` is the path of the frames that it is in, by their titles
    or names (``Payment / Card``), empty in none.
    """

    number: int
    kind: FieldKind
    label: str
    label_source: str = ""
    section: str = ""
    name: str = ""
    id: str = ""
    autocomplete: str = ""
    placeholder: str = ""
    title: str = ""
    hint: str = ""
    required: bool = False
    readonly: bool = False
    disabled: bool = False
    empty: bool = True
    value: str = ""
    error: str = ""
    options: tuple[Option, ...] = ()
    constraints: dict[str, str] = field(default_factory=dict)
    frame: str = ""
    multiple: bool = False
    """Whether it takes several values: options, chips or files."""
    aside: bool = False
    """Whether it is kept for browsers that fill forms for people: drawn, and said to be hidden. It comes after any other field."""


@dataclass(frozen=True)
class ButtonCard:
    """One button or button-like link of the form or page."""

    number: int
    label: str
    kind: Literal["submit", "button", "reset", "image", "link"] = "button"
    disabled: bool = False
    in_form: bool = True
    frame: str = ""


@dataclass(frozen=True)
class Snapshot:
    """A form, or a page, seen in one script round trip with all frames of its own origin; other frames take a call of their own.

    ``left_out`` counts what is not listed: invisible and honeypot controls, and frames that cannot be looked into; ``folded`` are
    the labels of fields that are folded up and can be unfolded. ``notes`` are sentences
    about those frames.
    """

    id: str
    url: str
    title: str
    scope: str
    language: str
    fields: tuple[FieldCard, ...]
    buttons: tuple[ButtonCard, ...]
    left_out: int = 0
    folded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """One field to be set, in the control's own format.

    ``value`` is a text for text-like controls (ISO formats for date, time, month, week, datetime-local), a tuple of option *values* for
    select, multiselect and radio, and a bool for check boxes. A secret stays a handle until the script call.
    """

    number: int
    value: str | bool | tuple[str, ...] | SecretHandle


@dataclass(frozen=True)
class ReadBack:
    """What a field held after setting: ``found`` as in `FieldCard.value` (empty for secrets), ``matches`` as compared in the page."""

    number: int
    found: str
    matches: bool
    error: str = ""


@dataclass(frozen=True)
class PageState:
    """Where the browser is and what the page says.

    ``alerts`` and ``statuses`` are the texts of visible alert and status roles and live regions (an alert styled as a success counts as a
    status), ``heading`` is the main heading, ``field_errors`` are pairs of label and message. ``ready`` tells whether the document is
    loaded, ``http_status`` is its status code (0 where the browser does not tell), ``form_shown`` whether the form of the latest snapshot
    of this document is still there.
    """

    url: str
    title: str
    document: str
    ready: bool = True
    heading: str = ""
    alerts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    field_errors: tuple[tuple[str, str], ...] = ()
    http_status: int = 0
    form_shown: bool = False


class Page(Protocol):
    """The browser's current page. One SeleniumLibrary adapter implements it, and one fake for unit tests; both pass one contract suite."""

    def snapshot(self, form: Any = None) -> Snapshot:
        """Returns the field cards and buttons of a form in one script round trip.

        ``form`` is any SeleniumLibrary locator or element; ``None`` means the page's main form.
        Raises PageError when no browser is open, nothing matches, or several forms are equally good candidates for the main one.
        """
        ...

    def set_fields(self, snapshot: Snapshot, settings: Sequence[Setting]) -> tuple[ReadBack, ...]:
        """Sets all the given fields in one script round trip, firing the events that a person's typing fires, and reads each back.

        Never raises for a single field: its read-back then has ``matches=False`` and ``error``. Raises PageError when the page changed.
        """
        ...

    def look_again(
        self, snapshot: Snapshot, settings: Sequence[Setting], form: Any = None
    ) -> tuple[Snapshot, tuple[ReadBack, ...]]:
        """Sees the form anew and reads fields of an earlier snapshot back, in one script round trip and without touching them.

        This is what the fields hold after the page had its say, and what has appeared since. Raises as `snapshot` and `set_fields`.
        """
        ...

    def type_keys(self, snapshot: Snapshot, setting: Setting) -> ReadBack:
        """Clears one text-like field and types real keys into it, for what a script cannot set. Returns its read-back."""
        ...

    def press(self, snapshot: Snapshot, button: int) -> None:
        """Clicks a button of the snapshot as a user would. Raises PageError when it cannot be clicked."""
        ...

    def look_at_widget(
        self, snapshot: Snapshot, number: int, *, first: bool = False, scroll: Scroll = ""
    ) -> WidgetView:
        """Returns what a widget shows and the parts that can be pressed, those in its open popup too, without touching it.

        ``first`` notes what the page shows already, so that what the widget opens later can be told from it. ``scroll`` moves its open list
        down by a part of what is in sight, or to its top; what the page draws then is for the next look to tell.
        """
        ...

    def press_part(self, snapshot: Snapshot, number: int, part: int) -> None:
        """Clicks a part of the latest look at a widget as a user would. Raises PageError when it cannot be clicked."""
        ...

    def send_keys(self, snapshot: Snapshot, number: int, *keys: str | Key) -> None:
        """Sends real keys to a widget: to its text box, or to what in it has the focus. Raises PageError when it takes none.

        Enter never sends the form: until the widget is looked at again, sending is held back.
        """
        ...

    def state(self) -> PageState:
        """Returns where the browser is and what the page announces now. ``document`` changes whenever a new document is loaded."""
        ...

    def targets(self, known: str = "", number: int = 0, within: Any = None) -> TargetList:
        """Returns what a person can point at in this frame, in one script round trip.

        ``known`` is the digest of an earlier list: while the page still has it, ``same`` is true and ``element`` is the element behind
        ``number`` in that list (0: none is wanted). ``within`` is an element; each target then tells whether it is in there.
        Raises PageError when no browser is open.
        """
        ...

    def text(self, region: Any = None) -> str:
        """Returns what a person reads on the page, or in a region (any SeleniumLibrary locator or element), line by line.

        Cells of a table row stand in one line with bars between them; fields show what they hold, passwords nothing.
        Raises PageError when no browser is open or nothing matches.
        """
        ...

    def table(self, locator: Any) -> tuple[TableRow, ...]:
        """Returns the visible rows of a table, spans laid out. ``locator`` names the table, or something that holds exactly one.

        Raises PageError when no browser is open, nothing matches, or there is no table or more than one.
        """
        ...

    def repeats(self, snapshot: Snapshot) -> tuple[Repeat, ...]:
        """Returns the groups of alike elements that hold fields of the snapshot, in one script round trip and without touching them.

        Whether they repeat one thing is for the caller to judge by their fields' labels. Raises PageError when the page changed.
        """
        ...

    def unfold(self, snapshot: Snapshot) -> int:
        """Opens the folded parts of the snapshot's form that hold fields, and returns how many: see the form anew when there were some.

        Raises PageError when the page changed.
        """
        ...

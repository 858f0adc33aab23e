"""A page in memory that obeys `Page`: cards with values, buttons with what they do, and a history of what was done to it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.browser.page import ButtonCard, FieldCard, PageState, ReadBack, Setting, Snapshot
from GenFlowLibrary.browser.targets import TableRow, Target, TargetList
from GenFlowLibrary.browser.widget_view import Key, Scroll, WidgetPart, WidgetView
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from GenFlowLibrary.browser.repeats import Repeat

_CHOICES = ("select", "multiselect", "radio")


@dataclass
class FakePage:
    """A page of one form.

    A widget opens by its trigger or the arrow key and offers its card's options; one with a placeholder takes keys into its box, and a
    ``stubborn`` one keeps its value when an option is pressed. ``open`` and ``boxes`` are the open widgets and what stands in their boxes.
    ``formats`` are what the page makes of a text put into a field by a script, by label; ``typed`` the same for real keys. ``on_press`` is
    called when a button is pressed and may change anything. ``things`` are its targets, ``lines`` its text (the heading where empty),
    ``tables`` its tables by locator, ``repeated`` what it repeats, ``folded`` fields that are not shown before
    it is unfolded. ``history`` remembers every call: (method, argument).
    """

    fields: list[FieldCard] = field(default_factory=list)
    buttons: list[ButtonCard] = field(default_factory=list)
    formats: dict[str, Callable[[str], str]] = field(default_factory=dict)
    typed: dict[str, Callable[[str], str]] = field(default_factory=dict)
    on_press: Callable[[FakePage, str], None] | None = None
    said: PageState = field(
        default_factory=lambda: PageState("http://fake/", "Fake", "document-1", form_shown=True)
    )
    history: list[tuple[str, Any]] = field(default_factory=list)
    secrets: dict[int, str] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    boxes: dict[int, str] = field(default_factory=dict)
    stubborn: set[str] = field(default_factory=set)
    things: list[Target] = field(default_factory=list)
    lines: str = ""
    tables: dict[str, tuple[TableRow, ...]] = field(default_factory=dict)
    repeated: tuple[Repeat, ...] = ()
    folded: list[FieldCard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fields = [replace(card, number=n) for n, card in enumerate(self.fields, 1)]
        self.buttons = [replace(card, number=n) for n, card in enumerate(self.buttons, 1)]
        self._ids = itertools.count(1)
        self._documents: dict[str, str] = {}

    def load(self, document: str, **said: Any) -> None:
        """Replaces the document, as following a link does."""
        self.said = PageState("http://fake/", "Fake", document, **said)

    def snapshot(self, form: Any = None) -> Snapshot:
        self.history.append(("snapshot", form))
        if isinstance(form, str) and form.startswith("id:no"):
            raise PageError(f"Expected an element that matches '{form}', found none: check the locator.")
        number = f"snapshot-{next(self._ids)}"
        self._documents[number] = self.said.document
        return Snapshot(
            number,
            self.said.url,
            self.said.title,
            "the form",
            "en",
            tuple(self.fields),
            tuple(self.buttons),
            folded=tuple(card.label for card in self.folded),
        )

    def set_fields(self, snapshot: Snapshot, settings: Sequence[Setting]) -> tuple[ReadBack, ...]:
        self._same_document(snapshot)
        self.history.append(("set_fields", tuple(setting.number for setting in settings)))
        return tuple(self._set(setting, self.formats) for setting in settings)

    def look_again(
        self, snapshot: Snapshot, settings: Sequence[Setting], form: Any = None
    ) -> tuple[Snapshot, tuple[ReadBack, ...]]:
        self._same_document(snapshot)
        return self.snapshot(form), tuple(self._read(setting) for setting in settings)

    def type_keys(self, snapshot: Snapshot, setting: Setting) -> ReadBack:
        self._same_document(snapshot)
        self.history.append(("type_keys", setting.number))
        return self._set(setting, self.typed)

    def press(self, snapshot: Snapshot, button: int) -> None:
        self._same_document(snapshot)
        if not 0 < button <= len(self.buttons):
            raise PageError("The page changed after its form was read: fill the form again.")
        label = self.buttons[button - 1].label
        self.history.append(("press", label))
        if self.on_press:
            self.on_press(self, label)

    def look_at_widget(
        self, snapshot: Snapshot, number: int, *, first: bool = False, scroll: Scroll = ""
    ) -> WidgetView:
        """A combobox shows its options when it is open (those that hold the typed text); a switch has only its trigger."""
        self._same_document(snapshot)
        card, text = self.fields[number - 1], self.boxes.get(number, "")
        is_open = number in self.open
        offered = [o for o in card.options if is_open and text.casefold() in o.text.casefold()]
        parts = [WidgetPart(1, "trigger", "")]
        parts += [
            WidgetPart(n, "option", option.text, option.value, option.text == card.value, option.disabled)
            for n, option in enumerate(offered, 2)
        ]
        values = () if card.empty and card.kind != "switch" else (card.value,)
        return WidgetView(values, text, is_open, editable=card.placeholder != "", parts=tuple(parts))

    def press_part(self, snapshot: Snapshot, number: int, part: int) -> None:
        pressed = self.look_at_widget(snapshot, number).parts[part - 1]
        card = self.fields[number - 1]
        self.history.append(("press_part", (card.label, pressed.text)))
        if card.kind == "switch":
            self._hold(card, card.value != "true")
        elif pressed.role == "trigger":
            self.open ^= {number}
        elif card.label not in self.stubborn:
            self._hold(card, pressed.text)
            self.fields[number - 1] = replace(self.fields[number - 1], value=pressed.text, empty=False)
            self.open.discard(number)
            self.boxes.pop(number, None)

    def send_keys(self, snapshot: Snapshot, number: int, *keys: str | Key) -> None:
        self._same_document(snapshot)
        self.history.append(("send_keys", keys))
        for key in keys:
            if isinstance(key, str):
                self.boxes[number] = self.boxes.get(number, "") + key
            elif key is Key.BACKSPACE:
                self.boxes.pop(number, None)
            elif key in (Key.ESCAPE, Key.TAB):
                self.open.discard(number)
            elif key is Key.DOWN:
                self.open.add(number)

    def state(self) -> PageState:
        return self.said

    def targets(self, known: str = "", number: int = 0, within: Any = None) -> TargetList:
        self.history.append(("targets", (known, number)))
        digest = f"{self.said.document}:{hash((tuple(self.things), self.said.heading))}"
        if known == digest:
            return TargetList(digest, same=True, element=f"element {number}" if number else None)
        return TargetList(digest, targets=tuple(self.things), url=self.said.url)

    def text(self, region: Any = None) -> str:
        self.history.append(("text", region))
        if isinstance(region, str) and region.startswith("id:no"):
            raise PageError(f"Expected an element that matches '{region}', found none: check the locator.")
        return self.lines or self.said.heading

    def table(self, locator: Any) -> tuple[TableRow, ...]:
        if str(locator) not in self.tables:
            raise PageError(
                f"Expected one table at '{locator}', found none: give a locator of the table itself."
            )
        return self.tables[str(locator)]

    def repeats(self, snapshot: Snapshot) -> tuple[Repeat, ...]:
        self._same_document(snapshot)
        return self.repeated

    def unfold(self, snapshot: Snapshot) -> int:
        """What was folded stands after the other fields."""
        self._same_document(snapshot)
        opened, self.folded = self.folded, []
        self.fields += [replace(card, number=n) for n, card in enumerate(opened, len(self.fields) + 1)]
        return len(opened)

    @property
    def values(self) -> dict[str, str]:
        """What the fields hold, by label."""
        return {card.label: card.value for card in self.fields}

    def done(self, method: str) -> list[Any]:
        """The arguments of all calls of a method."""
        return [argument for name, argument in self.history if name == method]

    def _same_document(self, snapshot: Snapshot) -> None:
        if self._documents.get(snapshot.id) != self.said.document:
            raise PageError("The page changed after its form was read: fill the form again.")

    def _card(self, number: int) -> FieldCard | None:
        return self.fields[number - 1] if 0 < number <= len(self.fields) else None

    def _set(self, setting: Setting, rules: dict[str, Callable[[str], str]]) -> ReadBack:
        card = self._card(setting.number)
        if card is None:
            return ReadBack(setting.number, "", False, "the snapshot has no such field")
        if card.disabled or card.readonly:
            reading = self._read(setting)
            return replace(reading, error=f"the field is {'disabled' if card.disabled else 'read-only'}")
        value = setting.value.reveal() if isinstance(setting.value, SecretHandle) else setting.value
        if isinstance(value, str):
            value = rules.get(card.label, lambda text: text)(value)
        self._hold(card, value)
        return self._read(setting)

    def _hold(self, card: FieldCard, value: Any) -> None:
        if card.kind in _CHOICES:
            shown = ", ".join(option.text for option in card.options if option.value in value)
        else:
            shown = str(value).lower() if isinstance(value, bool) else value
        self.secrets[card.number] = shown
        empty = shown in ("", "false")
        self.fields[card.number - 1] = replace(
            card, value="" if card.kind == "password" else shown, empty=empty
        )

    def _read(self, setting: Setting) -> ReadBack:
        card = self._card(setting.number)
        if card is None:
            return ReadBack(setting.number, "", False, "the snapshot has no such field")
        held = self.secrets.get(card.number, "") if card.kind == "password" else card.value
        secret = isinstance(setting.value, SecretHandle)
        wanted = setting.value.reveal() if isinstance(setting.value, SecretHandle) else setting.value
        if isinstance(wanted, tuple):
            matches = held == ", ".join(option.text for option in card.options if option.value in wanted)
        else:
            matches = held == (str(wanted).lower() if isinstance(wanted, bool) else wanted)
        return ReadBack(setting.number, "" if secret else card.value, matches)

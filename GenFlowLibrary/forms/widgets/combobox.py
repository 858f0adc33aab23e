"""Combobox and custom select: open it, type where that filters, take the entry that matches by text, and check what it shows then.

open -> the entry is offered? -> else type and wait for it -> press it -> shown? -> close
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.widget_view import Key
from GenFlowLibrary.forms.labels import words
from GenFlowLibrary.forms.options import listed
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.cascade import STEP, last_step, steps_of
from GenFlowLibrary.forms.widgets.choosing import exactly, options, pick, same
from GenFlowLibrary.forms.widgets.long_list import scrolled_to
from GenFlowLibrary.forms.widgets.tree import set_tree
from GenFlowLibrary.forms.widgets.widget import LOADING, OPENING, QUIET, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.browser.widget_view import WidgetPart, WidgetView
    from GenFlowLibrary.forms.widgets.widget import Held

_PROBE = 2
"""Letters typed to find out whether a field that offers nothing for a text offers anything at all."""


def set_combobox(held: Held, setting: Setting) -> Setting:
    """Makes a combobox show the wanted entries, and returns the setting in the words that it shows.

    Raises:
        ValueRejected: an entry is not offered (the message lists what is), several are meant, or the widget shows something else.
    """
    wanted = setting.value if isinstance(setting.value, tuple) else (str(setting.value),)
    before = held.look(first=True)
    if not wanted:
        _clear(held, before)
        return setting
    if any(part.role == "next" or part.path for part in _open(held).parts):
        return set_tree(held, setting)
    if before.multiple or before.of("remove") or len(wanted) > 1:
        return replace(setting, value=_several(held, wanted))
    return replace(setting, value=(_one(held, wanted[0], before),))


def _one(held: Held, wanted: str, before: WidgetView) -> str:
    try:
        part = _found(held, wanted)
    except ValueRejected:
        _put_back(held, before)
        raise
    if part is None:  # it is no more than a text box: nothing was offered, for no text
        return _as_text(held, wanted)
    typed = held.look().text
    held.press(part)
    view = held.until(lambda seen: _took(seen, part, typed))
    if view.open:
        view = held.close()
    if not _took(view, part, typed):
        raise refuse(part.text, view)
    return view.value


def _several(held: Held, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Adds what is missing, then takes away what is too much, and reads the chips."""
    before = held.look()
    taken = []
    try:
        for text in wanted:
            taken.append(_added(held, text))
    except ValueRejected:
        _put_back(held, before)
        raise
    held.close()
    _take_away(held, taken)
    view = held.look()
    shown = _entries(view)
    if len(shown) != len(set(taken)) or not all(_among(text, shown) for text in taken):
        raise refuse(", ".join(taken), view)
    return view.values


def _added(held: Held, wanted: str) -> str:
    """Adds one entry to those that are shown, and returns its text. Where nothing is ever offered, Enter makes a text an entry."""
    if _among(wanted, _entries(held.look())):
        return wanted
    part = _found(held, wanted)
    text = part.text if part else wanted
    if part is None:
        _enter(held, wanted)
    elif not _among(text, _entries(held.look())):
        held.press(part)
    held.until(lambda seen: _among(text, _entries(seen)))
    return text


def _enter(held: Held, wanted: str) -> None:
    """Makes a text an entry: Enter, once the widget has taken the text in, and its offer to add it where Enter came too soon."""
    if held.look().text != wanted:
        held.type(wanted)
        held.until(lambda seen: _offers_to_add(seen, wanted), OPENING / 5)
    held.keys(Key.ENTER)
    view = held.until(lambda seen: _among(wanted, _chips(seen)), OPENING / 2)
    if not _among(wanted, _chips(view)) and _offers_to_add(view, wanted):
        held.press(view.of("option")[0])


def _chips(view: WidgetView) -> tuple[str, ...]:
    return tuple(part.text for part in view.of("remove"))


def _entries(view: WidgetView) -> tuple[str, ...]:
    """What is chosen, one by one: the chips, or the parts of the one text that lists them."""
    if view.of("remove") or len(view.values) != 1:
        return view.values
    return tuple(text for text in view.value.split(", ") if text)


def _among(text: str, shown: Iterable[str]) -> bool:
    return any(same(text, other) for other in shown)


def _take_away(held: Held, wanted: Sequence[str]) -> None:
    """Takes away the entries that are too much: by their own buttons, or by pressing them in the list once more."""
    for _ in range(len(_entries(held.look()))):
        view = held.look()
        if not view.of("remove"):
            surplus = [text for text in _entries(view) if not _among(text, wanted)]
            part = _found(held, surplus[0]) if surplus else None
            if part is None:
                break
            held.press(part)
            held.until(lambda seen, text=part.text: not _among(text, _entries(seen)))  # type: ignore[misc]
            continue
        extra = [part for part in view.of("remove") if not _among(part.text, wanted)]
        if not extra:
            break
        count = len(held.look().values)
        held.press(extra[0])
        held.until(lambda seen, count=count: len(seen.values) < count)  # type: ignore[misc]
    held.close()


def _found(held: Held, wanted: str) -> WidgetPart | None:
    """Returns the entry to press. None: the field never offered anything, whatever was typed, or it offers to add the text."""
    view = _open(held)
    part = exactly(wanted, view.of("option"))
    if part:
        return part
    if steps := steps_of(wanted, view):
        return last_step(held, steps)
    if not view.editable:
        if part := scrolled_to(held, wanted, view):
            return part
        patience = LOADING if view.busy or not view.of("option") else OPENING / 4
        view = held.until(lambda seen: _offers(seen, wanted), patience if view.open else 0)
        if not view.open:
            raise ValueRejected("did not open when pressed, so nothing could be chosen in it")
        return pick(wanted, view.of("option"))
    first = view
    view = _type(held, wanted)
    if part := exactly(wanted, view.of("option")):
        return part
    if _offers_to_add(view, wanted):
        return None
    for seen in (view, first):  # what the text filters, then what all of the list holds
        if seen.of("option"):
            return _again(held, pick(wanted, seen.of("option")), view)
    return _probe(held, wanted)


def _open(held: Held) -> WidgetView:
    """Opens the list. One that had nothing to show when it was opened is not waited for again."""
    view = held.look()
    if view.open and held.silent:
        return view
    view = held.open(patience=0.0 if held.silent else OPENING / 3 if view.editable else OPENING)
    held.silent = not view.of("option")
    return view


def _offers(view: WidgetView, wanted: str) -> bool:
    return exactly(wanted, view.of("option")) is not None


def _offers_to_add(view: WidgetView, wanted: str) -> bool:
    """Whether all that is offered is to add the typed text, which such an entry repeats in quotes."""
    offered = [part.text for part in view.of("option")]
    return len(offered) == 1 and any(
        f"{a}{wanted}{b}" in offered[0] for a, b in ('""', "''", "“”", "„“", "«»", "「」")
    )


def _type(held: Held, text: str) -> WidgetView:
    held.type(text)
    return held.until_quiet(lambda seen: seen.open and not seen.busy and _offers(seen, text), QUIET)


def _again(held: Held, part: WidgetPart, view: WidgetView) -> WidgetPart:
    """The entry as it can be pressed now: it may have been seen in the whole list, which the typed text has narrowed since."""
    if part in view.parts:
        return part
    view = _type(held, part.text)
    found = exactly(part.text, view.of("option"))
    if found is None:
        raise ValueRejected(f"offered '{part.text}', but not when it was typed")
    return found


def _probe(held: Held, wanted: str) -> WidgetPart | None:
    held.type(wanted[:_PROBE])
    view = held.until_quiet(lambda seen: bool(seen.of("option")), QUIET / 2)
    if view.of("option") or view.open:
        offered = listed(options(view.of("option")))
        raise ValueRejected(
            f"offers no '{wanted}'; it offers {offered} for '{wanted[:_PROBE]}'"
            if offered
            else f"offers no '{wanted}'"
        )
    return None


def _as_text(held: Held, wanted: str) -> str:
    held.note = "typed as text, for the page offered no options"
    held.type(wanted, Key.TAB)
    view = held.until(lambda seen: same(seen.value, wanted), OPENING / 2)
    if view.value != wanted:
        raise refuse(wanted, view)
    return view.value


def _took(view: WidgetView, part: WidgetPart, typed: str) -> bool:
    """Whether the widget shows the entry: its text, or, where an entry says more than its name, the beginning that it stands for."""
    shown = view.value
    if same(shown, part.text):
        return True
    if part.path and same(" / ".join(STEP.split(shown)), " / ".join((*part.path, part.text))):
        return True
    begins = words(part.text)[: len(words(shown))] == words(shown) and bool(words(shown))
    return begins and not same(shown, typed)


def _clear(held: Held, before: WidgetView) -> None:
    if before.of("remove"):
        _take_away(held, ())
    elif before.values and before.editable and before.text:
        held.type("", Key.TAB)
        held.close()
    if (view := held.look()).values:
        raise ValueRejected(f"keeps '{view.value}' and can't be emptied by this library")


def _put_back(held: Held, before: WidgetView) -> None:
    """After a refusal the text box is as it was and the popup closed."""
    view = held.look()
    if view.editable and view.text != before.text:
        held.type(before.text)
    held.close()

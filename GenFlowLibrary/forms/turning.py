"""Turning a page of a wizard: pressing its next button, and knowing the next page from the same one with complaints.

press -> poll state and form until two looks agree -> other fields, or the same ones emptied elsewhere: turned
                                                   -> the same fields and new complaints, or nothing new at all: an error
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import FormError, PageError
from GenFlowLibrary.forms.missing import Identity, identity
from GenFlowLibrary.forms.next_button import reads_as_final
from GenFlowLibrary.forms.submit import complaints_since

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from GenFlowLibrary.browser.page import ButtonCard, Page, PageState, Snapshot
    from GenFlowLibrary.core.deadline import Deadline

_POLL = 0.1
_QUIET = 1.5
"""Seconds that a page without fields must stay so, unless a button on it ends the wizard: until then it is taken as still loading."""
_ENOUGH_FOR_LAST = 1.0
"""Seconds that a next button beside a final one may stay disabled before the page is taken as the last."""


@dataclass(frozen=True)
class _Look:
    """A page as one poll saw it."""

    state: PageState
    snapshot: Snapshot

    @property
    def fields(self) -> tuple[Identity, ...]:
        return tuple(identity(card) for card in self.snapshot.fields)

    @property
    def page(self) -> PageSign:
        return PageSign(self.fields, self.state.heading, self.state.url.partition("?")[0])

    def same_as(self, other: _Look | None) -> bool:
        return other is not None and (self.state, self.snapshot.fields, self.snapshot.buttons) == (
            other.state,
            other.snapshot.fields,
            other.snapshot.buttons,
        )


@dataclass(frozen=True)
class PageSign:
    """What a page of a wizard is known again by."""

    fields: tuple[Identity, ...]
    heading: str
    url: str


def sign_of(snapshot: Snapshot, state: PageState) -> PageSign:
    """Returns what a page is known again by."""
    return _Look(state, snapshot).page


def turn(
    page: Page,
    filled: Snapshot,
    button: ButtonCard,
    held: Mapping[Identity, str],
    form: object,
    deadline: Deadline,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Snapshot, PageState]:
    """Presses the next button of a page and returns the next page.

    Args:
        page: the browser's page.
        filled: the page as it was filled.
        button: its next button.
        held: what the fields hold that were filled.
        form: locator or element of the form.
        deadline: until when the page may take.
        sleep: waits.

    Raises:
        FormError: the page complains, stays as it is, or comes again unchanged.
        PageError: the button cannot be pressed, or the next page has no such form.
    """
    before = _Look(page.state(), filled)
    page.press(filled, button.number)
    last: _Look | None = None
    quiet_since = deadline.remaining
    while True:
        now, problem = _look(page, form)
        if now is None or not now.same_as(last):
            quiet_since = deadline.remaining
        elif now.state.ready and _turned(before, now, held, button, quiet_since - deadline.remaining):
            return now.snapshot, now.state
        if deadline.passed:
            if problem is not None:
                raise problem
            raise _stayed(button, now or before)
        last = now
        sleep(_POLL)


def _look(page: Page, form: object) -> tuple[_Look | None, PageError | None]:
    """The page now; while it loads it may have no such form yet."""
    try:
        state = page.state()
        return _Look(state, page.snapshot(form)), None
    except PageError as problem:
        return None, problem


def _turned(
    before: _Look, now: _Look, held: Mapping[Identity, str], button: ButtonCard, quiet: float
) -> bool:
    """Whether the next page is there; not yet, otherwise.

    Raises:
        FormError: the same page came again, or it complains.
    """
    reloaded = before.state.document != now.state.document
    kept = bool(before.fields) and set(before.fields) <= set(now.fields)
    complaints = complaints_since(before.state, now.state)
    if complaints and (kept or now.page == before.page):
        raise FormError(
            f"Pressed '{button.label}', and the page answered with errors: {'; '.join(complaints)}."
        )
    if now.fields != before.fields:
        return bool(now.fields) or _ends(now.snapshot) or quiet >= _QUIET
    moved = now.page != before.page
    if not now.fields:
        return (moved or reloaded or now.snapshot.buttons != before.snapshot.buttons) and (
            _ends(now.snapshot) or quiet >= _QUIET
        )
    if moved and not _holds_any(now.snapshot, held):
        return True
    if reloaded:
        raise _stayed(button, now)
    return False


def _ends(snapshot: Snapshot) -> bool:
    return any(reads_as_final(button.label) for button in snapshot.buttons)


def _holds_any(snapshot: Snapshot, held: Mapping[Identity, str]) -> bool:
    """Whether a field still holds what it was filled with. Without any such field nothing tells this page from the next."""
    return not held or any(not c.empty and held.get(identity(c)) == c.value for c in snapshot.fields)


def _stayed(button: ButtonCard, now: _Look) -> FormError:
    said = "; ".join(
        [*(f"{label}: {message}" for label, message in now.state.field_errors), *now.state.alerts]
    )
    return FormError(
        f"Pressed '{button.label}', but the same page came again unchanged"
        + (
            f", and it says: {said.rstrip('. ')}."
            if said
            else " and says nothing about why: check what it asks for."
        )
    )


def first_page(
    page: Page, form: object, deadline: Deadline, sleep: Callable[[float], None] = time.sleep
) -> Snapshot:
    """Returns the first page of a wizard. One without fields, an introduction, is given time to load them."""
    began = deadline.remaining
    snapshot = page.snapshot(form)
    while not snapshot.fields and began - deadline.remaining < min(_QUIET, began):
        sleep(_POLL)
        snapshot = page.snapshot(form)
    return snapshot


def usable(
    page: Page,
    snapshot: Snapshot,
    button: ButtonCard,
    form: object,
    deadline: Deadline,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Snapshot, ButtonCard | None]:
    """Returns the next button once it is enabled, and the page as it is then; no button where a final one stands beside it that is.

    Raises:
        FormError: it stays disabled.
    """
    began = deadline.remaining
    while button.disabled:
        final = any(reads_as_final(other.label) and not other.disabled for other in snapshot.buttons)
        if final and began - deadline.remaining >= min(_ENOUGH_FOR_LAST, began):
            return snapshot, None
        if deadline.passed:
            raise FormError(
                f"The button '{button.label}' stays disabled: check what the page still asks for."
            )
        sleep(_POLL)
        snapshot = page.snapshot(form)
        button = next(
            (b for b in snapshot.buttons if b.label == button.label), replace(button, disabled=True)
        )
    return snapshot, button

"""Pressing the button that sends a form, and hearing what the page says about it.

button by its text -> press -> poll until the document changes or the page announces something -> errors or PageState
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.forms.labels import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from GenFlowLibrary.browser.page import ButtonCard, Page, PageState, Snapshot
    from GenFlowLibrary.core.deadline import Deadline

_POLL = 0.1
_ALIKE = 85.0
_ALIKE_MARGIN = 8.0
_SHOWN = 10
_REFUSED = 400
_SUMMARY_HEADING = 40
"""Characters: what an error summary says besides the messages that it repeats."""


@dataclass(frozen=True)
class Submission:
    """What came of pressing a button: the page afterwards, what it announced, and what it complained about."""

    state: PageState
    message: str = ""
    complaints: tuple[str, ...] = ()


def find_button(snapshot: Snapshot, text: str) -> ButtonCard:
    """Returns the one button that shows a text: as it is, then without case and punctuation, then by likeness with a margin.

    Raises:
        FormError: no button or several; the message lists what is there.
    """
    wanted = normal(text)
    tests: Sequence[Callable[[ButtonCard], bool]] = (
        lambda button: button.label == text.strip(),
        lambda button: bool(wanted) and normal(button.label) == wanted,
    )
    for fits in tests:
        found = [button for button in snapshot.buttons if fits(button)]
        submits = [button for button in found if button.kind in ("submit", "image")]
        if len(found) == 1 or len(submits) == 1:
            return (submits if len(submits) == 1 else found)[0]
        if found:
            raise FormError(
                f"Expected one button '{text}', found {len(found)}: give the form with form= so that one is left."
            )
    alike = _most_alike(wanted, snapshot.buttons)
    if alike:
        return alike
    labels = ", ".join(f"'{button.label}'" for button in snapshot.buttons[:_SHOWN] if button.label)
    raise FormError(
        f"Expected a button '{text}', found {labels or 'no button'}: give submit= the text that the button shows."
    )


def _most_alike(wanted: str, buttons: Sequence[ButtonCard]) -> ButtonCard | None:
    ranked = sorted(
        ((fuzz.ratio(wanted, normal(b.label)), -b.number, b) for b in buttons),
        key=lambda r: r[:2],
        reverse=True,
    )
    if not ranked or ranked[0][0] < _ALIKE:
        return None
    rival = ranked[1][0] if len(ranked) > 1 else 0.0
    return ranked[0][2] if ranked[0][0] - rival >= _ALIKE_MARGIN else None


def enabled_button(
    page: Page,
    snapshot: Snapshot,
    text: str,
    form: object,
    deadline: Deadline,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Snapshot, ButtonCard]:
    """Returns the button and the snapshot it is of, waiting while it is disabled: pages enable it when they have checked the fields."""
    while True:
        button = find_button(snapshot, text)
        if not button.disabled:
            return snapshot, button
        if deadline.passed:
            raise FormError(
                f"The button '{button.label}' stays disabled: check what the page still asks for."
            )
        sleep(_POLL)
        snapshot = page.snapshot(form)


def press_and_wait(
    page: Page,
    snapshot: Snapshot,
    button: ButtonCard,
    deadline: Deadline,
    sleep: Callable[[float], None] = time.sleep,
) -> Submission:
    """Presses a button and returns what came of it.

    Something came of it when the document, the address or the main heading changed, when a new alert or status or field error is shown, or
    when the form is gone; two polls in a row must agree, and a text that ends in an ellipsis is taken as progress.

    Raises:
        FormError: nothing happened until the deadline.
        PageError: the button cannot be pressed.
    """
    before = page.state()
    page.press(snapshot, button.number)
    last: PageState | None = None
    while True:
        now = page.state()
        if now == last and now.ready and _answered(before, now):
            return Submission(now, _message(before, now), complaints_since(before, now))
        if deadline.passed:
            if _answered(before, now):
                return Submission(now, _message(before, now), complaints_since(before, now))
            raise FormError(
                f"Pressed '{button.label}', but the page neither changed nor announced anything in time: "
                "check the page, or give a longer timeout=."
            )
        last = now
        sleep(_POLL)


def _answered(before: PageState, now: PageState) -> bool:
    said = _new(before.alerts + before.statuses, now.alerts + now.statuses)
    if said and all(text.endswith(("…", "...")) for text in said) and before.document == now.document:
        return False
    quiet = {"alerts": (), "statuses": (), "ready": True}
    return bool(said) or replace(before, **quiet) != replace(now, **quiet)  # type: ignore[arg-type]


def _new(before: Sequence[str], now: Sequence[str]) -> list[str]:
    return [text for text in now if text not in before]


def complaints_since(before: PageState, now: PageState) -> tuple[str, ...]:
    """Returns the page's own error messages since then. An alert that was there before counts when the same page came back with it."""
    came_back = before.document != now.document and (before.heading, before.title) == (now.heading, now.title)
    alerts = list(now.alerts) if came_back else _new(before.alerts, now.alerts)
    fields = [
        message if normal(label) in normal(message) else f"{label}: {message}"
        for label, message in now.field_errors
    ]
    if not alerts and not fields and now.http_status >= _REFUSED and before.document != now.document:
        alerts = [
            f"the server answered with status {now.http_status}"
            + (f" ({now.heading})" if now.heading else "")
        ]
    alerts = [
        alert for alert in alerts if not _only_sums_up(alert, [message for _, message in now.field_errors])
    ]
    return tuple(dict.fromkeys(text.rstrip(". ") for text in [*fields, *alerts]))


def _only_sums_up(alert: str, messages: Sequence[str]) -> bool:
    """Whether an alert is a summary of messages that stand at their fields: them, and a heading such as "Please correct 2 fields"."""
    rest = alert
    for message in messages:
        rest = rest.replace(message, "")
    return rest != alert and len(rest.strip()) <= _SUMMARY_HEADING


def _message(before: PageState, now: PageState) -> str:
    same = before.document == now.document
    statuses = _new(before.statuses, now.statuses) if same else now.statuses
    if statuses:
        return statuses[0]
    return "" if same and before.heading == now.heading else now.heading

"""The HTML constraints of a control, checked before anything is typed (WHATWG HTML 4.10.5.3 and 4.10.21)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.browser.page import FieldCard

_EMAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
"""Valid e-mail address as HTML defines it (WHATWG HTML 4.10.5.1.5)."""

_DATED = ("date", "month", "week", "time", "datetime-local")
_LENGTHS = ("text", "textarea", "password", "email", "tel", "url", "search")


def check(card: FieldCard, text: str, *, shown: str | None = None) -> None:
    """Checks a text in the control's own format against the card's constraints; ``shown`` stands for it in the message.

    An empty text is not checked: it clears the field. A pattern that Python cannot read is left to the browser.

    Raises:
        ValueRejected: naming the constraint.
    """
    if not text:
        return
    what = f"'{text}'" if shown is None else shown
    if card.kind in _LENGTHS:
        _check_length(card, text, what)
        _check_pattern(card, text, what)
        _check_format(card, text, what)
    elif card.kind in ("number", "range"):
        _check_range(card, Decimal(text), what, Decimal)
        _check_step(card, Decimal(text), what)
    elif card.kind in _DATED:
        _check_range(card, text, what, str)


def _check_length(card: FieldCard, text: str, what: str) -> None:
    length = len(text.encode("utf-16-le")) // 2  # HTML counts UTF-16 code units
    most, least = _count(card, "maxlength"), _count(card, "minlength")
    if most is not None and length > most:
        raise ValueRejected(f"takes at most {most} characters (maxlength), got {length} in {what}")
    if least is not None and length < least:
        raise ValueRejected(f"takes at least {least} characters (minlength), got {length} in {what}")


def _count(card: FieldCard, name: str) -> int | None:
    text = card.constraints.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() else None


def _check_pattern(card: FieldCard, text: str, what: str) -> None:
    pattern = _meant(card.constraints.get("pattern", ""))
    if not pattern or card.kind == "textarea":
        return
    try:
        fits = re.fullmatch(pattern, text) is not None
    except re.error:
        return
    if not fits:
        hint = f" ({card.title})" if card.title and card.title != card.label else ""
        raise ValueRejected(f"takes only what its pattern {pattern} allows{hint}, got {what}")


def _meant(pattern: str) -> str:
    """The pattern that an author meant: without the slashes of a JavaScript literal, and none where it allows one single word.

    The browser takes ``/^[0-9]+$/`` and ``number`` by the letter, so no value at all would do; that is a slip, not a rule about the data.
    """
    literal = re.fullmatch(r"/(\^.*\$)/[a-z]*", pattern, re.DOTALL)
    return "" if re.fullmatch(r"[A-Za-z]+", pattern) else literal[1] if literal else pattern


def _check_format(card: FieldCard, text: str, what: str) -> None:
    if card.kind == "email" and not _EMAIL.fullmatch(text):
        raise ValueRejected(f"expects an e-mail address, got {what}")
    if card.kind == "url" and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S", text):
        raise ValueRejected(f"expects a web address that begins like https://, got {what}")


def _check_range(
    card: FieldCard, value: Decimal | str, what: str, read: Callable[[str], Decimal | str]
) -> None:
    for name, word in (("min", "least"), ("max", "most")):
        limit = _limit(card.constraints.get(name, ""), read)
        if limit is not None and ((value < limit) if name == "min" else (value > limit)):  # type: ignore[operator]
            raise ValueRejected(f"takes at {word} {limit} ({name}), got {what}")


def _limit(text: str, read: Callable[[str], Decimal | str]) -> Decimal | str | None:
    try:
        return read(text.strip()) if text.strip() else None
    except InvalidOperation:
        return None


def _check_step(card: FieldCard, value: Decimal, what: str) -> None:
    step_text = card.constraints.get("step", "1").strip().casefold()
    step = None if step_text == "any" else _limit(step_text, Decimal)
    start = _limit(card.constraints.get("min", "0"), Decimal) or Decimal(0)
    if not isinstance(step, Decimal) or not isinstance(start, Decimal) or step <= 0:
        return
    if (value - start) % step != 0:
        raise ValueRejected(f"goes in steps of {step} (step), got {what}")

"""A data value -> what its control holds, checked, before anything is typed.

value -> the control's own format -> its constraints -> Setting
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.page import WIDGET_KINDS, FieldCard, Setting
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.constraints import check
from GenFlowLibrary.forms.dates import iso
from GenFlowLibrary.forms.flags import as_flag
from GenFlowLibrary.forms.formats import in_own_format
from GenFlowLibrary.forms.numbers import number, plain
from GenFlowLibrary.forms.options import choose
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widget_values import widget_value

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATED = ("date", "time", "datetime-local", "month", "week")
_CHOICES = ("select", "multiselect", "radio")


def to_setting(card: FieldCard, value: object, language: str = "") -> Setting:
    """Returns the setting that puts a value into a field.

    Args:
        card: the field.
        value: text, number, Decimal, date, time, datetime, Boolean, path, a list of these for a multi-select, or a SecretHandle, which
            stays one. An empty text clears the field. ``None`` (leave the field alone) is the caller's to handle.
        language: the page's (BCP 47), for numbers in text fields; empty for unknown.

    Raises:
        ValueRejected: the value cannot go into the field: wrong kind, no such option, a constraint broken, read-only or disabled.
    """
    if card.disabled or card.readonly:
        state = "disabled" if card.disabled else "read-only"
        raise ValueRejected(
            f"is {state} on the page: leave it out, or let a keyword of your own press what changes it"
        )
    if isinstance(value, SecretHandle):
        return Setting(card.number, _secret(card, value))
    if card.kind in WIDGET_KINDS:
        return Setting(card.number, widget_value(card, value))
    if card.kind == "checkbox":
        return Setting(card.number, _flag(value))
    if card.kind in _CHOICES:
        return Setting(card.number, _choices(card, value))
    if card.kind == "file" and isinstance(value, (list, tuple)):
        return Setting(card.number, _files(card, value))
    if isinstance(value, (list, tuple, set, dict, bytes)):
        raise ValueRejected(f"takes one value, got a {type(value).__name__}")
    text = _text(card, value, language)
    check(card, text)
    return Setting(card.number, text)


def _secret(card: FieldCard, handle: SecretHandle) -> SecretHandle:
    if card.kind in ("checkbox", "file", "range", "color", *_CHOICES, *_DATED, *WIDGET_KINDS):
        raise ValueRejected(f"is a {card.kind} field, and a secret can go into text fields only")
    check(card, handle.reveal(), shown=handle.placeholder)
    return handle


def _flag(value: object) -> bool:
    flag = as_flag(value)
    if flag is None:
        raise ValueRejected(f"is a check box and expects yes or no, got '{value}'")
    return flag


def _choices(card: FieldCard, value: object) -> tuple[str, ...]:
    many = isinstance(value, (list, tuple, set))
    wanted: Sequence[object] = list(value) if isinstance(value, (list, tuple, set)) else [value]
    if card.kind == "multiselect":
        if not many and value == "":
            return ()
        return tuple(dict.fromkeys(choose(item, card.options).value for item in wanted))
    if len(wanted) != 1:
        raise ValueRejected(f"takes one option, got {len(wanted)}")
    return (choose(wanted[0], card.options).value,)


def _text(card: FieldCard, value: object, language: str) -> str:
    if value == "":
        return ""
    if card.kind in ("number", "range"):
        return plain(number(value))
    if card.kind in _DATED:
        return iso(card.kind, value)
    if card.kind == "file":
        return _file(value)
    text = in_own_format(card, value, language)
    if card.kind not in ("textarea", "contenteditable") and ("\n" in text or "\r" in text):
        raise ValueRejected("holds one line, got a text of several lines")
    return text


def _files(card: FieldCard, paths: Sequence[object]) -> str:
    """Several paths as the browser takes them: a line each."""
    if len(paths) > 1 and not card.multiple:
        raise ValueRejected(f"takes one file, got {len(paths)}")
    files = [_file(path) for path in paths]
    names = [Path(file).name for file in files]
    if len(set(names)) != len(names):
        # The page tells what it holds by the names alone.
        raise ValueRejected(f"can't be checked with two files of one name, got {', '.join(names)}")
    return "\n".join(files)


def _file(value: object) -> str:
    path = Path(os.path.expanduser(str(value))).absolute()
    if not path.is_file():
        raise ValueRejected(f"expects a file, and there is none at '{value}'")
    return str(path)

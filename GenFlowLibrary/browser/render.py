"""Field cards as text for a model: one numbered line a field, headed by its section, without values and without the rest of the page.

    # Postal address
    11 Street*
    17 Country* <select> A
    18 Fuel <select> Petrol | Diesel

``*`` marks a required field; the kind is left out where it is a plain text; ``[name]`` follows a label that the control's own name does not
agree with. Lists of options that are long or used twice are named by a letter and given once at the end, long ones by a few of their
entries only: which option a value means is found out on this machine, from the whole list.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, Snapshot

LONGEST_LIST = 12
"""Options that are written beside their field; longer lists are shared."""
_SAMPLE = 3
_LONGEST_OPTION = 40
_LONGEST_LABEL = 120
_LONGEST_HINT = 80
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W\d_]+")
_SHORTEST_WORD = 3
_VOWEL = re.compile(r"[aeiouy]")
# fmt: off
_MACHINE_WORDS = frozenset({
        "ctl", "ctrl", "field", "fields", "fld", "form", "frm", "id", "inp", "input", "item", "name", "num",
        "txt", "text", "txtbox", "sel", "select", "ddl", "chk", "cb", "val", "value", "data", "x", "y",
        "el", "elem", "element", "mat", "mui", "ng", "react", "question", "answer", "entry", "control",
})
# fmt: on
"""Words in a control's name that its framework put there: they say nothing about what it asks for."""

_Options = tuple[str, ...]


def render_cards(snapshot: Snapshot, *, with_options: bool) -> str:
    """Returns the fields of a snapshot as numbered lines for a model.

    Args:
        snapshot: the form, as it was seen.
        with_options: whether the options of selects, radio groups and other choices are written out as well.

    The numbers are those of the cards. What a field holds is never in the text, nor are buttons.
    """
    lists = _shared_lists(snapshot.fields) if with_options else {}
    lines: list[str] = []
    heading = ""
    for card in snapshot.fields:
        over = " / ".join(part for part in (card.frame and f"frame {card.frame}", card.section) if part)
        if over != heading:
            lines.append(f"# {over}" if over else "#")
            heading = over
        lines.append(_line(card, lists, with_options=with_options))
    lines += [f"{letter}: {_contents(options)}" for options, letter in lists.items()]
    return "\n".join(lines)


def _line(card: FieldCard, lists: Mapping[_Options, str], *, with_options: bool) -> str:
    label = _short(card.label, _LONGEST_LABEL) or "(no label)"
    parts = [f"{card.number} {label}{'*' if card.required else ''}"]
    if _disagrees(card):
        parts.append(f"[{card.name}]")
    if kind := _kind(card):
        parts.append(f"<{kind}>")
    aside = card.hint or (card.placeholder if card.label_source != "placeholder" else "")
    if aside and aside != card.label:
        parts.append(f"({_short(aside, _LONGEST_HINT)})")
    options = _texts(card) if with_options else ()
    if options:
        parts.append(lists[options] if options in lists else _written(options))
    return " ".join(parts)


def _kind(card: FieldCard) -> str:
    """What is to be known of the control: its kind unless it is a plain text, its length where it is short, and whether it can be set."""
    most = card.constraints.get("maxlength", "")
    said = [
        card.kind if card.kind != "text" else "",
        f"at most {most} characters" if most and card.kind in ("text", "textarea") else "",
        "locked" if card.disabled or card.readonly else "",
    ]
    return ", ".join(part for part in said if part)


def _short(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def _texts(card: FieldCard) -> _Options:
    """The options that stand for something: an empty first one only asks to choose."""
    return tuple(
        _short(option.text or option.value, _LONGEST_OPTION)
        for option in card.options
        if (option.text or option.value) and not (card.kind == "select" and option.value == "")
    )


def _shared_lists(cards: Sequence[FieldCard]) -> dict[_Options, str]:
    """The lists that get a letter, in the order of their first use."""
    used = Counter(options for options in map(_texts, cards) if options)
    shared = [options for options, times in used.items() if len(options) > LONGEST_LIST or times > 1]
    return {options: _letters(position) for position, options in enumerate(shared)}


def _letters(position: int) -> str:
    """A, B ... Z, AA, AB ..."""
    first, last = divmod(position, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _written(options: _Options) -> str:
    return " | ".join(options)


def _contents(options: _Options) -> str:
    if len(options) <= LONGEST_LIST:
        return _written(options)
    return f"{_written(options[:_SAMPLE])} | … | {options[-1]} ({len(options)} options)"


def _words(text: str) -> set[str]:
    return {
        word
        for word in (part.casefold() for part in _CAMEL.split(text))
        if len(word) > 1 and word not in _MACHINE_WORDS
    }


def _disagrees(card: FieldCard) -> bool:
    """Whether the name says something that the label does not: both are needed then to know what is asked for.

    A name without a word in it (``f27``, ``_r1_``) says nothing, and neither do the words that frameworks use.
    """
    if not card.name or card.label_source in ("name", "id"):
        return False
    own = {word for word in _words(card.name) if len(word) >= _SHORTEST_WORD and _VOWEL.search(word)}
    said = _words(card.label) | _words(card.section)
    joined = "".join(card.label.casefold().split())
    return bool(own) and not any(_agree(word, said, joined) for word in own)


def _agree(word: str, said: set[str], joined: str) -> bool:
    """Words agree when one begins with the other (``tel``, ``Telephone``), or when the label holds it (``postcode``, ``Post code``)."""
    return word in joined or any(other.startswith(word) or word.startswith(other) for other in said)

"""The lines of a written procedure as a tree of items.

text -> lines with marker and indentation -> continued lines joined -> items under items, with labels and lanes

Numbers (1. 1) (1) 2.1 2a, Step 1:, 第1步, 一、), letters and bullets are markers. An item stands under another one by its number
(2.1 under 2), by its indentation, or where another kind of marker begins (a list of bullets behind a number).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from GenFlowLibrary.core.characters import on_one_line

_DEEPEST = 12
"""Levels of a list; nobody reads a deeper one."""
_CHINESE = "零一二三四五六七八九"
_LONGEST_HEADING = 60
_MARKERS = (
    (
        "number",
        re.compile(r"(?:step|schritt)\s+(?P<label>\d+(?:\.\d+)*[a-z]?)\s*[.):：、\-–]?\s*", re.IGNORECASE),
    ),
    (
        "number",
        re.compile(
            r"第\s*(?P<label>\d+|[一二三四五六七八九十]+)\s*步\s*[：:，,、.]?\s*|步骤\s*(?P<other>\d+|[一二三四五六七八九十]+)\s*[：:，,、.]?\s*"
        ),
    ),
    (
        "number",
        re.compile(
            r"(?P<label>\d+(?:\.\d+)*)\s*[.)．、：:）](?=\s|[^\d\s]|\Z)\s*|[(（](?P<other>\d+)[)）]\s*"
        ),
    ),
    ("number", re.compile(r"(?P<label>\d+(?:\.\d+)+|\d+[a-z][.)]|\d+\.[a-z][.)]?)\s+")),
    (
        "hanzi",
        re.compile(
            r"(?P<label>[一二三四五六七八九十]+)\s*、\s*|[(（](?P<other>[一二三四五六七八九十]+)[)）]\s*"
        ),
    ),
    ("letter", re.compile(r"(?P<label>[a-zA-Z]|[ivx]{2,4})[.)]\s+|[(（](?P<other>[a-z]|[ivx]{2,4})[)）]\s*")),
    ("bullet", re.compile(r"(?P<label>)[-*+•–—·◦▪‣●○■]\s+(?P<other>)")),
)
_BRACKETED = re.compile(r"\s*[\[【](?P<lane>[^\]】]{1,30})[\]】]\s*(?P<rest>.*)", re.DOTALL)
_NAMED = re.compile(r"(?P<lane>[^\W\d][^:：,，.。;；?？!]{0,29}?)[:：]\s*(?P<rest>\S.*)", re.DOTALL)
_CJK_END = re.compile(r"[\u3000-\u9fff\uff00-\uffef]\Z")


class UnreadableError(Exception):
    """What stands in a line cannot be told for certain. The message is a sentence that names the line."""


@dataclass
class Item:
    """One item of the list.

    ``label`` is what a jump calls it (``2``, ``2.1``, ``2a``), empty for a bullet; ``under`` is the part of it that is not written here
    but was taken from the item above, for a list that counts from 1 anew.
    """

    line: int
    indent: int
    style: str
    label: str
    text: str
    source: str
    lane: str = ""
    under: str = ""
    children: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """A procedure's items. ``notes`` say which lines are no part of the list."""

    items: tuple[Item, ...]
    title: str = ""
    notes: tuple[str, ...] = ()


def read_lines(text: str) -> Outline:
    """Returns the items of a written list.

    Raises:
        UnreadableError: it is no list, or a line of it belongs to no item.
    """
    reader = _Reader()
    for number, raw in enumerate(text.splitlines(), 1):
        reader.read(number, raw.expandtabs(4))
    return reader.outline()


class _Reader:
    """Takes line after line."""

    def __init__(self) -> None:
        self._flat: list[Item] = []
        self._headings: list[tuple[int, str, int]] = []
        self._intro: list[tuple[int, str]] = []
        self._blank = False

    def read(self, number: int, raw: str) -> None:
        line = unicodedata.normalize("NFC", raw)
        text = on_one_line(line)
        if not text:
            self._blank = True
            return
        indent = len(line) - len(line.lstrip())
        found = _marker(text)
        if found:
            style, label, rest = found
            if not rest:
                raise UnreadableError(f"line {number} is an item without a text")
            # 2.1 and 2a are another kind of marker than 2: they never stand beside it.
            depth = label.count(".") + label[-1:].isalpha()
            style = f"{style} {depth}" if style == "number" else style
            self._flat.append(Item(number, indent, style, label, rest, text))
        else:
            self._unmarked(number, indent, text)
        self._blank = False

    def _unmarked(self, number: int, indent: int, text: str) -> None:
        heading = text.startswith("#") or (text[-1] in ":：" and len(text) <= _LONGEST_HEADING)
        bracketed = _BRACKETED.fullmatch(text)
        if bracketed and not bracketed["rest"]:
            self._headings.append((number, bracketed["lane"].strip(), len(self._flat)))
        elif heading and (self._blank or not self._flat or not (indent or text[0].islower())):
            self._headings.append((number, text.strip("#:： "), len(self._flat)))
        elif not self._flat and not text[0].isdecimal():
            self._intro.append((number, text))
        elif not self._flat or (self._blank and indent <= self._flat[-1].indent):
            raise UnreadableError(f"line {number}, '{_short(text)}', is no item of the list")
        else:
            last = self._flat[-1]
            tight = _CJK_END.search(last.text) is not None
            last.text += text if tight else f" {text}"
            last.source += text if tight else f" {text}"

    def outline(self) -> Outline:
        if len(self._flat) < 2:  # noqa: PLR2004 - a list has two items
            line, text = (self._intro or [(item.line, item.source) for item in self._flat] or [(1, "")])[0]
            raise UnreadableError(f"line {line}, '{_short(text)}', is no list of steps")
        title, notes = self._apply_headings()
        _read_lanes(self._flat)
        return Outline(tuple(_nested(self._flat)), title, notes)

    def _apply_headings(self) -> tuple[str, tuple[str, ...]]:
        """Gives lanes their items: a heading within the list is a lane, and so is the one before it where another follows."""
        before = [heading for heading in self._headings if not heading[2]]
        within = [heading for heading in self._headings if heading[2]]
        lanes = [*before[-1:], *within] if within else []
        for number, name, start in lanes:
            if len(name) > _LONGEST_HEADING:
                raise UnreadableError(f"line {number}, '{_short(name)}', is no item of the list")
            for item in self._flat[start:]:
                item.lane = name
        titles = before[:-1] if within else before
        title = titles[0][1] if titles else ""
        intro = self._intro
        if not title and intro and len(intro[0][1]) <= _LONGEST_HEADING and intro[0][1][-1] not in ".。;；":
            title, intro = intro[0][1], intro[1:]
        shown = " and ".join(str(number) for number, _ in intro)
        notes = (f"Before the list, and no step: line {shown}.",) if intro else ()
        return title, notes


def _marker(text: str) -> tuple[str, str, str] | None:
    """Returns the kind of a line's marker, its label and what follows, ``None`` for a line without one."""
    for style, pattern in _MARKERS:
        found = pattern.match(text)
        if found:
            label = found["label"] or found.groupdict().get("other") or ""
            return style, normal_label(label), text[found.end() :].strip()
    return None


def normal_label(label: str) -> str:
    """Returns a step's label as jumps are compared: ``2.a)`` is ``2a``, ``第十二步`` is ``12``."""
    plain = unicodedata.normalize("NFKC", label).lower().strip("().、")
    if plain and all(char in f"{_CHINESE}十" for char in plain):
        tens, mark, ones = plain.rpartition("十")
        return str((_CHINESE.index(tens or "一") * 10 if mark else 0) + (_CHINESE.index(ones) if ones else 0))
    return re.sub(r"\.(?=[a-z])", "", plain)


def _read_lanes(items: list[Item]) -> None:
    """Takes lanes off the items: ``[Clerk] Check``, or ``Clerk: Check`` where half of the items are written so and one name comes twice."""
    bracketed = ""
    for item in items:
        found = _BRACKETED.fullmatch(item.text)
        if found and found["rest"]:
            bracketed, item.text = found["lane"].strip(), found["rest"]
        # As under a heading, who did the last step does the next, too.
        item.lane = bracketed or item.lane
    top = [item for item in items if item.style == items[0].style and item.indent == items[0].indent]
    named = [(item, found) for item in top if (found := _NAMED.fullmatch(item.text))]
    names = [found["lane"].strip() for _, found in named]
    if 2 * len(named) >= len(top) and len(set(names)) < len(names):
        lane = ""
        for item in items:
            found = next((found for one, found in named if one is item), None)
            if found:
                lane, item.text = found["lane"].strip(), found["rest"]
            item.lane = item.lane or lane


def _nested(flat: list[Item]) -> list[Item]:
    top: list[Item] = []
    path: list[Item] = []
    for item in flat:
        _climb(path, item)
        if len(path) >= _DEEPEST:
            raise UnreadableError(f"line {item.line} is an item {_DEEPEST} levels deep")
        parent = path[-1] if path else None
        if parent is not None:
            item.lane = item.lane or parent.lane
            full = _full_label(item, parent)
            item.under, item.label = (parent.label if full != item.label else ""), full
        (parent.children if parent else top).append(item)
        path.append(item)
    return top


def _climb(path: list[Item], item: Item) -> None:
    """Shortens a path of items to the one under which the next item stands."""
    head = (
        re.match(r"(\d+(?:\.\d+)*)(?:\.\d+|[a-z])\Z", item.label) if item.style.startswith("number") else None
    )
    if head and any(one.label == head[1] for one in path):
        while path[-1].label != head[1]:
            path.pop()
        return
    while path and path[-1].indent > item.indent:
        path.pop()
    level = [one for one in path if one.indent == item.indent]
    if any(one.style == item.style for one in level):
        while path[-1].style != item.style or path[-1].indent != item.indent:
            path.pop()
        path.pop()


def _full_label(item: Item, parent: Item) -> str:
    if not item.label or not parent.label or re.match(rf"{re.escape(parent.label)}(?:\.|[a-z])", item.label):
        return item.label
    between = "" if item.style == "letter" and parent.label[-1].isdigit() else "."
    return f"{parent.label}{between}{item.label}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_HEADING else f"{text[:_LONGEST_HEADING]}…"

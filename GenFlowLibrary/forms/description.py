"""What a description of something on a page can mean: ``the Save button of the delivery section``.

text -> words and quoted texts -> every way to cut it into thing, name and places -> Readings, which the page decides between
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from GenFlowLibrary.forms.labels import words

_QUOTED = re.compile(
    r"""(?<!\w)"([^"]+)"|(?<!\w)'([^']+)'(?!\w)|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』|‘([^’]+)’(?!\w)"""
)
_MOST_READINGS = 400
"""A description that can be cut in more ways than this is a text, not a description; the first ones are looked at."""

Phrases = Mapping[tuple[str, ...], tuple[str, ...]]


class Quoted(str):
    """A text in quotation marks: it is matched as it stands, and never the same as a word that reads alike."""

    __slots__ = ()

    def says(self, text: str) -> bool:
        """Tells whether a text is this one, but for its spacing."""
        return " ".join(text.split()) == str(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quoted) and str(self) == str(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((Quoted, str(self)))


@dataclass(frozen=True)
class Place:
    """One way to read where something is: ``kind`` of what it is in (empty: any), the words that name that, ``ordinal`` for rows."""

    kind: str = ""
    words: tuple[str, ...] = ()
    ordinal: int = 0


@dataclass(frozen=True)
class Reading:
    """One way to read a description.

    ``kind`` is what the thing is (empty: anything), ``name`` the words of its name, ``places`` holds for each place that was named the
    ways to read it. ``ordinal`` (1 for the first, -1 for the last), ``side`` and ``state`` choose among several that fit. ``literal``
    tells that a word for a kind is taken as a part of the name: then that must be the whole name, word by word.
    """

    kind: str = ""
    name: tuple[str, ...] = ()
    places: tuple[tuple[Place, ...], ...] = ()
    ordinal: int = 0
    side: str = ""
    state: str = ""
    literal: bool = False

    @property
    def chooses(self) -> bool:
        """Whether a word of it is taken as choosing among several things, and not as part of their name."""
        return bool(self.ordinal or self.side or self.state)


@dataclass(frozen=True)
class Vocabulary:
    """The word file, each list by phrase: what the phrase can mean."""

    kinds: Phrases
    places: Phrases
    connectors: Phrases
    after_place: Phrases
    ordinals: Phrases
    sides: Phrases
    states: Phrases
    noise: Phrases
    trailing: Phrases
    actions: Phrases


def tokens_of(text: str) -> tuple[str, ...]:
    """Returns the words of a description; each text in quotation marks is one token, a `Quoted`."""
    found: list[str] = []
    position = 0
    for quoted in _QUOTED.finditer(text):
        found += words(text[position : quoted.start()])
        found.append(Quoted(" ".join(next(group for group in quoted.groups() if group).split())))
        position = quoted.end()
    return (*found, *words(text[position:]))


@lru_cache(maxsize=256)
def read_description(text: str) -> tuple[Reading, ...]:
    """Returns every way to read a description, those that take all words literally first; none for an empty one."""
    tokens = tokens_of(text)
    readings = dict.fromkeys(
        reading
        for head, places in cuts(tokens)
        for reading in _heads(head, tuple(read_place(place) for place in places))
    )
    plain = [reading for reading in readings if not reading.chooses]
    choosing = [reading for reading in readings if reading.chooses]
    return tuple((plain + choosing)[:_MOST_READINGS])


@lru_cache(maxsize=4096)
def read_place(tokens: tuple[str, ...]) -> tuple[Place, ...]:
    """Returns the ways to read the words that say where something is: ``the second row``, ``row of GF-10442``, ``billing section``."""
    known = vocabulary()
    found = [Place("", _trimmed(tokens))]
    for start, end, meanings in phrases_in(tokens, (known.kinds, known.places)):
        rest = _trimmed(tokens[:start]) + _trimmed(tokens[end:])
        for kind in meanings:
            found.append(Place(kind, rest))
            if kind == "row":
                found += [
                    Place(kind, (), int(number))
                    for number in known.ordinals.get(rest, ())
                    if not any(isinstance(token, Quoted) for token in rest)
                ]
    return tuple(dict.fromkeys(place for place in found if place.kind or place.words))


def cuts(tokens: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Yields the description as a whole, and every way to cut places off it: after a connector, or before a Chinese mark."""
    known = vocabulary()
    yield tokens, ()
    for start, end, _ in phrases_in(tokens, (known.connectors,)):
        head, rest = tokens[:start], tokens[end:]
        if not head or not rest:
            continue
        yield head, (rest,)
        inner = [cut for cut in phrases_in(rest, (known.connectors,)) if cut[0] > 0 and cut[1] < len(rest)]
        for cut in inner:
            yield head, (rest[: cut[0]], rest[cut[1] :])
        if len(inner) > 1:
            edges = [0, *(edge for cut in inner for edge in cut[:2]), len(rest)]
            yield head, tuple(rest[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    for start, end, _ in phrases_in(tokens, (known.after_place,)):
        place, head = tokens[:start], tokens[end:]
        if place and head:
            yield head, (place,)


def _heads(head: tuple[str, ...], places: tuple[tuple[Place, ...], ...]) -> Iterator[Reading]:
    """Yields the ways to read what is meant: with each word for a kind taken as one, and with choosing words taken as such."""
    known = vocabulary()
    plain: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [("", head, ())]
    plain += [
        (kind, head[:start], head[end:])
        for start, end, kinds in phrases_in(head, (known.kinds,))
        for kind in kinds
    ]
    for kind, before, after in plain:
        for name in _names(before, after):
            if kind or name:
                reading = Reading(kind, name, places, literal=not kind and len(plain) > 1)
                yield reading
                yield from _choosing(reading)


def _names(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yields what may be the name around a word for a kind. An article or "in" may belong to it: "Sign in", "Zur Anmeldung"."""
    known = vocabulary()
    joined = _trimmed(before) + _trimmed(after)
    head = (*before, *after)
    starts = (
        head,
        _without(head, known.noise, most=1),
        _without(head, known.noise),
        _without(head, known.noise, known.connectors),
    )
    ends = [
        name
        for start in starts
        for name in (start, _without(start, known.noise, known.trailing, at_end=True))
    ]
    yield from dict.fromkeys((joined, *ends))


def _choosing(reading: Reading) -> Iterator[Reading]:
    known = vocabulary()
    for attribute, phrases in (("ordinal", known.ordinals), ("side", known.sides), ("state", known.states)):
        for start, end, meanings in phrases_in(reading.name, (phrases,)):
            if start > 0 and end < len(reading.name):
                continue
            rest = _trimmed(reading.name[:start]) + _trimmed(reading.name[end:])
            if rest or reading.kind:
                value = int(meanings[0]) if attribute == "ordinal" else meanings[0]
                yield replace(reading, name=rest, **{attribute: value})  # type: ignore[arg-type]


def phrases_in(tokens: Sequence[str], lists: Sequence[Phrases]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yields where the words hold a phrase of the lists, and what it can mean. Quoted texts are no phrases."""
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + 6, len(tokens)) + 1):
            phrase = tuple(tokens[start:end])
            if any(isinstance(token, Quoted) for token in phrase):
                break
            meanings = tuple(meaning for phrases in lists for meaning in phrases.get(phrase, ()))
            if meanings:
                yield start, end, meanings


def _trimmed(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The words without noise at either end, and without connectors before them."""
    known = vocabulary()
    return _without(_without(tokens, known.noise, known.connectors), known.noise, known.trailing, at_end=True)


def _without(
    tokens: tuple[str, ...], *lists: Phrases, at_end: bool = False, most: int = 100
) -> tuple[str, ...]:
    """The words without phrases of the lists at one end, ``most`` of them. Quoted texts are no phrases."""
    for _ in range(most):
        ends = [
            tokens[-length:] if at_end else tokens[:length] for length in range(min(3, len(tokens)), 0, -1)
        ]
        known = [end for end in ends if any(end in phrases for phrases in lists)]
        if not known:
            break
        tokens = tokens[: -len(known[0])] if at_end else tokens[len(known[0]) :]
    return tokens


@cache
def vocabulary() -> Vocabulary:
    """Returns the word file, read once a process (YAML is imported only then)."""
    import yaml  # noqa: PLC0415 - loaded by the first description

    text = (files("GenFlowLibrary.forms") / "description.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - both are safe loaders
    return Vocabulary(**{name: _by_phrase(name, part) for name, part in raw.items()})


def _by_phrase(name: str, part: Mapping[str, Any]) -> Phrases:
    """A part of the file by phrase. Connectors and noise have no meanings but being there: theirs is the part's own name."""
    flat = all(isinstance(value, list) for value in part.values())
    by_meaning = {name: part} if flat else part
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for meaning, by_language in by_meaning.items():
        for phrases in by_language.values():
            for phrase in phrases:
                key = words(str(phrase))
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), meaning)))
    return found

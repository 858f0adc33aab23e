"""What the words of a label mean, by the lexicon file: concepts, qualifiers, things, and the words that mean nothing.

words -> the longest phrases the lexicon knows (compounds split) -> Reading
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from GenFlowLibrary.forms.labels import normal, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Role = Literal["concept", "qualifier", "thing", "noise", "connector"]

_SHORTEST_COMPOUND_PART = 3
"""Letters of the shortest part that a compound is split at: German ``ort`` (``Lieferort``) is worth having, two letters are chance."""

_LINKS = ("", "s", "es", "n", "en", "er")
"""Letters that German, Swedish and Dutch put between the parts of a compound."""


@dataclass(frozen=True)
class Meaning:
    """One thing that a phrase can mean: ``group`` is set for qualifiers."""

    role: Role
    name: str
    group: str = ""
    language: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a text says; the same object for the same text, so that results can be remembered by it.

    ``head`` are the concepts it can ask for: several when the phrase or the label itself leaves it open.

    ``content`` are its words without the noise, ``more`` are further concepts in it, ``rest`` the words that the lexicon does not
    know; ``trailing`` tells that such words follow the concept (``email frequency`` does not ask for an email).
    """

    text: str = ""
    words: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    head: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    things: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()
    trailing: bool = False

    @cached_property
    def told(self) -> frozenset[str]:
        """Everything in it that can tell one field from another: things, unknown words, further concepts."""
        return self.things | self.rest | self.more

    @cached_property
    def solid(self) -> str:
        """Its words in one piece."""
        return "".join(self.words)

    @cached_property
    def compared(self) -> tuple[tuple[str, ...], str, list[str], list[str]]:
        """The words that it is compared by (without the noise, where others are left): as they are, in one piece, sorted, its numbers."""
        by = self.content or self.words
        return by, "".join(by), sorted(by), [word for word in by if word.isdigit()]


class Composed(NamedTuple):
    """Two meanings in one text that make a third (see the file): ``joined`` where both must be asked for, with ``and`` between them."""

    concept: str
    of: frozenset[str]
    beside: frozenset[str]
    joined: bool


class Lexicon:
    """The lexicon file in memory, with an index of its phrases by first word."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.broader: dict[str, str] = {}
        self.part_of: dict[str, str] = {}
        self.values: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.token_qualifiers: dict[str, tuple[str, str]] = {}
        self.composed = tuple(
            Composed(name, frozenset(rule["of"]), frozenset(rule["with"]), "joined" in rule)
            for name, rule in raw["composed"].items()
        )
        self._phrases: dict[tuple[str, ...], list[Meaning]] = {}
        self._longest: dict[str, int] = {}
        for name, concept in raw["concepts"].items():
            if "broader" in concept:
                self.broader[name] = concept["broader"]
            if "part_of" in concept:
                self.part_of[name] = concept["part_of"]
            self.tokens.update(dict.fromkeys(concept.get("tokens", ()), name))
            self.kinds.update(dict.fromkeys(concept.get("kinds", ()), name))
            self._add(concept["words"], Meaning("concept", name))
        for group, members in raw["qualifiers"].items():
            for name, member in members.items():
                self.token_qualifiers.update(dict.fromkeys(member.get("tokens", ()), (group, name)))
                self._add(member["words"], Meaning("qualifier", name, group))
        for name, by_language in raw["things"].items():
            self._add(by_language, Meaning("thing", name))
        self._add(raw["noise"], Meaning("noise", ""))
        self._add(raw["connectors"], Meaning("connector", ""))
        for kind, members in raw["values"].items():
            self.values[kind] = {
                normal(str(text)): name
                for name, by_language in reversed(members.items())
                for texts in by_language.values()
                for text in texts
            }

    def _add(self, by_language: Mapping[str, list[str]], meaning: Meaning) -> None:
        for language, phrases in by_language.items():
            told = Meaning(meaning.role, meaning.name, meaning.group, language)
            for phrase in phrases:
                key = words(phrase)
                self._phrases.setdefault(key, []).append(told)
                if len(key) > self._longest.get(key[0], 0):
                    self._longest[key[0]] = len(key)

    def split(self, text_words: tuple[str, ...]) -> Iterator[tuple[str, list[Meaning]]]:
        """Cuts words into the longest known phrases from the left; an unknown word comes with no meanings.

        A word that means nothing by itself goes alone where the phrase after it reaches further: ``votre nom complet`` is not cut after
        ``votre nom``.
        """
        position = 0
        while position < len(text_words):
            length = self._length(text_words, position)
            if length > 1 and self._is_noise(text_words[position]):
                length = length if self._length(text_words, position + 1) < length else 1
            if length:
                phrase = text_words[position : position + length]
                yield " ".join(phrase), self._phrases[phrase]
            else:
                yield from self._compound(text_words[position])
            position += length or 1

    def _length(self, text_words: tuple[str, ...], position: int) -> int:
        """How many words the longest phrase at a position has, 0 for none."""
        longest = min(self._longest.get(text_words[position], 0), len(text_words) - position)
        return next(
            (n for n in range(longest, 0, -1) if text_words[position : position + n] in self._phrases), 0
        )

    def _is_noise(self, word: str) -> bool:
        return any(meaning.role == "noise" for meaning in self._phrases.get((word,), ()))

    def _compound(self, word: str) -> Iterator[tuple[str, list[Meaning]]]:
        """Cuts one unknown word into two known ones, as German, Finnish and Swedish write them together."""
        for cut in range(_SHORTEST_COMPOUND_PART, len(word) - _SHORTEST_COMPOUND_PART + 1):
            end = self._phrases.get((word[cut:],))
            if not end or not _content(end):
                continue
            for link in _LINKS:
                start = self._phrases.get((word[: cut - len(link)],)) if word[:cut].endswith(link) else None
                if start and _content(start):
                    yield word[:cut], start
                    yield word[cut:], end
                    return
        yield word, []


def _means_nothing_elsewhere(meanings: list[Meaning]) -> bool:
    """Whether a word asks for something in some languages and means nothing in others, like ``ein``: an article, and a tax number."""
    asking = {meaning.language for meaning in meanings if meaning.role == "concept"}
    empty = {meaning.language for meaning in meanings if meaning.role == "noise"}
    return bool(empty) and not asking & empty


def _content(meanings: list[Meaning]) -> bool:
    return any(meaning.role not in ("noise", "connector") for meaning in meanings)


@cache
def lexicon() -> Lexicon:
    """Returns the lexicon, read once a process (YAML is imported only then)."""
    import yaml  # noqa: PLC0415 - loaded when the first form is filled

    text = (files("GenFlowLibrary.forms") / "lexicon.yaml").read_text(encoding="utf-8")
    with _uncollected():
        # The nodes say all there is (mappings, lists, texts) and come in half the time of constructed objects.
        return Lexicon(_plain(yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Holds the garbage collector back: nothing of a lexicon is garbage, and to look for some takes two fifths of reading it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _plain(node: Any) -> Any:
    if isinstance(node.value, str):
        return node.value
    if node.id == "sequence":
        return [_plain(item) for item in node.value]
    return {key.value: _plain(item) for key, item in node.value}


@dataclass
class _Gathered:
    """What one pass over a text finds before it becomes a Reading."""

    found: list[tuple[int, set[str], bool]] = field(
        default_factory=list
    )  # position, concepts, after a connector
    doubtful: set[int] = field(
        default_factory=set
    )  # positions of words that mean nothing in another language
    qualifiers: dict[str, str] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)
    rest: list[tuple[int, str]] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    modifying: bool = False

    def take(self, position: int, phrase: str, meanings: list[Meaning], language: str) -> None:
        roles = {meaning.role for meaning in meanings}
        asked = [meaning for meaning in meanings if meaning.role == "concept"]
        own = {meaning.name for meaning in asked if meaning.language == language}
        concepts = own or {meaning.name for meaning in asked}
        if "connector" in roles and not concepts:
            self.modifying = True
        if concepts:
            self.found.append((position, concepts, self.modifying))
            if not own and _means_nothing_elsewhere(meanings):
                self.doubtful.add(position)
        for meaning in meanings:
            if meaning.role == "qualifier":
                self.qualifiers.setdefault(meaning.group, meaning.name)
            elif meaning.role == "thing":
                self.things.add(meaning.name)
        if not meanings:
            self.rest.append((position, phrase))
        if not meanings or _content(meanings):
            self.content.extend(phrase.split(" "))


_JOINED = re.compile(
    r"[+&,，、・]|\s/\s|\s(?:and|und|u|et|y|e|ed|ja|och|og|en|i|a|и|й|та|ve|és|και|și|si|in)\s", re.IGNORECASE
)
"""What stands between two things that a label asks for together, in the languages of the lexicon."""


@lru_cache(maxsize=8192)
def read(text: str, language: str = "") -> Reading:
    """Returns what a text says: a part of a label, a key, a name. Case, accents and punctuation do not matter.

    ``language`` is the text's where it is known (two or three letters): of a word that several languages have, its meaning there counts,
    as of ``kraj``, a country in Polish and a region in Czech.
    """
    text_words = words(text)
    gathered = _Gathered()
    for position, (phrase, meanings) in enumerate(lexicon().split(text_words)):
        gathered.take(position, phrase, meanings, language)
    found = [entry for entry in gathered.found if entry[0] not in gathered.doubtful] or gathered.found
    # The head of a label is the last concept before the first connector: "delivery date of the order", "customer number".
    leading = [entry for entry in found if not entry[2]] or found
    head_at, head, _ = leading[-1] if leading else (-1, set(), False)
    more = {name for at, names, _ in found if at != head_at for name in names}
    more -= {
        lexicon().broader.get(concept, "") for concept in head
    }  # "mobile phone number" tells nothing more than a mobile number
    for rule in lexicon().composed:
        if (
            head & rule.of
            and rule.beside & (more | gathered.things)
            and not (rule.joined and not _JOINED.search(text))
        ):
            gathered.things -= rule.beside
            more -= rule.beside
            head = {rule.concept}
            break
    return Reading(
        text=" ".join(text_words),
        words=text_words,
        content=tuple(gathered.content),
        head=frozenset(head),
        more=frozenset(more - head),
        qualifiers=gathered.qualifiers,
        things=frozenset(gathered.things),
        rest=frozenset(word for _, word in gathered.rest),
        trailing=bool(head) and any(at == head_at + 1 for at, _ in gathered.rest),
    )

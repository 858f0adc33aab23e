"""The lexicon: words of one meaning in several languages, read once from ``lexicon.yaml``.

"refund" = "money back" = "Erstattung" = "退款"  ->  concept refund, of the family money
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.engines.embedded.stems import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIRST_CHINESE = "\u3000"
_UNRELATED = "unrelated"


class Lexicon:
    """Concepts with their expressions and families, and the words that say nothing about a text's subject."""

    def __init__(
        self,
        families: Mapping[str, Mapping[str, Sequence[str]]],
        stop_words: Sequence[str] = (),
        negators: Sequence[str] = (),
        everyday: Sequence[str] = (),
    ) -> None:
        self._everyday = frozenset(everyday)
        self.family = {
            concept: family
            for family, concepts in families.items()
            if family != _UNRELATED
            for concept in concepts
        }
        self.stop_stems = frozenset(stem(word) for word in stop_words)
        self.negators = frozenset(word if word >= _FIRST_CHINESE else stem(word) for word in negators)
        self._latin: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._chinese: list[tuple[str, str]] = []
        for concepts in families.values():
            for concept, expressions in concepts.items():
                for expression in expressions:
                    self._add(expression, concept)
        longest_first = sorted((expression for expression, _ in self._chinese), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def _add(self, expression: str, concept: str) -> None:
        if expression >= _FIRST_CHINESE:
            self._chinese.append((expression, concept))
        else:
            stems = tuple(stem(word) for word in _LATIN_WORD.findall(expression))
            self._latin.setdefault(stems[0], []).append((stems, concept))

    def is_negator(self, root: str, written: str) -> bool:
        """Whether a word turns the next one into its opposite: not, never, didn't."""
        return root in self.negators or written[-3:].casefold() in ("n't", "n’t")

    def is_everyday(self, term: str) -> bool:
        """Whether a term (``c:`` and a concept, ``w:`` and a stem) belongs to a concept that all kinds of texts speak of."""
        kind, _, name = term.partition(":")
        concepts = (
            {name} if kind == "c" else {c for stems, c in self._latin.get(name, ()) if stems == (name,)}
        )
        return bool(concepts & self._everyday)

    def unknown(self, run: str) -> list[str]:
        """Returns the parts of a run of Chinese characters that belong to no expression."""
        return self._known.split(run)

    def concepts(self, tokens: Sequence[tuple[str, str]]) -> dict[str, tuple[int, str]]:
        """Returns the concepts of a text: how often each occurs, and how it is written first. "Not damaged" is none.

        ``tokens`` are pairs of stem and written form; a run of Chinese characters has no stem.
        """
        found: dict[str, tuple[int, str]] = {}
        stems = [root for root, _ in tokens]
        for at, root in enumerate(stems):
            for expression, concept in self._latin.get(root, ()):
                negated = at > 0 and self.is_negator(*tokens[at - 1])
                if tuple(stems[at : at + len(expression)]) == expression and not negated:
                    written = " ".join(text for _, text in tokens[at : at + len(expression)])
                    count, first = found.get(concept, (0, written))
                    found[concept] = (count + 1, first)
        chinese = "\n".join(text for root, text in tokens if not root)
        for known, concept in self._chinese if chinese else ():
            occurrences = self._count(known, chinese)
            if occurrences:
                count, first = found.get(concept, (0, known))
                found[concept] = (count + occurrences, first)
        return found

    def _count(self, expression: str, text: str) -> int:
        """Returns how often a Chinese expression occurs without a negator before it (不, 没, or 没有 together)."""
        count, at = 0, text.find(expression)
        while at >= 0:
            before = text[max(0, at - 2) : at].removesuffix("有")
            count += before[-1:] not in self.negators
            at = text.find(expression, at + len(expression))
        return count


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Returns the lexicon that comes with the library."""
    content = read_yaml("lexicon.yaml")
    stop_words = [word for words in content["stop_words"].values() for word in words.split()]
    return Lexicon(content["families"], stop_words, content["negators"], content["everyday"])


def read_yaml(name: str) -> dict[str, Any]:
    """Returns the content of a YAML file beside this one."""
    from importlib import resources  # noqa: PLC0415 - both are paid by the first embedded answer, not by the import

    import yaml  # noqa: PLC0415

    text = resources.files("GenFlowLibrary.engines.embedded").joinpath(name).read_text("utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return content

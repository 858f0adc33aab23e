"""The labels of a field: what a text may write before its value, from the field's name and a list in several languages.

order_no (order number like GF-10442)  ->  "order no", "order number", "Bestellnummer", "订单号", ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.engines.embedded.candidates import EXPLICIT, LABELLED, UNLABELLED
from GenFlowLibrary.engines.embedded.lexicon import read_yaml

if TYPE_CHECKING:
    from GenFlowLibrary.answers.schema import SchemaField

# What may stand between a label and its value: "number is", "Nr.", ":", "(", " #", blanks.
_BETWEEN = (
    r"(?:\s|[:=#*(\"'“„\[–—-]"
    r"|\b(?:is|was|are|of|for|no|nr|number|id|ref|over|ist|lautet|war|von|über|est|es|de|on|numero|nummer)\b\.?"
    r"|号码|编号|号|是|为|共|:)"
)
_MOST_BETWEEN = 12
_WINDOW = 70


@dataclass(frozen=True)
class Labels:
    """The labels of one field. ``kind`` is the kind they came from, empty if the field is of none."""

    kind: str
    pattern: re.Pattern[str]
    line: re.Pattern[str]

    def before(self, text: str, start: int) -> str | None:
        """Returns what stands between a label and the value at a place of the text, ``None`` if there is no label."""
        match = self.pattern.search(text, max(0, start - _WINDOW), start)
        return match["between"] if match else None

    def strength(self, text: str, start: int) -> int:
        """Returns how surely the value at a place of the text belongs to the field."""
        between = self.before(text, start)
        if between is None:
            return UNLABELLED
        return EXPLICIT if ":" in between or "=" in between else LABELLED


@lru_cache(maxsize=256)
def labels_of(field: SchemaField) -> Labels:
    """Returns the labels of a field."""
    name = words_of(field.name)
    kind = _kind(name) or _kind(words_of(field.description))
    written = {name, *_labels().get(kind, ())} - {""}
    either = "|".join(_pattern(label) for label in sorted(written, key=len, reverse=True))
    label = rf"(?<![^\W\d_])(?:{either})(?![a-zß-ÿ])"
    if re.search(r"[\u3400-\u9fff]", either):
        # Chinese has no blanks between words: a label follows whatever stands before it.
        label = rf"(?:(?<![^\W\d_])|(?<=[\u3400-\u9fff]))(?:{either})(?![a-zß-ÿ])"
    return Labels(
        kind,
        re.compile(rf"{label}(?P<between>{_BETWEEN}{{0,{_MOST_BETWEEN}}})\Z", re.IGNORECASE),
        re.compile(rf"(?:^|[\n\t,;.|>•*-])[ \t]*{label}[ \t]*[:=][ \t]*(?P<value>[^\n\t;]+)", re.IGNORECASE),
    )


def words_of(name: str) -> str:
    """Returns a field's name as words in lower case: ``orderNo`` and ``order_no`` both give ``order no``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\W]+", " ", name)
    return " ".join(spaced.casefold().split())


def _kind(words: str) -> str:
    """Returns the kind whose longest label the words hold."""
    best, longest = "", 0
    for kind, written in _labels().items():
        for label in written:
            plain = words_of(label)
            whole = rf"\b{re.escape(plain)}\b" if plain.isascii() else re.escape(plain)
            if len(plain) > longest and re.search(whole, words):
                best, longest = kind, len(plain)
    return best


def _pattern(label: str) -> str:
    return r"[\s_.-]*".join(re.escape(part) for part in re.split(r"[\s_.-]+", label))


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[str, ...]]:
    return {
        kind: tuple(str(label).casefold() for label in written)
        for kind, written in read_yaml("labels.yaml").items()
    }

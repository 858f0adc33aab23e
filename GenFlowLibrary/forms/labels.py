"""Normalising labels and keys, so that ``customer.firstName``, ``First name *`` and ``FIRST_NAME`` can be compared.

text -> NFKC, case folded, Latin and Greek accents dropped -> words (camelCase and digits split; CJK one character a word)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(
    r"(?<=[a-z\u00e0-\u00ff])(?=[A-Z\u00c0-\u00de])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)
_DIGIT = re.compile(r"\d")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_PART_BREAK = re.compile(r"[()\[\]{}（）【】,;，；!?！？。|]+|\s[-–—:]\s|:\s*\*|\.\s")
_MARKS = str.maketrans("", "", "™®©℠")
"""NFKC would make letters of them: ``ZIP Code™``."""
_OR = re.compile(
    r"\s*/\s*|\s+(?:or|oder|ou|o|tai|eller|или|lub|nebo|alebo|veya|vagy|sau|або|ili|ή|أو|또는|hoặc|atau|או|või|vai|arba|又は)\s+|または|หรือ|或者?",
    re.IGNORECASE,
)


_GREEK = frozenset("αβγδεζηθικλμνξοπρστυφχψω")
_OBJECT = re.compile("(?<=[가-힣]{2})[을를](?![가-힣])")
"""The Korean particle that marks an object, at the end of a word: ``이메일을 입력하세요`` asks for 이메일."""


class _WithoutAccents(dict[int, str]):
    """For `str.translate`: the Latin or Greek letter without its accent; Greek capitals are written without (``ΟΝΟΜΑ`` for ``Όνομα``).

    Other scripts stay whole (a Japanese voicing mark is no accent).
    """

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0]
        self[code] = base if base.isascii() or base in _GREEK else chr(code)
        return self[code]


_WITHOUT_ACCENTS = _WithoutAccents({ord("\u0307"): ""})
"""The dot that case folding leaves of a Turkish ``İ`` is no break between words."""


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    """Returns the words of a label, key, name or id, ready to compare. Each Chinese or Japanese character is a word."""
    return tuple(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_MARKS))
    if not text.islower() or _DIGIT.search(text):
        text = _CAMEL.sub(" ", text)
    text = _OBJECT.sub("", text.casefold())
    return text if text.isascii() else text.translate(_WITHOUT_ACCENTS)


def normal(text: str) -> str:
    """Returns the words of a text as one string: equal for texts that differ in case, accents, spacing and punctuation only."""
    return " ".join(words(text))


def parts(text: str) -> list[str]:
    """Returns what stands before, in and after brackets, commas and dashes: the first part names the field, the rest explains it."""
    return [part.strip() for part in _PART_BREAK.split(text) if part and part.strip()]


def alternatives(part: str) -> list[str]:
    """Returns the alternatives that a label offers: ``Email or user name`` asks for either."""
    return [piece for piece in _OR.split(part) if piece and piece.strip()]


def path_words(key: str) -> tuple[str, str]:
    """Splits a flattened key into the words before its last dot and its last part: ``customer.first_name``."""
    before, _, last = key.rpartition(".")
    return (before.replace(".", " "), last) if last.strip() else ("", key)

"""A light stemmer for English and German words: endings off, accents off, nothing clever.

It takes off one ending if enough of the word is left. Both languages share one list: the language of a single
word is not known, and the same rule on both sides of a comparison is what matters. After the idea of the
S-stemmer (Harman 1991) and of Savoy's light German stemmer (2006).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# The longest that fits is taken off; "ies" becomes "y".
_ENDINGS = ("ings", "ing", "ern", "ers", "ies", "ed", "en", "er", "em", "es", "ly", "e", "s", "n")
_SHORTEST = 4


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Returns the stem of a word in lower case: ``Refunded`` gives ``refund``, ``Pakete`` gives ``paket``."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    root = "".join(char for char in decomposed if not unicodedata.combining(char)).replace("’", "'")
    root = root.removesuffix("'s").replace("'", "")
    for ending in _ENDINGS:
        if root.endswith(ending) and len(root) - len(ending) >= _SHORTEST - (ending == "s"):
            root = root[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    # shipping -> shipp -> ship, as "ship" itself is written
    return (
        root[:-1] if len(root) > _SHORTEST - 1 and root[-1] == root[-2] and root[-1] not in "aeiou" else root
    )

"""The text in some bytes, in whichever encoding they were written.

byte order mark -> UTF-8 -> a guess that is clearly better than the next
"""

from __future__ import annotations

import codecs

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.extras import needed

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = ["gb18030", "big5", "shift_jis", "euc_jp", "cp1252", "cp1250", "cp1251", "utf_16_le", "utf_16_be"]
"""Encodings in which office files of the supported languages come; the fewer there are, the surer a guess is."""
_CHAOS = 0.1
"""Share of characters that do not belong together, from which on a guess is no answer (charset-normalizer calls it mess)."""


def decoded(content: bytes, name: str, encoding: str | None = None) -> str:
    """Returns the text of a file.

    ``name`` is the file's name for messages; ``encoding`` is what the user says it is.

    Raises:
        DocumentError: the bytes are not in that encoding, or it cannot be told in which they are.
    """
    if encoding is not None:
        return _strictly(content, name, encoding)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _strictly(content, name, marked)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content, name)


def _strictly(content: bytes, name: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise DocumentError(
            f"Expected the name of an encoding such as utf-8, gbk or cp1252, found '{encoding}'."
        ) from None
    except UnicodeDecodeError as problem:
        raise DocumentError(
            f"Expected '{name}' to be written in {encoding}, but the byte at {problem.start} is not: give another encoding=."
        ) from None


def _guessed(content: bytes, name: str) -> str:
    charset_normalizer = needed("charset_normalizer", name)
    found = list(charset_normalizer.from_bytes(content, cp_isolation=_GUESSED))
    # Two guesses that read the same text are one; two that read different texts equally well are none.
    texts = {str(guess): guess for guess in reversed(found) if guess.chaos <= _CHAOS}
    ranked = sorted((guess.chaos, -guess.coherence, text) for text, guess in texts.items())
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        raise DocumentError(
            f"It cannot be told in which encoding '{name}' is written: give it with encoding=, such as encoding=gbk or encoding=cp1252."
        )
    return str(ranked[0][2])

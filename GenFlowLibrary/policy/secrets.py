"""Every secret the run knows, and what takes them out of texts and data.

text -> each known value, in each form it travels in -> its placeholder
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import quote, quote_plus

from GenFlowLibrary.core.secret import SecretHandle

MIN_LENGTH = 4
"""Characters. A shorter value is not taken out: it would be found in the middle of innocent words."""

_NORMAL_FORMS: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")


class Secrets:
    """The known secrets of a run, and texts and data without them."""

    def __init__(self) -> None:
        self._placeholders: dict[str, str] = {}
        self._pattern = re.compile("(?!)")  # matches nowhere
        self._shortest = MIN_LENGTH

    def add(self, handle: SecretHandle) -> None:
        """Makes a secret known, unless its value is shorter than `MIN_LENGTH`."""
        value = handle.reveal()
        if len(value) < MIN_LENGTH:
            return
        for form in _forms(value):
            if len(form) >= MIN_LENGTH:
                self._placeholders.setdefault(form, handle.placeholder)
        # Longest first, so that a secret that contains another, or the whole of a base64 text, is taken out
        # in one piece.
        longest_first = sorted(self._placeholders, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))
        self._shortest = len(longest_first[-1])

    def scrub(self, text: str) -> str:
        """Returns ``text`` with every known secret value replaced by its placeholder.

        Found are the value itself, its URL-encoded, base64 (also within a longer base64 text, such as a Basic
        authorisation), JSON-escaped and HTML-escaped forms and its Unicode normal forms.
        """
        # Much faster than the pattern, and nearly every text is short or holds no secret.
        if len(text) < self._shortest or not any(form in text for form in self._placeholders):
            return text
        scrubbed = self._pattern.sub(lambda found: self._safe(self._placeholders[found.group()]), text)
        # A placeholder and the text around it may happen to spell another secret. What is cut now only ever
        # gets shorter, so this ends.
        while self._pattern.search(scrubbed):
            scrubbed = self._pattern.sub("", scrubbed)
        return scrubbed

    def _safe(self, placeholder: str) -> str:
        """Returns the placeholder, or a duller one where its name happens to be somebody's password."""
        for candidate in (placeholder, "<secret>"):
            if not self._pattern.search(candidate):
                return candidate
        return ""

    def scrub_data(self, data: Any) -> Any:
        """Returns plain data with every text in it scrubbed, keys too; a handle becomes its placeholder.

        Mappings become dictionaries, tuples stay tuples, other sequences and sets become lists. A number that
        spells a secret becomes the placeholder as well.
        """
        if isinstance(data, SecretHandle):
            return data.placeholder
        if isinstance(data, str):
            return self.scrub(data)
        if isinstance(data, (int, float, Decimal)) and not isinstance(data, bool):
            scrubbed = self.scrub(str(data))
            return data if scrubbed == str(data) else scrubbed
        if isinstance(data, Mapping):
            return {self.scrub_data(key): self.scrub_data(data[key]) for key in data}
        if isinstance(data, tuple):
            return tuple(self.scrub_data(item) for item in data)
        if isinstance(data, (Sequence, Set)) and not isinstance(data, (bytes, bytearray)):
            return [self.scrub_data(item) for item in data]
        return data


def _forms(value: str) -> Iterator[str]:
    """Yields every form in which a value may stand in a text: escaped up to twice, as HTML inside JSON is."""
    plain = {value, *(unicodedata.normalize(form, value) for form in _NORMAL_FORMS)}
    once = plain | {escaped for text in plain for escaped in _escapes(text)}
    yield from once
    yield from (escaped for text in once for escaped in _escapes(text))
    for text in once:
        for encoded in _base64_forms(text.encode("utf-8", "surrogatepass")):
            yield from (encoded, quote(encoded, safe=""), encoded.replace("/", "\\/"))


def _escapes(text: str) -> Iterator[str]:
    """Yields a text as it stands in JSON, in HTML, in a URL and in Python's own repr, without the quotes around it."""
    from html import escape  # noqa: PLC0415 - brings a table of all entities, and not every run has a secret

    for only_ascii in (True, False):
        escaped = json.dumps(text, ensure_ascii=only_ascii)[1:-1]
        yield from (escaped, escaped.replace("/", "\\/"))
    yield repr(text)[1:-1]
    for quotes in (True, False):
        marked_up = escape(text, quote=quotes)
        yield from (marked_up, marked_up.replace("&#x27;", "&#39;"))
    octets = text.encode("utf-8", "surrogatepass")
    for encoded in (quote(octets, safe=""), quote(octets), quote_plus(octets)):
        yield encoded
        yield re.sub("%..", lambda found: found.group().lower(), encoded)


def _base64_forms(octets: bytes) -> Iterator[str]:
    """Yields the base64 text of the value, and what of it shows within a longer base64 text (RFC 4648).

    A character of base64 holds six bits. With ``shift`` bytes before the value, the characters that hold bits
    of it alone are those from bit ``8 * shift`` rounded up to its last bit rounded down.
    """
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(octets).decode()
        for shift in range(3):
            shifted = encode(b"\0" * shift + octets).decode()
            first, last = -(-8 * shift // 6), 8 * (shift + len(octets)) // 6
            if last - first >= MIN_LENGTH:
                yield shifted[first:last]

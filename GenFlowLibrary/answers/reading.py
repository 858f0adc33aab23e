"""Text as a person reads it: mail in HTML without its markup, full-width letters and digits as plain ones.

raw text -> as_text (no tags, entities resolved) -> plain (one character for one, so places stay the same)
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|table|tr|td|p|div|span|br|b|i|strong|em|a|ul|ol|li|h[1-6]|img|hr|style|script|font)\b[^>]*>",
    re.IGNORECASE,
)
_UNSEEN = ("script", "style", "head", "title", "template", "noscript")
_LINES = (
    "p",
    "div",
    "br",
    "tr",
    "li",
    "table",
    "ul",
    "ol",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
)
_CELLS = ("td", "th")
# U+FF01 to U+FF5E are the printable ASCII characters in full width, in the same order.
_PLAIN = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: " "}


def as_text(text: str) -> str:
    """Returns a text without HTML markup; a text without any comes back as it is."""
    if not _MARKUP.search(text):
        return text
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:
        # The parser gives up on broken declarations such as "<![x"; a person would read on.
        return re.sub(r"<[^>]*>", " ", text)
    return reader.text()


def plain(text: str) -> str:
    """Returns a text of the same length with full-width characters as plain ones."""
    return text.translate(_PLAIN)


class _Reader(HTMLParser):
    """Collects the text between tags, with new lines where a browser shows them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "body":
            # Mail programs forget to close their heads.
            self._unseen = 0
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag not in _CELLS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # New lines in the source are blanks on the page.
            self._pieces.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _break(self, tag: str) -> None:
        if tag in _LINES:
            self._pieces.append("\n")
        elif tag in _CELLS:
            self._pieces.append("\t")

    def text(self) -> str:
        """Returns what was collected, without blank lines."""
        lines = ("".join(self._pieces)).split("\n")
        return "\n".join(line.strip() for line in lines if line.strip())

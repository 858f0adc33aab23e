"""Yes and no as people write them."""

from __future__ import annotations

_YES = frozenset(
    {
        "true",
        "yes",
        "y",
        "on",
        "1",
        "x",
        "checked",
        "selected",
        "✓",
        "✔",
        "ja",
        "wahr",
        "oui",
        "vrai",
        "sí",
        "si",
    }
    | {"verdadero", "kyllä", "joo", "tosi", "sant", "是", "对", "有", "はい", "sim"}
)
_NO = frozenset(
    {
        "",
        "false",
        "no",
        "n",
        "off",
        "0",
        "unchecked",
        "✗",
        "nein",
        "falsch",
        "non",
        "faux",
        "falso",
        "ei",
        "epätosi",
    }
    | {"nej", "falskt", "nee", "否", "不", "无", "いいえ", "não"}
)


def as_flag(value: object) -> bool | None:
    """Returns what a Boolean, 0 or 1, or a word for yes or no means, None for anything else. An empty text means no."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().casefold()
    return True if text in _YES else False if text in _NO else None

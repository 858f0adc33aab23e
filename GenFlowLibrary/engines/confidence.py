"""How sure a model was of the number it chose, measured from the log-probabilities of that number's token.

    text + tokens with their alternatives -> the token of ``choice`` -> P(label) over all labels -> confidence

With p(t) the probability of a token t where the number stands, and t(k) the tokens that write the option k,

    confidence = p(t(chosen)) / sum of p(t(k)) over all options k, with 0 for "none fits"

which is the model's probability of the chosen option, given that it names one of them. An option that is not among the
alternatives which the server lists counts with the smallest of these, and all such options together with no more than what the
listed ones leave of 1: the true share is then at least what is told. A label's
probability as a measure of whether a model knows is from Kadavath et al., "Language Models (Mostly) Know What They Know"
(arXiv 2207.05221, section 3). The number stands behind the reason, so it is the probability given that reason; whether such
numbers are right as often as they say depends on the model.
"""

from __future__ import annotations

import math
import re
from typing import Any, cast

MOST_ALTERNATIVES = 20
"""Alternatives for a token that are asked for: the most that OpenAI, and vLLM without a setting, list."""
_CHOICE = re.compile(r'(?<!\\)"choice"\s*:\s*(\d+)')
_NUMBER = re.compile(r"\s*(\d+)\s*[,}]?\s*")
_TWO_DIGITS = 10


def confidence_of_choice(text: str, logprobs: Any, most: int) -> float | None:
    """Returns the confidence of the choice in an answer, between 0 and 1; ``None`` where it cannot be measured.

    Args:
        text: The answer, JSON with the property ``choice``.
        logprobs: What the server sent beside it (``{"content": [{"token", "logprob", "top_logprobs"}, ...]}``); nothing in it
            is checked yet.
        most: The largest number there is to choose; all from 0 on are labels.
    """
    tokens = logprobs.get("content") if isinstance(logprobs, dict) else None
    if not isinstance(tokens, list) or not all(_is_token(token) for token in tokens):
        return None
    written = "".join(token["token"] for token in tokens)
    places = list(_CHOICE.finditer(written))
    if written.strip() != text.strip() or len(places) != 1:
        return None  # these are not the tokens of this text
    token = _token_at(tokens, places[0].start(1))
    if _number(token["token"]) != int(places[0].group(1)):
        return None  # the number is spread over several tokens
    listed = _probabilities(token)
    shares = _shares(listed, most)
    if most >= _TWO_DIGITS and max(shares, default=0) < _TWO_DIGITS:
        return None  # "1" may be the beginning of "12", and nothing shows that it is not
    chosen, total = shares.get(int(places[0].group(1)), 0.0), sum(shares.values())
    unlisted = (most + 1 - len(shares)) * min(listed.values(), default=0.0)
    total += min(unlisted, max(0.0, 1.0 - sum(listed.values())))
    return chosen / total if total > 0 else None


def _is_token(token: Any) -> bool:
    return isinstance(token, dict) and isinstance(token.get("token"), str)


def _token_at(tokens: list[Any], place: int) -> dict[str, Any]:
    """Returns the token that holds a place of the text which they make together."""
    end = 0
    for token in tokens:
        end += len(token["token"])
        if end > place:
            break
    return cast("dict[str, Any]", token)


def _probabilities(token: dict[str, Any]) -> dict[str, float]:
    """Returns the probability of a token and of its alternatives, by what they write."""
    told: dict[str, float] = {}
    alternatives = token.get("top_logprobs")
    for each in [token, *(alternatives if isinstance(alternatives, list) else [])]:
        text, logprob = (each.get("token"), each.get("logprob")) if isinstance(each, dict) else (None, None)
        if isinstance(text, str) and isinstance(logprob, (int, float)) and not math.isnan(logprob):
            told[text] = math.exp(
                min(0.0, logprob)
            )  # the token itself is among its alternatives: counted once
    return told


def _shares(listed: dict[str, float], most: int) -> dict[int, float]:
    """Returns the probability of each option that is listed: what writes the same number counts together."""
    shares: dict[int, float] = {}
    for text, share in listed.items():
        number = _number(text)
        if number is not None and number <= most:
            shares[number] = shares.get(number, 0.0) + share
    return shares


def _number(token: Any) -> int | None:
    found = _NUMBER.fullmatch(token) if isinstance(token, str) else None
    return int(found.group(1)) if found else None

"""From what an engine sent to the validated answer, forgiving only what cannot change the meaning.

    text -> without a leading <think> block -> the one JSON object in it -> strict JSON -> strict types ->
    model

Prose or a code fence around the object is forgiven. A second object, an array around it, a duplicate key,
``NaN``, a missing or extra field, a number sent as text: each is an AnswerError that names the field, for
then nobody knows what was meant.
"""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from GenFlowLibrary.core.characters import on_one_line
from GenFlowLibrary.core.errors import AnswerError

Model = TypeVar("Model", bound=BaseModel)

_THINKING = re.compile(r"\A\s*<think>.*?(</think>|\Z)", re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")


def parse_answer(text: str, answer_type: type[Model]) -> Model:
    """Returns the answer that ``text`` holds, as ``answer_type``.

    Raises:
        AnswerError: the text is not exactly one JSON object of that type; one sentence saying what was
            expected and what was found.
    """
    json_text, fields = _only_object(without_thinking(text))
    known = {info.alias or name for name, info in answer_type.model_fields.items()}
    for name in fields:
        if name not in known:
            raise AnswerError(_unknown(name))
    try:
        return answer_type.model_validate_json(json_text.encode("utf-8", "surrogatepass"), strict=True)
    except ValidationError as invalid:
        raise AnswerError(_sentence(invalid)) from None


def without_thinking(text: str) -> str:
    """Returns ``text`` without the ``<think>`` block it begins with; one that never ends leaves nothing."""
    return _THINKING.sub("", text, count=1)


def excerpt(text: str, length: int = 80) -> str:
    """Returns the beginning of a text on one line, at most ``length`` characters, for a message."""
    line = on_one_line(text[: length * 10])
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _only_object(text: str) -> tuple[str, dict[str, Any]]:
    """Returns the one JSON object in ``text``: as it is written, and as data."""
    start = text.find("{")
    if start < 0:
        found = f"'{excerpt(text)}' came" if text.strip() else "nothing came"
        raise AnswerError(f"Expected the answer as a JSON object, but {found}.")
    try:
        fields, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as broken:
        rest = excerpt(text[broken.pos :], 30)
        place = f"it is broken at '{rest}'" if rest else "it ends too early"
        raise AnswerError(f"Expected the answer as one complete JSON object, but {place}.") from None
    except RecursionError:
        raise AnswerError("Expected the answer as a flat JSON object, but it is nested too deeply.") from None
    except ValueError:  # Python refuses to read an integer of thousands of digits
        raise AnswerError(
            "Expected numbers of a sensible length in the answer, but one is far too long."
        ) from None
    # Brackets in the prose are refused: they might be a second object, or an array around this one.
    stray = _BRACKETS.search(text[:start] + text[end:])
    if stray:
        raise AnswerError(
            f"Expected exactly one JSON object as the answer, but there is '{stray.group()}' beside it."
        )
    return text[start:end], fields


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise AnswerError(
                f"Expected each field of the answer once, but '{excerpt(name)}' is there more than once."
            )
        fields[name] = value
    return fields


def _no_constant(name: str) -> NoReturn:
    raise AnswerError(f"Expected numbers in the answer to be finite, but one is {name}.")


def _float(literal: str) -> float:
    number = float(literal)
    if not math.isfinite(number) or int(number) != int(Decimal(literal)):
        raise AnswerError(
            f"Expected a number that can be kept exactly, but '{excerpt(literal, 40)}' has too many digits."
        )
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_each_once, parse_constant=_no_constant, parse_float=_float)


def _unknown(name: str) -> str:
    return f"Expected only the fields that were asked for, but the answer also has '{excerpt(name)}'."


def _sentence(invalid: ValidationError) -> str:
    """Returns the first thing wrong, by the name of its field, in pydantic's own words where they are plain."""
    error = invalid.errors(include_url=False)[0]
    name = ".".join(map(str, error["loc"]))
    if error["type"] == "missing":
        return f"Expected the field '{name}' in the answer, but it is missing."
    if error["type"] == "extra_forbidden":
        return _unknown(name)
    if error["type"] == "json_invalid":
        return "Expected the answer as plain JSON, but it is nested too deeply or holds a broken character."
    found = excerpt(json.dumps(error["input"], ensure_ascii=False, default=str), 60)
    wanted = error["msg"].removeprefix("Input should be ")
    if wanted != error["msg"]:
        return f"Expected '{name}' in the answer to be {wanted}, but it is {found}."
    return (
        f"Expected '{name}' in the answer to fit, but it is {found}: {wanted.removeprefix('Value error, ')}."
    )

"""The flat answer with which an engine puts numbered keys into numbered fields, and writes the texts that were asked for with them.

One model a question: ``{"why_1": "...", "field_1": 7, "why_2": "...", "field_2": 0, "text_1": "...", "value_1": ""}``. Each reason stands
before its number, so that a language model reasons before it chooses; 0 abstains, and so does an empty text or value.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from GenFlowLibrary.core.errors import InputError


class FieldMatches(BaseModel):
    """Why, and the number of the field, for each key; and what was written. `field_matches_type` adds the fields.

    Numbers are plain integers, for strict JSON Schema allows few values in enumerations (OpenAI: 1,000 in a schema), and sixty keys by
    sixty fields have more; who asks checks them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The field numbers in the order of the keys, 0 for none."""
        return tuple(value for name, value in self if name.startswith("field_"))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in the order of the keys."""
        return tuple(value for name, value in self if name.startswith("why_"))

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts in the order of the instructions, without blanks around them, empty for none."""
        return tuple(value.strip() for name, value in self if name.startswith("text_"))

    @property
    def values(self) -> tuple[str, ...]:
        """The values in the order of the required fields, without blanks around them, empty for none."""
        return tuple(value.strip() for name, value in self if name.startswith("value_"))


@cache
def field_matches_type(keys: int, texts: int = 0, values: int = 0) -> type[FieldMatches]:
    """Returns the answer type for a number of keys, of instructions and of required fields, each numbered from 1.

    Raises:
        InputError: nothing is asked for.
    """
    if min(keys, texts, values) < 0 or keys + texts + values < 1:
        raise InputError(
            "Expected at least one key to find a field for, or a text to write, but there is none; add one."
        )
    fields: dict[str, Any] = {}
    for number in range(1, keys + 1):
        fields[f"why_{number}"] = (
            str,
            Field(description=f"Why key {number} belongs there or nowhere, in a few words."),
        )
        fields[f"field_{number}"] = (
            int,
            Field(description=f"Number of the field for key {number}, 0 if none surely fits."),
        )
    for number in range(1, texts + 1):
        said = f"The finished text {number}, empty if it cannot be written from what is given."
        fields[f"text_{number}"] = (str, Field(description=said))
    for number in range(1, values + 1):
        said = f"The value of required field {number}, empty if it does not follow from what is given."
        fields[f"value_{number}"] = (str, Field(description=said))
    return create_model("FieldMatches", __base__=FieldMatches, **fields)


def none_of(count: int, why: str) -> str:
    """Returns the answer that puts none of ``count`` keys into a field, as an engine sends it."""
    answer: dict[str, str | int] = {}
    for number in range(1, count + 1):
        answer.update({f"why_{number}": why, f"field_{number}": 0})
    return json.dumps(answer, ensure_ascii=False)

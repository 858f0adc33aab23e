"""The flat answer with which an engine puts numbered keys into numbered fields.

One model a number of keys: ``{"why_1": "...", "field_1": 7, "why_2": "...", "field_2": 0}``. Each reason stands before its number, so that
a language model reasons before it chooses; 0 abstains.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from GenFlowLibrary.core.errors import InputError


class FieldMatches(BaseModel):
    """Why, and the number of the field, for each key. `field_matches_type` adds the fields.

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


@cache
def field_matches_type(count: int) -> type[FieldMatches]:
    """Returns the answer type for ``count`` keys, numbered from 1.

    Raises:
        InputError: there is no key.
    """
    if count < 1:
        raise InputError("Expected at least one key to find a field for, but there is none; add one.")
    fields: dict[str, Any] = {}
    for number in range(1, count + 1):
        fields[f"why_{number}"] = (
            str,
            Field(description=f"Why key {number} belongs there or nowhere, in a few words."),
        )
        fields[f"field_{number}"] = (
            int,
            Field(description=f"Number of the field for key {number}, 0 if none surely fits."),
        )
    return create_model("FieldMatches", __base__=FieldMatches, **fields)


def none_of(count: int, why: str) -> str:
    """Returns the answer that puts none of ``count`` keys into a field, as an engine sends it."""
    answer: dict[str, str | int] = {}
    for number in range(1, count + 1):
        answer.update({f"why_{number}": why, f"field_{number}": 0})
    return json.dumps(answer, ensure_ascii=False)

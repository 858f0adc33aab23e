"""The flat answer with which an engine chooses among numbered options.

One model a number of options: ``{"reason": "...", "choice": 2}``. The reason stands first, so that a language
model reasons before it chooses; 0 abstains.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from GenFlowLibrary.core.errors import InputError

MAX_REASON_LENGTH = 4000
"""Characters. Generous: a reason is a sentence or two, and a page of it means that the model is rambling or
repeats itself."""


def _bounded(reason: str) -> str:
    # A validator and no `max_length`: strict JSON Schema as OpenAI defines it has no `maxLength`, and refuses
    # a schema that has.
    if len(reason) > MAX_REASON_LENGTH:
        raise ValueError(f"must have at most {MAX_REASON_LENGTH} characters")
    return reason


class Choice(BaseModel):
    """Why, and the number of the option; 0 abstains. `choice_type` narrows the numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[str, AfterValidator(_bounded)]
    choice: int


def _no_boolean(number: object) -> object:
    # pydantic reads JSON's `true` as the 1 of a Literal, for in Python the two are equal.
    if isinstance(number, bool):
        raise ValueError("a number is expected, not true or false")  # noqa: TRY004 - pydantic reports ValueErrors
    return number


@cache
def choice_type(count: int) -> type[Choice]:
    """Returns the answer type for a choice among ``count`` options, numbered from 1; 0 means that none fits.

    Raises:
        InputError: there is no option to choose from.
    """
    if count < 1:
        raise InputError("Expected at least one option to choose from, but there is none; add an option.")
    numbers: Any = Annotated[Literal[tuple(range(count + 1))], BeforeValidator(_no_boolean)]
    described = Field(description="Number of the option that fits, 0 if none does.")
    return create_model("Choice", __base__=Choice, choice=(numbers, described))

"""The flat answer with which an engine reviews a text against numbered checks.

One model a number of checks: ``{"quote_1": "...", "reason_1": "...", "verdict_1": "met", "quote_2": "", ...}``. Quotation and reason stand
before the verdict, so that a language model looks before it judges.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, create_model

from GenFlowLibrary.core.errors import InputError

Verdict = Literal["met", "broken", "missing", "unclear"]
"""``missing``: the text says nothing on it. ``unclear``: it says something, and what that means for the check is not plain."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

MOST_CHECKS = 20
"""Checks of one answer. Servers with strict schemas take 100 properties (three a check would be 33), and small models lose the thread
long before that."""


class Reviewed(BaseModel):
    """Quotation, reason and verdict for each check. `reviewed_type` adds the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def at(self, number: int) -> tuple[str, str, Verdict]:
        """Returns quotation, reason and verdict of the check with a number from 1."""
        fields = dict(self)
        return (
            fields[f"quote_{number}"].strip(),
            fields[f"reason_{number}"].strip(),
            fields[f"verdict_{number}"],
        )


@cache
def reviewed_type(checks: int) -> type[Reviewed]:
    """Returns the answer type for a number of checks, numbered from 1.

    Raises:
        InputError: there is none, or there are more than `MOST_CHECKS`.
    """
    if not 0 < checks <= MOST_CHECKS:
        raise InputError(
            f"Expected 1 to {MOST_CHECKS} checks in one review, but there are {checks}; review in several steps."
        )
    fields: dict[str, Any] = {}
    for number in range(1, checks + 1):
        said = f"The passage that check {number} rests on, copied word for word; empty if there is none."
        fields[f"quote_{number}"] = (str, Field(description=said))
        fields[f"reason_{number}"] = (
            str,
            Field(description=f"Why, for check {number}, in one short sentence."),
        )
        fields[f"verdict_{number}"] = (Verdict, Field(description=f"What becomes of check {number}."))
    return create_model("Reviewed", __base__=Reviewed, **fields)

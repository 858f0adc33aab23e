"""The flat answer with which an engine outlines a procedure in prose: numbered steps that say which comes next."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class OutlinedStep(BaseModel):
    """One step. A number of 0 says that there is none; the passage it rests on stands before what is made of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int = Field(description="Number of the step, from 1.")
    kind: Literal["step", "decision", "end"]
    quote: str = Field(description="The passage of the procedure that this rests on, copied word for word.")
    text: str = Field(
        description="What is done, or for a decision what is asked, short, in the procedure's words."
    )
    next: int = Field(description="For a step: the number of what comes next. 0 for a decision and an end.")
    yes: int = Field(description="For a decision: the number of what comes next if so. Otherwise 0.")
    no: int = Field(description="For a decision: the number of what comes next if not. Otherwise 0.")
    lane: str = Field(description="Who does it, in the procedure's words; empty if it is not said.")


class Outlined(BaseModel):
    """A procedure as its steps, in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(description="What the procedure is about, in a few of its own words.")
    steps: list[OutlinedStep]

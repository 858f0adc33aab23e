"""The flat answers with which an engine writes a text that is checked, judges a text, or answers a question from it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from GenFlowLibrary.answers.choice import MAX_REASON_LENGTH


def _bounded(text: str) -> str:
    if len(text) > MAX_REASON_LENGTH:
        raise ValueError(f"must have at most {MAX_REASON_LENGTH} characters")
    return text


Short = Annotated[str, AfterValidator(_bounded)]


class Written(BaseModel):
    """A text. It comes as data and not as free text, so that what does not hold against its facts can be sent back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(description="The finished text, whole.")


class Quoted(BaseModel):
    """The answer to a question, with the passage it rests on. The passage stands first, so that it is found before the answer is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quote: Short = Field(
        description="One passage of the text, copied word for word; empty if it is not there."
    )
    found: bool = Field(description="Whether the text answers the question.")
    answer: Short = Field(description="The answer, short; empty if the text does not answer the question.")


class Judgement(BaseModel):
    """Whether a text satisfies a criterion. The reason stands first, so that a language model reasons before it judges."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Short
    verdict: Literal["met", "broken", "unclear"]

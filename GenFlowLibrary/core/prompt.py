"""What is wanted (Task) and what is asked (Prompt).

A Task says what a step wants in the step's own terms. The prompts room renders it to a Prompt: messages for a language model, and the
same inputs as data for engines that do not read prose (the embedded engine, the recording).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

Ability = Literal[
    "generate",
    "classify",
    "extract",
    "decide",
    "match",
    "point",
    "answer",
    "review",
    "judge",
    "summarize",
    "outline",
    "complete",
]
"""What kind of work a task is. An engine that cannot do an ability says so at once."""

Role = Literal["system", "user", "assistant"]


_RANGES = (("temperature", 0, math.inf), ("max_tokens", 1, math.inf), ("top_p", 0, 1), ("n", 1, math.inf))
"""Least and most of a parameter by its meaning. Servers have narrower limits, and tell theirs themselves."""


@dataclass(frozen=True)
class Parameters:
    """Sampling parameters as the user set them. ``None`` means not set, and what is not set is not sent.

    Raises:
        InputError: one is out of the range that any server takes.
    """

    model: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    top_p: float | None = None
    n: int | None = None
    stop: tuple[str, ...] | None = None
    seed: int | None = None

    def __post_init__(self) -> None:
        for name, least, most in _RANGES:
            value = getattr(self, name)
            if value is not None and not (least <= value <= most and math.isfinite(value)):
                upwards = f"{least} or more" if math.isinf(most) else f"between {least} and {most}"
                raise InputError(
                    f"Expected {name} to be {upwards}, but it is {value}; correct it or leave it out."
                )

    def given(self) -> dict[str, Any]:
        """Returns the parameters that were set, by name."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Task:
    """What a step wants.

    ``prompt`` names a prompt file; ``inputs`` are its inputs as plain data (text, numbers, lists and mappings of these);
    ``answer_type`` is the flat pydantic model the answer must satisfy, ``None`` for free text; ``language`` (a code such as ``en``)
    chooses among a prompt file's drafts.
    """

    ability: Ability
    prompt: str
    inputs: Mapping[str, Any]
    answer_type: type[BaseModel] | None = None
    language: str | None = None
    parameters: Parameters = field(default_factory=Parameters)


@dataclass(frozen=True)
class Message:
    """One message of a chat: who says what."""

    role: Role
    content: str


@dataclass(frozen=True)
class Prompt:
    """A rendered task: ready for any engine.

    ``name``, ``version`` and ``digest`` (of the prompt file's text) identify the prompt file; ``messages`` are for a language model;
    ``inputs`` hold the same as data; ``draft`` is the approved text with its facts already filled in, where the prompt file has one
    in the task's language. ``measure`` asks the engine to measure how sure it is, where it can, ``stream``
    to tell how far it is while it writes; neither is part of the question.
    """

    name: str
    version: str
    digest: str
    ability: Ability
    messages: tuple[Message, ...]
    inputs: Mapping[str, Any]
    answer_type: type[BaseModel] | None = None
    draft: str | None = None
    language: str | None = None
    parameters: Parameters = field(default_factory=Parameters)
    measure: bool = False
    stream: bool = False

    @property
    def schema(self) -> dict[str, Any] | None:
        """The JSON Schema of the answer, ``None`` where free text is asked for."""
        return None if self.answer_type is None else self.answer_type.model_json_schema()

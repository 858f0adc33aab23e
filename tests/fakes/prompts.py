"""Prompts for tests: rendered already, with sensible defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.prompt import Ability, Message, Parameters, Prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


def make_prompt(
    name: str = "classify_text",
    *,
    ability: Ability = "classify",
    inputs: Mapping[str, Any] | None = None,
    answer_type: type[BaseModel] | None = None,
    draft: str | None = None,
    version: str = "1",
    digest: str = "d1",
    language: str | None = None,
    content: str = "Which one?",
    **parameters: Any,
) -> Prompt:
    """Returns a prompt; keyword arguments that are not its fields are its parameters."""
    return Prompt(
        name=name,
        version=version,
        digest=digest,
        ability=ability,
        messages=(Message("system", "You choose."), Message("user", content)),
        inputs={"text": "hello"} if inputs is None else inputs,
        answer_type=answer_type,
        draft=draft,
        language=language,
        parameters=Parameters(**parameters),
    )

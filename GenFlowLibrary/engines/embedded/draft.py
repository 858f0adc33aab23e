"""Text without a language model: the prompt file's approved draft with its facts filled in, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import NeedsLanguageModel

if TYPE_CHECKING:
    from GenFlowLibrary.core.prompt import Prompt

MODEL_LINES = "GENFLOW_BASE_URL=http://localhost:11434/v1\nGENFLOW_MODEL=qwen3:8b"
"""What configures a language model that runs on the same machine (Ollama's address), as lines of a ``.env`` file."""


def draft(prompt: Prompt) -> str:
    """Returns the prompt's draft, as data where the answer is to be one text as data.

    Raises:
        NeedsLanguageModel: it has none in the language asked for, or the answer is to be other data than a text.
    """
    if prompt.draft is not None and prompt.answer_type is None:
        return prompt.draft
    if (
        prompt.draft is not None
        and prompt.answer_type is not None
        and list(prompt.answer_type.model_fields) == ["text"]
    ):
        return json.dumps({"text": prompt.draft}, ensure_ascii=False)
    language = f" in the language '{prompt.language}'" if prompt.language else ""
    raise needs_language_model(
        f"Expected the prompt '{prompt.name}' to have an approved draft{language}, but it has none, and without one the "
        "embedded engine writes nothing; add a draft to the prompt file"
    )


def needs_language_model(finding: str) -> NeedsLanguageModel:
    """Returns the error for a task beyond this engine: a sentence's beginning, completed with the two lines to configure a model."""
    return NeedsLanguageModel(
        f"{finding}, or configure a language model with these two lines in .env:\n{MODEL_LINES}"
    )

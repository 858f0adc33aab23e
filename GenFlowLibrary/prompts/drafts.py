"""Choosing a prompt file's draft for a language.

    zh-Hans-CN -> zh-Hans-CN, zh-Hans, zh, *

The order is the lookup of RFC 4647, section 3.4: the language asked for is shortened from its end, never made
longer, and nothing is taken from another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.prompts.front_matter import ANY_LANGUAGE

if TYPE_CHECKING:
    from GenFlowLibrary.prompts.loader import PromptFile


def choose_draft(prompt_file: PromptFile, language: str | None) -> tuple[str, str] | None:
    """Returns the draft for a language as (its key, its template), ``None`` where the prompt file has none.

    Where no language is asked for, the only draft there is serves.
    """
    drafts = {_normal(key): (key, draft) for key, draft in prompt_file.drafts.items()}
    if language is None and len(drafts) == 1:
        return next(iter(drafts.values()))
    parts = _normal(language).split("-") if language else []
    for length in range(len(parts), 0, -1):
        found = drafts.get("-".join(parts[:length]))
        if found:
            return found
    return drafts.get(ANY_LANGUAGE)


def missing_draft(prompt_file: PromptFile, language: str | None) -> str:
    """Returns the sentence that says which drafts there are instead of the one asked for, and what to do."""
    wanted = f"a draft for language '{language}'" if language else "one draft that fits without a language"
    languages = ", ".join(sorted(key for key in prompt_file.drafts if key != ANY_LANGUAGE))
    found = f"it has drafts for {languages}" if languages else "it has no draft"
    remedy = f"add '{language}' under draft in that file" if language else "ask for one of the languages"
    if not language and not languages:
        remedy = "add one under draft in that file"
    return f"Expected prompt file {prompt_file.path.name} to have {wanted}, but {found}; {remedy}."


def _normal(language: str) -> str:
    return language.lower().replace("_", "-")

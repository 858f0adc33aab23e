"""Writing prompt files and rendering them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.core.prompt import Prompt, Task
from GenFlowLibrary.prompts.loader import PromptFile, load_prompt_file
from GenFlowLibrary.prompts.render import render

if TYPE_CHECKING:
    from pathlib import Path

WritePrompt = Callable[..., PromptFile]


@pytest.fixture
def write(tmp_path: Path) -> WritePrompt:
    """Writes a prompt file and loads it; ``inputs`` and ``draft`` are YAML lines as they stand in the front matter."""

    def write_prompt(
        body: str, *, inputs: str = "", draft: str = "", ability: str = "generate"
    ) -> PromptFile:
        head = f'version: "1"\ndescription: A test\nability: {ability}\n{inputs}\n{draft}'
        path = tmp_path / "letter.md"
        path.write_text(f"---\n{head}\n---\n{body}\n", encoding="utf-8")
        return load_prompt_file(path)

    return write_prompt


@pytest.fixture
def letter(write: WritePrompt) -> Callable[..., Prompt]:
    """Renders a prompt file with the inputs ``name`` and, optional, ``amount``, ``due`` and ``facts``, and a draft."""

    def render_letter(draft: str, language: str | None = None, **given: Any) -> Prompt:
        optional = "\n".join(
            f"  {name}: {{description: d, optional: true}}" for name in ("amount", "due", "facts")
        )
        body = "# User\nTo {{ name }}{% if amount %}!{% endif %}{% if due %}!{% endif %}{% if facts %}!{% endif %}"
        prompt_file = write(body, inputs=f"inputs:\n  name: Who\n{optional}", draft=f"draft:\n  {draft}")
        return render(prompt_file, Task("generate", "letter", {"name": "Ada", **given}, language=language))

    return render_letter

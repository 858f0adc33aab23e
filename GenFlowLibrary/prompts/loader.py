"""Prompt files: from a folder of ``*.md`` to checked prompt files.

    file -> front matter + "# System" and "# User" sections -> every variable declared, every input used -> PromptFile

The analyst's folders come first and the library's own files last, so that a file of the same name replaces the library's.
"""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError, meta

from GenFlowLibrary.core.errors import PromptError
from GenFlowLibrary.core.prompt import Ability, Message, Role
from GenFlowLibrary.core.text_files import why_unreadable
from GenFlowLibrary.prompts.environment import environment
from GenFlowLibrary.prompts.front_matter import FrontMatter, PromptInput, parse_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OWN_FILES = Path(__file__).parent / "files"
_FENCE = "---"
_HEADINGS: dict[str, Role] = {"# system": "system", "# user": "user"}


@dataclass(frozen=True)
class PromptFile:
    """A prompt file, checked and not yet rendered.

    ``messages`` and ``drafts`` (language code, or ``*`` for any, -> text) are Jinja templates; ``digest`` is the SHA-256 of the file's text
    with line ends and trailing space made alike.
    """

    name: str
    version: str
    description: str
    ability: Ability
    inputs: Mapping[str, PromptInput]
    drafts: Mapping[str, str]
    messages: tuple[Message, ...]
    digest: str
    path: Path

    def sources(self) -> Iterator[tuple[str, str]]:
        """Returns each template with what it is called in a complaint."""
        for message in self.messages:
            yield f"'# {message.role.title()}'", message.content
        for language, draft in self.drafts.items():
            yield f"draft '{language}'", draft


class PromptLibrary:
    """The prompt files of some folders and of the package.

    A file is read once: a run works with one text of it, even when somebody edits it meanwhile.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = (*folders, OWN_FILES)
        self._loaded: dict[Path, PromptFile] = {}

    def names(self) -> list[str]:
        """Returns the names of all prompt files, sorted."""
        return sorted(self._paths())

    def get(self, name: str) -> PromptFile:
        """Returns the prompt file of a name, which is its file name without ``.md``.

        Raises:
            PromptError: there is none, or it is broken.
        """
        path = self._paths().get(name)
        if path is None:
            raise PromptError(self._unknown(name))
        if path not in self._loaded:
            self._loaded[path] = load_prompt_file(path)
        return self._loaded[path]

    def _paths(self) -> dict[str, Path]:
        return {path.stem: path for folder in reversed(self._folders) for path in sorted(folder.glob("*.md"))}

    def _unknown(self, name: str) -> str:
        names = self.names()
        near = difflib.get_close_matches(name.lower().replace(" ", "_"), names, n=3, cutoff=0.5) or names
        folders = [f"'{folder}'{'' if folder.is_dir() else ' (not there)'}" for folder in self._folders[:-1]]
        return (
            f"Expected a prompt file named '{name}.md', but found none in {', '.join([*folders, 'the library'])}; "
            f"create it there, or use one of {', '.join(near)}."
        )


def load_prompt_file(path: Path) -> PromptFile:
    """Returns the prompt file at a path.

    Raises:
        PromptError: it cannot be read, its front matter or sections are broken, a template does not parse, or its variables and its
            declared inputs differ.
    """
    text = _read(path)
    front_matter, body, body_line = _split(text, path.name)
    prompt_file = PromptFile(
        name=path.stem,
        version=front_matter.version,
        description=front_matter.description,
        ability=front_matter.ability,
        inputs=front_matter.inputs,
        drafts=front_matter.drafts,
        messages=tuple(_messages(body, body_line, path.name)),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        path=path,
    )
    _check_draft(prompt_file)
    _check_variables(prompt_file)
    return prompt_file


def _read(path: Path) -> str:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise PromptError(
            f"Expected the prompt file '{path}' to be readable text, but {why_unreadable(problem)}; save it as UTF-8 text."
        ) from None
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"


def _split(text: str, file_name: str) -> tuple[FrontMatter, list[str], int]:
    """Returns the front matter, the lines after it, and the number of the first of them."""
    lines = text.splitlines()
    begins = lines[:1] == [_FENCE]
    if not begins or _FENCE not in lines[1:]:
        raise PromptError(
            f"Expected {file_name} to begin with a front matter between two lines of '---', but line 1 has "
            f"'{lines[0] if lines else ''}'{' and no second such line follows' if begins else ''}; add the missing line."
        )
    end = lines.index(_FENCE, 1)
    return parse_front_matter("\n".join(lines[1:end]), file_name), lines[end + 1 :], end + 2


def _messages(lines: list[str], first_line: int, file_name: str) -> Iterator[Message]:
    """Yields a message for each section. A heading inside an input can make no message: inputs come in after this."""
    sections: dict[Role, list[str]] = {}
    role: Role | None = None
    for number, line in enumerate(lines, first_line):
        heading = _HEADINGS.get(line.lower())
        if heading:
            role = heading
            if role in sections:
                raise PromptError(
                    f"Expected one section '{line}' in {file_name}, but line {number} begins another; join them."
                )
            sections[role] = []
        elif role:
            sections[role].append(line)
        elif line:
            raise PromptError(
                f"Expected the body of {file_name} to begin with '# System' or '# User', "
                f"but line {number} has '{line}'; put a heading before it."
            )
    if not "".join(sections.get("user", [])):
        raise PromptError(
            f"Expected a section '# User' with text in {file_name}, but found none; add what the model is asked."
        )
    for name in ("system", "user"):
        content = "\n".join(sections.get(name, [])).strip()
        if content:
            yield Message(name, content)


def _check_draft(prompt_file: PromptFile) -> None:
    if prompt_file.drafts and prompt_file.ability != "generate":
        raise PromptError(
            f"Expected a draft in prompt files with ability generate only, but {prompt_file.path.name} has ability "
            f"{prompt_file.ability}; remove the draft or change the ability."
        )


def _check_variables(prompt_file: PromptFile) -> None:
    used: set[str] = set()
    for where, source in prompt_file.sources():
        variables = _variables(source, where, prompt_file.path.name)
        undeclared = sorted(variables - set(prompt_file.inputs))
        if undeclared:
            raise PromptError(
                f"Expected every variable of {prompt_file.path.name} to be declared, but {where} uses "
                f"{_names(undeclared)}, not among its inputs; declare it there or correct its name."
            )
        used |= variables
    unused = [name for name in prompt_file.inputs if name not in used]
    if unused:
        raise PromptError(
            f"Expected every input of {prompt_file.path.name} to be used, but no section or draft uses {_names(unused)}; "
            "use it or remove its declaration."
        )


def _variables(source: str, where: str, file_name: str) -> set[str]:
    try:
        tree = environment().parse(source)
        if any(True for _ in meta.find_referenced_templates(tree)):
            raise PromptError(
                f"Expected {file_name} to stand on its own, but {where} includes another file; copy its text in."
            )
        environment().compile(tree)  # finds unknown filters and tests
        return meta.find_undeclared_variables(environment().parse(source))
    except TemplateSyntaxError as problem:
        raise PromptError(
            f"Expected {file_name} to be a Jinja template, but line {problem.lineno} of {where} cannot be read "
            f"({problem.message}); correct that line."
        ) from None
    except TemplateError as problem:
        raise PromptError(
            f"Expected {file_name} to be a Jinja template, but {where} cannot be read ({problem.message}); correct it."
        ) from None


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)

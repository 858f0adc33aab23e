from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from GenFlowLibrary.core.errors import PromptError
from GenFlowLibrary.core.prompt import Message
from GenFlowLibrary.prompts.loader import OWN_FILES, PromptLibrary, load_prompt_file

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '---\nversion: "1"\ndescription: d\nability: generate\ninputs:\n  name: Who\n---\n'


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.md"
    path.write_bytes(text.encode())
    return path


def test_a_file_is_read_into_its_parts(tmp_path: Path) -> None:
    text = HEAD + "# System\nBe kind.\n\n# Not a section\n\n# User\nGreet {{ name }}.\n"
    path = put(tmp_path, "greeting", text)

    prompt_file = load_prompt_file(path)

    assert prompt_file.name == "greeting"
    assert prompt_file.messages == (
        Message("system", "Be kind.\n\n# Not a section"),
        Message("user", "Greet {{ name }}."),
    )
    assert prompt_file.digest == hashlib.sha256(text.encode()).hexdigest()
    assert prompt_file.path == path


def test_the_digest_does_not_depend_on_line_ends_or_trailing_space(tmp_path: Path) -> None:
    text = HEAD + "# User\nGreet {{ name }}.\n"
    unix = load_prompt_file(put(tmp_path, "unix", text))
    windows = load_prompt_file(put(tmp_path, "windows", "\ufeff" + text.replace("\n", "  \r\n") + "\r\n\r\n"))
    changed = load_prompt_file(put(tmp_path, "changed", text.replace("Greet", "Meet")))

    assert unix.digest == windows.digest
    assert unix.messages == windows.messages
    assert unix.digest != changed.digest


def test_earlier_folders_replace_later_ones_and_the_librarys_files(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    put(first, "greeting", HEAD + "# User\nfirst {{ name }}")
    put(second, "greeting", HEAD + "# User\nsecond {{ name }}")
    put(second, "classify_text", HEAD + "# User\nmine {{ name }}")
    prompts = PromptLibrary([first, second])

    assert prompts.get("greeting").path.parent == first
    assert prompts.get("classify_text").path.parent == second
    assert prompts.get("extract_data").path.parent == OWN_FILES
    assert prompts.names() == sorted({"greeting", *(file.stem for file in OWN_FILES.glob("*.md"))})


def test_a_file_edited_during_a_run_stays_as_it_was(tmp_path: Path) -> None:
    path = put(tmp_path, "greeting", HEAD + "# User\nbefore {{ name }}")
    prompts = PromptLibrary([tmp_path])
    before = prompts.get("greeting")
    path.write_text("broken", encoding="utf-8")

    assert prompts.get("greeting") is before


def test_an_unknown_name_lists_near_names_and_the_folders(tmp_path: Path) -> None:
    with pytest.raises(PromptError) as error:
        PromptLibrary([tmp_path, tmp_path / "nowhere"]).get("Clasify Text")

    message = str(error.value)
    assert "'Clasify Text.md'" in message
    assert f"'{tmp_path}'" in message
    assert f"'{tmp_path / 'nowhere'}' (not there)" in message
    assert "use one of classify_text" in message


def test_a_name_cannot_climb_out_of_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "outside", HEAD + "# User\n{{ name }}")

    with pytest.raises(PromptError):
        PromptLibrary([tmp_path / "inside"]).get("../outside")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1 has ''"),
        ("# User\nHello", "line 1 has '# User'"),
        ("---\nversion: 1\n", "no second such line"),
        (HEAD + "Hello {{ name }}", "line 8 has 'Hello {{ name }}'"),
        (HEAD + "# System\n{{ name }}", "'# User'"),
        (HEAD + "# User\n\n# System\n{{ name }}", "'# User'"),
        (HEAD + "# User\n{{ name }}\n# User\nagain", "line 10 begins another"),
        (HEAD + "# User\nHello", "no section or draft uses 'name'"),
        (HEAD + "# User\n{{ name }} {{ nmae }} {{ age }}", "'# User' uses 'age', 'nmae'"),
        (HEAD + "# User\nHello\n{{ name", "line 2 of '# User' cannot be read"),
        (HEAD + "# User\n{{ name | shout }}", "No filter named 'shout'"),
        (HEAD + "# User\n{{ name }}{% include 'other.md' %}", "stand on its own"),
        (
            HEAD.replace("inputs", "draft: Hi {{ you }}\ninputs") + "# User\n{{ name }}",
            "draft '*' uses 'you'",
        ),
        (HEAD.replace("generate", "classify\ndraft: Hi") + "# User\n{{ name }}", "ability classify"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_a_remedy(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PromptError) as error:
        load_prompt_file(put(tmp_path, "broken", text))

    message = str(error.value)
    assert says in message
    assert "broken.md" in message
    assert "; " in message
    assert message.endswith(".")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes("---\nGrüße".encode("latin-1"))

    with pytest.raises(PromptError, match="not UTF-8"):
        load_prompt_file(path)


def test_an_input_used_in_a_draft_alone_counts_as_used(tmp_path: Path) -> None:
    path = put(tmp_path, "drafted", HEAD.replace("inputs", "draft: Hi {{ name }}\ninputs") + "# User\nGreet.")

    assert load_prompt_file(path).drafts == {"*": "Hi {{ name }}"}


@pytest.mark.parametrize("name", PromptLibrary().names())
def test_the_librarys_own_files_are_sound(name: str) -> None:
    assert PromptLibrary().get(name).description

"""The library as Robot Framework sees it: keywords, documentation, settings, and what importing it loads."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from robot.api.types import Secret
from robot.libdocpkg import LibraryDocumentation

from GenFlowLibrary import GenFlowLibrary
from GenFlowLibrary.core.errors import InputError, SettingsError

KEYWORDS = {
    "answer_question",
    "check_text",
    "generate_reply",
    "parse_instruction",
    "review_document",
    "rewrite_text",
    "summarize_text",
    "text_should_satisfy",
    "translate_text",
    "classify_text",
    "complete_prompt",
    "decide_next_action",
    "detect_language",
    "draw_flow_chart",
    "draw_flow_chart_of_suite",
    "read_document",
    "read_table",
    "extract_data",
    "fill_form",
    "generate_for_each",
    "generate_text",
    "extract_from_page",
    "get_form_fields",
    "page_should_show",
    "read_form",
    "set_engine",
}


@pytest.fixture(autouse=True)
def clean_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENFLOW_ENGINE", "embedded")


def test_it_has_the_keywords_it_says() -> None:
    assert set(GenFlowLibrary().get_keyword_names()) == KEYWORDS


def test_every_keyword_is_documented_with_arguments_and_a_runnable_example() -> None:
    library = GenFlowLibrary()
    for name in KEYWORDS:
        text = library.get_keyword_documentation(name)
        assert "```robotframework" in text, name
        for argument in library.get_keyword_arguments(name):
            shown = argument[0] if isinstance(argument, tuple) else argument
            if shown != "*":
                assert f"{shown.lstrip('*')}:" in text, (name, shown)


def test_the_examples_of_the_documentation_parse(tmp_path: Path) -> None:
    library = GenFlowLibrary()
    for name in [*KEYWORDS, "__intro__"]:
        for number, block in enumerate(
            library.get_keyword_documentation(name).split("```robotframework\n")[1:]
        ):
            suite = block.partition("```")[0]
            if "*** Settings ***" not in suite:
                suite = f"*** Settings ***\nLibrary    SeleniumLibrary\nLibrary    GenFlowLibrary\n{suite}"
            if "*** Tasks ***" not in suite:
                suite += "*** Tasks ***\nNothing\n    No Operation\n"
            file = tmp_path / f"{name}_{number}.robot"
            file.write_text(
                suite.replace(
                    "*** Settings ***\nSuite Setup",
                    "*** Settings ***\nLibrary    GenFlowLibrary\nSuite Setup",
                )
            )
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "robot",
                    "--dryrun",
                    "--output",
                    "NONE",
                    "--log",
                    "NONE",
                    "--report",
                    "NONE",
                    str(file),
                ],
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (name, done.stdout, done.stderr)


def test_libdoc_builds_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        documentation = LibraryDocumentation("GenFlowLibrary")
    assert len(documentation.keywords) == len(KEYWORDS)
    assert documentation.inits[0].short_doc


def test_importing_it_loads_neither_openai_nor_what_steps_need() -> None:
    heavy = ("openai", "httpx2", "pydantic", "jinja2", "babel", "rapidfuzz")
    code = f"import sys, GenFlowLibrary; GenFlowLibrary.GenFlowLibrary(); print([n for n in {heavy!r} if n in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_a_key_given_at_import_is_a_handle() -> None:
    library = GenFlowLibrary(api_key=Secret("sk-1"))
    assert library.override({}, "test").settings.api_key.reveal() == "sk-1"


def test_overrides_end_with_the_suite() -> None:
    library = GenFlowLibrary(timeout=None)
    assert library.override({"timeout": 3}, "Set Engine").settings.timeout == 3
    library.forget_overrides("Another Suite")
    assert library.override({}, "test").settings.timeout == 3
    library.forget_overrides("")  # outside a run there is no suite
    assert library.override({}, "test").settings.timeout == 60


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"engine": "gpt"}, "auto, embedded, openai"),
        ({"max_calls": "many"}, "'many'"),
        ({"timeout": "soon"}, "'soon'; write it like 30 s"),
        ({"api_key": "sk-plain"}, "Secret variable"),
    ],
)
def test_a_wrong_setting_fails_every_keyword_in_a_sentence_and_not_the_import(
    arguments: dict[str, Any], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    library = GenFlowLibrary(**arguments)
    assert says in caplog.text
    with pytest.raises(SettingsError, match=says) as caught:
        library.classify_text("text", "a", "b")
    assert "sk-plain" not in str(caught.value)


def test_settings_are_read_from_texts_as_robot_framework_gives_them() -> None:
    settings = GenFlowLibrary(timeout="2 minutes", max_calls="3", trace="no").override({}, "test").settings
    assert (settings.timeout, settings.max_calls, settings.trace) == (120.0, 3, False)


@pytest.mark.parametrize(
    "keyword", ["classify_text", "decide_next_action", "extract_data", "detect_language", "complete_prompt"]
)
def test_none_reaches_a_keyword_as_none_and_is_refused(keyword: str) -> None:
    """Robot Framework makes the text 'None' of it where the type is a text alone: a robot would go on with that."""
    library = GenFlowLibrary()
    assert library.get_keyword_types(keyword)[library.get_keyword_arguments(keyword)[0]] == str | None
    arguments = {"extract_data": ("a: str | None",), "classify_text": ("a", "b")}.get(keyword, ())
    options = {"a": "x", "b": "y"} if keyword == "decide_next_action" else {}
    with pytest.raises(InputError, match=r"it is nothing \(None\)"):
        library.run_keyword(keyword, (None, *arguments), options)


def test_a_field_in_the_data_and_in_the_call_is_refused() -> None:
    with pytest.raises(InputError, match="'Amount'"):
        GenFlowLibrary().fill_form({"Amount": 1}, Amount=2)


def test_a_run_without_steps_ends_without_a_summary() -> None:
    library = GenFlowLibrary()
    assert library._end_run() == []

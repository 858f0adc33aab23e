"""Settings: where they come from, which wins, and what a wrong one says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.core.settings import NAMES, Resolved
from GenFlowLibrary.core.settings_sources import load

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def test_without_any_source_every_setting_is_its_default(tmp_path: Path) -> None:
    resolved = load(tmp_path, {})
    assert resolved.settings.engine == "auto"
    assert set(resolved.sources) == set(NAMES)
    assert set(resolved.sources.values()) == {"default"}


def test_a_later_source_wins_and_is_named(tmp_path: Path) -> None:
    write(tmp_path, "genflow.toml", 'engine = "embedded"\nmodel = "from-file"\ntimeout = 5\n')
    resolved = load(tmp_path, {"GENFLOW_MODEL": "from-environment"}).overlay(
        {"timeout": 7}, "library argument"
    )
    assert (resolved.settings.engine, resolved.sources["engine"]) == ("embedded", "genflow.toml")
    assert (resolved.settings.model, resolved.sources["model"]) == (
        "from-environment",
        "environment GENFLOW_MODEL",
    )
    assert (resolved.settings.timeout, resolved.sources["timeout"]) == (7.0, "library argument")


def test_dotenv_fills_what_the_environment_lacks_and_never_overrides_it(tmp_path: Path) -> None:
    write(tmp_path, ".env", "GENFLOW_MODEL=from-dotenv\nGENFLOW_BASE_URL=http://localhost:1/v1\n")
    resolved = load(tmp_path, {"GENFLOW_MODEL": "from-environment"})
    assert resolved.settings.model == "from-environment"
    assert resolved.settings.base_url == "http://localhost:1/v1"
    assert resolved.sources["base_url"] == ".env GENFLOW_BASE_URL"


def test_the_openai_variables_count_where_ours_say_nothing(tmp_path: Path) -> None:
    write(tmp_path, ".env", "OPENAI_MODEL=theirs-in-file\n")
    resolved = load(
        tmp_path,
        {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "http://a/v1", "GENFLOW_BASE_URL": "http://b/v1"},
    )
    assert resolved.settings.api_key is not None
    assert resolved.settings.api_key.reveal() == "sk-1"
    assert resolved.settings.base_url == "http://b/v1"
    assert resolved.settings.model == "theirs-in-file"


def test_a_variable_of_the_environment_beats_an_openai_one_of_dotenv(tmp_path: Path) -> None:
    write(tmp_path, ".env", "GENFLOW_MODEL=ours-in-file\n")
    assert load(tmp_path, {"OPENAI_MODEL": "theirs"}).settings.model == "ours-in-file"


def test_folders_in_the_file_are_meant_from_the_file(tmp_path: Path) -> None:
    write(tmp_path, "genflow.toml", 'prompts = "our prompts"\n')
    assert load(tmp_path, {}).settings.prompts == tmp_path / "our prompts"


def test_the_settings_file_can_lie_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, "nightly.toml", 'engine = "embedded"\n')
    resolved = load(tmp_path / "other", {"GENFLOW_SETTINGS": str(tmp_path / "nightly.toml")})
    assert resolved.sources["engine"] == "nightly.toml"


def test_an_api_key_is_a_handle_and_never_shows(tmp_path: Path) -> None:
    settings = load(tmp_path, {"GENFLOW_API_KEY": "sk-very-secret"}).settings
    assert isinstance(settings.api_key, SecretHandle)
    assert "sk-very-secret" not in repr(settings)


@pytest.mark.parametrize(
    ("content", "found", "remedy"),
    [
        ("engine = 'gpt'", "'gpt'", "auto, embedded, openai"),
        ("modle = 'x'", "'modle'", "correct its name"),
        ("timeout = 'soon'", "'soon'", "30.0"),
        ("max_calls = 2.5", "'2.5'", "whole number"),
        ("timeout = 0", "above zero", "raise it"),
        ("trace = 'maybe'", "'maybe'", "true or false"),
        ("timeout = inf", "'inf'", "30.0"),
        ("temperature = nan", "'nan'", "30.0"),
        ("prompts = 5", "prompts", "put it in quotes"),
        ("model = ['a']", "model", "put it in quotes"),
        ("api_key = 12345", "api_key", "put it in quotes"),
        ("engine = ", "genflow.toml", "correct that line"),
    ],
)
def test_a_wrong_setting_says_what_was_found_and_what_to_do(
    tmp_path: Path, content: str, found: str, remedy: str
) -> None:
    write(tmp_path, "genflow.toml", content + "\n")
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, {})
    assert found in str(caught.value)
    assert "12345" not in str(caught.value)
    assert remedy in str(caught.value)


def test_a_settings_file_that_is_not_there_is_an_error_only_when_it_was_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="GENFLOW_SETTINGS"):
        load(tmp_path, {"GENFLOW_SETTINGS": str(tmp_path / "gone.toml")})


def test_none_leaves_what_is_there() -> None:
    assert Resolved().overlay({"engine": None}, "x") == Resolved()


@pytest.mark.parametrize("place", ["the environment has", "the .env has"])
def test_a_variable_that_is_no_setting_is_refused_with_the_nearest_one(tmp_path: Path, place: str) -> None:
    environ = {"GENFLOW_MAX_CALL": "3"} if "environment" in place else {}
    if not environ:
        write(tmp_path, ".env", "GENFLOW_MAX_CALL=3\n")
    with pytest.raises(SettingsError, match=f"{place} GENFLOW_MAX_CALL; write GENFLOW_MAX_CALLS"):
        load(tmp_path, environ)


def test_variables_of_the_library_that_are_no_settings_pass(tmp_path: Path) -> None:
    environ = {"GENFLOW_BROWSER": "headlesschrome", "GENFLOW_SETTINGS": ""}
    assert load(tmp_path, environ) == Resolved()

"""Profiles: engines with a name, what they take from the settings around them, and what they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.settings import Resolved
from GenFlowLibrary.core.settings_sources import load

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
model = "around-1"
temperature = 0.5
fallback = ["local"]

[engines.local]
base_url = "http://localhost:11434/v1"
model = "qwen3:8b"
timeout = 90

[engines.cheap]
model = "cheap-1"
escalate = "local"
escalate_below = 0.8

[engines.azure]
provider = "azure"
base_url = "https://me.example"
api_key = "env:AZURE_KEY"
api_version = "2024-10-21"
"""


def loaded(folder: Path, environ: dict[str, str] | None = None, text: str = FILE) -> Resolved:
    (folder / "genflow.toml").write_text(text, "utf-8")
    return load(folder, environ or {})


def test_a_profile_is_laid_over_the_settings_where_it_is_named(tmp_path: Path) -> None:
    resolved = loaded(tmp_path).overlay({"engine": "local"}, "keyword argument")
    assert resolved.settings.engine == "local"
    assert (resolved.settings.base_url, resolved.settings.model) == ("http://localhost:11434/v1", "qwen3:8b")
    assert (resolved.settings.timeout, resolved.sources["timeout"]) == (90, "genflow.toml [engines.local]")
    assert resolved.settings.temperature == 0.5


def test_a_key_that_is_meant_for_another_server_does_not_go_to_that_of_a_profile(tmp_path: Path) -> None:
    everywhere = {"OPENAI_API_KEY": "sk-openai", "OPENAI_MODEL": "theirs", "GENFLOW_API_VERSION": "v9"}
    resolved = loaded(tmp_path, everywhere).overlay({"engine": "local"}, "keyword argument")
    assert resolved.settings.api_key is None
    assert resolved.settings.api_version is None
    assert resolved.settings.model == "qwen3:8b"


@pytest.mark.parametrize("where", ["file", "environment"])
def test_that_holds_too_where_the_file_or_the_environment_names_the_profile(
    tmp_path: Path, where: str
) -> None:
    text = 'engine = "local"\n' + FILE if where == "file" else FILE
    environ = {"OPENAI_API_KEY": "sk-openai", **({} if where == "file" else {"GENFLOW_ENGINE": "local"})}
    settings = loaded(tmp_path, environ, text).settings
    assert (settings.engine, settings.api_key, settings.model) == ("local", None, "qwen3:8b")


def test_a_profile_without_a_server_asks_that_of_the_settings_around_it(tmp_path: Path) -> None:
    environ = {"GENFLOW_BASE_URL": "http://a/v1", "GENFLOW_API_KEY": "sk-a"}
    settings = loaded(tmp_path, environ).overlay({"engine": "cheap"}, "keyword argument").settings
    assert (settings.base_url, settings.model) == ("http://a/v1", "cheap-1")
    assert settings.api_key is not None
    assert settings.api_key.reveal() == "sk-a"


def test_a_key_comes_from_the_variable_that_a_table_names_also_from_dotenv(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("AZURE_KEY=az-secret\n", "utf-8")
    resolved = loaded(tmp_path).overlay({"engine": "azure"}, "keyword argument")
    assert resolved.settings.api_key is not None
    assert resolved.settings.api_key.reveal() == "az-secret"
    assert "az-secret" not in repr(resolved)


def test_a_variable_that_is_not_there_is_an_error_for_who_uses_it_only(tmp_path: Path) -> None:
    key = loaded(tmp_path).overlay({"engine": "azure"}, "keyword argument").settings.api_key
    assert key
    with pytest.raises(SettingsError, match=r"variable AZURE_KEY, but it is not set; set it in"):
        key.reveal()


def test_what_is_given_beside_the_name_goes_over_the_profile_and_not_over_other_engines(
    tmp_path: Path,
) -> None:
    resolved = loaded(tmp_path).overlay({"engine": "local", "model": "other", "trace": False}, "Set Engine")
    assert (resolved.settings.model, resolved.settings.trace) == ("other", False)
    back = resolved.overlay({"engine": "auto"}, "keyword argument").settings
    assert (back.engine, back.model, back.base_url, back.trace) == ("auto", "around-1", None, False)


def test_one_profile_leaves_nothing_behind_for_the_next(tmp_path: Path) -> None:
    resolved = loaded(tmp_path).overlay({"engine": "azure"}, "Set Engine").overlay({"engine": "local"}, "now")
    assert resolved.settings.api_version is None
    assert resolved.settings.provider == "openai"


def test_who_names_an_engine_is_not_answered_by_what_another_one_falls_back_on(tmp_path: Path) -> None:
    resolved = loaded(tmp_path)
    assert resolved.settings.fallback == ("local",)
    assert resolved.overlay({"engine": "embedded"}, "keyword argument").settings.fallback == ()
    assert resolved.overlay({"engine": "azure"}, "keyword argument").settings.fallback == ()
    assert resolved.overlay({"engine": "cheap"}, "keyword argument").settings.escalate == "local"
    again = resolved.overlay({"engine": "cheap"}, "Set Engine").overlay({"engine": "auto"}, "keyword")
    assert again.settings.fallback == ("local",)


@pytest.mark.parametrize("place", [{"engine": "fast"}, {"engine": "Local"}])
def test_an_unknown_name_lists_those_that_are_known(tmp_path: Path, place: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"one of auto, embedded, openai, local, cheap, azure, but here"):
        loaded(tmp_path).overlay(place, "here")


def test_without_profiles_an_unknown_name_says_how_to_describe_one() -> None:
    with pytest.raises(SettingsError, match=r"or describe it as \[engines\.fast\] in genflow\.toml"):
        Resolved().overlay({"engine": "fast"}, "here")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[engines.a]\nmodle = "x"', r"genflow.toml \[engines.a\] sets 'modle'; correct its name"),
        ('[engines.a]\nrecording = "off"', r"genflow.toml \[engines.a\] sets 'recording'"),
        ("[engines.a]\ntimeout = 0", r"timeout to be above zero, but genflow.toml \[engines.a\]"),
        ("[engines.a]\nescalate_below = 1.5", r"a probability above 0 and at most 1"),
        ("[engines.a]\nprompt_price = -1", r"prompt_price to be zero or more"),
        ('[engines.a]\nprovider = "aws"', r"provider to be one of openai, azure, bedrock, vertex"),
        ('[engines.a]\napi_key = "env:"', r"name a variable, but it is 'env:'"),
        ("[engines.auto]", r"names of their own.*found 'auto'"),
        ('[engines."a b"]', r"names of their own.*found 'a b'"),
        ("engines = 5", r"engines in genflow.toml to be tables"),
        ("[engines]\na = 5", r"\[engines.a\] to be a table"),
    ],
)
def test_a_wrong_table_is_an_error_that_says_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        loaded(tmp_path, text=text)

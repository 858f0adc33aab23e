"""Settings: where they come from, which wins, and what a wrong one says."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import ModuleType
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


def test_limits_are_settings_in_every_source(tmp_path: Path) -> None:
    write(tmp_path, "genflow.toml", "max_calls_per_task = 3\nmax_cost = 0.10\n")
    settings = load(tmp_path, {"GENFLOW_MAX_SECONDS_PER_DAY": "90.5"}).settings
    assert settings.max_calls_per_task == 3
    assert settings.max_cost == Decimal("0.1")
    assert settings.max_seconds_per_day == 90.5
    assert settings.limit("max_total_tokens", "run") is None


def test_names_are_a_list_or_a_text_with_commas(tmp_path: Path) -> None:
    write(tmp_path, "genflow.toml", 'personal = ["customer", "address"]\nprices = "ours.yaml"\n')
    assert load(tmp_path, {}).settings.personal == ("customer", "address")
    assert load(tmp_path, {}).settings.prices == tmp_path / "ours.yaml"
    assert load(tmp_path, {"GENFLOW_PERSONAL": " a , b,"}).settings.personal == ("a", "b")


def test_patterns_are_a_table_or_json(tmp_path: Path) -> None:
    write(tmp_path, "genflow.toml", "[redaction_patterns]\ncustomer_no = 'KD-\\d{6}'\n")
    assert load(tmp_path, {}).settings.redaction_patterns == (("CUSTOMER_NO", r"KD-\d{6}"),)
    environ = {"GENFLOW_REDACTION_PATTERNS": '{"A": "a+"}'}
    assert load(tmp_path, environ).settings.redaction_patterns == (("A", "a+"),)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("redaction", "maybe", "off, on, required"),
        ("max_cost", "free", "30.0"),
        ("max_cost", "-1", "above zero"),
        ("max_cost", "NaN", "30.0"),
        ("max_calls_per_day", "1.5", "whole number"),
        ("redaction_patterns", "not json", '{"CUSTOMER_NO"'),
        ("redaction_patterns", {"A": "("}, "to be a regular expression"),
        ("redaction_patterns", {"A": "a*"}, "matches an empty text"),
        ("redaction_patterns", {"1 a": "a"}, "write it like CUSTOMER_NO"),
        ("personal", 5, "write it like customer, address"),
        ("api_key", "keyring:robot", "write keyring:service/name"),
    ],
)
def test_a_wrong_value_of_the_newer_settings_is_one_sentence(name: str, value: object, found: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Resolved().overlay({name: value}, "library argument")
    assert found in str(caught.value)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring with these entries; None as a value makes it fail."""
    entries: dict[tuple[str, str], str] = {}
    module, errors = ModuleType("keyring"), ModuleType("keyring.errors")

    class KeyringError(Exception):
        pass

    def get_password(service: str, name: str) -> str | None:
        if (service, name) == ("locked", "robot"):
            raise KeyringError("it is locked")
        return entries.get((service, name))

    module.get_password = get_password  # type: ignore[attr-defined]
    errors.KeyringError = KeyringError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return entries


def test_a_key_in_the_keyring_is_read_when_it_is_used(keyring: dict[tuple[str, str], str]) -> None:
    key = Resolved().overlay({"api_key": "keyring:open/ai/robot"}, "test").settings.api_key
    assert key
    assert key.is_elsewhere
    keyring["open/ai", "robot"] = "sk-1"
    assert key.reveal() == "sk-1"
    keyring.clear()
    assert (key.reveal(), key.is_elsewhere) == ("sk-1", False)
    assert "sk-1" not in repr(key)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("keyring:a/b", "keyring set a b"),
        ("keyring:locked/robot", "it is locked; unlock it, or set GENFLOW_API_KEY"),
    ],
)
def test_a_key_that_the_keyring_does_not_give_is_one_sentence(
    keyring: dict[tuple[str, str], str], address: str, said: str
) -> None:
    key = Resolved().overlay({"api_key": address}, "test").settings.api_key
    assert key is not None
    with pytest.raises(SettingsError, match=said):
        key.reveal()


def test_a_keyring_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    key = Resolved().overlay({"api_key": "keyring:a/b"}, "test").settings.api_key
    assert key is not None
    with pytest.raises(SettingsError, match=r"pip install robotframework-genflow\[keyring\]"):
        key.reveal()

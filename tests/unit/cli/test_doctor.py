"""genflow doctor: what it shows, what it advises, how it ends."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from GenFlowLibrary.cli import doctor, local_servers
from GenFlowLibrary.cli.main import main
from tests.servers.running import running_server

KEY = "sk-planted-doctor-key"


@pytest.fixture(autouse=True)
def clean_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "GENFLOW_ENGINE",
        "GENFLOW_BASE_URL",
        "GENFLOW_MODEL",
        "GENFLOW_API_KEY",
        "GENFLOW_RECORDING",
    ):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "GENFLOW_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    # On the usual ports of this machine somebody may run a real one.
    monkeypatch.setattr(local_servers, "USUAL", ())


def test_all_is_well_on_the_embedded_engine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--no-browser"]) == 0
    printed = capsys.readouterr().out
    assert "All is well." in printed
    assert "robotframework-seleniumlibrary" in printed
    assert "The embedded engine answers, because neither base_url nor an API key is set." in printed


def test_every_setting_is_shown_with_its_source(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "genflow.toml").write_text('engine = "embedded"\n', "utf-8")
    monkeypatch.setenv("GENFLOW_TIMEOUT", "7")
    main(["doctor", "--no-browser"])
    printed = " ".join(capsys.readouterr().out.split())
    assert "engine embedded (genflow.toml)" in printed
    assert "timeout 7.0 (environment GENFLOW_TIMEOUT)" in printed
    assert "max_attempts 4 (default)" in printed


def test_a_server_is_really_asked_and_the_key_never_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_server("--key", KEY) as server:
        server.script({"answer": "ready"})
        monkeypatch.setenv("GENFLOW_BASE_URL", server.base_url)
        monkeypatch.setenv("GENFLOW_MODEL", "scripted-1")
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        assert main(["doctor", "--no-browser"]) == 0
        assert len([seen for seen in server.log() if seen["method"] == "POST"]) == 1
    printed = capsys.readouterr().out
    assert "'scripted-1' answered in" in printed
    assert KEY not in printed


@pytest.mark.parametrize(
    ("variables", "advice"),
    [
        (
            {"GENFLOW_BASE_URL": "http://127.0.0.1:9/v1", "GENFLOW_MODEL": "m", "GENFLOW_MAX_ATTEMPTS": "1"},
            "http://127.0.0.1:9/v1",
        ),
        ({"GENFLOW_BASE_URL": "http://127.0.0.1:9/v1"}, "GENFLOW_MODEL"),
        ({"GENFLOW_ENGINE": "openai"}, "OPENAI_API_KEY"),
        ({"GENFLOW_ENGINE": "gpt"}, "auto, embedded, openai"),
    ],
)
def test_what_is_wrong_ends_in_advice_and_exit_code_1(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    advice: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor", "--no-browser"]) == 1
    assert advice in capsys.readouterr().out.partition("To do:")[2]


def test_a_missing_package_is_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name == "selenium":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(doctor.importlib.metadata, "version", version)
    assert main(["doctor", "--no-browser"]) == 1
    assert "Install selenium" in capsys.readouterr().out


def test_no_command_and_an_unknown_one_are_wrong_arguments() -> None:
    for arguments in ([], ["docter"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2


@pytest.mark.browser
def test_the_browser_is_really_started(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "driver 1" in capsys.readouterr().out


def test_a_password_in_an_address_is_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENFLOW_BASE_URL", f"http://ada:{KEY}@127.0.0.1:9/v1?key={KEY}")
    assert main(["doctor", "--no-browser"]) == 1
    printed = capsys.readouterr().out
    assert "http://127.0.0.1:9/v1 (with a password or a query, not shown)" in printed
    assert KEY not in printed


PROFILES = """
[engines.strong]
base_url = "http://127.0.0.1:9/v1"
model = "strong-1"

[engines.cheap]
base_url = "http://127.0.0.1:9/v1"
model = "cheap-1"
escalate = "strong"
fallback = ["embedded"]
"""


def test_engines_with_a_name_are_listed_and_not_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "genflow.toml").write_text(PROFILES, "utf-8")
    assert main(["doctor", "--no-browser"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "ok [engines.strong] 'strong-1' at http://127.0.0.1:9/v1" in printed
    assert (
        "ok [engines.cheap] 'cheap-1' at http://127.0.0.1:9/v1, then embedded, escalates to strong" in printed
    )


@pytest.mark.parametrize(
    ("table", "missing"),
    [
        ('base_url = "http://127.0.0.1:9/v1"', ["Expected model to name one"]),
        (
            'base_url = "http://127.0.0.1:9/v1"\nmodel = "m"\napi_key = "env:NOT_SET_KEY"',
            ["the variable NOT_SET_KEY"],
        ),
        ('model = "m"', ["Expected an API key or an address for engine=mine"]),
        ('provider = "azure"\nmodel = "m"\nbase_url = "https://a.example"', ["Expected api_version"]),
        (
            'base_url = "http://127.0.0.1:9/v1"\nfallback = ["nobody"]',
            ["Expected model to name one", "fallback of genflow.toml [engines.mine] sets it to 'nobody'"],
        ),
        (
            'base_url = "http://127.0.0.1:9/v1"\nmodel = "m"\nescalate_below = 0.8',
            ["Expected escalate to name the engine"],
        ),
    ],
)
def test_what_is_missing_in_an_engine_with_a_name_is_to_do(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    table: str,
    missing: list[str],
) -> None:
    monkeypatch.delenv("NOT_SET_KEY", raising=False)
    (tmp_path / "genflow.toml").write_text(f"[engines.mine]\n{table}\n", "utf-8")
    assert main(["doctor", "--no-browser"]) == 1
    to_do = capsys.readouterr().out.partition("To do:")[2]
    assert to_do.count("- [engines.mine]: ") == len(missing)
    assert all(what in to_do for what in missing), to_do


def test_a_key_of_an_engine_with_a_name_is_never_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    table = '[engines.mine]\nbase_url = "http://127.0.0.1:9/v1"\nmodel = "m"\napi_key = "env:MY_KEY"\n'
    (tmp_path / "genflow.toml").write_text(table, "utf-8")
    assert main(["doctor", "--no-browser"]) == 0
    assert KEY not in capsys.readouterr().out

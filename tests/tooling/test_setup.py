"""When .venv counts as complete, and what is said where it cannot be made."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def project(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A project in a temporary folder; returns the list of what would have been installed."""
    (tmp_path / "setup.cfg").write_text("[metadata]", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[build-system]", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    python = bootstrap.program("python")
    installed: list[list[str]] = []

    def install(words: list[str]) -> None:
        installed.append(words)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(bootstrap, "_install", install)
    return installed


def test_the_environment_is_made_once(bootstrap: ModuleType, project: list[list[str]]) -> None:
    bootstrap.set_up()
    bootstrap.set_up()

    make, install = project
    assert make[:4] == [sys.executable, "-m", "venv", "--clear"]
    assert install[-2:] == ["--editable", f"{bootstrap.ROOT}[dev]"]


@pytest.mark.parametrize("name", ["setup.cfg", "pyproject.toml"])
def test_a_changed_declaration_installs_again(
    bootstrap: ModuleType, project: list[list[str]], name: str
) -> None:
    bootstrap.set_up()
    (bootstrap.ROOT / name).write_text("changed", encoding="utf-8")
    project.clear()

    bootstrap.set_up()

    assert project[-1][-1] == f"{bootstrap.ROOT}[dev]"


def test_a_failed_installation_does_not_count_as_complete(
    bootstrap: ModuleType, project: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.set_up()
    (bootstrap.ROOT / "setup.cfg").write_text("changed", encoding="utf-8")

    def fail(words: list[str]) -> None:
        raise bootstrap.Problem("no network")

    monkeypatch.setattr(bootstrap, "_install", fail)
    for _ in range(2):
        with pytest.raises(bootstrap.Problem):
            bootstrap.set_up()


def test_an_installation_that_fails_names_its_command(bootstrap: ModuleType) -> None:
    with pytest.raises(
        bootstrap.Problem, match=r"'python.* -c raise SystemExit\(3\)' to work, .* exit code 3"
    ):
        bootstrap._install([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_python_without_venv_is_told_what_to_install(bootstrap: ModuleType) -> None:
    with pytest.raises(bootstrap.Problem) as problem:
        bootstrap.check_venv_modules(lambda name: None if name == "ensurepip" else object())

    assert "lacks ensurepip;" in str(problem.value)
    assert re.search(r"sudo apt-get install python3\.\d+-venv", str(problem.value))
    bootstrap.check_venv_modules(lambda name: object())

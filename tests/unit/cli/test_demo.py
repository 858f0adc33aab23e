"""``genflow demo``: which suites there are, what is said where there are none, and how one is run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.cli import demo
from GenFlowLibrary.cli.main import main
from GenFlowLibrary.core.errors import InputError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with two suites: one in the folder itself, one in its own folder beside a file that is none."""
    office = tmp_path / "robot_suites" / "practice_office"
    office.mkdir(parents=True)
    (office / "__main__.py").write_text("")
    (tmp_path / "robot_suites" / "first.robot").write_text(
        "*** Settings ***\nDocumentation     It reads\n...               the mail.\n...\n...               More words.\n"
    )
    (tmp_path / "robot_suites" / "second").mkdir()
    (tmp_path / "robot_suites" / "second" / "second.robot").write_text("*** Tasks ***\nT\n    No Operation\n")
    (tmp_path / "robot_suites" / "second" / "part.robot").write_text("*** Tasks ***\nT\n    No Operation\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Runs:
    """Stands in for the processes: keeps what was started, and gives every one the same exit code."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.started: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def __call__(self, words: tuple[str, ...], **options: Any) -> subprocess.CompletedProcess[str]:
        self.started.append((words, options))
        if "robot" in words:
            output = Path(words[words.index("--outputdir") + 1])
            (output / "log.html").write_text("")
            (output / "practice_office.db").write_text("")
        return subprocess.CompletedProcess(words, self.code)


@pytest.mark.parametrize("words", [["demo"], ["demo", "--list"], ["demo", "second", "--list"]])
@pytest.mark.usefixtures("clone")
def test_the_list_tells_what_each_shows(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out.splitlines() == ["first   It reads the mail.", "second"]


@pytest.mark.usefixtures("clone")
def test_a_name_that_is_no_demo_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "part"]) == 1
    assert "Expected one of the demos first, second, but found 'part'" in capsys.readouterr().err


def test_a_folder_below_the_clone_will_do(clone: Path) -> None:
    below = clone / "results"
    assert demo.find_clone((below, clone)) == clone


def test_elsewhere_it_says_that_a_clone_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Expected a clone of the project, .* clone the repository"):
        demo.find_clone((tmp_path,))


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_NEEDED", {"no_such_module": "No-Such", "json": "json"})
    with pytest.raises(InputError, match=r"but found no No-Such; install"):
        demo.check_needed()


def test_a_demo_is_run_with_its_office_shown_and_its_log_named(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs()
    monkeypatch.setattr(demo.subprocess, "run", runs)
    assert main(["demo", "second"]) == 0
    output = clone / "results" / "demo_second"
    (robot, options), (office, _) = runs.started
    suite = clone / "robot_suites" / "second" / "second.robot"
    assert robot == (sys.executable, "-m", "robot", "--outputdir", str(output), str(suite))
    assert options["cwd"] == clone
    assert options["env"]["GENFLOW_LEARNED_PLANS"] == str(output / "learned")
    assert office[-3:] == ("--database", str(output / "practice_office.db"), "--list")
    assert (output / "log.html").as_uri() in capsys.readouterr().out


@pytest.mark.usefixtures("clone")
def test_failed_tasks_are_told_by_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo.subprocess, "run", Runs(code=3))
    assert main(["demo", "first"]) == 1


def test_it_runs_on_the_embedded_engine_unless_own_settings_are_wanted() -> None:
    outer = {
        "PATH": "/bin",
        "GENFLOW_BROWSER": "headlessfirefox",
        "GENFLOW_MODEL": "some-model",
        "OPENAI_API_KEY": "sk-1",
    }
    assert demo.environment(outer, own_settings=True) == outer
    assert demo.environment(outer, own_settings=False) == {
        "PATH": "/bin",
        "GENFLOW_BROWSER": "headlessfirefox",
        "GENFLOW_ENGINE": "embedded",
        "GENFLOW_RECORDING": "off",
    }


def test_every_suite_of_this_project_says_what_it_shows() -> None:
    demos = {one.name: one.shows for one in demo.find_demos(ROOT)}
    assert {"contract_signing", "customer_enquiries", "supplier_records"} <= set(demos)
    assert all(shows.endswith(".") and len(shows) <= 120 for shows in demos.values())

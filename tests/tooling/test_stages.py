"""What the tasks run, in which environment, and what happens when something fails."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType


@dataclass
class FakeRun:
    """Runs nothing, remembers what it was to run, and answers with the exit code of the first word it knows."""

    codes: Mapping[str, int] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)

    def __call__(self, command: Any, environment: Mapping[str, str]) -> int:
        self.history.append(command.words[0])
        return self.codes.get(command.words[0], 0)


def stage(bootstrap: ModuleType, name: str, *words: str, **more: Any) -> Any:
    return bootstrap.Stage(name, tuple(bootstrap.Command((word,)) for word in words), **more)


def test_the_first_failing_stage_ends_the_run_with_its_exit_code(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    run = FakeRun({"b": 7})
    stages = [stage(bootstrap, "one", "a"), stage(bootstrap, "two", "b", "c"), stage(bootstrap, "three", "d")]

    assert bootstrap.run_stages(stages, {}, run) == 7

    assert run.history == ["a", "b"]
    summary = [line.split() for line in capsys.readouterr().out.splitlines()[-3:]]
    assert [row[:2] for row in summary] == [["one", "ok"], ["two", "FAILED"], ["three", "not"]]


def test_what_comes_afterwards_comes_also_after_a_failure(
    bootstrap: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there, missing = tmp_path / "there", tmp_path / "missing"
    there.touch()
    afterwards = (
        bootstrap.Command(("table",), only_with=there),
        bootstrap.Command(("nothing",), only_with=missing),
    )
    run = FakeRun({"a": 3, "table": 1})

    code = bootstrap.run_stage(
        stage(bootstrap, "s", "a", afterwards=afterwards, closing="See there."), {}, run
    )

    assert (code, run.history) == (3, ["a", "table"])
    assert capsys.readouterr().out.endswith("See there.\n")


def test_a_fresh_folder_is_emptied_before_a_stage(bootstrap: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "results" / "demo"
    folder.mkdir(parents=True)
    (folder / "old").touch()

    bootstrap.run_stage(stage(bootstrap, "s", "a", fresh=folder), {}, FakeRun())

    assert list(folder.iterdir()) == []


def test_exit_codes_of_real_commands_pass_through(bootstrap: ModuleType, tmp_path: Path) -> None:
    command = bootstrap.Command((sys.executable, "-c", "raise SystemExit(5)"), folder=tmp_path)

    assert bootstrap.run(command, {}) == 5


@pytest.mark.parametrize(("printed", "code"), [("all well", 0), ("[ WARN ] odd", 1)])
def test_forbidden_output_fails_a_command(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], printed: str, code: int
) -> None:
    program = f"import sys; print({printed!r}, file=sys.stderr)"
    command = bootstrap.Command((sys.executable, "-c", program), forbidden="[ WARN ]")

    assert bootstrap.run(command, {}) == code
    assert printed in capsys.readouterr().out


def test_the_stages_see_the_browser_and_no_setting_of_this_machine(bootstrap: ModuleType) -> None:
    browser = bootstrap.Browser(bootstrap.FAMILIES[0], "/c", "/d")
    outer = {
        "PATH": "/bin",
        "HOME": "/home/me",
        "GENFLOW_ENGINE": "openai",
        "OPENAI_API_KEY": "sk-1",
        "PYTHONPATH": "/elsewhere",
        "PYTEST_ADDOPTS": "-x",
        "SE_CHROMEDRIVER": "/mine",
    }

    environment = bootstrap.stage_environment(outer, browser)

    assert environment.pop("PATH").endswith(f"{bootstrap.os.pathsep}/bin")
    assert environment == {
        "HOME": "/home/me",
        "GENFLOW_BROWSER": "headlesschrome",
        "SE_CHROMEDRIVER": "/mine",
        "SE_OFFLINE": "true",
        "SE_AVOID_STATS": "true",
        "PYTHONUTF8": "1",
    }


def test_a_browser_chosen_by_the_user_stays(bootstrap: ModuleType) -> None:
    browser = bootstrap.Browser(bootstrap.FAMILIES[0], "/c", None)

    assert bootstrap.stage_environment({"GENFLOW_BROWSER": "edge"}, browser)["GENFLOW_BROWSER"] == "edge"


def test_the_demo_runs_on_the_embedded_engine_and_shows_the_offices_table(bootstrap: ModuleType) -> None:
    demo = bootstrap.demo_stage()
    (robot,) = demo.commands
    (table,) = demo.afterwards

    assert bootstrap.shown(robot.words) == (
        "robot --outputdir results/demo robot_suites/customer_enquiries.robot"
    )
    assert robot.environment == {"GENFLOW_ENGINE": "embedded", "GENFLOW_RECORDING": "off"}
    assert bootstrap.shown(table.words).endswith(
        "practice_office --database results/demo/practice_office.db --list"
    )
    assert demo.closing.endswith("results/demo/log.html")


def test_everything_is_checked_before_a_change_lands(bootstrap: ModuleType) -> None:
    names = [stage.name for stage in bootstrap.TASKS["test"].stages()]

    assert sorted(names) == sorted(["lint", "types", "docs", "dry run", "pytest", "demo", "package"])


def test_the_wheel_is_used_away_from_the_sources(bootstrap: ModuleType) -> None:
    package = bootstrap.package_stage("1.2.3")
    install, check, robot = package.commands[2:]

    assert install.words[-1].endswith("robotframework_genflow-1.2.3-py3-none-any.whl")
    assert check.folder == robot.folder == bootstrap.BUILD / "check"
    assert Path(robot.words[-1]).is_file()


def test_further_arguments_go_to_the_last_command(bootstrap: ModuleType) -> None:
    stages = [stage(bootstrap, "one", "a"), stage(bootstrap, "two", "b", "c")]

    changed = bootstrap.with_arguments(stages, ["-k", "name"])

    assert [command.words for command in changed[1].commands] == [("b",), ("c", "-k", "name")]
    assert bootstrap.with_arguments(stages, []) == stages
    assert bootstrap.with_arguments([], []) == []


def test_arguments_that_a_task_does_not_take_are_refused(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        bootstrap.main(["demo", "--fast"])

    assert ended.value.code == 2
    assert "'demo' takes no further arguments" in capsys.readouterr().err

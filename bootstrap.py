#!/usr/bin/env python3
"""Sets the project up and runs its everyday tasks; people and CI use the same ones.

    python3 bootstrap.py TASK:  .venv (made once)  ->  browser and driver  ->  the task's stages, each with its duration

It needs the standard library alone, for it runs before anything is installed. ``--help`` lists the tasks. Exit code: that of the first
command that failed, 2 where something is missing on this machine, 0 otherwise.

The stages get the browser that was found by these variables; one that is set already is left as it is:

    GENFLOW_BROWSER                 what SeleniumLibrary calls it: headlesschrome or headlessfirefox
    SE_CHROMEDRIVER, SE_GECKODRIVER the driver's path, read by Selenium itself
    SE_OFFLINE, SE_AVOID_STATS      true with a driver: Selenium Manager then need not look for the network

All other ``GENFLOW_*`` and ``OPENAI_*`` variables are kept from the stages, so that they do the same on every machine.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that a Python too old still gets as far as being told so
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Which = Callable[[str], "str | None"]
    VersionOf = Callable[[str], "int | None"]
    Run = Callable[["Command", Mapping[str, str]], int]

OLDEST_PYTHON = (3, 10)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
RESULTS = ROOT / "results"
PROBLEM_EXIT_CODE = 2


class Problem(Exception):
    """Something is missing on this machine. The message is one sentence: what was expected, what was found, what to do."""


def say(text: str) -> None:
    """Prints a line at once, also where the output is a file."""
    print(text, flush=True)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Prints what is being done, and how long it took when it went well."""
    started = time.monotonic()
    print(f"{what} ...", end=" ", flush=True)
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f"{time.monotonic() - started:.1f} s")


# --- the environment -------------------------------------------------------------------------------------------------


def program(name: str, venv: Path | None = None) -> Path:
    """Returns the path of a program in a virtual environment, the project's own unless another is given."""
    venv = venv or VENV
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def stamp() -> str:
    """Returns a digest of all that a complete environment depends on: what is to be installed, the Python, and the place."""
    parts = [(ROOT / name).read_text("utf-8") for name in ("setup.cfg", "pyproject.toml")]
    return hashlib.sha256("\0".join([*parts, sys.version, str(ROOT)]).encode()).hexdigest()


def set_up() -> None:
    """Makes ``.venv`` complete: the project, editable, with its development tools. Quick where it is complete already.

    Raises:
        Problem: Python lacks venv or ensurepip, or the installation failed.
    """
    note = VENV / "bootstrap-stamp"
    if note.is_file() and note.read_text("utf-8") == stamp() and program("python").is_file():
        return
    note.unlink(missing_ok=True)
    if Path(sys.prefix) != VENV and not _is_of_this_python(VENV):
        check_venv_modules()
        with timed(f"Making .venv with Python {platform.python_version()}"):
            _install([sys.executable, "-m", "venv", "--clear", str(VENV)])
    with timed("Installing the project and its tools (a minute or two)"):
        _install([*_pip(program("python")), "--editable", f"{ROOT}[dev]"])
    note.write_text(stamp(), "utf-8")


def check_venv_modules(find: Callable[[str], object] = importlib.util.find_spec) -> None:
    """Raises Problem where this Python cannot make virtual environments, as Debian's cannot without a package of its own."""
    missing = [name for name in ("venv", "ensurepip") if find(name) is None]
    if missing:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Problem(
            f"Expected a Python with venv and ensurepip, but {sys.executable} lacks {' and '.join(missing)}; "
            f"install them (Debian and Ubuntu: sudo apt-get install {package}) and run this again."
        )


def _is_of_this_python(venv: Path) -> bool:
    """Whether a virtual environment is there, works, and has this Python's version."""
    question = "import sys, pip; print(sys.version)"
    try:
        done = subprocess.run(
            [program("python", venv), "-c", question], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return done.stdout.strip() == sys.version


def _pip(python: Path) -> list[str]:
    return [str(python), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]  # errors alone


def _install(words: Sequence[str]) -> None:
    done = subprocess.run(words, check=False, cwd=ROOT)
    if done.returncode:
        raise Problem(
            f"Expected '{shown(words)}' to work, but it ended with exit code {done.returncode}; "
            "see its message above, and check the network and pip's settings."
        )


# --- browser and driver ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Family:
    """Browsers that share a driver; ``programs`` and ``drivers`` are names on PATH or full paths, the likelier first."""

    name: str
    driver_variable: str
    programs: tuple[str, ...]
    drivers: tuple[str, ...]


FAMILIES = (
    Family(
        "headlesschrome",
        "SE_CHROMEDRIVER",
        (
            "chromium",
            "google-chrome",
            "google-chrome-stable",
            "chromium-browser",
            "chrome",
            "/snap/bin/chromium",
            "/opt/google/chrome/chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            r"C:\Program Files\Google\Chrome\Application\chrome.exe",
            r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        ),
        (
            "chromedriver",
            "/usr/lib/chromium/chromedriver",
            "/usr/lib/chromium-browser/chromedriver",
            "/snap/bin/chromium.chromedriver",
            "/opt/homebrew/bin/chromedriver",
        ),
    ),
    Family(
        "headlessfirefox",
        "SE_GECKODRIVER",
        (
            "firefox",
            "firefox-esr",
            "/Applications/Firefox.app/Contents/MacOS/firefox",
            r"C:\Program Files\Mozilla Firefox\firefox.exe",
        ),
        ("geckodriver", "/snap/bin/geckodriver", "/opt/homebrew/bin/geckodriver"),
    ),
)


@dataclass(frozen=True)
class Browser:
    """A browser that was found, and its driver, ``None`` where Selenium Manager is to fetch one."""

    family: Family
    program: str
    driver: str | None

    def environment(self) -> dict[str, str]:
        """Returns the variables that hand browser and driver over to the stages."""
        variables = {"GENFLOW_BROWSER": self.family.name}
        if self.driver:
            variables |= {
                self.family.driver_variable: self.driver,
                "SE_OFFLINE": "true",
                "SE_AVOID_STATS": "true",
            }
        return variables


def major_version(path: str) -> int | None:
    """Returns the major version that a program tells, ``None`` where it tells none (on Windows a browser would open instead)."""
    if os.name == "nt":
        return None
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"(\d+)\.\d+", done.stdout)
    return int(found[1]) if found else None


def find_browser(which: Which = shutil.which, version_of: VersionOf = major_version) -> Browser | None:
    """Returns the first browser that has a fitting driver, else the first browser, else ``None``."""
    found = []
    for family in FAMILIES:
        path = _first(family.programs, which)
        if path:
            found.append(Browser(family, path, _fitting_driver(family, path, which, version_of)))
    with_driver = [browser for browser in found if browser.driver]
    return next(iter(with_driver + found), None)


def _first(names: Sequence[str], which: Which) -> str | None:
    return next(filter(None, map(which, names)), None)


def _fitting_driver(family: Family, browser: str, which: Which, version_of: VersionOf) -> str | None:
    """Returns the family's driver; Chrome's must have the browser's major version, or no session starts."""
    driver = _first(family.drivers, which)
    if driver and family.driver_variable == "SE_CHROMEDRIVER":
        versions = version_of(browser), version_of(driver)
        if None not in versions and versions[0] != versions[1]:
            say(
                f"{driver} is for version {versions[1]}, {browser} has {versions[0]}: leaving the driver to Selenium Manager."
            )
            return None
    return driver


PACKAGES = {  # by ID in /etc/os-release; the fonts show Chinese in screenshots
    "debian": ("chromium", "chromium-driver", "fonts-noto-cjk"),
    "ubuntu": ("chromium-browser", "chromium-chromedriver", "fonts-noto-cjk"),
}


def install_commands(os_release: str, as_root: Sequence[str] | None) -> list[list[str]]:
    """Returns the commands that install a browser, none where this system is not one we know or root is out of reach.

    Args:
        os_release: The text of ``/etc/os-release``.
        as_root: What to put before a command to run it as root; ``None`` where that is not possible.
    """
    known = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    systems = " ".join(known.get(name, "") for name in ("ID", "ID_LIKE")).replace('"', "").split()
    packages = next((PACKAGES[system] for system in systems if system in PACKAGES), None)
    if packages is None or as_root is None:
        return []
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    return [[*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", *packages]]


def root_prefix() -> list[str] | None:
    """Returns what to put before a command to run it as root without a password, ``None`` where that is not possible."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def provide_browser(*, may_install: bool) -> Browser | None:
    """Returns a browser, installing one where none is found and this may be done; says what it found."""
    browser = find_browser()
    release = Path("/etc/os-release")
    if browser is None and may_install and release.is_file() and shutil.which("apt-get"):
        commands = install_commands(release.read_text("utf-8"), root_prefix())
        for words in commands:
            with timed(f"No browser found: {shown(words)}"):
                done = subprocess.run(words, check=False, stdout=subprocess.DEVNULL)
            if done.returncode:
                say(f"That ended with exit code {done.returncode}.")
        browser = find_browser()
    if browser is None:
        say("Browser: none found; Selenium Manager will fetch one (or install Chrome, Chromium or Firefox).")
    else:
        say(f"Browser: {browser.program}; driver: {browser.driver or 'Selenium Manager will fetch it'}")
    return browser


# --- the stages ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Command:
    """A command of a stage. ``forbidden`` is a text whose appearance in the output makes it fail."""

    words: tuple[str, ...]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)
    forbidden: str = ""
    only_with: Path | None = None
    """A file without which the command has nothing to do and is left out."""


@dataclass(frozen=True)
class Stage:
    """Named commands, run in turn until one fails; ``afterwards`` and ``closing`` come also then. ``fresh`` is emptied before."""

    name: str
    commands: tuple[Command, ...]
    fresh: Path | None = None
    afterwards: tuple[Command, ...] = ()
    closing: str = ""


def tool(name: str, *arguments: str) -> Command:
    """Returns a command that runs a tool of the virtual environment."""
    return Command((str(program(name)), *arguments))


def format_stage() -> Stage:
    """Returns the stage that brings the Python files into form."""
    return Stage("format", (tool("ruff", "check", "--fix-only", "."), tool("ruff", "format", ".")))


def lint_stage() -> Stage:
    """Returns the stage that checks form, style, and who imports whom."""
    return Stage(
        "lint",
        (
            tool("ruff", "format", "--check", "."),
            tool("ruff", "check", "."),
            tool("lint-imports", "--config", "setup.cfg", "--no-cache"),
            tool("robocop", "check", "robot_suites", "tests"),
        ),
    )


def types_stage() -> Stage:
    """Returns the stage that checks the types."""
    return Stage("types", (tool("mypy"),))


def unit_stage() -> Stage:
    """Returns the stage with the tests that need no browser."""
    return Stage("unit", (tool("pytest", "-m", "not browser and not suite"),))


def pytest_stage() -> Stage:
    """Returns the stage with all tests: unit, contract, browser, suites."""
    return Stage("pytest", (tool("pytest"),))


def dry_run_stage() -> Stage:
    """Returns the stage that checks the suites without running them."""
    output = RESULTS / "dryrun"
    return Stage(
        "dry run", (tool("robot", "--dryrun", "--outputdir", str(output), "robot_suites"),), fresh=output
    )


def suite_tests_stage() -> Stage:
    """Returns the stage that runs the suites under ``tests``."""
    return Stage("suites", (tool("pytest", "-m", "suite"),))


def docs_stage() -> Stage:
    """Returns the stage that builds the keyword documentation and accepts no warning."""
    folder = RESULTS / "docs"
    libdoc = tool("libdoc", "GenFlowLibrary", str(folder / "GenFlowLibrary.html"))
    return Stage("docs", (replace(libdoc, forbidden="[ WARN ]"),), fresh=folder)


def bench_stage() -> Stage:
    """Returns the stage that runs every benchmark."""
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    return Stage("bench", tuple(tool("python", str(script.relative_to(ROOT))) for script in scripts))


def demo_stage() -> Stage:
    """Returns the stage that runs the customer enquiries on the embedded engine and shows what came of them."""
    output = RESULTS / "demo"
    database = output / "practice_office.db"
    robot = tool("robot", "--outputdir", str(output), "robot_suites/customer_enquiries.robot")
    embedded = {"GENFLOW_ENGINE": "embedded", "GENFLOW_RECORDING": "off"}
    table = tool("python", "robot_suites/practice_office", "--database", str(database), "--list")
    return Stage(
        "demo",
        (replace(robot, environment=embedded),),
        fresh=output,
        afterwards=(replace(table, only_with=database),),
        closing=f"Every step with its prompt, answer and outcome: {(output / 'log.html').as_uri()}",
    )


def package_stage(version: str) -> Stage:
    """Returns the stage that builds the wheel and uses it in a clean environment, away from the sources."""
    place = BUILD / "check"
    wheel = place / f"robotframework_genflow-{version}-py3-none-any.whl"
    python = program("python", place / "venv")
    robot = (
        "-m",
        "robot",
        "--outputdir",
        str(place / "results"),
        str(ROOT / "tests" / "tooling" / "installed.robot"),
    )
    return Stage(
        "package",
        (
            tool("pyproject-build", "--quiet", "--wheel", "--outdir", str(place), str(ROOT)),
            Command((sys.executable, "-m", "venv", str(place / "venv"))),
            Command((*_pip(python), str(wheel))),
            Command((str(python), "-m", "pip", "check"), folder=place),
            Command((str(python), *robot), folder=place),
        ),
        fresh=BUILD,  # setuptools would pack what an earlier build left there
    )


def project_version() -> str:
    """Returns the version in ``GenFlowLibrary/_version.py``."""
    text = (ROOT / "GenFlowLibrary" / "_version.py").read_text("utf-8")
    found = re.search(r'__version__ = "(.+)"', text)
    if not found:
        raise Problem("Expected __version__ in GenFlowLibrary/_version.py, but found none; write it there.")
    return found[1]


def all_checks() -> list[Stage]:
    """Returns everything that is checked before a change lands; what is quick and fails often comes first."""
    return [
        lint_stage(),
        types_stage(),
        docs_stage(),
        dry_run_stage(),
        pytest_stage(),
        demo_stage(),
        package_stage(project_version()),
    ]


@dataclass(frozen=True)
class Task:
    """What can be asked for on the command line. ``more`` says that further arguments go to its last command."""

    help: str
    stages: Callable[[], list[Stage]]
    needs_browser: bool = False
    more: bool = False


TASKS = {
    "demo": Task(
        "a robot answers an enquiry inbox in a real browser", lambda: [demo_stage()], needs_browser=True
    ),
    "test": Task("everything that is checked before a change lands", all_checks, needs_browser=True),
    "setup": Task("only make .venv and find a browser", list, needs_browser=True),
    "format": Task("bring the Python files into form", lambda: [format_stage()]),
    "lint": Task("form, style, imports between rooms, suites", lambda: [lint_stage()]),
    "types": Task("mypy, strict", lambda: [types_stage()]),
    "unit": Task("the tests without a browser; arguments go to pytest", lambda: [unit_stage()], more=True),
    "suites": Task(
        "dry run of the suites, and the suites under tests",
        lambda: [dry_run_stage(), suite_tests_stage()],
        needs_browser=True,
        more=True,
    ),
    "docs": Task("the keyword documentation, without a warning", lambda: [docs_stage()]),
    "bench": Task("the benchmarks and their goals", lambda: [bench_stage()], needs_browser=True),
    "package": Task("the wheel, used in a clean environment", lambda: [package_stage(project_version())]),
}


# --- running ---------------------------------------------------------------------------------------------------------


def stage_environment(outer: Mapping[str, str], browser: Browser | None) -> dict[str, str]:
    """Returns the environment of the stages: this one without settings of the library, with the browser and the tools of .venv."""
    ours = browser.environment() if browser else {}
    given = {
        name: value for name, value in outer.items() if name == "GENFLOW_BROWSER" or not _is_setting(name)
    }
    path = os.pathsep.join([str(program("python").parent), outer.get("PATH", "")])
    return {**ours, **given, "PATH": path, "PYTHONUTF8": "1"}


def _is_setting(name: str) -> bool:
    """Whether a variable would make the stages do something else on this machine than on others."""
    return name.startswith(("GENFLOW_", "OPENAI_")) or name in (
        "PYTHONPATH",
        "ROBOT_OPTIONS",
        "PYTEST_ADDOPTS",
    )


def shown(words: Sequence[str]) -> str:
    """Returns a command as it is shown: programs by name, paths from the project's folder."""
    short = [word.replace(f"{ROOT}{os.sep}", "") for word in words]
    return " ".join([Path(short[0]).name, *short[1:]])


def run(command: Command, environment: Mapping[str, str]) -> int:
    """Runs a command and returns its exit code, 1 where its output holds what is forbidden."""
    say(f"$ {shown(command.words)}")
    full = {**environment, **command.environment}
    if not command.forbidden:
        return subprocess.run(command.words, cwd=command.folder, env=full, check=False).returncode
    done = subprocess.run(
        command.words,
        cwd=command.folder,
        env=full,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    say(done.stdout.rstrip())
    if not done.returncode and command.forbidden in done.stdout:
        say(f"Expected no '{command.forbidden}' in this output, but there is one; correct what it warns of.")
        return 1
    return done.returncode


def run_stage(stage: Stage, environment: Mapping[str, str], run_command: Run = run) -> int:
    """Runs a stage and returns the exit code of the command that failed, 0 where none did."""
    if stage.fresh:
        shutil.rmtree(stage.fresh, ignore_errors=True)
        stage.fresh.mkdir(parents=True)
    code = 0
    for command in stage.commands:
        code = run_command(command, environment)
        if code:
            break
    for command in stage.afterwards:
        if command.only_with is None or command.only_with.is_file():
            run_command(command, environment)
    if stage.closing:
        say(f"\n{stage.closing}")
    return code


def run_stages(stages: Sequence[Stage], environment: Mapping[str, str], run_command: Run = run) -> int:
    """Runs stages until one fails, prints a summary, and returns the exit code."""
    code = 0
    rows: list[tuple[str, str, str]] = []
    for stage in stages:
        if code:
            rows.append((stage.name, "not run", ""))
            continue
        say(f"\n=== {stage.name} ===")
        started = time.monotonic()
        code = run_stage(stage, environment, run_command)
        rows.append((stage.name, f"FAILED ({code})" if code else "ok", f"{time.monotonic() - started:.1f} s"))
    if rows:
        say("")
    for name, result, duration in rows:
        say(f"{name:<10}{result:<14}{duration:>9}")
    return code


def main(arguments: Sequence[str]) -> int:
    """Runs the task that the command line asks for and returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description="Sets the project up and runs its tasks."
    )
    parser.add_argument("--no-install", action="store_true", help="never install a browser on this machine")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    for name, task in TASKS.items():
        tasks.add_parser(name, help=task.help, add_help=not task.more)
    options, more = parser.parse_known_args(arguments)
    task = TASKS[options.task]
    if more and not task.more:
        parser.error(f"'{options.task}' takes no further arguments, but found {' '.join(more)}")
    started = time.monotonic()
    set_up()
    browser = provide_browser(may_install=not options.no_install) if task.needs_browser else None
    say(f"Set up in {time.monotonic() - started:.1f} s.")
    return run_stages(with_arguments(task.stages(), more), stage_environment(os.environ, browser))


def with_arguments(stages: Sequence[Stage], more: Sequence[str]) -> list[Stage]:
    """Returns the stages with further arguments given to the last command of the last one."""
    if not more:
        return list(stages)
    *before, last = stages
    *first, command = last.commands
    return [*before, replace(last, commands=(*first, replace(command, words=(*command.words, *more))))]


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            "Expected Python 3.10 or newer, but this is "
            + platform.python_version()
            + "; run it with a newer one."
        )
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        say(str(problem))
        sys.exit(PROBLEM_EXIT_CODE)
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)

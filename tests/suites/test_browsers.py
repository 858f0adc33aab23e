"""SeleniumLibrary's browsers, on this machine and behind a remote address, and its features around our keywords."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.plugins.browser_choice import chosen_browser
from tests.servers.remote_end import running_driver, small_grid
from tests.suites.running import run_robot

HERE = Path(__file__).parent
GRID = os.environ.get("SELENIUM_GRID_URL", "")
SETTINGS = {
    "as they come": {},
    "an implicit wait": {"WAIT": "10 s"},
    "a listener": {"LISTENER": "ear.Ear"},
}

pytestmark = [pytest.mark.browser, pytest.mark.suite]


def run(suite: str, output: Path, environment: dict[str, str] | None = None, **variables: str) -> str:
    """Runs a suite with variables and returns what it printed."""
    options = [word for name, value in variables.items() for word in ("--variable", f"{name}:{value}")]
    printed = run_robot(
        HERE / f"{suite}.robot", output, "--pythonpath", str(HERE), *options, **environment or {}
    )
    assert re.search(r"\b0 failed", printed)
    return printed


def driver() -> str:
    """The driver program of this run's browser; skips where there is none."""
    choice = chosen_browser()
    return choice.driver or pytest.skip(f"no driver for {choice.name} on PATH")


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_features_of_selenium_library(settings: dict[str, str], tmp_path: Path) -> None:
    printed = run("browser_features", tmp_path, **settings)
    assert ("The listener heard of a script." in printed) == ("LISTENER" in settings)


def test_a_driver_behind_a_remote_address(tmp_path: Path) -> None:
    with running_driver(driver()) as address:
        run("remote_browsers", tmp_path, REMOTE_URL=address, TAKES_FILES="no")


def test_a_remote_machine_is_sent_the_files_and_nothing_but_the_files(tmp_path: Path) -> None:
    with running_driver(driver()) as address, small_grid(address) as grid:
        run("remote_browsers", tmp_path, REMOTE_URL=grid.address)
        assert [(file.name, file.read_text("utf-8")) for file in grid.files] == [
            ("papers.txt", "An invoice of 25.90 EUR.")
        ]


@pytest.mark.skipif(not GRID, reason="SELENIUM_GRID_URL names no Selenium Grid")
@pytest.mark.parametrize("browser", ["headlesschrome", "headlessfirefox"])
def test_a_selenium_grid(browser: str, tmp_path: Path) -> None:
    run("remote_browsers", tmp_path, {"GENFLOW_BROWSER": browser}, REMOTE_URL=GRID)

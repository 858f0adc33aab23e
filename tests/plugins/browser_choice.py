"""Which browser the tests run in: ``TEST_BROWSER=firefox pytest -m browser``; ``chromium`` where nothing is said.

Drivers are those that SE_CHROMEDRIVER and SE_GECKODRIVER name, as for Selenium itself, or those on PATH.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Choice:
    """A browser: its name in TEST_BROWSER, what SeleniumLibrary calls it, and its driver if there is one."""

    name: str
    library_name: str
    driver: str | None


def chosen_browser() -> Choice:
    """Returns the browser of this run; another name in TEST_BROWSER fails the test."""
    name = os.environ.get("TEST_BROWSER", "chromium")
    if name == "chromium":
        return Choice(name, "headlesschrome", _driver("SE_CHROMEDRIVER", "chromedriver"))
    if name == "firefox":
        return Choice(name, "headlessfirefox", _driver("SE_GECKODRIVER", "geckodriver"))
    pytest.fail(f"Expected TEST_BROWSER to be chromium or firefox, got '{name}'.")


def suite_environment() -> dict[str, str]:
    """Returns the variables that let suites open the browser of this run; skips where SeleniumLibrary has no driver for it.

    Where TEST_BROWSER says nothing, what GENFLOW_BROWSER says holds, as outside the tests.
    """
    if "TEST_BROWSER" not in os.environ:
        return {}
    choice = chosen_browser()
    if choice.driver is None:
        pytest.skip(f"no driver for {choice.name} on PATH")
    variable = "SE_GECKODRIVER" if choice.name == "firefox" else "SE_CHROMEDRIVER"
    return {"GENFLOW_BROWSER": choice.library_name, variable: choice.driver}


def _driver(variable: str, program: str) -> str | None:
    return os.environ.get(variable) or shutil.which(program)

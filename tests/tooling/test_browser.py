"""Which browser and driver are found, and how they are handed over and installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


def on_path(**programs: str) -> Callable[[str], str | None]:
    return {name.replace("_", "-"): path for name, path in programs.items()}.get


def same_version(path: str) -> int:
    return 140


def test_chromium_with_its_driver_is_handed_over_whole(bootstrap: ModuleType) -> None:
    which = on_path(chromium="/usr/bin/chromium", chromedriver="/usr/bin/chromedriver")

    browser = bootstrap.find_browser(which, same_version)

    assert browser.program == "/usr/bin/chromium"
    assert browser.environment() == {
        "GENFLOW_BROWSER": "headlesschrome",
        "SE_CHROMEDRIVER": "/usr/bin/chromedriver",
        "SE_OFFLINE": "true",
        "SE_AVOID_STATS": "true",
    }


def test_a_driver_in_its_usual_place_off_the_path_is_found(bootstrap: ModuleType) -> None:
    places = {"google-chrome": "/usr/bin/google-chrome"}
    places["/usr/lib/chromium/chromedriver"] = "/usr/lib/chromium/chromedriver"

    assert bootstrap.find_browser(places.get, same_version).driver == "/usr/lib/chromium/chromedriver"


def test_firefox_with_a_driver_comes_before_chrome_without_one(bootstrap: ModuleType) -> None:
    which = on_path(chromium="/c", firefox="/f", geckodriver="/g")

    browser = bootstrap.find_browser(which, same_version)

    assert (browser.program, browser.driver) == ("/f", "/g")
    assert browser.environment()["SE_GECKODRIVER"] == "/g"


def test_without_a_driver_selenium_manager_may_use_the_network(bootstrap: ModuleType) -> None:
    browser = bootstrap.find_browser(on_path(firefox="/f", chromium="/c"), same_version)

    assert browser.environment() == {"GENFLOW_BROWSER": "headlesschrome"}


def test_a_driver_for_another_version_is_not_used(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = bootstrap.find_browser(
        on_path(chromium="/c", chromedriver="/d"), {"/c": 141, "/d": 139}.__getitem__
    )

    assert browser.driver is None
    assert "/d is for version 139, /c has 141" in capsys.readouterr().out


def test_a_program_that_does_not_tell_its_version_is_trusted(bootstrap: ModuleType) -> None:
    browser = bootstrap.find_browser(
        on_path(chromium="/c", chromedriver="/d"), {"/c": None, "/d": 139}.__getitem__
    )

    assert browser.driver == "/d"


def test_no_browser_is_no_browser(bootstrap: ModuleType) -> None:
    assert bootstrap.find_browser(on_path(chromedriver="/d", geckodriver="/g"), same_version) is None


@pytest.mark.parametrize(
    ("release", "as_root", "packages"),
    [
        ('ID=debian\nVERSION_ID="12"', [], "chromium chromium-driver fonts-noto-cjk"),
        ("ID=linuxmint\nID_LIKE=ubuntu debian", [], "chromium-browser chromium-chromedriver fonts-noto-cjk"),
        ('ID="debian"', ["sudo", "-n"], "chromium chromium-driver fonts-noto-cjk"),
    ],
)
def test_debian_and_its_kin_get_a_browser_installed(
    bootstrap: ModuleType, release: str, as_root: list[str], packages: str
) -> None:
    update, install = bootstrap.install_commands(release, as_root)

    assert update[: len(as_root) + 3] == [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    assert update[-1] == "update"
    assert " ".join(install).endswith(f"install --yes --no-install-recommends {packages}")


@pytest.mark.parametrize(("release", "as_root"), [("ID=fedora", []), ("ID=debian", None), ("", [])])
def test_nothing_is_installed_on_other_systems_or_without_root(
    bootstrap: ModuleType, release: str, as_root: list[str] | None
) -> None:
    assert bootstrap.install_commands(release, as_root) == []

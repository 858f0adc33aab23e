"""`gen:` locators are there however and whenever the libraries are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suites.running import run_robot

PAGE = (Path(__file__).parent / "pages" / "orders.html").as_uri()
BROWSER = 'add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")'

pytestmark = [pytest.mark.browser, pytest.mark.suite]


def suite(settings: str, *, open_browser: str = "Open Browser", click: str = "Click Element") -> str:
    return f"""*** Settings ***
{settings}
Suite Teardown    Close All Browsers

*** Tasks ***
A Locator Before Anything Else
    {open_browser}    {PAGE}    %{{GENFLOW_BROWSER=headlesschrome}}    options={BROWSER}
    {click}    gen:the Save button of the Delivery section
    Run Keyword And Expect Error    *equally well*    {click}    gen:the Save button
"""


def test_every_way_to_import_the_libraries(tmp_path: Path) -> None:
    suites, modules = tmp_path / "suites", tmp_path / "modules"
    suites.mkdir()
    modules.mkdir()
    (modules / "Extended.py").write_text(
        "from SeleniumLibrary import SeleniumLibrary\n\nclass Extended(SeleniumLibrary):\n    pass\n"
    )
    (modules / "Plugin.py").write_text(
        "from SeleniumLibrary.base import LibraryComponent, keyword\n\n"
        "class Plugin(LibraryComponent):\n    @keyword\n    def do_nothing(self):\n        pass\n"
    )
    (modules / "words.json").write_text('{"click_element": {"name": "klicke_auf"}}')
    (modules / "robotframework_seleniumlibrary_translation_de.py").write_text(
        "from pathlib import Path\n\ndef get_language():\n"
        "    return {'language': 'de', 'path': Path(__file__).parent / 'words.json'}\n"
    )
    genflow = "Library    GenFlowLibrary    engine=embedded"
    (suites / "1_plain.robot").write_text(suite(f"Library    SeleniumLibrary\n{genflow}"))
    (suites / "2_the_other_order_and_an_alias.robot").write_text(
        suite(f"{genflow}    AS    Flow\n{genflow}    seed=1\nLibrary    SeleniumLibrary    AS    Web")
    )
    (suites / "3_again.robot").write_text(suite(f"Library    SeleniumLibrary\n{genflow}"))
    (suites / "4_subclass.robot").write_text(suite(f"{genflow}\nLibrary    Extended"))
    (suites / "5_plugin.robot").write_text(
        suite(f"{genflow}\nLibrary    SeleniumLibrary    plugins={modules / 'Plugin.py'}    AS    Plugged")
    )
    (suites / "6_language.robot").write_text(
        suite(f"{genflow}\nLibrary    SeleniumLibrary    language=de    AS    Deutsch", click="Klicke Auf")
    )
    (suites / "7_imported_by_keyword.robot").write_text(
        suite(genflow).replace(
            "    Open Browser",
            "    Import Library    SeleniumLibrary    timeout=7    AS    Late\n    Late.Open Browser",
        )
    )
    printed = run_robot(suites, tmp_path / "out", "--pythonpath", str(modules))
    assert "7 tasks, 7 passed" in printed
    assert "of that name already" not in printed

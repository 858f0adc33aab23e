"""Robot Framework suites that exercise the keywords from outside, each in a process of its own."""

from __future__ import annotations

import base64
import urllib.parse
from pathlib import Path

import pytest

from tests.suites.running import run_robot

HERE = Path(__file__).parent
PLANTED = 'zebra+Quartz/42&<"x">'

pytestmark = [pytest.mark.browser, pytest.mark.suite]


@pytest.mark.parametrize("name", ["keywords", "bad_input", "pages_and_locators"])
def test_suite(name: str, tmp_path: Path) -> None:
    printed = run_robot(HERE / f"{name}.robot", tmp_path)
    assert "0 failed" in printed
    assert (tmp_path / "genflow-trace.jsonl").stat().st_size > 0


def test_a_planted_secret_is_nowhere_in_the_output(tmp_path: Path) -> None:
    printed = run_robot(
        HERE / "secrets.robot", tmp_path, "--loglevel", "TRACE", "--debugfile", "debug.txt", PLANTED=PLANTED
    )
    forms = {
        PLANTED,
        urllib.parse.quote(PLANTED),
        urllib.parse.quote_plus(PLANTED),
        base64.b64encode(PLANTED.encode()).decode(),
        PLANTED.replace('"', '\\"'),
        "zebra+Quartz",
        "zebra%2BQuartz",
    }
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {"log.html", "output.xml", "debug.txt", "genflow-trace.jsonl"} <= {file.name for file in files}
    for content in (printed, *(file.read_text("utf-8", errors="replace") for file in files)):
        for form in forms:
            assert form not in content

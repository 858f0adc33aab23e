"""Flow charts in real runs: on the embedded engine with their picture in log.html, and of prose through a server."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from SpiffWorkflow.bpmn.parser import BpmnValidator

from tests.servers.running import running_server
from tests.suites.running import run_robot

pytestmark = pytest.mark.suite

HERE = Path(__file__).parent
PROSE = "The clerk opens every mail. Is it spam, she deletes it; all other mails she files."
NAMES = ("number", "kind", "quote", "text", "next", "yes", "no", "lane")
STEPS = (
    (1, "step", "The clerk opens every mail", "Opens every mail", 2, 0, 0, "clerk"),
    (2, "decision", "Is it spam", "Is it spam?", 0, 3, 4, "clerk"),
    (3, "step", "she deletes it", "Deletes it", 5, 0, 0, "clerk"),
    (4, "step", "all other mails she files", "Files all other mails", 5, 0, 0, "clerk"),
    (5, "end", "", "", 0, 0, 0, ""),
)
TELLS = f"""
*** Settings ***
Library    GenFlowLibrary    engine=openai

*** Tasks ***
Prose
    ${{chart}} =    Draw Flow Chart    {PROSE}    output=mail.svg
    Should Be Equal    ${{chart.nodes}}[2][text]    Is it spam?

A List
    Draw Flow Chart    1. Open the mail\\n2. File it
"""


def answer(*steps: tuple[Any, ...]) -> dict[str, Any]:
    return {"answer": {"title": "Mail", "steps": [dict(zip(NAMES, step, strict=True)) for step in steps]}}


def pictures_in(output: Path) -> list[ET.Element]:
    """Returns the SVGs that a run logged as HTML, which is what log.html shows."""
    logged = [one.text or "" for one in ET.parse(output / "output.xml").iter("msg") if one.get("html")]
    return [ET.fromstring(one).find("{http://www.w3.org/2000/svg}svg") for one in logged if "<svg" in one]  # type: ignore[misc]


@pytest.mark.browser
def test_the_embedded_engine_draws_lists_and_suites(tmp_path: Path) -> None:
    printed = run_robot(HERE / "flow_charts.robot", tmp_path)
    assert "0 failed" in printed
    assert len(pictures_in(tmp_path)) == 4
    assert "检查<script>包裹</script>" in {element.text for element in pictures_in(tmp_path)[1].iter()}
    BpmnValidator().validate(etree.fromstring((tmp_path / "refund.bpmn").read_bytes()))
    picture = Image.open(tmp_path / "refund.png").convert("RGB")
    width = float(ET.parse(tmp_path / "refund.svg").getroot().attrib["width"])
    assert picture.width == pytest.approx(2 * width, abs=2)
    # Dark text on light ground, and the colours of start and decision.
    colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert {(255, 255, 255), (0xD9, 0xEF, 0xDF), (0xFD, 0xF1, 0xD3)} <= colours
    assert min(map(sum, colours)) < 200


def test_prose_is_drawn_through_a_server_that_first_invents_a_step(tmp_path: Path) -> None:
    (tmp_path / "t.robot").write_text(TELLS, "utf-8")
    invented = (4, "step", "she calls the police", "Calls the police", 5, 0, 0, "clerk")
    with running_server() as server:
        server.script(answer(*STEPS[:3], invented, STEPS[4]), answer(*STEPS))
        run_robot(tmp_path / "t.robot", tmp_path / "out", GENFLOW_BASE_URL=server.base_url, GENFLOW_MODEL="m")
        asked = [json.dumps(seen["body"]) for seen in server.log() if seen["method"] == "POST"]
    # The list needs nobody.
    assert len(asked) == 2
    assert "she calls the police" not in asked[0]
    assert "'she calls the police' of step 4 is not in the text" in asked[1]
    assert "Files all other mails" in (tmp_path / "out" / "mail.svg").read_text("utf-8")
    assert len(pictures_in(tmp_path / "out")) == 2

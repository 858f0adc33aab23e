"""The keywords over text from outside: on the embedded engine, on a server that makes mistakes, and from its recording."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers.running import running_server
from tests.suites.running import run_robot

HERE = Path(__file__).parent
MODEL = HERE / "text_keywords_model.robot"

pytestmark = pytest.mark.suite


def test_on_the_embedded_engine(tmp_path: Path) -> None:
    assert "0 failed" in run_robot(HERE / "text_keywords.robot", tmp_path)


def test_on_a_server_that_makes_mistakes_and_then_from_its_recording(tmp_path: Path) -> None:
    recordings = str(tmp_path / "recordings")
    with running_server("--office") as server:
        settings = {"GENFLOW_BASE_URL": server.base_url, "GENFLOW_MODEL": "scripted-1"}
        printed = run_robot(
            MODEL, tmp_path / "live", **settings, GENFLOW_RECORDING="record", GENFLOW_RECORDINGS=recordings
        )
        assert "0 failed" in printed
        asked = len(server.log())
        assert asked > 10
        # What an engine insisted on was never recorded: that task asks again, and nothing else does.
        run_robot(
            MODEL, tmp_path / "replayed", **settings, GENFLOW_RECORDING="auto", GENFLOW_RECORDINGS=recordings
        )
        assert len(server.log()) - asked <= 4

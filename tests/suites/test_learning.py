"""Learned plans from outside: a model is asked once, then nobody; a changed page is refused or healed; files are read by people."""

from __future__ import annotations

import functools
import http.server
import threading
from pathlib import Path

import pytest

from tests.servers.running import running_server
from tests.suites.running import run_robot

HERE = Path(__file__).parent
SUITE = HERE / "learning.robot"
RULES = (
    {
        "when": ["Which field does each key belong in?", "Kontierung", "2 Cost centre*"],
        "schema": "FieldMatches",
        "answer": {"why_1": "Kontierung is the account that a cost is booked to.", "field_1": 2},
    },
)

pytestmark = [pytest.mark.browser, pytest.mark.suite]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class Site:
    """The pages on a port of this machine, another one each time; `serve` chooses which version stands at the one address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def serve(self, version: str) -> None:
        (self.folder / "account.html").write_text((HERE / "pages" / version).read_text("utf-8"), "utf-8")

    def run(self, output: Path, *options: str, **environment: str) -> str:
        handler = functools.partial(_Quiet, directory=str(self.folder))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            try:
                address = f"http://127.0.0.1:{server.server_address[1]}"
                return run_robot(
                    SUITE, output, "--variable", f"PAGES:{address}", *options, CI="true", **environment
                )
            finally:
                server.shutdown()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site")
    site.serve("account.html")
    return site


def test_a_model_is_asked_once_and_then_nobody_until_the_page_changes(site: Site, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    with running_server() as server:
        server.rules(*RULES)
        settings = {"GENFLOW_BASE_URL": server.base_url, "GENFLOW_MODEL": "scripted-1"}
        site.run(tmp_path / "first", GENFLOW_LEARNED_PLANS=str(plans), **settings)
        [request] = [seen["body"] for seen in server.log() if seen["method"] == "POST"]
    sent = str(request["messages"])
    assert "Cost centre" in sent
    assert "GF-10001" not in sent
    assert "4001" not in sent

    [file] = plans.iterdir()
    text = file.read_text("utf-8")
    assert "origin: http://localhost\n" in text
    assert not any(value in text for value in ("GF-1", "4001", "4005"))

    # The server is gone and the page on another port.
    replay = {"GENFLOW_LEARNED_PLANS": str(plans), "GENFLOW_ENGINE": "embedded"}
    site.run(tmp_path / "second", "--variable", "EXPECTED_CALLS:0", GENFLOW_LEARNED="replay", **replay)
    assert file.read_text("utf-8") == text
    trace = (tmp_path / "second" / "genflow-trace.jsonl").read_text("utf-8")
    assert trace.count(f"2 of 2 keys were placed by the learned plan '{file.name}'") == 5

    site.serve("account_changed.html")
    with pytest.raises(AssertionError) as failed:
        site.run(tmp_path / "third", "--variable", "EXPECTED_CALLS:0", **replay)
    printed = " ".join(str(failed.value).split())
    assert "'Kontierung' was label 'Cost centre', now label 'Booked to' (same" in printed
    assert "heal_changes=allow" in printed
    assert file.read_text("utf-8") == text

    site.run(tmp_path / "fourth", "--variable", "EXPECTED_CALLS:0", GENFLOW_HEAL_CHANGES="allow", **replay)
    assert "label: Booked to" in file.read_text("utf-8")
    assert "how: chosen by the engine" in file.read_text("utf-8")
    site.run(tmp_path / "fifth", "--variable", "EXPECTED_CALLS:0", GENFLOW_LEARNED="replay", **replay)

    file.write_text(file.read_text("utf-8").replace("kind: text", "knid: text", 1), "utf-8")
    with pytest.raises(AssertionError, match=r"has 'knid'"):
        site.run(tmp_path / "sixth", **replay)


def test_without_a_model_and_without_a_plan_the_field_is_named(site: Site, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no field fits 'Kontierung'"):
        site.run(tmp_path / "output", GENFLOW_ENGINE="embedded")
    with pytest.raises(AssertionError, match="learned=learn"):
        site.run(tmp_path / "output", GENFLOW_ENGINE="embedded", GENFLOW_LEARNED="replay")
    assert not (tmp_path / "output" / "learned").exists()

"""The office as a real process: it starts, says where, serves over loopback, lists what it stored, and ends cleanly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from robot_suites.practice_office.command_line import main
from tests.unit.practice_office.clerk import GOOD_REFUND, GOOD_REPLY

if TYPE_CHECKING:
    from tests.unit.practice_office.clerk import Clerk

OFFICE = Path(__file__).parents[3] / "robot_suites" / "practice_office"
PATIENCE = 20.0


def start(*arguments: str | Path, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", OFFICE, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def wait_for(ready: Path, process: subprocess.Popen[str]) -> str:
    """The address in the ready file, which is never there half-written."""
    end = time.monotonic() + PATIENCE
    while not ready.exists():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end, "the office did not get ready"
        time.sleep(0.02)
    return ready.read_text(encoding="utf-8").strip()


def read(url: str, data: bytes | None = None) -> tuple[str, str]:
    with urllib.request.urlopen(url, data, timeout=PATIENCE) as answer:
        return answer.url, answer.read().decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without telling it")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_on_a_free_port_and_ends_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    ready = tmp_path / "ready.txt"
    database = tmp_path / "office.sqlite3"
    process = start("--port", "0", "--database", database, "--ready-file", ready, cwd=tmp_path)
    try:
        url = wait_for(ready, process)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
        _, inbox = read(url)
        assert "保温壶被重复扣款" in inbox
        _, form = read(url + "enquiries/ENQ-1001/refund")
        token = re.search(r'name="form_token" value="([^"]+)"', form)
        assert token
        sent = urllib.parse.urlencode(GOOD_REFUND | {"form_token": token[1], "refund_date": "2099-01-02"})
        address, confirmation = read(url + "enquiries/ENQ-1001/refund", sent.encode())
        assert "Refund saved" in confirmation
        process.send_signal(ending)
        output, errors = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0
    assert output == f"Practice office: {url}\n"
    assert errors == ""
    assert not ready.exists()

    listing = start("--database", database, "--json", cwd=tmp_path)
    output, errors = listing.communicate(timeout=PATIENCE)
    assert (listing.returncode, errors) == (0, "")
    (stored,) = [one for one in json.loads(output) if one["submissions"]]
    assert stored["enquiry"] == "ENQ-1001"
    assert stored["submissions"][0]["reference"] == address.rsplit("/", 1)[-1]


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["--database", str(tmp_path / "office.sqlite3"), "--port", str(port)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"Expected port {port} of 127.0.0.1 to be free, but it can't be used")
    assert said.err.endswith("give another --port, or 0 for any free one.\n")


def test_the_list_has_a_line_for_every_submission_and_every_untouched_enquiry(
    clerk: Clerk, database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk.send("/enquiries/ENQ-1001/refund", GOOD_REFUND)
    clerk.send("/enquiries/ENQ-1002/reply", GOOD_REPLY, close="")
    clerk.send("/enquiries/ENQ-1002/reply", GOOD_REPLY)
    assert main(["--database", str(database_path), "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Enquiry", "Customer", "Status", "Reference", "Stored"]
    assert len(lines) == 2 + 31
    assert re.fullmatch(
        r"ENQ-1001  Helen Marsh +refunded +RF-\w{6}  64\.90 EUR for GF-20417, charged twice", lines[2]
    )
    assert lines[3].startswith("ENQ-1002  王丽华")
    assert lines[4].startswith("ENQ-1002  王丽华")
    assert re.fullmatch(r"ENQ-1003  Daniel Okafor +open +- +-", lines[5])


def test_the_json_has_every_enquiry_with_its_checked_fields(
    clerk: Clerk, database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk.send("/enquiries/ENQ-1001/refund", GOOD_REFUND)
    assert main(["--database", str(database_path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report) == 30
    assert report[0]["status"] == "refunded"
    assert report[0]["closed"] is True
    (stored,) = report[0]["submissions"]
    assert stored["kind"] == "refund"
    assert stored["details"]["amount"] == "64.90"
    assert stored["details"]["reason"] == "charged-twice"
    assert report[1]["submissions"] == []


def test_a_list_of_nothing_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", str(tmp_path / "none.sqlite3"), "--list"]) == 1
    assert "there is no such file" in capsys.readouterr().err


def test_a_ready_file_that_cannot_be_written_is_one_sentence(
    database_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ready = tmp_path / "nowhere" / "ready.txt"
    assert main(["--database", str(database_path), "--ready-file", str(ready)]) == 1
    assert re.fullmatch(r"Expected files .*nowhere.*; check the given paths\.\n", capsys.readouterr().err)


def test_listing_a_fresh_office_is_refused(database_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--database", str(database_path), "--fresh", "--json"])
    assert ended.value.code == 2
    assert "--fresh would forget what is to be listed" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "http", "١"])
def test_a_port_that_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--database", "office.sqlite3", "--port", port])
    assert ended.value.code == 2
    assert "expected" in capsys.readouterr().err

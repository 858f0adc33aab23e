"""genflow recordings: what it lists, what it calls an orphan, what it removes and what it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from GenFlowLibrary.cli.main import main
from GenFlowLibrary.core.completion import Completion
from GenFlowLibrary.core.errors import GenFlowError
from GenFlowLibrary.core.prompt import Prompt
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.jsonl import JsonlSink
from GenFlowLibrary.trace.trace import Trace
from tests.fakes.engine import FakeEngine
from tests.fakes.prompts import make_prompt


@pytest.fixture(autouse=True)
def clean_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GENFLOW_RECORDINGS", "GENFLOW_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def question(name: str) -> Prompt:
    return make_prompt(name, ability="generate", content=name, inputs={"text": name})


def recorded(file: Path, *names: str) -> Path:
    recording = Recording(file, "record", str)
    for name in names:
        recording.keep(question(name), Completion((f"Answer to {name}.",), "openai", "m"))
    return file


def replayed(file: Path, trace: Path, *names: str) -> Path:
    """A run that replays: its trace tells what it used. A name that is not recorded fails its step."""
    gateway = Gateway(
        budget=Budget(), secrets=Secrets(), recording=Recording(file, "replay", str), engine=FakeEngine()
    )
    steps = Trace([JsonlSink(trace, str)], str)
    for name in names:
        try:
            with steps.step("Generate Text") as record:
                gateway.ask(question(name), record)
        except GenFlowError:
            pass
    return trace


def names_in(file: Path) -> list[str]:
    return [json.loads(line)["prompt"] for line in file.read_text("utf-8").splitlines()]


def test_the_list_tells_answers_corrections_and_what_was_recorded_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = recorded(tmp_path / "tasks" / "recordings" / "suite.jsonl", "greet", "thank", "greet")
    file.write_text(file.read_text("utf-8").replace("Answer to thank.", "Many thanks!"), "utf-8")
    assert main(["recordings", "list", "--entries"]) == 0
    printed = capsys.readouterr().out
    assert "suite.jsonl: 2 answers to greet, thank; 1 corrected by hand; 1 recorded again later" in printed
    assert "line 2: thank 1, " in printed
    assert "corrected: Many thanks!" in printed
    assert "superseded: Answer to greet." in printed


def test_a_damaged_line_is_told_and_never_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = recorded(tmp_path / "recordings" / "s.jsonl", "greet", "greet")
    file.write_text("{broken\n" + file.read_text("utf-8"), "utf-8")
    assert main(["recordings", "list"]) == 1
    assert "line 1 is damaged: correct or delete it" in capsys.readouterr().out
    assert main(["recordings", "prune", "--superseded"]) == 0
    assert file.read_text("utf-8").startswith("{broken\n")
    assert len(file.read_text("utf-8").splitlines()) == 2


def test_orphans_are_what_the_runs_did_not_use_in_the_files_that_they_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = recorded(tmp_path / "recordings" / "s.jsonl", "greet", "old", "thank")
    recorded(tmp_path / "recordings" / "another_suite.jsonl", "elsewhere")
    first = replayed(file, tmp_path / "1" / "genflow-trace.jsonl", "greet")
    second = replayed(file, tmp_path / "2" / "genflow-trace.jsonl", "thank")
    traces = ["--trace", str(first), "--trace", str(second)]
    assert main(["recordings", "orphans", *traces]) == 0
    printed = capsys.readouterr().out
    assert "line 2: old 1" in printed
    assert "1 orphan.\n" in printed
    assert main(["recordings", "prune", "--orphans", "--dry-run", *traces]) == 0
    assert "1 line would be removed" in capsys.readouterr().out
    assert names_in(file) == ["greet", "old", "thank"]
    assert main(["recordings", "prune", "--orphans", *traces]) == 0
    assert names_in(file) == ["greet", "thank"]
    assert [entry.name for entry in file.parent.iterdir() if "pruning" in entry.name] == []


def test_what_a_run_has_just_recorded_is_no_orphan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = recorded(tmp_path / "recordings" / "s.jsonl", "old")
    engine = FakeEngine().enqueue("Hello!")
    gateway = Gateway(
        budget=Budget(), secrets=Secrets(), recording=Recording(file, "auto", str), engine=engine
    )
    with Trace([JsonlSink(tmp_path / "t.jsonl", str)], str).step("Generate Text") as record:
        gateway.ask(question("greet"), record)
    assert main(["recordings", "orphans", "--trace", "t.jsonl"]) == 0
    printed = capsys.readouterr().out
    assert "old 1" in printed
    assert "greet" not in printed


def test_after_a_failure_nothing_is_pruned_unless_it_is_insisted_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = recorded(tmp_path / "recordings" / "s.jsonl", "greet", "old")
    trace = replayed(file, tmp_path / "t.jsonl", "greet", "never recorded")
    assert main(["recordings", "prune", "--orphans", "--trace", str(trace)]) == 1
    assert "1 steps failed" in capsys.readouterr().err
    assert names_in(file) == ["greet", "old"]
    assert main(["recordings", "prune", "--orphans", "--even-after-failures", "--trace", str(trace)]) == 0
    assert names_in(file) == ["greet"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list"], "but there are none; name their folder"),
        (["list", "nowhere"], "but it is not there; correct the path"),
        (["orphans"], "GENFLOW_RECORDING=replay"),
        (["prune"], "--superseded or --orphans"),
        (["orphans", "--trace", "gone.jsonl"], "gone.jsonl"),
        (["orphans", "--trace", "broken.jsonl"], "no step record"),
    ],
)
def test_what_is_missing_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (tmp_path / "broken.jsonl").write_text("[1]\n", "utf-8")
    assert main(["recordings", *arguments]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


APPENDS = """
import sys
from pathlib import Path
from GenFlowLibrary.core.completion import Completion
from GenFlowLibrary.engines.recording import Recording
from tests.fakes.prompts import make_prompt
recording = Recording(Path(sys.argv[1]), "auto", str)
for number in range(150):
    prompt = make_prompt(f"{sys.argv[2]}-{number}", inputs={"text": "x" * 5000})
    recording.keep(prompt, Completion(("old",), "openai", "m"))
    recording.keep(prompt, Completion(("new",), "openai", "m"))
    assert recording.find(prompt).text == "new"
"""


def test_pruning_while_processes_append_loses_and_tears_no_line(tmp_path: Path) -> None:
    file = recorded(tmp_path / "recordings" / "s.jsonl", "greet")
    root = Path(__file__).parents[3]
    workers = [
        subprocess.Popen([sys.executable, "-c", APPENDS, str(file), name], cwd=root) for name in ("a", "b")
    ]
    prunes = 0
    while any(worker.poll() is None for worker in workers):
        assert main(["recordings", "prune", "--superseded", str(file)]) == 0
        prunes += 1
        time.sleep(0.01)
    assert [worker.returncode for worker in workers] == [0, 0]
    assert prunes > 1
    assert main(["recordings", "prune", "--superseded", str(file)]) == 0
    expected = ["greet", *(f"{name}-{number}" for name in "ab" for number in range(150))]
    assert sorted(names_in(file)) == sorted(expected)

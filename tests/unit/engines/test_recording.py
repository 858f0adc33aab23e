from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import RecordingError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.policy.secrets import Secrets
from tests.fakes.prompts import make_prompt

if TYPE_CHECKING:
    from GenFlowLibrary.core.prompt import Prompt

DONE = Completion(("one", "two"), "openai", "gpt-x", "stop", Usage(7, 3, 2), 0.75, seconds=1.5)


def nothing_secret(text: str) -> str:
    return text


def record(file: Path, mode: str = "auto") -> Recording:
    return Recording(file, mode, nothing_secret)  # type: ignore[arg-type]


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_what_was_kept_is_found_by_another_run(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "suite.jsonl"
    record(file, "record").keep(make_prompt(), DONE)
    found = record(file, "replay").find(make_prompt())
    assert found == Completion(
        ("one", "two"), "openai", "gpt-x", "stop", Usage(7, 3, 2), 0.75, 0.0, from_recording=True
    )


def test_a_line_says_all_that_a_reader_wants_to_know(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(inputs={"text": "你好"}, temperature=0.2, model="m"), DONE)
    (line,) = lines(file)
    assert list(line) == [
        *("key", "prompt", "version", "digest", "schema", "inputs", "parameters", "language"),
        *("answer", "engine", "model", "texts", "kept", "finish_reason", "usage", "confidence", "recorded"),
    ]
    assert line["inputs"] == {"text": "你好"}
    assert line["parameters"] == {"temperature": 0.2}
    assert str(line["recorded"]).endswith("+00:00")
    assert "你好" in file.read_text("utf-8")


@pytest.mark.parametrize("change", [{"model": "other"}, {"content": "Worded otherwise"}])
def test_the_model_and_the_rendered_messages_do_not_matter(tmp_path: Path, change: dict[str, str]) -> None:
    recording = record(tmp_path / "r.jsonl")
    recording.keep(make_prompt(), DONE)
    assert recording.find(make_prompt(**change)) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"digest": "d2"}, "the prompt file was changed since"),
        ({"version": "2"}, "the prompt file has version 2 now, and was recorded with version 1"),
        (
            {"answer_type": choice_type(3)},
            "what the answer must look like (its fields or options) was changed since",
        ),
        ({"temperature": 0.5}, "its parameters were changed since"),
        ({"language": "de"}, "it was recorded for the language 'none' only"),
        ({"inputs": {"text": "bye"}}, "it was recorded with other inputs only (text)"),
        ({"name": "decide"}, "it has none for that prompt"),
    ],
)
def test_a_replay_without_its_answer_says_what_changed_and_how_to_record(
    tmp_path: Path, change: dict[str, object], why: str
) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(), DONE)
    asked = make_prompt(**change)  # type: ignore[arg-type]
    assert record(file, "auto").find(asked) is None
    with pytest.raises(RecordingError) as raised:
        record(file, "replay").find(asked)
    assert str(raised.value) == (
        f"Expected a recorded answer for the prompt '{asked.name}' in '{file}', but {why}; "
        "record it with: GENFLOW_RECORDING=record robot ..."
    )


def test_a_replay_without_its_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="but that file is not there"):
        record(tmp_path / "r.jsonl", "replay").find(make_prompt())


@pytest.mark.parametrize(
    ("mode", "finds", "keeps"),
    [("off", False, False), ("record", False, True), ("replay", True, False), ("auto", True, True)],
)
def test_each_mode_finds_and_keeps_what_it_promises(
    tmp_path: Path, mode: str, finds: bool, keeps: bool
) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(), DONE)
    recording = record(file, mode)
    assert (recording.find(make_prompt()) is not None) is finds
    recording.keep(make_prompt("other"), DONE)
    assert (len(lines(file)) == 2) is keeps


def test_the_later_of_two_lines_counts(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    recording = record(file, "record")
    recording.keep(make_prompt(), DONE)
    recording.keep(make_prompt(), Completion(("newer",), "openai", "gpt-x"))
    found = record(file, "replay").find(make_prompt())
    assert found is not None
    assert found.text == "newer"


def test_texts_may_be_edited_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(), DONE)
    (line,) = lines(file)
    line = {"key": line["key"], "texts": ["by hand"]}
    file.write_bytes(b"\xef\xbb\xbf\r\n" + json.dumps(line).encode() + b"\r\n\r\n")
    found = record(file, "replay").find(make_prompt())
    assert found is not None
    assert (found.text, found.confidence, found.engine) == ("by hand", None, "recording")


def test_what_of_the_answers_fields_changed_is_told(tmp_path: Path) -> None:
    def asked(schema: str) -> Prompt:
        return make_prompt(answer_type=parse_schema(schema).answer_type())

    record(tmp_path / "r.jsonl").keep(asked("a: str\nb: str | None"), DONE)
    with pytest.raises(RecordingError, match="'c' is new, 'b' is gone, 'a' is of another kind"):
        record(tmp_path / "r.jsonl", "replay").find(asked("a: int\nc: str"))


def test_an_answer_that_a_person_corrected_is_not_recorded_over(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(), DONE)
    recording = record(file, "record")
    assert recording.find(make_prompt()) is None
    file.write_text(file.read_text("utf-8").replace('"one"', '"much better"'), "utf-8")
    found = recording.find(make_prompt())
    assert found is not None
    assert found.text == "much better"
    assert recording.take_notes() == [
        "The answer to 'classify_text' was corrected by hand in 'r.jsonl' and stays; delete its line to record it anew."
    ]


@pytest.mark.parametrize("edited", ['"two"', '"a much longer answer than before"', '"o"'])
def test_an_edit_in_the_middle_of_a_run_is_seen(tmp_path: Path, edited: str) -> None:
    file = tmp_path / "r.jsonl"
    reader = record(file)
    reader.keep(make_prompt(), DONE)
    reader.keep(make_prompt("second"), DONE)
    assert reader.find(make_prompt()) is not None
    content = file.read_text("utf-8")
    file.write_text(content.replace('"one"', edited, 1), "utf-8")
    os.utime(file, ns=(1, 1))  # the clock of the file system may be coarse
    found = reader.find(make_prompt())
    assert found is not None
    assert found.text == edited.strip('"')


def test_what_others_append_is_read_as_the_file_grows(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    reader = record(file, "auto")
    assert reader.find(make_prompt()) is None
    record(file).keep(make_prompt(), DONE)
    assert reader.find(make_prompt()) is not None
    record(file).keep(make_prompt("second"), DONE)
    assert reader.find(make_prompt("second")) is not None
    assert reader.find(make_prompt()) is not None


def test_a_file_written_anew_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    reader = record(file, "auto")
    reader.keep(make_prompt(), DONE)
    assert reader.find(make_prompt()) is not None
    file.write_text("", "utf-8")
    assert reader.find(make_prompt()) is None
    file.unlink()
    assert reader.find(make_prompt()) is None


def test_the_file_is_not_read_again_while_it_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = record(tmp_path / "r.jsonl", "auto")
    reader.keep(make_prompt(), DONE)
    assert reader.find(make_prompt()) is not None
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("read again"))
    assert reader.find(make_prompt()) is not None


@pytest.mark.parametrize("cut", [1, 2, 20, 200])
def test_a_torn_last_line_is_ignored_with_a_note_and_the_next_line_stands_on_its_own(
    tmp_path: Path, cut: int
) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(), DONE)
    whole = file.read_bytes()
    record(file).keep(make_prompt("torn"), DONE)
    file.write_bytes(file.read_bytes()[: -1 - cut])
    recording = record(file)
    assert recording.find(make_prompt()) is not None
    assert recording.find(make_prompt("torn")) is None
    assert recording.take_notes() == [f"Line 2 of '{file}' was cut off while it was written, and is ignored."]
    recording.keep(make_prompt("torn"), DONE)
    assert recording.find(make_prompt("torn")) is not None
    assert recording.take_notes() == []
    assert file.read_bytes().startswith(whole)
    assert record(file, "replay").find(make_prompt("torn")) is not None


def test_a_last_line_that_lacks_only_its_newline_counts(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(), DONE)
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    recording = record(file)
    assert recording.find(make_prompt()) is not None
    recording.keep(make_prompt("second"), DONE)
    assert [line["prompt"] for line in lines(file)] == ["classify_text", "second"]
    assert recording.find(make_prompt("second")) is not None


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ('{"key": oops}', "it is not JSON"),
        ('["key"]', "its fields"),
        ("{}", "its fields"),
        ('{"key": "k", "texts": "one"}', "its fields"),
        ('{"key": "k", "texts": []}', "its fields"),
        ('{"key": "k", "texts": [1]}', "its fields"),
        ('{"key": "k", "texts": ["a"], "usage": {"euros": 3}}', "its fields"),
        ('{"key": "k", "texts": ["a"], "confidence": "high"}', "its fields"),
        ('{"a":' * 100_000 + "}", "nested too deeply"),
    ],
)
def test_a_damaged_line_is_an_error_with_file_and_number_each_time(
    tmp_path: Path, damage: str, found: str
) -> None:
    file = tmp_path / "r.jsonl"
    record(file).keep(make_prompt(), DONE)
    file.write_text(file.read_text("utf-8") + damage + "\n", "utf-8")
    recording = record(file, "replay")
    for _ in range(2):
        with pytest.raises(
            RecordingError, match=r"in line 2 of '.*r\.jsonl', but .*; correct or delete that line"
        ) as raised:
            recording.find(make_prompt())
        assert found in str(raised.value)


def test_a_folder_in_the_files_place_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").mkdir()
    with pytest.raises(RecordingError, match="Expected to read the recording"):
        record(tmp_path / "r.jsonl", "replay").find(make_prompt())
    with pytest.raises(RecordingError, match="Expected to write the recording"):
        record(tmp_path / "r.jsonl", "record").keep(make_prompt(), DONE)


def test_another_value_of_a_secret_finds_the_same_answer(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    for value, mode in (("first-password", "record"), ("second-password", "replay")):
        secrets = Secrets()
        secrets.add(SecretHandle("P", value))
        recording = Recording(file, mode, secrets.scrub)  # type: ignore[arg-type]
        prompt = make_prompt(inputs={"text": f"My password is {value}", "handle": SecretHandle("P", value)})
        recording.keep(prompt, DONE)
    assert recording.find(prompt) is not None
    assert "password is <secret P>" in file.read_text("utf-8")
    assert "-password" not in file.read_text("utf-8")


def _keep_many(file: str, worker: int) -> None:
    recording = record(Path(file))
    for number in range(25):
        recording.keep(make_prompt(f"w{worker}-{number}", inputs={"text": "x" * 3000}), DONE)


def test_processes_that_keep_at_the_same_time_do_not_mix_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_keep_many, args=(str(file), worker)) for worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    names = [line["prompt"] for line in lines(file)]
    assert sorted(names) == sorted(f"w{worker}-{number}" for worker in range(4) for number in range(25))


plain_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    inputs=st.dictionaries(st.text(), plain_data, max_size=3),
    texts=st.lists(st.text(), min_size=1, max_size=3),
    confidence=st.none() | st.floats(0, 1),
)
def test_whatever_is_kept_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    inputs: dict[str, object],
    texts: list[str],
    confidence: float | None,
) -> None:
    file = tmp_path_factory.mktemp("recording") / "r.jsonl"
    prompt = make_prompt(inputs=inputs)
    record(file).keep(prompt, Completion(tuple(texts), "openai", "gpt-x", confidence=confidence))
    found = record(file, "replay").find(prompt)
    assert found is not None
    assert found.texts == tuple(texts)
    assert found.confidence == confidence

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.answers.answer import Facts
from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.outcome import FieldOutcome, FillOutcome
from GenFlowLibrary.trace.jsonl import JsonlSink, append_line
from GenFlowLibrary.trace.plain import canonical, plain
from GenFlowLibrary.trace.record import Exchange, StepRecord
from tests.fakes.prompts import make_prompt


def same(text: str) -> str:
    return text


def hide(text: str) -> str:
    return text.replace("hunter22", "<secret P>")


def test_a_record_is_one_line_with_its_prompts(tmp_path: Path) -> None:
    record = StepRecord(
        "Extract Data",
        suite="Enquiries hunter22",
        task="T",
        started=datetime(2026, 3, 5, 12, tzinfo=timezone.utc),
        seconds=1.5,
        exchanges=[
            Exchange(
                make_prompt(answer_type=choice_type(1), content="say hunter22", temperature=0.2),
                Completion(("hunter22\nand more",), "openai", "m", usage=Usage(3, 4, 1)),
                "wrong hunter22",
            ),
            Exchange(make_prompt(), None, "gone"),
        ],
        answer=Facts({"items": ["hunter22"], "amount": Decimal("12.50"), "due": date(2026, 3, 5)}),
        table=FillOutcome((FieldOutcome("k", "f", "hunter22", "", "", "filled"),)),
        notes=["note hunter22"],
    )
    sink = JsonlSink(tmp_path / "out" / "trace.jsonl", hide)
    sink.write(record)
    sink.write(StepRecord("Classify Text", status="FAIL", error="hunter22"))
    sink.close()
    text = (tmp_path / "out" / "trace.jsonl").read_text("utf-8")
    first, second = map(json.loads, text.splitlines())
    assert "hunter22" not in text
    assert first["started"] == "2026-03-05T12:00:00+00:00"
    assert first["answer"] == {"items": ["<secret P>"], "amount": "12.50", "due": "2026-03-05"}
    assert first["usage"] == {"prompt_tokens": 3, "completion_tokens": 4, "requests": 1}
    assert first["table"]["fields"][0]["wanted"] == "<secret P>"
    asked = first["exchanges"][0]["prompt"]
    assert asked["messages"][1] == {"role": "user", "content": "say <secret P>"}
    assert asked["schema"]["properties"]["choice"]["enum"] == [0, 1]
    assert asked["parameters"] == {"temperature": 0.2}
    assert first["exchanges"][0]["completion"]["texts"] == ["<secret P>\nand more"]
    assert first["exchanges"][1]["completion"] is None
    assert (second["status"], second["error"]) == ("FAIL", "<secret P>")


def test_what_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError, match="file"):
        JsonlSink(tmp_path / "file" / "trace.jsonl", same).write(StepRecord("s"))


def test_a_line_after_a_torn_one_stands_on_its_own(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    file.write_bytes(b'{"a": 1}\n{"b": ')
    append_line(file, {"c": 3})
    append_line(file, {"d": 4})
    assert file.read_bytes() == b'{"a": 1}\n{"b": \n{"c": 3}\n{"d": 4}\n'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), "nan"),
        (Decimal("1E+3"), "1E+3"),
        (12, 12),
        (True, True),
        (None, None),
        (Path("a/b"), "a/b"),
        ({1: {2}}, {"1": [2]}),
        (b"raw", "b'raw'"),
        (("a", ["b"]), ["a", ["b"]]),
    ],
)
def test_anything_becomes_plain_data(value: object, expected: object) -> None:
    assert plain(value, same) == expected


def test_numbers_that_spell_a_secret_are_taken_out() -> None:
    assert plain({"pin": 4829, "sum": 12}, lambda text: text.replace("4829", "<pin>")) == {
        "pin": "<pin>",
        "sum": 12,
    }


def test_keys_are_scrubbed_too() -> None:
    assert plain({"hunter22": {"x hunter22": 1}}, hide) == {"<secret P>": {"x <secret P>": 1}}


def test_half_a_character_is_written_as_json_calls_it(tmp_path: Path) -> None:
    append_line(tmp_path / "t.jsonl", {"text": "a\ud800 ü"})
    assert (tmp_path / "t.jsonl").read_bytes() == '{"text": "a\\ud800 ü"}\n'.encode()
    assert json.loads((tmp_path / "t.jsonl").read_bytes()) == {"text": "a\ud800 ü"}


def test_canonical_json_does_not_depend_on_order() -> None:
    assert canonical({"b": 1, "a": [1, "ä"]}) == canonical({"a": [1, "ä"], "b": 1}) == '{"a":[1,"ä"],"b":1}'


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_any_text_is_written_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("jsonl") / "t.jsonl"
    append_line(file, data)
    append_line(file, data)
    assert [json.loads(line) for line in file.read_bytes().split(b"\n")[:-1]] == [data, data]

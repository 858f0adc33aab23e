"""Draw Flow Chart as a use case: who is asked, what is written, and what is refused."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.core.errors import AnswerError, DocumentError, InputError, NeedsLanguageModel
from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.documents.plain import read_plain
from GenFlowLibrary.engines.embedded.engine import EmbeddedEngine
from GenFlowLibrary.steps.draw_flow_chart import Drawn, Target, draw_flow_chart, given_path
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime

LIST = "1. Open the mail\n2. If it is spam: delete it\n3. File it"
PROSE = "The clerk opens the mail and then files it."
NAMES = ("number", "kind", "quote", "text", "next", "yes", "no", "lane")
STEPS = (
    (1, "step", "The clerk opens the mail", "Opens the mail", 2, 0, 0, "clerk"),
    (2, "step", "then files it", "Files it", 3, 0, 0, "clerk"),
    (3, "end", "", "", 0, 0, 0, ""),
)
GOOD = {"title": "Mail", "steps": [dict(zip(NAMES, step, strict=True)) for step in STEPS]}
BROKEN = {**GOOD, "steps": GOOD["steps"][:2]}


def no_picture(svg: str, width: float, height: float) -> bytes:
    raise AssertionError("No PNG was wanted.")


def draw(engine: Any, given: object, folder: Path, *outputs: str, **options: Any) -> tuple[Drawn, Any]:
    runtime, records = make_runtime(engine)
    drawn = draw_flow_chart(runtime, given, Target(folder, outputs, no_picture), **options)
    return drawn, records[0]


def test_a_list_is_read_without_asking_whatever_the_engine(tmp_path: Path) -> None:
    drawn, record = draw(FakeEngine(), LIST, tmp_path, "mail.svg", ".BPMN", "sub/mail.mmd")
    assert [file.relative_to(tmp_path).as_posix() for file in drawn.files] == ["mail.svg", "mail.BPMN", "sub/mail.mmd"]  # fmt: skip
    assert all(file.stat().st_size for file in drawn.files)
    assert record.answer["steps"] == 3
    assert record.answer["decisions"] == 1
    assert "no engine was asked" in record.notes[0]
    answer = drawn.as_answer()
    assert answer["nodes"][2]["text"] == "It is spam?"
    assert answer["mermaid"].startswith("flowchart TD")


def test_prose_is_asked_about_and_a_broken_answer_is_asked_for_again(tmp_path: Path) -> None:
    engine = FakeEngine().enqueue(BROKEN, GOOD)
    drawn, record = draw(engine, PROSE, tmp_path)
    assert [node.text for node in drawn.chart.nodes] == ["Start", "Opens the mail", "Files it", "End"]
    assert "something goes to 'n3'" in record.exchanges[0].fault
    assert "something goes to 'n3'" in engine.history[1].prompt.messages[-1].content
    assert any("is no list of steps" in note for note in record.notes)


def test_an_answer_that_stays_broken_fails_the_step(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="something goes to 'n3'"):
        draw(FakeEngine().enqueue(BROKEN, BROKEN, BROKEN), PROSE, tmp_path)


def test_the_embedded_engine_names_the_line_that_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(NeedsLanguageModel, match="line 2 says 'Unless' in 'Unless it is spam, answer it'"):
        draw(EmbeddedEngine(), "1. Open the mail\n2. Unless it is spam, answer it", tmp_path)


def test_a_language_without_words_of_control_is_not_read_as_if_it_had_none(tmp_path: Path) -> None:
    french = "1. Ouvrir le colis avec les ciseaux\n2. Si le colis est vide, appeler le client et le noter dans le dossier"
    with pytest.raises(NeedsLanguageModel, match="is in the language 'fr'"):
        draw(EmbeddedEngine(), french, tmp_path)


def test_a_document_is_read_as_well(tmp_path: Path) -> None:
    drawn, _ = draw(EmbeddedEngine(), read_plain(LIST, "mail.txt"), tmp_path)
    assert [node.kind for node in drawn.chart.nodes] == ["start", "step", "decision", "step", "step", "end"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, r"nothing \(None\)"),
        ("  ", "it is empty"),
        (7, "a int"),
        ("procedure.docx", "looks like a path"),
        (Document("empty.txt", ()), "'empty.txt' holds none"),
        ("1. Open\n2. Go to step 7", "line 2 goes to step 7"),
    ],
)
def test_what_is_no_procedure_is_refused(given: object, said: str, tmp_path: Path) -> None:
    with pytest.raises((InputError, DocumentError), match=said):
        draw(EmbeddedEngine(), given, tmp_path)


@pytest.mark.parametrize("outputs", [["chart.pdf"], ["chart"], [".svg"], ["chart.svg", "chart.exe"]])
def test_an_output_of_another_kind_is_refused_before_anything_is_asked(outputs: list[str], tmp_path: Path) -> None:  # fmt: skip
    with pytest.raises(InputError, match=r"end in \.svg, \.mmd, \.bpmn, \.png"):
        Target(tmp_path, outputs, no_picture)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot be written"):
        draw(EmbeddedEngine(), LIST, tmp_path, "file/chart.svg")


def test_a_png_is_made_of_the_svg(tmp_path: Path) -> None:
    runtime, _ = make_runtime(EmbeddedEngine())
    seen: list[tuple[str, float, float]] = []

    def picture(svg: str, width: float, height: float) -> bytes:
        seen.append((svg, width, height))
        return b"PNG"

    draw_flow_chart(runtime, LIST, Target(tmp_path, ["a.png"], picture))
    assert (tmp_path / "a.png").read_bytes() == b"PNG"
    assert seen[0][0].startswith("<svg")
    assert seen[0][1] > 100


def test_a_secret_in_a_text_is_in_no_file(tmp_path: Path) -> None:
    drawn, _ = draw(
        EmbeddedEngine(), "1. Type pa55word\n2. Close", tmp_path, "a.svg", ".mmd", ".bpmn",
        scrub=lambda text: text.replace("pa55word", "<hidden>"),
    )  # fmt: skip
    assert not [file for file in drawn.files if "pa55word" in file.read_text("utf-8")]
    assert "Type <hidden>" in {element.text for element in ET.parse(drawn.files[0]).iter()}
    assert "pa55word" not in str(drawn.as_answer())


def test_a_suite_needs_a_path() -> None:
    with pytest.raises(InputError, match="found none"):
        given_path(" ")

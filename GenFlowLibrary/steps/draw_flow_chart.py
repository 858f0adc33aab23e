"""Draw a flow chart: a written procedure becomes a checked graph, and the graph files.

    text -> list? -> parser -> chart
                 else -> engine -> flat answer -> checked -> chart
    chart -> layout -> .svg .mmd .bpmn .png

A list whose words tell what follows what is read on this machine, whatever the engine; only what it cannot read is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from GenFlowLibrary.answers.answer import Answer
from GenFlowLibrary.answers.language import detect_language
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.prompt import Task
from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.flowcharts.bpmn import bpmn_of
from GenFlowLibrary.flowcharts.layout import lay_out
from GenFlowLibrary.flowcharts.lines import UnreadableError
from GenFlowLibrary.flowcharts.mermaid import mermaid_of
from GenFlowLibrary.flowcharts.procedure import parse_procedure, terms_of
from GenFlowLibrary.flowcharts.svg import svg_of
from GenFlowLibrary.steps.given_text import as_document
from GenFlowLibrary.steps.runtime import Options, Runtime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic import BaseModel

    from GenFlowLibrary.answers.outlined import Outlined
    from GenFlowLibrary.flowcharts.chart import FlowChart
    from GenFlowLibrary.flowcharts.layout import Drawing
    from GenFlowLibrary.trace.record import StepRecord

STEP = "Draw Flow Chart"
SUITE_STEP = "Draw Flow Chart Of Suite"
FORMATS = (".svg", ".mmd", ".bpmn", ".png")


@dataclass(frozen=True)
class Drawn:
    """What was drawn: the chart, its picture, and the files that were written."""

    chart: FlowChart
    svg: str
    files: tuple[Path, ...]

    def as_answer(self) -> Answer:
        """Returns it as a keyword gives it back."""
        nodes = [
            Answer({"id": one.id, "kind": one.kind, "text": one.text, "lane": one.lane, "line": one.line})
            for one in self.chart.nodes
        ]
        edges = [
            Answer({"source": one.source, "target": one.target, "label": one.label})
            for one in self.chart.edges
        ]
        files = [str(file) for file in self.files]
        return Answer({"nodes": nodes, "edges": edges, "mermaid": mermaid_of(self.chart), "files": files})


class Target:
    """Where the files go.

    ``folder`` is where relative paths are meant from; ``rasterise`` makes a PNG of an SVG with its width and height in px.
    """

    def __init__(
        self, folder: Path, outputs: Sequence[str], rasterise: Callable[[str, float, float], bytes]
    ) -> None:
        self.rasterise = rasterise
        self.files = [folder / name for name in _full_names(outputs)]


def _full_names(outputs: Sequence[str]) -> Iterator[str]:
    """Yields the names; an ending alone (``.bpmn``) is the first file's name with that ending.

    Raises:
        InputError: an ending is none of the formats.
    """
    for name in outputs:
        alone = name.lower() in FORMATS
        ending = name if alone else Path(name).suffix
        if ending.lower() not in FORMATS or (alone and outputs[0].startswith(".")):
            raise InputError(
                f"Expected output to name files that end in {', '.join(FORMATS)}, but found '{name}'; write it like chart.svg."
            )
        yield str(Path(outputs[0]).with_suffix(ending)) if alone else name


def given_path(path: str | None) -> Path:
    """Returns the path of a suite that a keyword was given.

    Raises:
        InputError: none was given.
    """
    if path is None or not path.strip():
        raise InputError("Expected the path of a suite, found none: give it, such as ${CURDIR}/tasks.robot.")
    return Path(path.strip())


def draw_flow_chart(
    runtime: Runtime,
    given: object,
    target: Target,
    *,
    prompt: str = "outline_procedure",
    language: str | None = None,
    scrub: Callable[[str], str] = str,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Drawn:
    """Returns what was drawn of a procedure.

    Raises:
        InputError: it is empty, a path, or contradicts itself; a file cannot be written; the library for layouts is missing.
        NeedsLanguageModel: it is no list that can be read without a model, and the engine is embedded.
        PageError: a PNG is wanted, and no browser is open.
        EngineError, AnswerError, BudgetExceeded, RecordingError: as `Runtime.ask`.
    """
    with runtime.step(STEP) as record:
        document = as_document("the procedure", given)
        # A document's blocks have lost their indentation; a text's own tells what stands under what.
        text = document.text if isinstance(given, Document) else str(given)
        code = language or detect_language(text)
        try:
            chart = parse_procedure(text, code)
            record.notes.append("The list was read by its own words; no engine was asked.")
        except UnreadableError as problem:
            record.notes.append(f"Not read without an engine: {problem}.")
            task = Task(
                ability="outline",
                prompt=prompt,
                inputs={"text": text},
                answer_type=_outlined(),
                language=code,
                parameters=options.parameters,
            )
            chart = _asked(runtime, task, document, record, options)
        record.notes.extend(chart.notes)
        drawn = _drawn(chart, target, scrub)
        record.answer = _summary(drawn)
        return drawn


def draw_suite(
    runtime: Runtime, read: Callable[[], FlowChart], target: Target, *, scrub: Callable[[str], str] = str
) -> Drawn:
    """Returns what was drawn of a Robot Framework suite or task, which ``read`` reads.

    Raises:
        InputError: as ``read`` does; a file cannot be written; the library for layouts is missing.
        PageError: a PNG is wanted, and no browser is open.
    """
    with runtime.step(SUITE_STEP) as record:
        chart = read()
        record.notes.extend(chart.notes)
        drawn = _drawn(chart, target, scrub)
        record.answer = _summary(drawn)
        return drawn


def _outlined() -> type[BaseModel]:
    from GenFlowLibrary.answers.outlined import Outlined  # noqa: PLC0415 - pydantic is loaded where an engine is asked

    return Outlined


def _asked(
    runtime: Runtime, task: Task, document: Document, record: StepRecord, options: Options
) -> FlowChart:
    from GenFlowLibrary.answers.outlined_chart import chart_of, fault_of_outline  # noqa: PLC0415

    terms = terms_of(task.language)

    def check(answer: BaseModel) -> str | None:
        return fault_of_outline(cast("Outlined", answer), document, terms)

    reply = runtime.ask(task, options, record, check=check)
    return chart_of(cast("Outlined", reply.answers[0]), document, terms, task.language or "en")


def _drawn(chart: FlowChart, target: Target, scrub: Callable[[str], str]) -> Drawn:
    chart = _scrubbed(chart, scrub)
    drawing = lay_out(chart)
    svg = svg_of(drawing)
    for file in target.files:
        _write(file, _content(file, drawing, svg, target))
    return Drawn(chart, svg, tuple(target.files))


def _scrubbed(chart: FlowChart, scrub: Callable[[str], str]) -> FlowChart:
    """Returns a chart without known secrets, before its texts are escaped: a placeholder has characters that mean something."""
    nodes = (
        replace(node, text=scrub(node.text), lane=scrub(node.lane), source=scrub(node.source))
        for node in chart.nodes
    )
    edges = (replace(edge, label=scrub(edge.label)) for edge in chart.edges)
    return replace(chart, nodes=tuple(nodes), edges=tuple(edges), title=scrub(chart.title))


def _content(file: Path, drawing: Drawing, svg: str, target: Target) -> bytes:
    kind = file.suffix.lower()
    if kind == ".png":
        return target.rasterise(svg, drawing.width, drawing.height)
    if kind == ".svg":
        return svg.encode()
    return (bpmn_of(drawing) if kind == ".bpmn" else mermaid_of(drawing.chart)).encode()


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as problem:
        raise InputError(
            f"Expected to write the flow chart to '{file}', but it cannot be written ({problem.strerror}); choose another place."
        ) from None


def _summary(drawn: Drawn) -> dict[str, object]:
    kinds = [node.kind for node in drawn.chart.nodes]
    return {
        "steps": kinds.count("step"),
        "decisions": kinds.count("decision"),
        "lanes": list(drawn.chart.lanes),
        "files": [file.name for file in drawn.files],
    }

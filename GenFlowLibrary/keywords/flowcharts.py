"""Keywords that draw flow charts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from robot.api.deco import keyword

from GenFlowLibrary.answers.answer import Answer
from GenFlowLibrary.keywords.component import KeywordComponent, ask_options, names
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.rf.secrets import refuse_secrets

if TYPE_CHECKING:
    from GenFlowLibrary.steps.draw_flow_chart import Target


class FlowChartKeywords(KeywordComponent):
    """Draw Flow Chart, Draw Flow Chart Of Suite."""

    @keyword
    def draw_flow_chart(
        self,
        procedure: object,
        *,
        output: list[str] | str | None = None,
        language: str | None = None,
        prompt: str = "outline_procedure",
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
    ) -> Answer:
        r"""Draws a flow chart of a written procedure: into log.html, and into the files you name.

        Args:
            procedure: The procedure as a text, or a document of [Read Document].
            output: Files to write, with commas between them: `.svg`, `.png`, `.mmd` (Mermaid), `.bpmn` (BPMN 2.0 for process modellers).
              `chart.svg, .bpmn` writes `chart.svg` and `chart.bpmn`. Relative paths are meant from the output directory.
            language: Code of the language it is written in, such as `de`. By default it is found out.
            prompt: Name of your own prompt file for this step.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of inputs whose values are personal, here `text`, see [Redaction].

        Returns:
            The chart: `${chart.nodes}` with `id`, `kind` (`start`, `step`, `decision`, `end`), `text`, `lane` and `line` of each,
            `${chart.edges}` with `source`, `target` and `label`, `${chart.mermaid}` as Mermaid text, and `${chart.files}` that were
            written.

        A numbered or bulleted list in English, German or Chinese needs no model: `if`, `otherwise`, `go to step 3`, `repeat steps 2 to 4
        until`, `for each`, `while` and `end` say what follows what, a question is answered by `Yes:` and `No:` under it, and
        `[Warehouse]` before a step, or a heading between steps, gives the lane. What is not clear is not guessed: the step then asks
        the language model, and on the embedded engine it fails and names the line. So does a procedure that goes to a step that is not
        there, or has a step that is never reached.

        Prose needs a language model. Each of its steps must quote the procedure and say no more than that.

        Needs `pip install "robotframework-genflow[flowcharts]"`; `.png` also needs an open browser, which draws it.

        Examples:
        ```robotframework
        *** Tasks ***
        Draw How Refunds Are Paid
            VAR    ${procedure}    SEPARATOR=\n
            ...    1. Check the parcel.
            ...    2. If it is damaged: take a photo and go to step 4.
            ...    3. Ask the customer for the reason.
            ...    4. Pay the refund.
            ${chart} =    Draw Flow Chart    ${procedure}    output=refund.svg, .bpmn
            Log    ${chart.mermaid}
        ```
        """
        from GenFlowLibrary.rf.chart_block import log_chart  # noqa: PLC0415 - a step is loaded by the first that runs
        from GenFlowLibrary.steps.draw_flow_chart import draw_flow_chart  # noqa: PLC0415

        refuse_secrets({"procedure": procedure})
        drawn = draw_flow_chart(
            self.library.runtime,
            procedure,
            self._target(output),
            prompt=prompt,
            language=language,
            scrub=self.library.secrets.scrub,
            options=ask_options(engine, model=model, personal=personal),
        )
        log_chart(drawn.svg)
        return drawn.as_answer()

    @keyword
    def draw_flow_chart_of_suite(
        self,
        path: str | None,
        *,
        task: str | None = None,
        depth: int = 0,
        output: list[str] | str | None = None,
    ) -> Answer:
        """Draws a flow chart of a Robot Framework suite, or of one of its tasks, without running it.

        Args:
            path: Path of the `.robot` file.
            task: Name of one task. By default all, one after the other, each in a lane of its own.
            depth: How deep user keywords are opened: 0 draws each as one step, 1 opens those that the task calls, and so on.
            output: Files to write, as in [Draw Flow Chart].

        Returns:
            The chart, as in [Draw Flow Chart]; `line` is the line of the `.robot` file.

        Keywords are steps. `IF`, `FOR`, `WHILE` and `TRY` are decisions, `RETURN`, `BREAK`, `CONTINUE` and `Fail` go where they go. A
        [Decide Next Action] is a decision with a branch for each option; an `IF` right behind it that compares its answer with options
        gives the branches what they do. Where in a `TRY` something fails is not drawn. User keywords of the same file are opened,
        and those of resource files whose path holds no variables but `${CURDIR}`.

        Examples:
        ```robotframework
        *** Tasks ***
        Draw This Suite
            ${chart} =    Draw Flow Chart Of Suite    ${SUITE SOURCE}    output=suite.svg
            Should Be Equal    ${chart.nodes}[0][kind]    start
        ```
        """
        from GenFlowLibrary.rf.chart_block import log_chart  # noqa: PLC0415
        from GenFlowLibrary.rf.suite_chart import suite_chart  # noqa: PLC0415
        from GenFlowLibrary.steps.draw_flow_chart import draw_suite, given_path  # noqa: PLC0415

        drawn = draw_suite(
            self.library.runtime,
            lambda: suite_chart(given_path(path), task, depth=depth),
            self._target(output),
            scrub=self.library.secrets.scrub,
        )
        log_chart(drawn.svg)
        return drawn.as_answer()

    def _target(self, output: list[str] | str | None) -> Target:
        from GenFlowLibrary.rf.context import current  # noqa: PLC0415
        from GenFlowLibrary.rf.svg_picture import png_of  # noqa: PLC0415
        from GenFlowLibrary.steps.draw_flow_chart import Target  # noqa: PLC0415

        folder = current().output_folder or Path.cwd()
        return Target(folder, names(output), png_of)

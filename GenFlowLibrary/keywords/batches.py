"""Keywords over many rows at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from robot.api import logger
from robot.api.deco import keyword

from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.rf.secrets import refuse_secrets


class BatchKeywords(KeywordComponent):
    """Generate For Each."""

    @keyword
    def generate_for_each(
        self,
        rows: Any,
        instruction: str | None = None,
        *,
        output: Path | None = None,
        prompt: str | None = None,
        schema: list[str] | str | None = None,
        column: str | None = None,
        key: str | None = None,
        concurrency: int = 4,
        within: timedelta | None = None,
        repeat_failed: bool = False,
        language: str | None = None,
        engine: EngineName | None = None,
        model: str | None = None,
        temperature: float | None = None,
        max_tokens: int | None = None,
        personal: list[str] | str | None = None,
        table: str | None = None,
        head: int | None = None,
        encoding: str | None = None,
    ) -> Any:
        """Asks one prompt for each row of a table, several at once, and writes the answers into a file.

        Args:
            rows: The rows, as [Read Table] returns them, or the path of a CSV, Excel or JSON Lines file.
            instruction: What to write for each row, in your own words; its columns are the facts. Needs a language model.
            output: The file to write, `.csv` or `.jsonl`.
            prompt: Name of a prompt file instead of an instruction; its inputs are filled from the columns of the same names.
            schema: Fields to take out of each row instead of writing a text, as in [Extract Data]: a list, or a text with a line each.
            column: The column that holds the text to take them out of. By default the whole row is.
            key: The column that tells rows apart. By default their whole content does.
            concurrency: How many rows are asked at once, 1 to 64. The embedded engine works through them one by one.
            within: The time that it may take altogether. No limit unless set.
            repeat_failed: Whether rows are asked again that failed in an earlier run for what they say.
            language: Code of the language to write in, as in [Generate Text].
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            temperature: Sampling temperature. Not sent unless set.
            max_tokens: Longest answer in tokens. Not sent unless set.
            personal: Names of columns whose values are personal, see [Redaction].
            table: Name of the sheet or table, or its number, where the file has several.
            head: Number of the row with the names of the columns. By default the first that is not empty.
            encoding: In which encoding the file is written. UTF-8 for CSV and JSON Lines unless given.

        Returns:
            What came of it: `${done.rows}`, `${done.succeeded}`, `${done.failed}`, of these `${done.business}` for what the row says and
            `${done.application}` for the engine, `${done.from_before}` rows that an earlier run had answered, `${done.output}`, and
            `${done.failures}`, the first hundred, each with `row`, `kind` and `error`.

        The output has the rows in their order: their columns, the answer (`answer`, or `answer.NAME` for each field of a schema),
        `answer.status` (`done`, `business` or `application`) and `answer.error`. A row that fails does not stop the others.

        Beside the output lies a journal, `OUTPUT.journal`. When the run was ended, by its timeout, by Ctrl-C, by a limit of the budget or
        because the machine went down, the same keyword goes on where it was: no answered row is asked again, and the output is written
        anew from the journal. Rows that the engine failed are asked again then. With another prompt, schema or parameters it refuses to go
        on, so that two kinds of answers do not mix: name another output, or delete the journal. Journal and output hold your rows'
        answers as they are: treat them like the table.

        A server that is asked too often slows the whole batch down; it then goes as fast as the server takes. When the engine fails with
        many rows in a row, the batch ends, for the next would fare no better.

        A CSV or JSON Lines file is read as it is worked on, and may have any number of rows; the other kinds are read whole.

        Examples:
        ```robotframework
        *** Tasks ***
        Read All Complaints
            ${schema} =    Create List    order_no: str | None (like GF-10442)    amount: Decimal | None
            ${done} =    Generate For Each    ${CURDIR}/complaints.csv    schema=${schema}    column=text
            ...    output=${OUTPUT_DIR}/complaints_read.csv    concurrency=8    within=1 hour
            Should Be Equal As Integers    ${done.failed}    0

        Thank All Customers
            ${customers} =    Read Table    ${CURDIR}/customers.xlsx
            Generate For Each    ${customers}    Thank the customer for the order in two friendly sentences.
            ...    output=${OUTPUT_DIR}/thanks.jsonl    key=Customer number    engine=openai
        ```
        """
        from GenFlowLibrary.rf.progress import ConsoleProgress  # noqa: PLC0415 - as the steps, by the first that runs
        from GenFlowLibrary.steps.for_each.outcome import Manner  # noqa: PLC0415
        from GenFlowLibrary.steps.for_each.question import make_question  # noqa: PLC0415
        from GenFlowLibrary.steps.for_each.rows import open_rows  # noqa: PLC0415
        from GenFlowLibrary.steps.for_each.run import STEP, for_each  # noqa: PLC0415

        refuse_secrets({"rows": rows, "instruction": instruction})
        runtime = self.library.runtime
        options = ask_options(
            engine, model=model, temperature=temperature, max_tokens=max_tokens, personal=personal
        )
        done = for_each(
            runtime,
            open_rows(rows, table=table, head=head, encoding=encoding),
            make_question(
                runtime,
                instruction=instruction or "",
                prompt=prompt,
                schema=schema if isinstance(schema, str) else "\n".join(schema or ()),
                column=column,
                language=language,
                options=options,
            ),
            output,
            manner=Manner(concurrency, within.total_seconds() if within else None, key, repeat_failed),
            options=options,
            progress=ConsoleProgress(STEP),
        )
        logger.info(str(done))
        return done

"""What a batch asks of each row: a text after an instruction or a prompt file, or facts by a schema.

row -> Generate Text (columns are facts) | Extract Data (a column, or the whole row, is the text) -> answer as plain data
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.errors import InputError, PromptError
from GenFlowLibrary.steps.extract import take_out
from GenFlowLibrary.steps.generate import FREE_PROMPT, write
from GenFlowLibrary.steps.runtime import Options, Runtime, plain
from GenFlowLibrary.trace.plain import plain as as_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.answers.schema import AnswerSchema
    from GenFlowLibrary.steps.for_each.rows import Row
    from GenFlowLibrary.trace.record import StepRecord

EXTRACT_PROMPT = "extract_data"


class Question(Protocol):
    """What is asked of each row."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the answer's facts; none where the answer is a text."""

    @property
    def words(self) -> dict[str, Any]:
        """What makes it this question, by what messages call it."""

    def check(self, columns: Sequence[str]) -> None:
        """Sees to it that rows with these columns can be asked.

        Raises:
            InputError: a column is missing.
        """

    def ask(self, row: Row, record: StepRecord) -> Any:
        """Returns the answer for a row as plain data.

        Raises:
            GenFlowError: as `Runtime.ask`.
        """


def make_question(
    runtime: Runtime,
    *,
    instruction: str = "",
    prompt: str | None = None,
    schema: str = "",
    column: str | None = None,
    language: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Question:
    """Returns the question that a batch's arguments put.

    Raises:
        InputError: there is none, or two.
        PromptError: the prompt file is unknown or broken.
        SchemaError: the schema cannot be parsed.
    """
    if schema.strip():
        if instruction.strip():
            raise InputError(
                "Expected an instruction or a schema, but found both; put what the fields mean into their descriptions in the schema."
            )
        return _FactsQuestion(runtime, parse_schema(schema), prompt or EXTRACT_PROMPT, column, options)
    if not instruction.strip() and not prompt:
        raise InputError(
            "Expected an instruction, prompt= with the name of a prompt file, or schema=, but found none; say what to do with each row."
        )
    if column is not None:
        raise InputError(
            f"Expected column= together with schema= alone, but found column='{column}' without one; leave it out."
        )
    return _TextQuestion(runtime, instruction, prompt or FREE_PROMPT, language, options)


@dataclass(frozen=True)
class _TextQuestion:
    runtime: Runtime
    instruction: str
    prompt: str
    language: str | None
    options: Options
    fields: tuple[str, ...] = field(default=(), init=False)

    @property
    def words(self) -> dict[str, Any]:
        return {
            **_prompt_words(self.runtime, self.prompt),
            "the instruction": self.instruction.strip(),
            "the language": self.language,
            "the parameters": _parameters(self.options),
        }

    def check(self, columns: Sequence[str]) -> None:
        if self.prompt == FREE_PROMPT:
            return
        wanted = self._wanted()
        missing = [name for name, optional in wanted.items() if not optional and name not in columns]
        if missing:
            raise PromptError(
                f"Expected a column for each input of the prompt file '{self.prompt}', but {', '.join(missing)} "
                f"{'is' if len(missing) == 1 else 'are'} missing among {', '.join(columns)}; rename a column or add it."
            )

    def ask(self, row: Row, record: StepRecord) -> Any:
        filled = {name: cell for name, cell in row.items() if cell is not None}
        if self.prompt == FREE_PROMPT:
            facts = filled
        else:
            wanted = self._wanted()
            facts = {name: cell for name, cell in filled.items() if name in wanted}
        return write(
            self.runtime,
            self.instruction,
            facts,
            record,
            prompt=self.prompt,
            language=self.language,
            options=self.options,
        )

    def _wanted(self) -> dict[str, bool]:
        """Returns the prompt file's inputs that are columns, and whether each may be missing."""
        inputs = self.runtime.prompts.get(self.prompt).inputs
        given = ("instruction",) if self.instruction.strip() else ()
        return {name: declared.optional for name, declared in inputs.items() if name not in given}


@dataclass(frozen=True)
class _FactsQuestion:
    runtime: Runtime
    schema: AnswerSchema
    prompt: str
    column: str | None
    options: Options

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.schema.fields)

    @property
    def words(self) -> dict[str, Any]:
        return {
            **_prompt_words(self.runtime, self.prompt),
            "the schema": [str(each) for each in self.schema.fields],
            "the column": self.column,
            "the parameters": _parameters(self.options),
        }

    def check(self, columns: Sequence[str]) -> None:
        if self.column is not None and self.column not in columns:
            raise InputError(
                f"Expected column= to be one of {', '.join(columns)}, but it is '{self.column}'; correct that name."
            )

    def ask(self, row: Row, record: StepRecord) -> Any:
        if self.column is None:
            text = "\n".join(f"{name}: {cell}" for name, cell in row.items() if cell is not None)
        else:
            cell = row.get(self.column)
            text = "" if cell is None else str(cell)
        facts = take_out(self.runtime, text, self.schema, record, prompt=self.prompt, options=self.options)
        return as_plain(plain(facts), str)


def _prompt_words(runtime: Runtime, name: str) -> dict[str, Any]:
    prompt_file = runtime.prompts.get(name)
    return {"the prompt file": [name, prompt_file.version, prompt_file.digest]}


def _parameters(options: Options) -> dict[str, Any]:
    return {name: value for name, value in options.parameters.given().items() if name != "model"}

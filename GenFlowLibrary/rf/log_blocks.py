"""The step record as a block in log.html: what was asked and answered at a glance, the prompt folded."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.api import logger

from GenFlowLibrary.core.characters import writable

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template

    from GenFlowLibrary.core.outcome import FieldStatus, FillOutcome
    from GenFlowLibrary.trace.record import StepRecord

_SIGNS: dict[FieldStatus, str] = {
    "filled": "✔ filled",
    "unchanged": "✔ held it already",
    "mismatch": "✘ holds something else",
    "unresolved": "✘ no field found",
    "rejected": "✘ value refused",
    "empty": "✘ left empty",
    "untouched": "– not filled",
}


class LogSink:
    """Writes every step record into the keyword's messages. ``scrub`` takes known secrets out of the finished block."""

    def __init__(self, scrub: Callable[[str], str]) -> None:
        self._scrub = scrub

    def write(self, record: StepRecord) -> None:
        """Logs the record as HTML at INFO level; not the parts of a step, of which a batch has thousands."""
        if record.whole is not None:
            return
        logger.info(writable(self._scrub(render_block(record))), html=True)

    def close(self) -> None:
        """Nothing is kept open."""


def render_block(record: StepRecord) -> str:
    """Returns the HTML of a step record. All texts in it are escaped."""
    completions = [exchange.completion for exchange in record.exchanges if exchange.completion]
    return _template().render(
        record=record,
        completion=completions[-1] if completions else None,
        usage=record.usage,
        answer=_answer_rows(record.answer),
        form=record.table,
        rows=_form_rows(record.table),
        schema=_schema_text(record),
    )


def _answer_rows(answer: Any) -> list[tuple[str, str]]:
    if answer is None:
        return []
    if isinstance(answer, dict):
        return [(str(name), _shown(str(name), value)) for name, value in answer.items()]
    if isinstance(answer, list):
        return [(str(number), str(value)) for number, value in enumerate(answer, 1)]
    return [("", str(answer))]


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "not measured" if name == "confidence" else "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _form_rows(outcome: FillOutcome | None) -> list[tuple[int, str, str, str, str, str, bool]]:
    if outcome is None:
        return []
    return [
        (
            row.page,
            row.key,
            row.field,
            row.wanted,
            row.found,
            f"{_SIGNS[row.status]}{', ' + row.how if row.how else ''}",
            row.ok,
        )
        for row in outcome.fields
    ]


def _schema_text(record: StepRecord) -> str:
    schema = record.exchanges[0].prompt.schema if record.exchanges else None
    return json.dumps(schema, indent=1, ensure_ascii=False) if schema else ""


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - loaded by the first step that is logged

    source = Path(__file__).with_name("log_block.html").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)

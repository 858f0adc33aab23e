"""Redaction by the run's settings: of prompts, and of what a step keeps.

settings + detectors -> Redactor -> a `Redaction` for each request
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.policy.personal import is_personal, personal_values
from GenFlowLibrary.policy.redaction import Redaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.core.settings import RedactionMode
    from GenFlowLibrary.policy.detecting import Detector
    from GenFlowLibrary.trace.record import StepRecord


class Redactor:
    """Redacts prompts by the run's settings.

    Args:
        mode: ``off`` leaves everything as it is; ``required`` stops a call whose personal data cannot be replaced.
        detectors: What finds personal data in texts, the surest first.
        personal: Names of inputs whose values are personal, at any depth.
    """

    def __init__(
        self,
        mode: RedactionMode = "off",
        detectors: Sequence[Detector] = (),
        personal: Sequence[str] = (),
    ) -> None:
        self.mode = mode
        self.personal = tuple(personal)
        self._detectors = tuple(detectors)

    def redact(self, prompt: Prompt, personal: Sequence[str] = ()) -> Redaction:
        """Returns the redaction of one request; ``personal`` are more names for this request alone.

        Raises:
            InputError: redaction is required, and something personal would go out as it is.
        """
        if self.mode == "off":
            return Redaction(prompt)
        names = (*self.personal, *personal)
        redaction = Redaction(
            prompt, self._detectors, names, list(personal_values(prompt.inputs, names)), redacts=True
        )
        left = redaction.left_over()
        if left and self.mode == "required":
            raise InputError(
                f"Expected to replace everything personal before it goes out, for redaction=required is set, but {left[0]}; "
                "leave it out or write it in full."
            )
        redaction.notes.extend(f"Not redacted: {what}." for what in left)
        return redaction

    def conceal(self, record: StepRecord) -> None:
        """Sees to it that a step record is handed on without personal data, also that of a step that asked no engine."""
        if self.mode == "off":
            return
        rows = record.table.fields if record.table else ()
        data = {row.key: [row.wanted, row.found] for row in rows}
        values = list(personal_values(data, self.personal))
        redaction = Redaction(None, self._detectors, self.personal, values, redacts=True)
        record.conceal_with(redaction.hide_rest)
        if record.table:
            marked = tuple(
                replace(
                    row,
                    wanted=redaction.placeholder(row.key, row.wanted),
                    found=redaction.placeholder(row.key, row.found),
                )
                if is_personal(row.key, self.personal)
                else row
                for row in rows
            )
            record.table = replace(record.table, fields=marked)

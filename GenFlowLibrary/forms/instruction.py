"""A value that is to be written: an instruction (``Describe the damage in two sentences``) in the place of a text.

what to write -> `Instruction` among the data -> (an engine, elsewhere) -> checked texts

An instruction is given apart from the data. No text of the data is ever taken for one, whatever it says: the data may be a stranger's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Instruction:
    """What to write into a field. It is no text to be typed: whoever shows it by mistake shows that it is one."""

    text: str

    def __str__(self) -> str:
        return f"(to be written: {self.text})"


def instructions(write: Mapping[str, object], data: Mapping[str, object]) -> dict[str, Instruction]:
    """Returns the instructions of a call by the names of their fields; ``data`` are the values of the same call.

    Raises:
        InputError: an instruction is no text or blank, or a name has a value as well.
    """
    for key, text in write.items():
        if not isinstance(text, str) or not text.strip():
            raise InputError(
                f"Expected in write= what to write into '{key}', found {'nothing' if text in (None, '') else repr(text)}: say it in words, "
                "such as Describe the damage in two sentences."
            )
        if key in data:
            raise InputError(
                f"Expected either a value for '{key}' or an instruction in write=, found both: remove one of them."
            )
    return {key: Instruction(str(text).strip()) for key, text in write.items()}


def without_instructions(data: Mapping[str, object]) -> dict[str, object]:
    """Returns data for the matcher, which looks at what fields could take a value: nobody knows yet what an instruction comes to."""
    return {key: None if isinstance(value, Instruction) else value for key, value in data.items()}

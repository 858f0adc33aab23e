"""Answers kept in a file, to be replayed without an engine.

    prompt -> key (prompt file, schema, inputs, parameters, language) -> the line with that key -> Completion

One JSON Lines file a suite, one line a completion, written to be read, reviewed and edited by people. The
model is not part of the key: what one model answered is replayed whichever model is set.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import RecordingError
from GenFlowLibrary.trace.jsonl import append_line
from GenFlowLibrary.trace.plain import Scrub, canonical, plain

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.core.settings import RecordingMode

RECORD_COMMAND = "GENFLOW_RECORDING=record robot ..."
"""How to record: settings are read from the environment."""


@dataclass(frozen=True)
class Question:
    """What makes a recorded answer the answer to a prompt. Secrets appear in it by placeholder."""

    prompt: str
    version: str
    digest: str
    schema: str | None
    inputs: Any
    parameters: Any
    language: str | None

    @classmethod
    def of(cls, prompt: Prompt, scrub: Scrub) -> Question:
        """Returns the question a prompt asks. ``schema`` is the digest of the answer's JSON Schema."""
        parameters = {name: value for name, value in prompt.parameters.given().items() if name != "model"}
        return cls(
            prompt=prompt.name,
            version=prompt.version,
            digest=prompt.digest,
            schema=None if prompt.answer_type is None else _schema_digest(prompt.answer_type),
            inputs=plain(prompt.inputs, scrub),
            parameters=plain(parameters, scrub),
            language=prompt.language,
        )

    @property
    def key(self) -> str:
        """SHA-256 of the question in canonical JSON."""
        return _digest(vars(self))

    def difference(self, recorded: Question) -> str:
        """Returns in words why this is not the question that was recorded."""
        if self.inputs != recorded.inputs:
            return "it was recorded with other inputs only"
        if (self.version, self.digest) != (recorded.version, recorded.digest):
            return "the prompt file was changed since"
        if self.schema != recorded.schema:
            return "what the answer must look like (its fields or options) was changed since"
        if self.parameters != recorded.parameters:
            return "its parameters were changed since"
        return f"it was recorded for the language '{recorded.language or 'none'}' only"


class Recording:
    """The recorded answers of one suite.

    Args:
        file: The JSON Lines file; made with the first answer that is kept.
        mode: ``record`` keeps and never finds, ``replay`` finds and never keeps, ``auto`` does both, ``off``
            neither.
        scrub: Takes known secrets out of whatever is written.
    """

    def __init__(self, file: Path, mode: RecordingMode, scrub: Scrub) -> None:
        self.file = file
        self.mode = mode
        self._notes: dict[str, bool] = {}  # whether each was told
        self._scrub = scrub
        self._entries: dict[str, tuple[Question, Completion]] = {}
        self._size = 0
        self._read = 0
        self._lines = 0

    def find(self, prompt: Prompt) -> Completion | None:
        """Returns the completion recorded for a prompt, ``None`` where an engine is to be asked.

        Raises:
            RecordingError: there is none and ``mode`` is ``replay``, or the file cannot be read.
        """
        if self.mode in ("off", "record"):
            return None
        self._catch_up()
        question = Question.of(prompt, self._scrub)
        entry = self._entries.get(question.key)
        if entry is not None:
            return entry[1]
        if self.mode == "auto":
            return None
        raise RecordingError(
            f"Expected a recorded answer for the prompt '{prompt.name}' in '{self.file}', "
            f"but {self._why_not(question)}; record it with: {RECORD_COMMAND}"
        )

    def keep(self, prompt: Prompt, completion: Completion) -> None:
        """Appends a completion. Where the same prompt was recorded before, the later line counts.

        Raises:
            RecordingError: the file cannot be written.
        """
        if self.mode in ("off", "replay"):
            return
        question = Question.of(prompt, self._scrub)
        line = {
            "key": question.key,
            **vars(question),
            "engine": completion.engine,
            "model": completion.model,
            "texts": plain(completion.texts, self._scrub),
            "finish_reason": completion.finish_reason,
            "usage": vars(completion.usage),
            "confidence": completion.confidence,
            "recorded": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        }
        try:
            append_line(self.file, line)
        except OSError as problem:
            raise RecordingError(
                f"Expected to write the recording '{self.file}', but {problem.strerror or problem}; "
                "make room for it or set another folder with recordings."
            ) from None

    def take_notes(self) -> list[str]:
        """Returns, once, the sentences about what was odd in the file."""
        new = [note for note, told in self._notes.items() if not told]
        self._notes.update(dict.fromkeys(new, True))
        return new

    def _why_not(self, question: Question) -> str:
        if not self.file.exists():
            return "that file is not there"
        same_prompt = [
            recorded for recorded, _ in self._entries.values() if recorded.prompt == question.prompt
        ]
        same_inputs = [recorded for recorded in same_prompt if recorded.inputs == question.inputs]
        closest = (same_inputs or same_prompt)[-1:]
        return question.difference(closest[0]) if closest else "it has none for that prompt"

    def _catch_up(self) -> None:
        """Reads what any process appended since, and the whole file where it was written anew."""
        try:
            size = self.file.stat().st_size if self.file.exists() else 0
            if size < self._size:
                self._entries, self._read, self._lines = {}, 0, 0
            if size == self._size:
                return
            with self.file.open("rb") as stream:
                stream.seek(self._read)
                appended = stream.read()
        except OSError as problem:
            raise RecordingError(
                f"Expected to read the recording '{self.file}', but {problem.strerror or problem}; "
                "correct its permissions."
            ) from None
        # The last piece is empty, or a line without a newline: an editor leaves such, and a process that dies.
        # It is read again when more has come.
        pieces = appended.split(b"\n")
        for number, line in enumerate(pieces, self._lines + 1):
            self._take(line, number)
        # Only now: after a damaged line the next call is to fail as this one did.
        self._size = self._read + len(appended)
        self._read = self._size - len(pieces[-1])
        self._lines += len(pieces) - 1

    def _take(self, line: bytes, number: int) -> None:
        text = line.decode("utf-8-sig", "replace").strip()
        if not text:
            return
        try:
            data = json.loads(text)
        except RecursionError:
            raise self._damaged(number, "it is nested too deeply") from None
        except ValueError as broken:
            if _is_cut_off(text, broken):
                note = f"Line {number} of '{self.file}' was cut off while it was written, and is ignored."
                self._notes.setdefault(note, False)
                return
            raise self._damaged(number, "it is not JSON") from None
        try:
            question, completion, key = _read_entry(data)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self._damaged(number, "its fields are not those of a recorded answer") from None
        self._entries[key] = (question, completion)

    def _damaged(self, number: int, found: str) -> RecordingError:
        return RecordingError(
            f"Expected a recorded answer in line {number} of '{self.file}', but {found}; "
            "correct or delete that line."
        )


@lru_cache(maxsize=256)
def _schema_digest(answer_type: type[BaseModel]) -> str:
    return _digest(answer_type.model_json_schema())[:16]


def _digest(data: Any) -> str:
    return hashlib.sha256(canonical(data).encode("utf-8", "backslashreplace")).hexdigest()


def _is_cut_off(text: str, broken: ValueError) -> bool:
    """Whether a line lacks its end, which is a brace, as when the process that wrote it died."""
    return not text.endswith("}") or (isinstance(broken, json.JSONDecodeError) and broken.pos >= len(text))


def _read_entry(data: dict[str, Any]) -> tuple[Question, Completion, str]:
    """Returns what a line holds. Only the key and the texts must be there; people may have edited the rest.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is not a recorded answer.
    """
    texts = tuple(data["texts"])
    if not isinstance(data["texts"], list) or not texts or not all(isinstance(text, str) for text in texts):
        raise TypeError
    asked: dict[str, Any] = {field.name: data.get(field.name) for field in fields(Question)}
    confidence = data.get("confidence")
    completion = Completion(
        texts=texts,
        engine=str(data.get("engine", "recording")),
        model=str(data.get("model", "")),
        finish_reason=str(data.get("finish_reason", "stop")),
        usage=Usage(**{name: int(value) for name, value in (data.get("usage") or {}).items()}),
        confidence=None if confidence is None else float(confidence),
        from_recording=True,
    )
    return Question(**asked), completion, str(data["key"])

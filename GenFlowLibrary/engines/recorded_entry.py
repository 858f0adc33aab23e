"""A line of a recording: what was asked, what came, and whether a person has changed it since.

    prompt -> key (prompt file, schema, inputs, parameters, language) -> one line of JSON -> Completion

The model is not part of the key: what one model answered is replayed whichever model is set.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.trace.plain import Scrub, canonical, plain

if TYPE_CHECKING:
    from pydantic import BaseModel

    from GenFlowLibrary.core.prompt import Prompt


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

    def difference(self, recorded: Entry, answer: dict[str, str] | None) -> str:
        """Returns in words why this is not the question that was recorded; ``answer`` is what the answer must look like now."""
        was = recorded.question
        if self.inputs != was.inputs:
            return f"it was recorded with other inputs only{_which_inputs(self.inputs, was.inputs)}"
        if self.version != was.version:
            return (
                f"the prompt file has version {self.version} now, and was recorded with version {was.version}"
            )
        if self.digest != was.digest:
            return "the prompt file was changed since"
        if self.schema != was.schema:
            changed = _changes(recorded.answer, answer)
            return f"what the answer must look like (its fields or options) was changed since{changed}"
        if self.parameters != was.parameters:
            return "its parameters were changed since"
        return f"it was recorded for the language '{was.language or 'none'}' only"


@dataclass(frozen=True)
class Entry:
    """A recorded answer. ``answer`` says what it had to look like; ``edited`` that a person changed its texts."""

    key: str
    question: Question
    completion: Completion
    answer: dict[str, str] | None = None
    edited: bool = False
    recorded: str = ""


def write_entry(prompt: Prompt, completion: Completion, scrub: Scrub) -> dict[str, Any]:
    """Returns the line that keeps a completion, as plain data without secrets."""
    question = Question.of(prompt, scrub)
    texts = plain(completion.texts, scrub)
    return {
        "key": question.key,
        **vars(question),
        "answer": answer_fields(prompt),
        "engine": completion.engine,
        "model": completion.model,
        "texts": texts,
        "kept": _digest(texts)[:16],
        "finish_reason": completion.finish_reason,
        "usage": vars(completion.usage),
        "confidence": completion.confidence,
        "recorded": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    }


def read_entry(data: dict[str, Any]) -> Entry:
    """Returns what a line holds. Only the key and the texts must be there; people may have edited the rest.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is not a recorded answer.
    """
    texts = tuple(data["texts"])
    if not isinstance(data["texts"], list) or not texts or not all(isinstance(text, str) for text in texts):
        raise TypeError
    asked: dict[str, Any] = {field.name: data.get(field.name) for field in fields(Question)}
    confidence, kept, answer = data.get("confidence"), data.get("kept"), data.get("answer")
    completion = Completion(
        texts=texts,
        engine=str(data.get("engine", "recording")),
        model=str(data.get("model", "")),
        finish_reason=str(data.get("finish_reason", "stop")),
        usage=Usage(**{name: int(value) for name, value in (data.get("usage") or {}).items()}),
        confidence=None if confidence is None else float(confidence),
        from_recording=True,
    )
    return Entry(
        str(data["key"]),
        Question(**asked),
        completion,
        answer if isinstance(answer, dict) else None,
        edited=kept is not None and kept != _digest(data["texts"])[:16],
        recorded=str(data.get("recorded", "")),
    )


def is_cut_off(text: str, broken: ValueError) -> bool:
    """Whether a line lacks its end, which is a brace, as when the process that wrote it died."""
    return not text.endswith("}") or (isinstance(broken, json.JSONDecodeError) and broken.pos >= len(text))


def answer_fields(prompt: Prompt) -> dict[str, str] | None:
    """Returns the fields that an answer must have, each with its kind in short, ``None`` for free text."""
    schema = prompt.schema
    if schema is None:
        return None
    return {
        name: canonical({key: value for key, value in field.items() if key not in ("title", "description")})
        for name, field in schema.get("properties", {}).items()
    }


def _changes(was: dict[str, str] | None, now: dict[str, str] | None) -> str:
    if was is None or now is None:
        return ""
    news = [f"'{name}' is new" for name in now if name not in was]
    gone = [f"'{name}' is gone" for name in was if name not in now]
    other = [f"'{name}' is of another kind" for name in now if name in was and now[name] != was[name]]
    return f": {', '.join([*news, *gone, *other][:5])}" if news or gone or other else ""


def _which_inputs(now: Any, was: Any) -> str:
    """Returns the names of the inputs that differ; what they are now is nobody's business in a message."""
    if not (isinstance(now, dict) and isinstance(was, dict)):
        return ""
    names = [name for name in {**now, **was} if now.get(name) != was.get(name)]
    return f" ({', '.join(names[:5])})"


@lru_cache(maxsize=256)
def _schema_digest(answer_type: type[BaseModel]) -> str:
    return _digest(answer_type.model_json_schema())[:16]


def _digest(data: Any) -> str:
    return hashlib.sha256(canonical(data).encode("utf-8", "backslashreplace")).hexdigest()

"""Redaction: personal data leaves this machine, and is kept in files, as placeholders only.

    prompt -> values marked personal + detectors -> prompt with placeholders -> recording, engine, trace
    answer with placeholders -> no placeholder that is none of ours -> answer with the values back

What is redacted is what a model sees, the recording and the trace. What Robot Framework itself logs of a keyword's
arguments is not in this library's hands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.policy.detecting import WORD, Detector, Finding, find_all
from GenFlowLibrary.policy.personal import (
    PersonalValue,
    PersonalWords,
    is_personal,
    kind_of,
    remainder,
    written_forms,
)
from GenFlowLibrary.policy.placeholders import LITERAL, LOOK_ALIKE, Placeholders, in_json
from GenFlowLibrary.trace.plain import canonical, plain

if TYPE_CHECKING:
    from GenFlowLibrary.core.prompt import Prompt

_OURS, _KNOWN = "", "PERSONAL"
"""Kinds of findings that get no placeholder, for they are one, or have one."""


class Redaction:
    """One request without its personal data, and the way back. Made by `Redactor.redact` (policy/redactor.py).

    ``notes`` are sentences for the log.
    """

    def __init__(
        self,
        original: Prompt | None,
        detectors: Sequence[Detector] = (),
        names: Sequence[str] = (),
        personal: Sequence[PersonalValue] = (),
        *,
        redacts: bool = False,
    ) -> None:
        self.notes: list[str] = []
        self._original = original
        self._redacts = redacts
        self._names = tuple(names)
        self._language = original.language if original else None
        self._placeholders = Placeholders()
        self._forms: dict[str, str] = {}
        self._known = re.compile("(?!)")
        self._personal = list(personal)
        self._words = PersonalWords(self._personal)
        self._detectors: tuple[Detector, ...] = (
            self._find_known,
            self._words.find,
            *map(_remembering, detectors),
        )
        for value in self._personal:
            if value.can_be_found:
                self._know(value.kind, value.text)
        # Twice: what tells a number from a phone number may stand in one place alone, and the first pass comes to know it.
        self._redacted = original
        if redacts and original:
            self._redact(original)
            self._redacted = self._redact(original)

    @property
    def prompt(self) -> Prompt:
        """The prompt with placeholders."""
        if self._redacted is None:
            raise ValueError("This redaction is not of a prompt.")
        return self._redacted

    @property
    def count(self) -> int:
        """How many different values were replaced."""
        return len(self._placeholders)

    def placeholder(self, key: str, value: str) -> str:
        """Returns the placeholder of the value of a personal key, however short; nothing stays nothing."""
        return self._placeholders.give(kind_of(key), value) if value.strip() else value

    def hide(self, text: str) -> str:
        """Returns a text of this machine with every personal value replaced."""
        return self._replaced(text, _find_look_alikes) if self._redacts else text

    def hide_rest(self, text: str) -> str:
        """Returns a text that may hold our placeholders already with every other personal value replaced."""
        return self._replaced(text, self._find_placeholders) if self._redacts else text

    def restore(self, text: str, *, as_json: bool = False) -> str:
        """Returns a text with the values back in place of the placeholders; in a JSON text they are escaped."""
        return self._placeholders.restore(text, in_json if as_json else str)

    def problem(self, text: str) -> str | None:
        """Returns in a sentence which placeholder in an engine's text is none of ours, ``None`` where all are."""
        if not self._placeholders:
            return None
        sent = [message.content for message in self.prompt.messages]
        return self._placeholders.problem(text, "\n".join((*sent, _schema_text(self.prompt))))

    def again(self, prompt: Prompt) -> Prompt:
        """Returns a prompt made out of the redacted one, such as a repair, with whatever came in replaced too."""
        return self._with_texts(prompt, self.hide_rest)

    def for_this_machine(self, prompt: Prompt) -> Prompt:
        """Returns a redacted prompt with the values in it, for an engine that runs here: nothing leaves the machine."""
        if not self._redacts or self._original is None:
            return prompt
        clear = self._with_texts(prompt, self.restore)
        return replace(
            clear,
            inputs=self._original.inputs,
            draft=self._original.draft,
            parameters=self._original.parameters,
        )

    def left_over(self) -> list[str]:
        """Returns what is personal and would go out all the same, as clauses of a sentence; no value stands in them."""
        if self._redacted is None or self._original is None:
            return []
        clauses = [
            f"the value of '{value.key}' is too short to be found again in the prompt"
            for value in self._personal
            if not value.can_be_found
        ]
        texts = "\n".join(self._placeholders.without(message.content) for message in self._redacted.messages)
        clauses += [
            f"the value of '{value.key}' stands in the prompt in some other writing"
            for value in self._personal
            if remainder(value, texts)
        ]
        schema = _schema_text(self._original)
        clauses += [
            "what the answer must look like (a field, a description or a choice) holds a personal value"
            for form in self._forms
            if form in schema
        ][:1]
        if _has_images(self._original):
            clauses.append("the prompt holds an image, in which nothing can be replaced")
        return list(dict.fromkeys(clauses))

    def _redact(self, prompt: Prompt) -> Prompt:
        inputs = {
            self.hide(str(name)): self._data(
                prompt.inputs[name], is_personal(str(name), self._names), str(name)
            )
            for name in prompt.inputs
        }
        stop = prompt.parameters.stop
        return replace(
            self._with_texts(prompt, self.hide),
            inputs=inputs,
            draft=None if prompt.draft is None else self.hide(prompt.draft),
            parameters=replace(prompt.parameters, stop=tuple(map(self.hide, stop)) if stop else stop),
        )

    def _with_texts(self, prompt: Prompt, change: Callable[[str], str]) -> Prompt:
        if not self._redacts:
            return prompt
        return replace(
            prompt,
            messages=tuple(replace(message, content=change(message.content)) for message in prompt.messages),
        )

    def _data(self, data: Any, marked: bool, key: str) -> Any:
        if isinstance(data, Mapping):
            return {
                self.hide(str(name)): self._data(
                    data[name], marked or is_personal(str(name), self._names), key if marked else str(name)
                )
                for name in data
            }
        if isinstance(data, (list, tuple)):
            return [self._data(item, marked, key) for item in data]
        if data is None or (not marked and isinstance(data, bool)):
            return data
        if marked and str(data).strip():
            return self.placeholder(key, str(data).strip())
        text = self.hide(str(data))
        return data if text == str(data) else text

    def _replaced(self, text: str, first: Detector) -> str:
        pieces, at = [], 0
        for finding in find_all(text, (first, *self._detectors), self._language):
            if finding.kind == _OURS:
                continue
            found = text[finding.start : finding.end]
            value = self._forms.get(found, found)
            self._know(finding.kind, value)
            pieces += [text[at : finding.start], self._placeholders.give(finding.kind, value)]
            at = finding.end
        return "".join((*pieces, text[at:]))

    def _know(self, kind: str, value: str) -> None:
        """Remembers a value and how it is written in a text, in JSON and in HTML."""
        if kind == LITERAL or value in self._forms:
            return
        self._placeholders.give(kind, value)
        self._forms.update(dict.fromkeys(written_forms(value), value))
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._known = re.compile(
            "|".join(
                f"(?:(?<!{WORD})|(?!{WORD})){re.escape(form)}(?:(?<!{WORD})|(?!{WORD}))"
                for form in longest_first
            )
        )

    def _find_known(self, text: str, language: str | None = None) -> Iterable[Finding]:
        """Yields values that were found elsewhere in the request: there, something around them may have told what they are."""
        for found in self._known.finditer(text):
            yield Finding(found.start(), found.end(), _KNOWN)

    def _find_placeholders(self, text: str, language: str | None = None) -> Iterable[Finding]:
        for finding in _find_look_alikes(text):
            if text[finding.start : finding.end] in self._placeholders:
                yield Finding(finding.start, finding.end, _OURS)


def _remembering(detector: Detector) -> Detector:
    """Returns a detector that looks at each text once: the same stands in inputs and messages."""
    seen: dict[str, list[Finding]] = {}

    def find(text: str, language: str | None = None) -> Iterable[Finding]:
        if text not in seen:
            seen[text] = list(detector(text, language))
        return seen[text]

    return find


def _find_look_alikes(text: str, language: str | None = None) -> list[Finding]:
    return [Finding(found.start(), found.end(), LITERAL) for found in LOOK_ALIKE.finditer(text)]


def _has_images(prompt: Prompt) -> bool:
    """Whether something goes out that is no text; prompts for models that see may carry it beside their messages."""
    carriers: tuple[object, ...] = (prompt, *prompt.messages)
    return any(bool(getattr(carrier, "images", None)) for carrier in carriers)


def _schema_text(prompt: Prompt) -> str:
    return canonical(plain(prompt.schema, str)) if prompt.answer_type else ""

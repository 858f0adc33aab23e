"""An engine for tests: answers with what was put in, and remembers what it was asked."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.prompt import Prompt

Reaction = Completion | BaseException | Callable[[Prompt, Deadline], Completion]


@dataclass(frozen=True)
class Asked:
    """One call of `FakeEngine.complete`."""

    prompt: Prompt
    deadline: Deadline


class FakeEngine:
    """Obeys `GenFlowLibrary.engines.protocol.Engine`.

    `enqueue` what it is to answer, in order; an empty queue fails the test. ``history`` holds the calls.
    """

    is_deterministic = False

    def __init__(self, name: str = "fake", model: str = "fake-1", *, needs_network: bool = True) -> None:
        self.name = name
        self.model = model
        self.needs_network = needs_network
        self.history: list[Asked] = []
        self._queue: deque[Reaction] = deque()

    def enqueue(self, *reactions: Any, usage: Usage | None = None, finish_reason: str = "stop") -> FakeEngine:
        """Adds answers: a text, a mapping (sent as JSON), a tuple of either (choices), a Completion, an
        exception, or a function."""
        for reaction in reactions:
            ready = isinstance(reaction, (Completion, BaseException)) or callable(reaction)
            self._queue.append(reaction if ready else self._completion(reaction, usage, finish_reason))
        return self

    def complete(self, prompt: Prompt, deadline: Deadline) -> Completion:
        self.history.append(Asked(prompt, deadline))
        if not self._queue:
            raise AssertionError(f"The engine was asked for '{prompt.name}', and nothing is enqueued.")
        reaction = self._queue.popleft()
        if isinstance(reaction, BaseException):
            raise reaction
        return reaction if isinstance(reaction, Completion) else reaction(prompt, deadline)

    def close(self) -> None:
        """Nothing is kept open."""

    def _completion(self, content: Any, usage: Usage | None, finish_reason: str) -> Completion:
        choices = content if isinstance(content, tuple) else (content,)
        texts = tuple(
            text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in choices
        )
        return Completion(
            texts,
            engine=self.name,
            model=self.model,
            finish_reason=finish_reason,
            usage=usage or Usage(prompt_tokens=10, completion_tokens=5, requests=1),
        )

"""What an engine sent back."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Usage:
    """Tokens and requests that a completion cost. The embedded engine costs none."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    requests: int = 0

    @property
    def total_tokens(self) -> int:
        """Prompt and completion tokens together."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.requests + other.requests,
        )


@dataclass(frozen=True)
class Completion:
    """One engine's reply to a prompt.

    ``texts`` holds one text a choice (``n`` of them, at least one); for a prompt with an answer type each is the answer as JSON.
    ``confidence`` is a measured probability of the choice made, ``None`` where the engine cannot measure it. ``seconds`` is the time
    from asking to having the whole reply; ``from_recording`` says that no engine was asked. ``notes`` are sentences on what the engine
    found out on the way, such as what its server cannot do.
    """

    texts: tuple[str, ...]
    engine: str
    model: str
    finish_reason: str = "stop"
    usage: Usage = field(default_factory=Usage)
    confidence: float | None = None
    seconds: float = 0.0
    from_recording: bool = False
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The first choice."""
        return self.texts[0]

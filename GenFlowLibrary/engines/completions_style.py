"""Plain completions: prompt in, text out. No messages, no form of the answer, but every parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.engines.answer_format import Rung, in_words
from GenFlowLibrary.engines.completion_reading import Choice, Read, read_choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.core.prompt import Message
    from GenFlowLibrary.engines.calling_style import Request, Way
    from GenFlowLibrary.engines.server_faults import Server


class CompletionsStyle:
    """``POST /completions``."""

    name = "completions"
    rungs: tuple[Rung, ...] = ("prompt",)
    limits = ("max_tokens",)

    def body(self, request: Request, way: Way) -> dict[str, Any]:
        """Returns model, prompt and the parameters that are set.

        A single message goes as it is. Several become paragraphs without the names of roles, which a model would write on.
        """
        text = "\n\n".join(map(_paragraph, request.prompt.messages))
        body: dict[str, Any] = {"model": request.model, "prompt": text}
        for name, value in request.parameters.given().items():
            if name != "model":
                body[way.limit if name == "max_tokens" else name] = (
                    list(value) if isinstance(value, tuple) else value
                )
        if request.schema is not None:
            body["prompt"] += in_words(request.schema)
        return body

    def read(self, data: Mapping[str, Any], server: Server, body: Mapping[str, Any]) -> Read:
        """Returns what a completion holds; see `CallingStyle.read`."""
        return read_choices(data, server, body, _text)


def _paragraph(message: Message) -> str:
    return f"Your answer was:\n{message.content}" if message.role == "assistant" else message.content


def _text(choice: Mapping[str, Any], _server: Server) -> Choice:
    return Choice(text=choice.get("text"), reason=choice.get("finish_reason"))

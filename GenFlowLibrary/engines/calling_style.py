"""The port of a calling style: how a prompt is put to one of the endpoints of the protocol, and how its reply is read.

chat          POST /chat/completions   every server has it
responses     POST /responses          OpenAI's newer one
completions   POST /completions        prompt in, text out
decisions     POST /decisions          OpenAI's for choices among numbers, see the setting confidence
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.core.prompt import Parameters, Prompt
    from GenFlowLibrary.engines.answer_format import Rung
    from GenFlowLibrary.engines.completion_reading import Read
    from GenFlowLibrary.engines.server_faults import Server


@dataclass(frozen=True)
class Way:
    """One way to put a request: how the answer's form is asked for, and what the length limit is called.

    ``room`` is the limit that is sent where the user set none: the server's own was found to be too small. ``logprobs`` tells
    whether the probabilities of tokens may be asked for, ``stream_usage`` whether a stream may be asked to end with its cost.
    """

    rung: Rung
    limit: str
    room: int | None = None
    logprobs: bool = True
    stream_usage: bool = True


@dataclass(frozen=True)
class Request:
    """What is asked, before a style writes it down.

    ``schema`` is the answer's, ``None`` for free text. ``most_choice`` is the largest number where the answer is a choice among
    numbers, 0 for every other answer; ``measure`` tells whether the confidence of it is to be measured.
    """

    prompt: Prompt
    model: str
    parameters: Parameters
    schema: dict[str, Any] | None
    most_choice: int = 0
    measure: bool = False


class CallingStyle(Protocol):
    """One endpoint of the protocol."""

    @property
    def name(self) -> str:
        """What the setting ``api`` calls it."""

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The ways to ask for an answer's form, the strictest first."""

    @property
    def limits(self) -> tuple[str, ...]:
        """The names of the length limit, in the order they are tried."""

    def body(self, request: Request, way: Way) -> dict[str, Any]:
        """Returns the body of a request.

        Raises:
            InputError: a parameter is set that the endpoint does not have.
        """
        ...

    def read(self, data: Mapping[str, Any], server: Server, body: Mapping[str, Any]) -> Read:
        """Returns what a JSON object that came with a success holds.

        Raises:
            EngineRejected: the model refused, its filter did, or its limit left no room for an answer.
            EngineProtocolError: it is not a completion, or not the one that was asked for.
        """
        ...


def find_style(api: str) -> CallingStyle:
    """Returns a calling style by name: one of the setting ``api``, or ``decisions``."""
    from GenFlowLibrary.engines.chat_style import ChatStyle  # noqa: PLC0415 - the styles import this module
    from GenFlowLibrary.engines.completions_style import CompletionsStyle  # noqa: PLC0415
    from GenFlowLibrary.engines.decisions_style import DecisionsStyle  # noqa: PLC0415
    from GenFlowLibrary.engines.responses_style import ResponsesStyle  # noqa: PLC0415

    styles: dict[str, CallingStyle] = {
        style.name: style for style in (ChatStyle(), ResponsesStyle(), CompletionsStyle(), DecisionsStyle())
    }
    return styles[api]

"""The port of a calling style: how a prompt is put to one of the endpoints of the protocol, and how its reply is read.

chat          POST /chat/completions   every server has it
responses     POST /responses          OpenAI's newer one
completions   POST /completions        prompt in, text out
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

    ``room`` is the limit that is sent where the user set none: the server's own was found to be too small.
    """

    rung: Rung
    limit: str
    room: int | None = None


@dataclass(frozen=True)
class Request:
    """What is asked, before a style writes it down. ``schema`` is the answer's, ``None`` for free text."""

    prompt: Prompt
    model: str
    parameters: Parameters
    schema: dict[str, Any] | None


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
    """Returns the calling style of the setting ``api``: ``chat``, ``responses`` or ``completions``."""
    from GenFlowLibrary.engines.chat_style import ChatStyle  # noqa: PLC0415 - the styles import this module
    from GenFlowLibrary.engines.completions_style import CompletionsStyle  # noqa: PLC0415
    from GenFlowLibrary.engines.responses_style import ResponsesStyle  # noqa: PLC0415

    styles: dict[str, CallingStyle] = {
        style.name: style for style in (ChatStyle(), ResponsesStyle(), CompletionsStyle())
    }
    return styles[api]

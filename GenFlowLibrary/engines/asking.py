"""One prompt on its way to one completion: the requests that it takes, and what is found out with them.

    attempt: request in the way known so far -> refused? another way -> cut short? once more with room -> Read

What was learned in an attempt holds for the next one; what led to a completion is remembered for the run (`dialect`).
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

from GenFlowLibrary.core.completion import Usage
from GenFlowLibrary.engines.answer_format import keeps_to, strict_schema
from GenFlowLibrary.engines.calling_style import Request
from GenFlowLibrary.engines.completion_reading import LimitUsedUp, Read, read_completion, usage_of
from GenFlowLibrary.engines.server_faults import PassingFault, understand
from GenFlowLibrary.engines.streaming import is_stream, put_together

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from GenFlowLibrary.core.prompt import Parameters, Prompt
    from GenFlowLibrary.engines.calling_style import CallingStyle
    from GenFlowLibrary.engines.dialect import Dialect
    from GenFlowLibrary.engines.server_faults import HttpReply, Server

    Post: TypeAlias = Callable[[dict[str, Any]], HttpReply]


LEAST_ROOM, MOST_ROOM = 4096, 32_768
"""Tokens. An answer that the server cut short on its own is asked for once more with four times what came, within these:
defaults of 16 tokens (plain completions of OpenAI and vLLM) up to 2048 are usual, and few models write more than 32,768."""
_SUCCESS = range(200, 300)
_TOO_MUCH_ASKED = (400, 422)


class Asking:
    """One prompt, until it has its completion.

    Args:
        post: sends a body and returns the reply, whatever its status.
        style: how the server is asked.
        dialect: what is known about the server.
        server: who is asked, for messages.
        prompt: what is asked.
        model: the model to ask.
        parameters: the sampling parameters to send instead of the prompt's own.
        most_choice: the largest number to choose, where the answer is a choice among numbers; else 0.
        measure: whether to ask for what the confidence of the choice is measured by.

    Attributes:
        requests: what was sent for it.
        spent: the tokens that the server said it spent, also on replies that were no answer.
        notes: what was found out on the way, in sentences.
        unreached: why the last request did not reach the server, empty where it did.

    Raises:
        SchemaError: the answer's schema is larger than servers take.
    """

    def __init__(
        self,
        post: Post,
        *,
        style: CallingStyle,
        dialect: Dialect,
        server: Server,
        prompt: Prompt,
        model: str,
        parameters: Parameters,
        most_choice: int = 0,
        measure: bool = False,
    ) -> None:
        self._post = post
        self._style = style
        self._dialect = dialect
        self._server = server
        schema = None if prompt.answer_type is None else strict_schema(prompt.answer_type)
        self._request = Request(prompt, model, parameters, schema, most_choice, measure)
        self._way = dialect.way(model)
        # An answer with a form is not read before it is whole.
        self._streams = prompt.stream and schema is None
        self._cut: Read | LimitUsedUp | None = None
        self.spent = Usage()
        self.requests = 0
        self.notes: tuple[str, ...] = ()
        self.unreached = ""

    def attempt(self) -> Read:
        """Returns what the server answers, in the first way to ask that it does not refuse.

        Raises:
            PassingFault: another attempt may help.
            EngineRejected, EngineProtocolError: none will.
            InputError: a parameter is set that the calling style does not have.
        """
        while True:
            body = self._body()
            reply = self._send(body)
            if reply.status in _SUCCESS:
                read = self._read(reply, body)
                if read is not None:
                    return read
                continue
            other = self._dialect.other_way(self._way, body, reply)
            if other is not None:
                self._way = other
            elif self._cut is not None and reply.status in _TOO_MUCH_ASKED:
                return self._as_cut()  # it does not give more room
            else:
                raise understand(reply, self._server, model=self._request.model, now=time.time())

    def _body(self) -> dict[str, Any]:
        parameters = self._request.parameters
        if parameters.max_tokens is None and self._way.room is not None:
            parameters = dataclasses.replace(parameters, max_tokens=self._way.room)
        body = self._style.body(dataclasses.replace(self._request, parameters=parameters), self._way)
        if not self._streams:
            return body
        # In responses the last event has the cost anyway.
        usage = self._way.stream_usage and self._style.name != "responses"
        return {**body, "stream": True, **({"stream_options": {"include_usage": True}} if usage else {})}

    def _send(self, body: dict[str, Any]) -> HttpReply:
        self.unreached = ""
        try:
            return self._post(body)
        except PassingFault as fault:
            self.unreached = "" if fault.connected else fault.found
            raise

    def _read(self, reply: HttpReply, body: dict[str, Any]) -> Read | None:
        """Returns what a success holds, ``None`` where it is to be asked for once more with more room."""
        if self._streams and is_stream(reply):
            reply = put_together(reply, self._server, api=self._style.name)
        self.spent += usage_of(reply)
        try:
            read = read_completion(reply, self._server, style=self._style, body=body, now=time.time())
        except LimitUsedUp as cut:
            if self._make_room(cut, cut.usage):
                return None
            raise
        if read.finish_reason == "length" and self._make_room(read, read.usage):
            return None
        self._remember(read)
        return read

    def _make_room(self, cut: Read | LimitUsedUp, usage: Usage) -> bool:
        """Whether there is more room to ask for: once, and never beyond a limit that the user set."""
        room = min(MOST_ROOM, max(LEAST_ROOM, 4 * usage.completion_tokens))
        if self._cut is not None or self._request.parameters.max_tokens is not None:
            return False
        if room <= max(usage.completion_tokens, self._way.room or 0):
            return False
        self._cut = cut
        self._way = dataclasses.replace(self._way, room=room)
        return True

    def _as_cut(self) -> Read:
        if isinstance(self._cut, Read):
            return self._cut
        assert self._cut is not None  # noqa: S101 - asked by `attempt`
        raise self._cut

    def _remember(self, read: Read) -> None:
        schema, finished = self._request.schema, read.finish_reason == "stop"
        ignored = (
            schema is not None
            and finished
            and self._way.rung == "json_schema"
            and not all(keeps_to(text, schema) for text in read.texts)
        )
        # More room that did not suffice says nothing about the server: the next answer may be short again.
        before = self._dialect.way(self._request.model)
        way = self._way if finished else dataclasses.replace(self._way, room=before.room)
        self.notes = self._dialect.worked(self._request.model, way, ignored=ignored)

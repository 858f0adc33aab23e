"""An answer that comes in pieces, put together to the reply that would have come whole.

    server-sent events -> pieces by choice, in order -> the body of a whole reply -> read like any other

It is whole when the server says why each choice ended; a stream that ends without that was cut, and is no success. An error
among the events is the reply. The format is that of the HTML standard (section 9.2, server-sent events), one line of data an event.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import EngineProtocolError
from GenFlowLibrary.engines.server_faults import HttpReply, PassingFault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from GenFlowLibrary.engines.server_faults import Server

    Event: TypeAlias = dict[str, Any]

EVENT_STREAM = "text/event-stream"
_DONE = "[DONE]"
_OTHER_FIELDS = ("event:", "id:", "retry:", ":")
_ENDS = ("response.completed", "response.incomplete", "response.failed")


def is_stream(reply: HttpReply) -> bool:
    """Whether a reply is a stream of events; a server that knows no streams sends its answer whole."""
    return EVENT_STREAM in reply.headers.get("content-type", "").lower()


def put_together(reply: HttpReply, server: Server, *, api: str) -> HttpReply:
    """Returns the reply that a stream comes to.

    Args:
        reply: the stream, to its end.
        server: who sent it.
        api: the calling style: ``chat``, ``responses`` or ``completions``.

    Raises:
        PassingFault: it ended before the answer did.
        EngineProtocolError: it is not a stream of this protocol.
    """
    events = list(_events(reply, server))
    failed = next((event for event in events if event.get("error") or event.get("type") == "error"), None)
    if failed is not None:
        body: Any = failed if failed.get("error") else {"error": failed}
    elif api == "responses":
        body = next((event.get("response") for event in events if event.get("type") in _ENDS), None)
    else:
        body = _choices(events, server)
    if not body:
        raise PassingFault("its stream ended before the answer was finished", remedy="try again later")
    return HttpReply(
        reply.status, json.dumps(body).encode(), {**reply.headers, "content-type": "application/json"}
    )


def characters_in(line: bytes) -> int:
    """Returns how many characters of the answer a line of a stream brings; 0 for what brings none or cannot be read."""
    try:
        event = json.loads(line.removeprefix(b"data:"))
    except ValueError:
        return 0
    if not isinstance(event, dict):
        return 0
    if isinstance(event.get("delta"), str) and str(event.get("type")).endswith("output_text.delta"):
        return len(event["delta"])
    choices = event.get("choices")
    pieces = [_piece(choice) for choice in (choices if isinstance(choices, list) else ())]
    return sum(len(piece) for piece in pieces if isinstance(piece, str))


def _events(reply: HttpReply, server: Server) -> Iterator[Event]:
    # Not `splitlines`: a text may hold a line separator that JSON does not escape.
    for line in reply.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip() or line.startswith(_OTHER_FIELDS):
            continue
        data = line.removeprefix("data:").strip()
        if data == _DONE:
            return
        try:
            event = json.loads(data)
        except (ValueError, RecursionError):
            event = None
        if not isinstance(event, dict):
            if line.startswith("data:") and not reply.text.endswith(line.strip()):
                raise _no_event(line, server)
            if not line.startswith("data:"):
                raise _no_event(line, server)
            return  # the last line, cut in the middle
        yield event


def _no_event(line: str, server: Server) -> EngineProtocolError:
    return EngineProtocolError(
        f"{server.expected}, but its stream holds what is no event of a completion: {server.quote(line)}; "
        "try again, or leave out stream."
    )


def _choices(events: list[Event], server: Server) -> Event | None:
    """Returns the body with all choices whole, ``None`` where one of them has no end."""
    choices: dict[Any, Event] = {}
    body: Event = {}
    for event in events:
        body.update({name: event[name] for name in ("id", "model", "usage") if event.get(name)})
        listed = event.get("choices") or []
        if not isinstance(listed, list) or not all(isinstance(choice, dict) for choice in listed):
            raise _no_event(json.dumps(event), server)
        for piece in listed:
            choice = choices.setdefault(piece.get("index", 0), {"message": {"content": ""}, "text": ""})
            _add(choice, piece)
    if not choices or not all(choice.get("finish_reason") for choice in choices.values()):
        return None
    return {**body, "choices": [choices[index] for index in sorted(choices, key=str)]}


def _add(choice: Event, piece: Event) -> None:
    text = _piece(piece)
    message = choice["message"]
    if text is not None and isinstance(message["content"], str):
        # What is no text stays what it is, and is refused where the whole is read.
        message["content"] = choice["text"] = message["content"] + text if isinstance(text, str) else text
    delta = piece.get("delta")
    if isinstance(delta, dict):
        if delta.get("refusal"):
            message["refusal"] = f"{message.get('refusal', '')}{delta['refusal']}"
        message.update({name: delta[name] for name in ("tool_calls", "function_call") if delta.get(name)})
    if piece.get("finish_reason"):
        choice["finish_reason"] = piece["finish_reason"]


def _piece(choice: Any) -> Any:
    """Returns what a piece of a choice adds to its text: of a chat in its delta, of a plain completion as it is."""
    if not isinstance(choice, dict):
        return None
    delta = choice.get("delta")
    return delta.get("content") if isinstance(delta, dict) else choice.get("text")

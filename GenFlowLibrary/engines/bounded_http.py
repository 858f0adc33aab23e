"""HTTP for the openai client that reads no more than a reply can sensibly hold.

request -> response -> its body or stream, piece by piece -> too large? -> the whole response
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import openai

from GenFlowLibrary.engines.streaming import EVENT_STREAM

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

MOST_BYTES = 16 * 2**20
"""Of one reply's body, unpacked. The longest outputs of today's models (128,000 tokens) are about 0.6 MB; what is larger
than many of these is a fault or an attack, and must not fill the memory: 10 MB of gzip can hold 10 GB."""


class TooLarge(Exception):
    """A body is larger than `MOST_BYTES`."""


class BoundedClient(openai.DefaultHttpxClient):
    """An HTTP client that follows no redirect and reads no body beyond `MOST_BYTES`, an error's neither."""

    def __init__(self, trusted: ssl.SSLContext | bool = True) -> None:
        super().__init__(follow_redirects=False, verify=trusted)

    def send(self, request: httpx2.Request, *, stream: bool = False, **options: Any) -> httpx2.Response:
        """Returns the response to a request, read to its end unless it is a stream that was asked for.

        Raises:
            TooLarge: the body is too large.
        """
        response = super().send(request, stream=True, **options)
        if stream and EVENT_STREAM in response.headers.get("content-type", "") and response.is_success:
            return response
        try:
            content = _read(response)
        finally:
            response.close()
        # They told how the body travelled, and it has arrived.
        headers = [
            (name, value)
            for name, value in response.headers.multi_items()
            if name not in ("content-encoding", "content-length", "transfer-encoding")
        ]
        return httpx2.Response(response.status_code, headers=headers, content=content, request=request)


def _read(response: httpx2.Response, on_line: Callable[[bytes], None] | None = None) -> bytes:
    content, line = bytearray(), bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise TooLarge
        if on_line is not None:
            *ended, rest = bytes(line + piece).split(b"\n")
            line = bytearray(rest)
            for each in ended:
                on_line(each)
    return bytes(content)


def read_to_its_end(response: httpx2.Response, on_line: Callable[[bytes], None] | None) -> httpx2.Response:
    """Returns a stream when its end has come; ``on_line`` takes each of its lines as it comes.

    Raises:
        openai.APIConnectionError: the connection broke before.
        TooLarge: the stream is too large.
    """
    try:
        content = _read(response, on_line)
    except httpx2.HTTPError as problem:
        raise openai.APIConnectionError(request=response.request) from problem
    finally:
        response.close()
    kind = {"content-type": response.headers.get("content-type", "")}
    return httpx2.Response(response.status_code, headers=kind, content=content, request=response.request)

"""Finding model servers on this machine: each usual port of the loopback interface, asked at once, for a moment.

port -> GET /v1/models -> which models -> who it is -> the settings that use it
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOPBACK = "127.0.0.1"
_SECONDS = 1.0
_MOST_BYTES = 1_000_000
_MOST_SHOWN = 5


@dataclass(frozen=True)
class Usual:
    """A server and the port it listens on unless told otherwise."""

    name: str
    port: int


USUAL = (Usual("Ollama", 11434), Usual("LM Studio", 1234), Usual("llama.cpp", 8080), Usual("vLLM", 8000))
_SAY_WHO = {"llamacpp": "llama.cpp", "vllm": "vLLM", "library": "Ollama", "organization_owner": "LM Studio"}
"""What servers write into ``owned_by``: two of them may have changed ports."""


@dataclass(frozen=True)
class LocalServer:
    """A server that answered. ``models`` are the names that requests may use, none where nothing is loaded."""

    name: str
    address: str
    models: tuple[str, ...]

    @property
    def found(self) -> str:
        """What it has, in words."""
        if not self.models:
            return f"listens at {self.address}, with no model loaded"
        more = f" and {len(self.models) - _MOST_SHOWN} more" if len(self.models) > _MOST_SHOWN else ""
        return f"listens at {self.address} with {', '.join(self.models[:_MOST_SHOWN])}{more}"

    @property
    def settings(self) -> tuple[str, ...]:
        """The lines that use it, for ``.env`` or the environment."""
        model = self.models[0] if self.models else "NAME_OF_A_MODEL"
        return f"GENFLOW_BASE_URL={self.address}", f"GENFLOW_MODEL={model}"


def find_local_servers(places: Sequence[Usual] | None = None) -> list[LocalServer]:
    """Returns the model servers that answer on this machine, in the order of the places; a second at most is waited.

    The places are `USUAL` unless given.
    Only the loopback interface is asked, redirects and proxies are not followed, and no key is sent.
    """
    places = USUAL if places is None else places
    if not places:
        return []
    with ThreadPoolExecutor(max_workers=len(places)) as pool:
        return [server for server in pool.map(_ask, places) if server]


def _ask(place: Usual) -> LocalServer | None:
    connection = HTTPConnection(_LOOPBACK, place.port, timeout=_SECONDS)
    try:
        connection.request("GET", "/v1/models", headers={"Accept": "application/json", "Connection": "close"})
        answer = connection.getresponse()
        data = json.loads(answer.read(_MOST_BYTES)) if answer.status == 200 else None  # noqa: PLR2004 - HTTP's "OK"
    except (OSError, HTTPException, ValueError, RecursionError):
        return None
    finally:
        connection.close()
    models = _models(data)
    if models is None:
        return None  # something else has that port, such as a web application under test
    name = next((_SAY_WHO[owner] for _, owner in models if owner in _SAY_WHO), place.name)
    return LocalServer(name, f"http://{_LOOPBACK}:{place.port}/v1", tuple(model for model, _ in models))


def _models(data: Any) -> list[tuple[str, str]] | None:
    """Returns name and owner of each model in a list as OpenAI's protocol has it, ``None`` where it is none."""
    if not isinstance(data, dict) or data.get("object") != "list":
        return None
    entries = data.get("data") or []
    if not isinstance(entries, list):
        return None
    return [
        (entry["id"], str(entry.get("owned_by", "")))
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("id"), str) and entry["id"].isprintable()
    ]

"""Settings as Robot Framework's argument conversion gives them, in the library's own kinds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from robot.api.types import Secret

from GenFlowLibrary.rf.secrets import to_handle

if TYPE_CHECKING:
    from collections.abc import Mapping


def to_settings(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Returns arguments by setting name: a Secret as a handle, a time as seconds, everything else as it is."""
    return {name: _to_setting(name, value) for name, value in arguments.items()}


def _to_setting(name: str, value: Any) -> Any:
    if isinstance(value, Secret):
        return to_handle(name, value)
    return value.total_seconds() if isinstance(value, timedelta) else value

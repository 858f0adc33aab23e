"""Settings as Robot Framework's argument conversion gives them, in the library's own kinds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from robot.api.types import Secret
from robot.utils import timestr_to_secs

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.keyring_secret import KEYRING
from GenFlowLibrary.rf.secrets import to_handle

if TYPE_CHECKING:
    from collections.abc import Mapping


def to_settings(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Returns arguments by setting name: a Secret as a handle, a time as seconds, everything else as it is.

    Raises:
        SettingsError: the key is no Secret, or the timeout no time.
    """
    return {name: _to_setting(name, value) for name, value in arguments.items()}


def _to_setting(name: str, value: Any) -> Any:
    if isinstance(value, Secret):
        return to_handle(name, value)
    if name == "api_key" and isinstance(value, str) and value.startswith(KEYRING):
        return value
    if name == "api_key" and value is not None:
        # Not quoted: it may well be the key.
        raise SettingsError(
            "Expected api_key to be a Secret variable, but it is a plain text, which every log would show; "
            "set GENFLOW_API_KEY, or make the variable a secret: ${KEY: Secret}    %{MY_KEY}."
        )
    if name in ("timeout", "cache_ttl") and isinstance(value, str):
        return _seconds(name, value)
    return value.total_seconds() if isinstance(value, timedelta) else value


def _seconds(name: str, value: str) -> float:
    try:
        return float(timestr_to_secs(value))
    except ValueError:
        raise SettingsError(
            f"Expected {name} to be a time, but it is '{value}'; write it like 30 s or 2 minutes."
        ) from None

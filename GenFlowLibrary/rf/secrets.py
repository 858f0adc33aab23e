"""Robot Framework's Secret and this library's SecretHandle: the way in, and the values that may never come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from robot.api.types import Secret

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.secret import SecretHandle

_LOST = "<secret>"  # what Robot Framework makes of a Secret that is embedded in a text


def to_handle(name: str, value: Secret) -> SecretHandle:
    """Returns a Robot Framework Secret as a handle named after the argument or data key that held it."""
    return SecretHandle(name, str(value.value))


def _keep_no_account(handle: SecretHandle) -> None:
    """Where a Secret is refused anyway, nobody needs to know it."""


def with_handles(
    data: Mapping[str, Any], register: Callable[[SecretHandle], None] = _keep_no_account
) -> dict[str, Any]:
    """Returns form data in which every Secret, nested ones too, is a handle; ``register`` is told of each.

    Raises:
        InputError: a text holds ``<secret>``, which is what is left of a Secret that was joined with other text.
    """
    return {str(key): _convert(str(key), value, register) for key, value in data.items()}


def _convert(name: str, value: Any, register: Callable[[SecretHandle], None]) -> Any:
    if isinstance(value, Secret):
        handle = to_handle(name, value)
        register(handle)
        return handle
    if isinstance(value, Mapping):
        return {str(key): _convert(f"{name}.{key}", item, register) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_convert(name, item, register) for item in value]
    if isinstance(value, str) and _LOST in value:
        raise InputError(
            f"Expected '{name}' to be a text or a whole Secret variable, but it holds the text '{_LOST}', "
            "which is what is left when a Secret is joined with other text; pass the Secret variable alone."
        )
    return value


def refuse_secrets(inputs: Mapping[str, Any]) -> None:
    """Lets no Secret into a prompt.

    Raises:
        InputError: an input is or holds a Secret.
    """
    for name, value in inputs.items():
        if _holds_secret(value):
            raise InputError(
                f"Expected '{name}' to be plain data, but it holds a Secret, and secrets never go into a prompt; remove it."
            )


def _holds_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_secret(value[key]) for key in value)
    if isinstance(value, (list, tuple)):
        return any(_holds_secret(item) for item in value)
    return isinstance(value, Secret)

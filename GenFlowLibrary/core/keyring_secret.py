"""A secret that stays in the keyring of the operating system until it is used.

api_key = "keyring:service/name" -> KeyringHandle -> the keyring, once, when a call needs it
"""

from __future__ import annotations

import importlib
from typing import Any

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle

KEYRING = "keyring:"
"""What a setting begins with that names an entry of the keyring instead of the key."""


class KeyringHandle(SecretHandle):
    """A handle whose value is read from the keyring at the first use: a dry run or libdoc unlocks nothing.

    ``address`` is ``keyring:service/name``; the name is what comes after the last slash.

    Raises:
        SettingsError: the address lacks the service or the name.
    """

    __slots__ = ("_entry", "_name", "_read", "_service")

    def __init__(self, address: str) -> None:
        super().__init__("api_key", "")
        self._entry = address
        self._service, _, self._name = address.removeprefix(KEYRING).strip().rpartition("/")
        self._read = False
        if not (self._service and self._name):
            raise SettingsError(
                f"Expected api_key to name an entry of the keyring, but it is '{address}'; "
                "write keyring:service/name."
            )

    def reveal(self) -> str:
        """Returns the key.

        Raises:
            SettingsError: there is no keyring, or no such entry in it.
        """
        if not self._read:
            self._value = self._look_up()
            self._read = True
        return self._value

    @property
    def is_elsewhere(self) -> bool:
        """Whether the keyring was not asked yet."""
        return not self._read

    def __bool__(self) -> bool:
        return True

    def _look_up(self) -> str:
        try:
            keyring: Any = importlib.import_module("keyring")
            errors: Any = importlib.import_module("keyring.errors")
        except ImportError:
            raise SettingsError(
                f"Expected the package keyring for api_key={self._entry}, but it is not installed; "
                "install it with: pip install robotframework-genflow[keyring]"
            ) from None
        try:
            value = keyring.get_password(self._service, self._name)
        except errors.KeyringError as problem:
            raise SettingsError(
                f"Expected to read {self._entry} from the keyring, but it says: {problem}; "
                "unlock it, or set GENFLOW_API_KEY instead."
            ) from None
        if not value:
            raise SettingsError(
                f"Expected the key at {self._entry}, but the keyring has no such entry; "
                f"add it with: keyring set {self._service} {self._name}"
            )
        return str(value)

"""A key that a settings file names by the variable it stands in: ``api_key = "env:AZURE_KEY"``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT = "env:"
"""What a setting begins with that names a variable instead of the key."""


class EnvironmentHandle(SecretHandle):
    """A key from the environment or ``.env``. That it is not there matters to who uses it, and to nobody else.

    Raises:
        SettingsError: no variable is named.
    """

    __slots__ = ("_variable",)

    def __init__(self, address: str, environ: Mapping[str, str]) -> None:
        self._variable = address.removeprefix(ENVIRONMENT).strip()
        if not self._variable:
            raise SettingsError(
                f"Expected api_key to name a variable, but it is '{address}'; write it like env:AZURE_KEY."
            )
        super().__init__("api_key", environ.get(self._variable, ""))

    def reveal(self) -> str:
        """Returns the key.

        Raises:
            SettingsError: the variable is not set.
        """
        if not self._value:
            raise SettingsError(
                f"Expected the API key in the variable {self._variable}, but it is not set; "
                "set it in the environment or in .env."
            )
        return self._value

    def __bool__(self) -> bool:
        return True

"""A secret as a named handle: it travels everywhere, its value is revealed only where it is used."""

from __future__ import annotations


class SecretHandle:
    """A secret with a name. Shown, logged, compared or serialised it is only its name.

    ``reveal()`` gives the value; call it where the value is sent or typed, and nowhere else.
    """

    __slots__ = ("_value", "name")

    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self._value = value

    def reveal(self) -> str:
        """Returns the secret value."""
        return self._value

    @property
    def is_elsewhere(self) -> bool:
        """Whether the value is still to be fetched from where it is kept."""
        return False

    @property
    def placeholder(self) -> str:
        """What stands for the secret in prompts, logs, traces and recordings: ``<secret NAME>``."""
        return f"<secret {self.name}>"

    def __str__(self) -> str:
        return self.placeholder

    def __repr__(self) -> str:
        return f"SecretHandle({self.name!r})"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(f"The secret '{self.name}' can't be pickled or copied out of the process.")

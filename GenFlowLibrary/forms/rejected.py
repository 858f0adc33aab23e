"""The one exception inside this room: a value that cannot go into its field."""

from __future__ import annotations

from GenFlowLibrary.core.errors import InputError


class ValueRejected(InputError):
    """A value cannot go into its field. The message says what the field expects and what was given, without naming the field."""

"""What a run has found out about the servers it asks, shared by every engine that asks them.

Two engines may ask one server, as when `Set Engine` changes the temperature: what the first found out holds for the second.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from GenFlowLibrary.engines.circuit import Circuit
from GenFlowLibrary.engines.dialect import Dialect

if TYPE_CHECKING:
    from GenFlowLibrary.engines.calling_style import CallingStyle


class ServerMemory:
    """The circuits and dialects of a run, by address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._circuits: dict[str, Circuit] = {}
        self._dialects: dict[tuple[str, str, str], Dialect] = {}

    def circuit(self, address: str) -> Circuit:
        """Returns the circuit breaker of an address."""
        with self._lock:
            return self._circuits.setdefault(address, Circuit())

    def dialect(self, address: str, style: CallingStyle, structured: str = "auto") -> Dialect:
        """Returns what is known of how an address takes requests in a calling style.

        ``structured`` is the rung to begin with: ``auto`` is the strictest, and so is one that the style does not have.
        """
        with self._lock:
            known = (address, style.name, structured)
            return self._dialects.setdefault(known, Dialect(style, structured))

"""What the library hears from the run: a suite ended, the run ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api import logger

if TYPE_CHECKING:
    from collections.abc import Callable


class RunListener:
    """Passes on that a suite ended, by its full name, and that the run did; what is returned then is printed on the console."""

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, on_suite_end: Callable[[str], None], on_run_end: Callable[[], list[str]]) -> None:
        self._on_suite_end = on_suite_end
        self._on_run_end = on_run_end

    def end_suite(self, data: Any, result: Any) -> None:
        """Called by Robot Framework when a suite that imports the library ends."""
        self._on_suite_end(str(result.full_name))

    def close(self) -> None:
        """Called by Robot Framework when the run ends."""
        lines = self._on_run_end()
        if lines:
            logger.console("\n" + "\n".join(lines))

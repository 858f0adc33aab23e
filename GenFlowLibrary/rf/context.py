"""Where a keyword runs: the suite's folder and name, the task's name, the output directory.

Outside a Robot Framework run (libdoc, unit tests) the working directory stands for all folders and the names are empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError


@dataclass(frozen=True)
class RunContext:
    """The place of the current keyword. ``recording_name`` names the suite's recording file, without a suffix."""

    suite_folder: Path
    suite: str
    task: str
    output_folder: Path | None
    recording_name: str


def current() -> RunContext:
    """Returns the place of the keyword that runs now."""
    builtin = BuiltIn()
    try:
        source = builtin.get_variable_value("${SUITE_SOURCE}", "")
        output = builtin.get_variable_value("${OUTPUT_DIR}", "")
        suite = builtin.get_variable_value("${SUITE_NAME}", "")
        task = builtin.get_variable_value("${TEST_NAME}", "")
    except RobotNotRunningError:
        return RunContext(Path.cwd(), "", "", None, "recording")
    file = Path(source) if source else Path.cwd() / "suite.robot"
    return RunContext(
        suite_folder=file if file.is_dir() else file.parent,
        suite=str(suite),
        task=str(task or ""),
        output_folder=Path(output) if output and str(output).upper() != "NONE" else None,
        recording_name=file.stem,
    )

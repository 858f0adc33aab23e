"""``genflow``: the command line. Each sub-command is one module with ``add`` (its arguments) and ``run`` (returns the exit code)."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from GenFlowLibrary._version import __version__
from GenFlowLibrary.cli import demo, doctor, recordings
from GenFlowLibrary.core.errors import GenFlowError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (demo, doctor, recordings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs ``genflow`` and returns its exit code: 0 done, 1 something needs attention, 2 wrong arguments."""
    parser = argparse.ArgumentParser(prog="genflow", description="Looks after GenFlowLibrary and its runs.")
    parser.add_argument("--version", action="version", version=f"genflow {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    given = parser.parse_args(arguments)
    try:
        code: int = given.run(given)
    except GenFlowError as problem:
        print(problem, file=sys.stderr)
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())

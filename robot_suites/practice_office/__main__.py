"""Start the practice office: `python robot_suites/practice_office --database office.sqlite3`."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    if not __package__:
        # Started as a folder: Python put this folder on the path, but its modules are a package and have one
        # name everywhere, `robot_suites.practice_office`. So the root of the project takes that place.
        sys.path[0] = str(Path(__file__).resolve().parents[2])
    from robot_suites.practice_office.command_line import main

    raise SystemExit(main())

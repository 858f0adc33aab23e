"""The command line of the practice office: start it, or list what it has stored."""

from __future__ import annotations

import argparse
import io
import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .app import create_app
from .database import Database, NotAnOfficeDatabaseError
from .opening import prepare, require_office
from .report import as_json, as_table
from .server import PortTakenError, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

HIGHEST_PORT = 65535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (0 done, 1 could not, 2 wrong arguments)."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.fresh and (given.list or given.json):
        parser.error("--fresh would forget what is to be listed; give one of them")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Names are Chinese, too; the console's own encoding may not be able to show them.
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        if given.list or given.json:
            require_office(given.database)
            with Database(given.database) as database:
                print(as_json(database) if given.json else as_table(database))
        else:
            prepare(given.database, fresh=given.fresh)
            serve(create_app(given.database), given.port, given.ready_file, verbose=given.verbose)
    except (NotAnOfficeDatabaseError, PortTakenError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # `--list | head`: the reader has seen enough. Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, sqlite3.OperationalError) as error:
        print(
            f"Expected files that can be read and written, but: {error}; check the given paths.",
            file=sys.stderr,
        )
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="practice_office", description="A small back office to practise in, served on 127.0.0.1 only."
    )
    parser.add_argument(
        "--database", type=Path, required=True, help="SQLite file; made and seeded when it is new"
    )
    parser.add_argument("--port", type=_port, default=0, help="0 (the default) picks a free one")
    parser.add_argument("--ready-file", type=Path, help="gets the URL as soon as the office listens")
    parser.add_argument("--fresh", action="store_true", help="begin again from the seed")
    parser.add_argument("--verbose", action="store_true", help="log every request")
    parser.add_argument("--list", action="store_true", help="print what was stored as a table, and end")
    parser.add_argument("--json", action="store_true", help="print what was stored as JSON, and end")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"expected a port from 0 to {HIGHEST_PORT}, found {text!r}")
    return int(text)

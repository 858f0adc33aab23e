"""``genflow recordings``: what is recorded, what no run uses any more, and taking that out.

recording files -> their lines (+ the keys that runs used, from their traces) -> a report, or files without those lines
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core import settings_sources
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.trace.jsonl import FILE_NAME

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from GenFlowLibrary.engines.recording_upkeep import Line, Used

_EXCERPT = 60


def add(commands: Any) -> None:
    """Adds the sub-command to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "recordings", help="list recorded answers, show those that no run uses, and remove them"
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    lists = actions.add_parser("list", help="what is in each recording")
    lists.add_argument("--entries", action="store_true", help="show every answer as well")
    lists.set_defaults(run=run_list)
    orphans = actions.add_parser("orphans", help="answers that no run used")
    orphans.set_defaults(run=run_orphans)
    prunes = actions.add_parser("prune", help="remove answers that count no more")
    prunes.add_argument("--superseded", action="store_true", help="those that were recorded again later")
    prunes.add_argument("--orphans", action="store_true", help="those that the runs of --trace did not use")
    prunes.add_argument(
        "--dry-run", action="store_true", help="tell what would be removed, and remove nothing"
    )
    prunes.add_argument(
        "--even-after-failures", action="store_true", help="remove orphans although steps of the runs failed"
    )
    prunes.set_defaults(run=run_prune)
    for action in (orphans, prunes):
        action.add_argument(
            "--trace",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help=f"{FILE_NAME} of a run that replayed; may be given several times",
        )
    for action in (lists, orphans, prunes):
        action.add_argument(
            "paths", nargs="*", type=Path, help="recordings or folders; default: all below this folder"
        )


def run_list(given: argparse.Namespace) -> int:
    """Prints what is in each recording; returns 1 when a line is damaged."""
    from GenFlowLibrary.engines.recording_upkeep import read_lines  # noqa: PLC0415 - not for --help

    damaged = 0
    for file in _files(given.paths):
        lines = read_lines(file)
        print(f"{file}: {_summary(lines)}")
        for line in lines:
            if line.is_damaged:
                damaged += 1
                print(f"  line {line.number} is damaged: correct or delete it")
            elif given.entries and line.entry:
                print(f"  {_shown(line)}")
    return 1 if damaged else 0


def run_orphans(given: argparse.Namespace) -> int:
    """Prints the answers that no run used; returns 0 also where there are some."""
    used = _used(given)
    count = 0
    for file, lines in _touched(given.paths, used):
        for line in _orphans(lines, used):
            count += 1
            print(f"{file}: {_shown(line)}")
    print(f"{count} orphan{'' if count == 1 else 's'}.{_warning(used)}")
    return 0


def run_prune(given: argparse.Namespace) -> int:
    """Removes what counts no more; returns 1 where it refuses to."""
    from GenFlowLibrary.engines.recording_upkeep import prune  # noqa: PLC0415 - not for --help

    if not (given.superseded or given.orphans):
        raise InputError("Expected --superseded or --orphans, but neither is given; say what to remove.")
    used = _used(given) if given.orphans else None
    if used and used.failed_steps and not (given.even_after_failures or given.dry_run):
        raise InputError(
            f"Expected runs in which everything passed, but {used.failed_steps} steps failed, and what would have come after them was "
            "not used either; let the runs pass first, or add --even-after-failures."
        )
    files = (
        [file for file, _ in _touched(given.paths, used)]
        if used and not given.superseded
        else _files(given.paths)
    )
    touched = {file for file, _ in _touched(given.paths, used)} if used else set()

    for file in files:

        def drop(line: Line, orphans: bool = file in touched) -> bool:
            unused = (
                used is not None and orphans and line.entry is not None and line.entry.key not in used.keys
            )
            return bool((given.superseded and line.superseded) or unused)

        count = _would_drop(file, drop) if given.dry_run else prune(file, drop)
        print(
            f"{file}: {count} line{'' if count == 1 else 's'} {'would be ' if given.dry_run else ''}removed"
        )
    return 0


def _would_drop(file: Path, drop: Any) -> int:
    from GenFlowLibrary.engines.recording_upkeep import read_lines  # noqa: PLC0415 - not for --help

    return sum(drop(line) for line in read_lines(file) if line.entry)


def _files(paths: list[Path]) -> list[Path]:
    """Returns the recordings that are meant, in the order of their names.

    Raises:
        InputError: a path is not there, or nothing is found.
    """
    own = settings_sources.load().settings.recordings
    found: list[Path] = []
    for path in paths or ([own] if own else [Path()]):
        if not path.exists():
            raise InputError(
                f"Expected a recording or a folder at '{path}', but it is not there; correct the path."
            )
        if path.is_file():
            found.append(path)
        elif path.name == "recordings" or path == own:
            found += path.glob("*.jsonl")
        else:
            found += path.rglob("recordings/*.jsonl")
    if not found:
        raise InputError(
            "Expected recordings (*.jsonl in a folder named recordings), but there are none; name their folder."
        )
    return sorted(set(found))


def _used(given: argparse.Namespace) -> Used:
    from GenFlowLibrary.engines.recording_upkeep import used_in  # noqa: PLC0415 - not for --help

    if not given.trace:
        raise InputError(
            f"Expected --trace with the {FILE_NAME} of a run, which tells what it used, but none is given; "
            "run with GENFLOW_RECORDING=replay and name the trace in its output directory."
        )
    return used_in(given.trace)


def _touched(paths: list[Path], used: Used) -> Iterator[tuple[Path, list[Line]]]:
    """Yields the recordings that the runs used anything of: those of other suites are nobody's orphans."""
    from GenFlowLibrary.engines.recording_upkeep import read_lines  # noqa: PLC0415 - not for --help

    for file in _files(paths):
        lines = read_lines(file)
        if any(line.entry and line.entry.key in used.keys for line in lines):
            yield file, lines


def _orphans(lines: list[Line], used: Used) -> list[Line]:
    return [line for line in lines if line.entry and not line.superseded and line.entry.key not in used.keys]


def _warning(used: Used) -> str:
    if not used.failed_steps:
        return ""
    return (
        f" {used.failed_steps} steps of the runs failed: what would have come after them was not used either."
    )


def _summary(lines: list[Line]) -> str:
    entries = [line for line in lines if line.entry and not line.superseded]
    prompts = sorted({line.entry.question.prompt or "?" for line in entries if line.entry})
    edited = sum(line.entry.edited for line in entries if line.entry)
    superseded = sum(line.superseded for line in lines)
    parts = [f"{len(entries)} answer{'' if len(entries) == 1 else 's'} to {', '.join(prompts) or 'nothing'}"]
    parts += [f"{edited} corrected by hand"] if edited else []
    parts += [f"{superseded} recorded again later"] if superseded else []
    return "; ".join(parts)


def _shown(line: Line) -> str:
    from GenFlowLibrary.answers.parsing import excerpt  # noqa: PLC0415 - not for --help

    if line.entry is None:
        return f"line {line.number}"
    entry = line.entry
    marks = [word for word, holds in (("corrected", entry.edited), ("superseded", line.superseded)) if holds]
    about = f"{entry.question.prompt or '?'} {entry.question.version or ''}".strip()
    when = entry.recorded[:10] or "by hand"
    return f"line {line.number}: {about}, {', '.join([when, *marks])}: {excerpt(entry.completion.text, _EXCERPT)}"

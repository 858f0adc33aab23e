"""``genflow demo``: runs a suite of the project's own in a real browser, with the practice office that it works in.

folder robot_suites of a clone -> its suites -> one of them, run in a process of its own -> what the office holds, and where log.html is
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

_FOLDER = "robot_suites"
_OFFICE = "practice_office"
_DATABASE = "practice_office.db"
_NEEDED = {"flask": "Flask", "docx": "python-docx"}
"""What the office and the papers of the suites need besides the library, by module."""
_SAYS = re.compile(r"^Documentation[ \t]{2,}(?P<first>\S.*(?:\n\.\.\.[ \t]{2,}\S.*)*)", re.MULTILINE)
_EMBEDDED = {"GENFLOW_ENGINE": "embedded", "GENFLOW_RECORDING": "off"}


@dataclass(frozen=True)
class Demo:
    """A suite that can be run: its name, its file, and in a sentence what it shows."""

    name: str
    file: Path
    shows: str


def add(commands: Any) -> None:
    """Adds the sub-command to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "demo", help="run a complete example in a real browser (from a clone of the project)"
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="which one; without it they are listed")
    parser.add_argument("--list", action="store_true", help="tell what each example shows, and run none")
    parser.add_argument(
        "--own-settings",
        action="store_true",
        help="use the engine of your settings instead of the embedded one",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Lists the examples, or runs one and returns its exit code: 0 where all its tasks passed, 1 where not."""
    root = find_clone((Path.cwd(), *Path.cwd().parents, Path(__file__).parents[2]))
    demos = find_demos(root)
    if given.list or given.name is None:
        width = max((len(one.name) for one in demos), default=0)
        for one in demos:
            print(f"{one.name:<{width}}  {one.shows}".rstrip())
        return 0
    demo = next((one for one in demos if one.name == given.name), None)
    if demo is None:
        names = ", ".join(one.name for one in demos)
        raise InputError(
            f"Expected one of the demos {names}, but found '{given.name}'; 'genflow demo --list' tells what each shows."
        )
    check_needed()
    return _run(demo, root, environment(os.environ, own_settings=given.own_settings))


def find_clone(places: Sequence[Path]) -> Path:
    """Returns the first of the places that is a clone of the project: it has the suites and their office.

    Raises:
        InputError: none is, as where the library was installed without its sources.
    """
    for place in places:
        if (place / _FOLDER / _OFFICE / "__main__.py").is_file():
            return place
    raise InputError(
        f"Expected a clone of the project, with its folder {_FOLDER}, but there is none here; "
        "the installed package has no demos: clone the repository and run this in it."
    )


def find_demos(root: Path) -> list[Demo]:
    """Returns the suites of a clone by name: files of the folder itself, and of each folder the file that is named like it."""
    folder = root / _FOLDER
    files = [*folder.glob("*.robot"), *(file for file in folder.glob("*/*.robot") if _names_its_folder(file))]
    return [Demo(file.stem, file, _shows(file)) for file in sorted(files, key=lambda file: file.stem)]


def _names_its_folder(file: Path) -> bool:
    return file.stem == file.parent.name


def _shows(file: Path) -> str:
    """Returns the first paragraph of a suite's documentation."""
    match = _SAYS.search(file.read_text("utf-8"))
    return re.sub(r"\s*\n\.\.\.\s+", " ", match["first"]).strip() if match else ""


def check_needed() -> None:
    """Raises InputError where something is not installed that the suites and the office need."""
    missing = [package for module, package in _NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise InputError(
            f"Expected what the demos need to be installed, but found no {' and no '.join(missing)}; "
            "install it in the clone: pip install --editable .[demo,documents]"
        )


def environment(outer: Mapping[str, str], *, own_settings: bool) -> dict[str, str]:
    """Returns the environment of a demo: on the embedded engine without the user's settings, unless these are wanted."""
    if own_settings:
        return dict(outer)
    kept = {
        name: value
        for name, value in outer.items()
        if name == "GENFLOW_BROWSER" or not name.startswith(("GENFLOW_", "OPENAI_"))
    }
    return kept | _EMBEDDED


def _run(demo: Demo, root: Path, variables: Mapping[str, str]) -> int:
    output = root / "results" / f"demo_{demo.name}"
    output.mkdir(parents=True, exist_ok=True)
    database, log = output / _DATABASE, output / "log.html"
    for old in (database, log):
        old.unlink(missing_ok=True)  # nothing of an earlier run is shown as this one's
    # What a run learns belongs to the run, not beside the suite in the working tree.
    learned = {"GENFLOW_LEARNED_PLANS": str(output / "learned")} | dict(variables)
    robot = (sys.executable, "-m", "robot", "--outputdir", str(output), str(demo.file))
    done = subprocess.run(robot, env=learned, cwd=root, check=False)  # noqa: S603 - our own suite
    if database.is_file():
        office = (sys.executable, str(root / _FOLDER / _OFFICE), "--database", str(database), "--list")
        subprocess.run(office, cwd=root, check=False)  # noqa: S603 - our own office
    if log.is_file():
        print(f"\nEvery step with its prompt, answer and outcome: {log.as_uri()}")
    return 1 if done.returncode else 0

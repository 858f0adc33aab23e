"""What goes into the wheel."""

from __future__ import annotations

import configparser
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "GenFlowLibrary"


def test_every_data_file_of_the_package_is_declared_and_every_declaration_finds_one() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = setup["options.package_data"]["GenFlowLibrary"].split()

    declared = {file for pattern in patterns for file in PACKAGE.glob(pattern)}
    present = {
        file
        for file in PACKAGE.rglob("*")
        if file.is_file() and file.suffix not in (".py", ".pyc") and "_cache" not in str(file)
    }

    assert present == declared
    assert [pattern for pattern in patterns if not list(PACKAGE.glob(pattern))] == []

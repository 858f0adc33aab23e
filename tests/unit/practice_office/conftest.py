from __future__ import annotations

import shutil
from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from robot_suites.practice_office.app import create_app
from robot_suites.practice_office.database import Database
from robot_suites.practice_office.opening import prepare
from tests.unit.practice_office.clerk import Clerk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

# Sunday noon after the last enquiry of the seed.
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly seeded database; reading the seed takes longer than most tests, so it is read once and copied."""
    path = tmp_path_factory.mktemp("office") / "seeded.sqlite3"
    prepare(path)
    return path


@pytest.fixture
def database_path(seeded: Path, tmp_path: Path) -> Path:
    path = tmp_path / "office.sqlite3"
    shutil.copyfile(seeded, path)
    return path


@pytest.fixture(scope="session")
def office(seeded: Path) -> Flask:
    """One application for all tests, because compiling its templates takes longer than serving a page."""
    return create_app(seeded, now=lambda: NOW)


@pytest.fixture
def app(office: Flask, database_path: Path) -> Flask:
    """The application on a database of this test alone; it opens one connection a request, so a path is enough."""
    office.config["DATABASE"] = str(database_path)
    return office


@pytest.fixture
def clerk(app: Flask) -> Clerk:
    return Clerk(app)


@pytest.fixture
def database(database_path: Path) -> Iterator[Database]:
    with Database(database_path) as opened:
        yield opened

"""The database: references are unique, a broken transaction leaves nothing, and foreign files are left alone."""

from __future__ import annotations

import re
import sqlite3
import threading
from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from robot_suites.practice_office.database import Database, NotAnOfficeDatabaseError, new_reference
from robot_suites.practice_office.opening import prepare, require_office

if TYPE_CHECKING:
    from pathlib import Path

    from robot_suites.practice_office.records import Enquiry

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


def store(database: Database, number: str) -> str:
    enquiry = database.enquiry(number)
    assert enquiry
    with database.writing():
        return database.store("reply", "RP", enquiry, {"close": True}, NOW, status="replied", closes=True)


def test_a_reference_is_short_and_easy_to_read_out() -> None:
    references = {new_reference("RF") for _ in range(200)}
    assert len(references) > 190
    assert all(re.fullmatch(r"RF-[2-9A-HJKMNP-Z]{6}", reference) for reference in references)


def test_a_reference_that_is_taken_is_never_given_twice(database_path: Path) -> None:
    drawn = iter(["RP-AAAAAA", "RP-AAAAAA", "RP-AAAAAA", "RP-BBBBBB"])
    with Database(database_path, make_reference=lambda _: next(drawn)) as database:
        assert store(database, "ENQ-1001") == "RP-AAAAAA"
        assert store(database, "ENQ-1002") == "RP-BBBBBB"
        assert [one.enquiry for one in database.submissions()] == ["ENQ-1001", "ENQ-1002"]


def test_the_database_itself_refuses_a_second_equal_reference(
    database: Database, database_path: Path
) -> None:
    reference = store(database, "ENQ-1001")
    connection = sqlite3.connect(database_path)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute(
            "INSERT INTO submissions (reference, kind, enquiry, stored_at, details) VALUES (?, 'reply', ?, ?, '{}')",
            (reference, "ENQ-1002", NOW.isoformat()),
        )
    connection.close()


def test_without_a_free_reference_nothing_is_stored(database_path: Path) -> None:
    with Database(database_path, make_reference=lambda _: "RP-AAAAAA") as database:
        store(database, "ENQ-1001")
        with pytest.raises(RuntimeError, match="found none in 20 attempts"):
            store(database, "ENQ-1002")
        enquiry = database.enquiry("ENQ-1002")
        assert enquiry
        assert enquiry.status == "open"


def test_what_fails_halfway_is_undone(database: Database) -> None:
    enquiry = database.enquiry("ENQ-1001")
    assert enquiry

    def store_and_fail(enquiry: Enquiry) -> None:
        with database.writing():
            database.store("reply", "RP", enquiry, {}, NOW, status="replied", closes=True)
            raise OSError("the power is gone")

    with pytest.raises(OSError, match="power"):
        store_and_fail(enquiry)
    assert database.submissions() == []
    assert database.count_by_status() == {"open": 30, "replied": 0, "refunded": 0, "escalated": 0}


def test_who_wants_to_write_waits_until_the_other_has_finished(
    database: Database, database_path: Path
) -> None:
    seen: list[str] = []
    arrived, entered = threading.Event(), threading.Event()

    def second_clerk() -> None:
        with Database(database_path) as other:
            arrived.set()
            with other.writing():
                entered.set()
                enquiry = other.enquiry("ENQ-1001")
                seen.append(enquiry.status if enquiry else "gone")

    thread = threading.Thread(target=second_clerk)
    with database.writing():
        thread.start()
        assert arrived.wait(5)
        assert not entered.wait(0.05)
        enquiry = database.enquiry("ENQ-1001")
        assert enquiry
        database.store("reply", "RP", enquiry, {"close": True}, NOW, status="replied", closes=True)
    thread.join(5)
    assert seen == ["replied"]


def test_a_second_start_keeps_what_was_stored_and_a_fresh_one_forgets_it(database_path: Path) -> None:
    with Database(database_path) as database:
        store(database, "ENQ-1001")
    prepare(database_path)
    with Database(database_path) as database:
        assert len(database.submissions()) == 1
    prepare(database_path, fresh=True)
    with Database(database_path) as database:
        assert database.submissions() == []
        assert len(database.enquiries()) == 30
    assert [one.name for one in database_path.parent.iterdir()] == ["office.sqlite3"]


@pytest.mark.parametrize("fresh", [False, True])
def test_a_file_that_is_not_the_offices_is_left_as_it_was(tmp_path: Path, fresh: bool) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Joan, " * 500, encoding="utf-8")
    other = tmp_path / "other.sqlite3"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    for path in (letter, other):
        before = path.read_bytes()
        with pytest.raises(NotAnOfficeDatabaseError, match="is something else; give another path"):
            prepare(path, fresh=fresh)
        assert path.read_bytes() == before


def test_a_missing_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotAnOfficeDatabaseError, match="there is none; create it first"):
        prepare(tmp_path / "nowhere" / "office.sqlite3")
    with pytest.raises(NotAnOfficeDatabaseError, match="there is no such file"):
        require_office(tmp_path / "office.sqlite3")

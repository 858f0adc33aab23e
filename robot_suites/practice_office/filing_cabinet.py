"""What the office keeps beside enquiries: contracts that came in, and the forms filed about contracts and suppliers."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .records import Contract, FiledDetails, Filing

if TYPE_CHECKING:
    from .database import Database


class FilingCabinet:
    """Contracts and filings of one open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def contracts(self) -> list[Contract]:
        """All contracts, in the order of their numbers."""
        rows = self._database.execute("SELECT * FROM contracts ORDER BY number")
        return [Contract(**dict(row)) for row in rows]

    def contract(self, number: str) -> Contract | None:
        row = self._database.execute("SELECT * FROM contracts WHERE number = ?", (number,)).fetchone()
        return Contract(**dict(row)) if row else None

    def add_contract(self, contract: Contract) -> None:
        self._database.execute(
            "INSERT INTO contracts (number, partner, subject, kind, file) VALUES (?, ?, ?, ?, ?)",
            (contract.number, contract.partner, contract.subject, contract.kind, contract.file),
        )

    def filings(self, kind: str | None = None) -> list[Filing]:
        """What was filed, of one kind or of all, oldest first."""
        rows = self._database.execute(
            "SELECT * FROM filings WHERE ?1 IS NULL OR kind = ?1 ORDER BY id", (kind,)
        )
        return [_filing(row) for row in rows]

    def filing(self, reference: str) -> Filing | None:
        row = self._database.execute("SELECT * FROM filings WHERE reference = ?", (reference,)).fetchone()
        return _filing(row) if row else None

    def about(self, kind: str, subject: str) -> Filing | None:
        """What was filed about one contract or supplier."""
        row = self._database.execute(
            "SELECT * FROM filings WHERE kind = ? AND subject = ?", (kind, subject)
        ).fetchone()
        return _filing(row) if row else None

    def file(self, kind: str, prefix: str, subject: str, details: FiledDetails, now: datetime) -> str:
        """Store one checked form and return its new unique reference. Call it inside `Database.writing`.

        Raises:
            RuntimeError: no free reference in twenty attempts.
            sqlite3.IntegrityError: this kind was filed about this subject before.
        """
        for reference in self._database.free_references(prefix):
            inserted = self._database.execute(
                "INSERT INTO filings (reference, kind, subject, stored_at, details)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (reference) DO NOTHING",
                (
                    reference,
                    kind,
                    subject,
                    now.isoformat(timespec="seconds"),
                    json.dumps(details, ensure_ascii=False),
                ),
            )
            if inserted.rowcount:
                return reference
        raise AssertionError("free_references ends with an error of its own")


def _filing(row: Any) -> Filing:
    return Filing(
        reference=row["reference"],
        kind=row["kind"],
        subject=row["subject"],
        stored_at=datetime.fromisoformat(row["stored_at"]),
        details=json.loads(row["details"]),
    )

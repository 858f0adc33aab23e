"""The office's SQLite database: one connection, its questions, and the one way to store a submission."""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .records import STATUSES, Details, Enquiry, Order, Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Letters and digits that nobody mixes up when a reference is read out on the telephone (no 0/O, 1/I/L).
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 6

# Stamped into the file's header ("GFOF"): `--fresh` never replaces a database that is not the office's.
APPLICATION_ID = 0x47464F46

_SCHEMA = Path(__file__).with_name("schema.sql")
_MOST_ATTEMPTS = 20


class NotAnOfficeDatabaseError(Exception):
    """The file is something else than a database of the practice office; the message is for the user."""


def new_reference(prefix: str) -> str:
    """A reference such as `RF-7F3K2Q`; whether it is still free is for the database to say."""
    return f"{prefix}-" + "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


class Database:
    """One open connection; every request opens its own, because SQLite connections belong to one thread."""

    def __init__(self, path: Path, make_reference: Callable[[str], str] = new_reference) -> None:
        # No implicit transactions: `writing` opens them, and everything else is a single statement.
        self._connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._make_reference = make_reference

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the file --------------------------------------------------------------------------------------

    def create(self) -> None:
        """Write the empty tables into a new file."""
        self._connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
        self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def is_office(self) -> bool:
        """Whether the file is a database of the practice office (an empty or foreign file is not)."""
        try:
            return bool(self._connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
        except sqlite3.DatabaseError:
            return False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock from first look to last insert: of two equal clicks, one finds it closed."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def execute(self, question: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Ask the database; for what is kept beside enquiries and orders, see `filing_cabinet`."""
        return self._connection.execute(question, values)

    def free_references(self, prefix: str) -> Iterator[str]:
        """References to try one after the other; whether one is free is decided by the UNIQUE constraint.

        Raises:
            RuntimeError: no free reference in twenty attempts.
        """
        for _ in range(_MOST_ATTEMPTS):
            yield self._make_reference(prefix)
        raise RuntimeError(
            f"Expected a free reference with {prefix}, found none in {_MOST_ATTEMPTS} attempts."
        )

    # -- enquiries -------------------------------------------------------------------------------------

    def enquiries(self, status: str | None = None) -> list[Enquiry]:
        """All enquiries, or those of one status, in the order of their numbers."""
        rows = self._connection.execute(
            "SELECT * FROM enquiries WHERE ?1 IS NULL OR status = ?1 ORDER BY number", (status,)
        )
        return [_enquiry(row) for row in rows]

    def enquiry(self, number: str) -> Enquiry | None:
        row = self._connection.execute("SELECT * FROM enquiries WHERE number = ?", (number,)).fetchone()
        return _enquiry(row) if row else None

    def count_by_status(self) -> dict[str, int]:
        """How many enquiries each status has; a status without any counts 0."""
        rows = self._connection.execute("SELECT status, count(*) FROM enquiries GROUP BY status")
        return dict.fromkeys(STATUSES, 0) | dict(tuple(row) for row in rows)

    def add_enquiry(self, enquiry: Enquiry) -> None:
        self._connection.execute(
            "INSERT INTO enquiries (number, customer, email, subject, channel, received, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                enquiry.number,
                enquiry.customer,
                enquiry.email,
                enquiry.subject,
                enquiry.channel,
                enquiry.received.isoformat(),
                enquiry.text,
            ),
        )

    # -- orders ----------------------------------------------------------------------------------------

    def orders(self) -> list[Order]:
        """The order book, newest order first."""
        rows = self._connection.execute("SELECT * FROM orders ORDER BY order_no DESC")
        return [_order(row) for row in rows]

    def order(self, order_no: str) -> Order | None:
        row = self._connection.execute("SELECT * FROM orders WHERE order_no = ?", (order_no,)).fetchone()
        return _order(row) if row else None

    def is_customer(self, email: str) -> bool:
        """Whether somebody with this e-mail address has ever ordered something."""
        found = self._connection.execute("SELECT 1 FROM orders WHERE email = ? COLLATE NOCASE", (email,))
        return found.fetchone() is not None

    def add_order(self, order: Order) -> None:
        self._connection.execute(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                order.order_no,
                order.customer,
                order.email,
                order.item,
                int(order.total * 100),
                order.currency,
                order.ordered.isoformat(),
                order.delivered.isoformat() if order.delivered else None,
            ),
        )

    # -- submissions -----------------------------------------------------------------------------------

    def submissions(self, enquiry: str | None = None) -> list[Submission]:
        """What was stored, for one enquiry or for all, oldest first."""
        rows = self._connection.execute(
            "SELECT * FROM submissions WHERE ?1 IS NULL OR enquiry = ?1 ORDER BY id", (enquiry,)
        )
        return [_submission(row) for row in rows]

    def submission(self, reference: str) -> Submission | None:
        row = self._connection.execute(
            "SELECT * FROM submissions WHERE reference = ?", (reference,)
        ).fetchone()
        return _submission(row) if row else None

    def refunds_of(self, order_no: str) -> list[Submission]:
        """The refunds already stored for one order, oldest first."""
        stored = self.submissions()
        return [one for one in stored if one.kind == "refund" and one.details["order_no"] == order_no]

    def refunded(self, order_no: str) -> Decimal:
        """How much of the order has been paid back so far."""
        return sum(
            (Decimal(str(one.details["amount"])) for one in self.refunds_of(order_no)), Decimal("0.00")
        )

    def store(
        self,
        kind: str,
        prefix: str,
        enquiry: Enquiry,
        details: Details,
        now: datetime,
        status: str,
        closes: bool,
    ) -> str:
        """Store one checked form, move its enquiry on, and return the new unique reference.

        Call it inside `writing`. Whether a reference is free is decided by the UNIQUE constraint.

        Raises:
            RuntimeError: no free reference in twenty attempts.
        """
        for reference in self.free_references(prefix):
            inserted = self._connection.execute(
                "INSERT INTO submissions (reference, kind, enquiry, stored_at, details)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (reference) DO NOTHING",
                (
                    reference,
                    kind,
                    enquiry.number,
                    now.isoformat(timespec="seconds"),
                    json.dumps(details, ensure_ascii=False),
                ),
            )
            if inserted.rowcount:
                self._connection.execute(
                    "UPDATE enquiries SET status = ?, closed = ? WHERE number = ?",
                    (status, int(closes), enquiry.number),
                )
                return reference
        raise AssertionError("free_references ends with an error of its own")


def _enquiry(row: Any) -> Enquiry:
    values = dict(row)
    received = datetime.fromisoformat(values.pop("received"))
    return Enquiry(**values | {"received": received, "closed": bool(values["closed"])})


def _order(row: Any) -> Order:
    delivered = row["delivered"]
    return Order(
        order_no=row["order_no"],
        customer=row["customer"],
        email=row["email"],
        item=row["item"],
        total=Decimal(row["total_cents"]).scaleb(-2),
        currency=row["currency"],
        ordered=date.fromisoformat(row["ordered"]),
        delivered=date.fromisoformat(delivered) if delivered else None,
    )


def _submission(row: Any) -> Submission:
    return Submission(
        reference=row["reference"],
        kind=row["kind"],
        enquiry=row["enquiry"],
        stored_at=datetime.fromisoformat(row["stored_at"]),
        details=json.loads(row["details"]),
    )

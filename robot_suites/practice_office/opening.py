"""Opening the office in the morning: its database file is found, or made new and filled from the seed.

    path -> is it the office's own? -> a new file beside it -> tables, enquiries, orders, contracts -> moved to its place

A file that belongs to somebody else is never touched.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .database import Database, NotAnOfficeDatabaseError
from .filing_cabinet import FilingCabinet
from .records import Contract, Enquiry, Order

SEED = Path(__file__).with_name("seed")


def prepare(path: Path, *, fresh: bool = False) -> None:
    """Make sure that `path` is a database of the office, and seed it where it is new.

    Args:
        path: the database file; its folder must exist.
        fresh: begin again from the seed and forget what was stored.

    Raises:
        NotAnOfficeDatabaseError: the file exists and is something else; it is left as it was.
    """
    if not path.parent.is_dir():
        raise NotAnOfficeDatabaseError(
            f"Expected a folder for the database at {path.parent}, but there is none; create it first."
        )
    if path.exists() and path.stat().st_size > 0:
        require_office(path)
        if not fresh:
            return
    # Filled beside its place and moved there in one step: a start cut short leaves no half-filled office.
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with Database(new) as database:
        database.create()
        with database.writing():
            for enquiry in seeded_enquiries():
                database.add_enquiry(enquiry)
            for order in seeded_orders():
                database.add_order(order)
            for contract in seeded_contracts():
                FilingCabinet(database).add_contract(contract)
    # A journal left by a killed process would be rolled back into the new file.
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    new.replace(path)


def require_office(path: Path) -> None:
    """Raise NotAnOfficeDatabaseError unless `path` is an existing database of the practice office."""
    if not path.is_file():
        raise NotAnOfficeDatabaseError(
            f"Expected a database of the practice office at {path}, but there is no such file; start the"
            " office with --database to make one."
        )
    with Database(path) as database:
        if not database.is_office():
            raise NotAnOfficeDatabaseError(
                f"Expected a database of the practice office, but {path} is something else;"
                " give another path."
            )


def seeded_enquiries() -> list[Enquiry]:
    """The enquiries of the seed, all open."""
    return [
        Enquiry(
            **entry
            | {"received": datetime.fromisoformat(entry["received"]), "status": "open", "closed": False}
        )
        for entry in _read("enquiries.yaml")
    ]


def seeded_orders() -> list[Order]:
    """The order book of the seed."""
    return [Order(**entry | {"total": Decimal(entry["total"])}) for entry in _read("orders.yaml")]


def seeded_contracts() -> list[Contract]:
    """The contracts that wait for a decision."""
    return [Contract(**entry) for entry in _read("contracts.yaml")]


def _read(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((SEED / name).read_text(encoding="utf-8"))
    return entries

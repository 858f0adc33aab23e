"""A form of an application that none of us wrote, judged by its database: Django's admin, with every widget that it has."""

from __future__ import annotations

import urllib.parse
from pathlib import Path

import pytest

from tests.applications.django_admin.running import FreightOffice, freight_office
from tests.suites.running import run_robot

SUITE = Path(__file__).parent / "django_admin.robot"
PASSWORD = "quartz+Heron/5519&lake"
WAYBILL = bytes(range(256)) * 5

NAMES = "SELECT name FROM freight_{0} JOIN freight_{1} ON freight_{0}.id = {2} WHERE {3} = ? ORDER BY name"
LINES = (
    "SELECT name, quantity, unit_price, hazardous, packed_on FROM freight_orderline"
    " JOIN freight_product ON freight_product.id = product_id WHERE shipment_id = ? ORDER BY freight_orderline.id"
)

pytestmark = [pytest.mark.browser, pytest.mark.suite]


def handling_of(office: FreightOffice, shipment: int) -> list[str]:
    return office.column(
        NAMES.format("handling", "shipment_handling", "handling_id", "shipment_id"), shipment
    )


def told_of(office: FreightOffice, shipment: int) -> list[str]:
    return office.column(NAMES.format("person", "shipment_notify", "person_id", "shipment_id"), shipment)


def checks_of(office: FreightOffice, stop: int) -> list[str]:
    return office.column(NAMES.format("handling", "stop_checks", "handling_id", "stop_id"), stop)


def shipment_of(office: FreightOffice, reference: str) -> dict[str, object]:
    (shipment,) = office.rows(
        "SELECT s.*, customer.name AS customer, carrier.name AS carrier, depot.name AS depot FROM freight_shipment AS s"
        " JOIN freight_customer AS customer ON customer.id = customer_id"
        " JOIN freight_carrier AS carrier ON carrier.id = carrier_id"
        " JOIN freight_depot AS depot ON depot.id = depot_id WHERE reference = ?",
        reference,
    )
    return {name: value for name, value in shipment.items() if not name.endswith("_id")}


def check_the_new_shipment(office: FreightOffice) -> None:
    shipment = shipment_of(office, "FR-20002")
    number = shipment.pop("id")
    assert isinstance(number, int)
    waybill = office.folder / "uploads" / str(shipment.pop("waybill"))
    assert waybill.read_bytes() == WAYBILL
    assert shipment == {
        "reference": "FR-20002",
        "customer": "Alder Mill",
        "carrier": "Northern Road",
        "depot": "Turku",
        "service": "exp",
        "status": "booked",
        "insured": 0,
        "fragile": 1,
        "temperature_controlled": 1,
        "pieces": 7,
        "weight": 1250.5,
        "declared_value": 1999.9,
        "ready_on": "2026-04-02",
        "collect_at": "2026-04-03 14:30:00",
        "deliver_by": "2026-05-11 09:05:00",
        "closing_time": "17:45:00",
        "tracking_page": "https://example.org/t/1",
        "contact_email": "dock@example.org",
        "instructions": "Ring twice.\r\nWait at the gate.",
        "customs_code": "4407",
        "export_licence": "EX-7",
    }
    assert handling_of(office, number) == ["Do not stack", "Keep dry", "Weigh again"]
    assert told_of(office, number) == ["Ada Brook", "Cleo Field"]
    assert [tuple(line.values()) for line in office.rows(LINES, number)] == [
        ("Oak shelf", 3, 12.5, 0, "2026-04-01"),
        ("Oak shelf, long", 1, 99, 1, None),
        ("Reading lamp", 12, 19.9, 0, None),
    ]
    stops = office.rows(
        "SELECT id, city, arrives, note FROM freight_stop WHERE shipment_id = ? ORDER BY id", number
    )
    assert [
        (stop["city"], stop["arrives"], stop["note"], checks_of(office, stop["id"])) for stop in stops
    ] == [
        ("Lahti", "2026-04-03 18:00:00", "Gate 4", ["Keep dry"]),
        ("Kouvola", "2026-04-04 08:30:00", "", ["Keep upright", "Weigh again"]),
    ]


def check_the_changed_shipment(office: FreightOffice) -> None:
    """What was given is replaced, and what was not is as it was; what was refused left no trace."""
    shipment = shipment_of(office, "FR-10001")
    number = shipment.pop("id")
    assert isinstance(number, int)
    assert shipment == {
        "reference": "FR-10001",
        "customer": "Cedar Works",
        "carrier": "Harbour Line",
        "depot": "Oulu",
        "service": "std",
        "status": "booked",
        "insured": 1,
        "fragile": 0,
        "temperature_controlled": 0,
        "pieces": 6,
        "weight": 12.5,
        "declared_value": None,
        "ready_on": "2026-03-02",
        "collect_at": "2026-03-05 10:00:00",
        "deliver_by": None,
        "closing_time": None,
        "tracking_page": "",
        "contact_email": "",
        "waybill": "",
        "instructions": "",
        "customs_code": "9999",
        "export_licence": "",
    }
    assert handling_of(office, number) == ["Keep dry", "Two people lift"]
    assert told_of(office, number) == ["Ada Brook"]
    assert [tuple(line.values()) for line in office.rows(LINES, number)] == [
        ("Pine bench", 3, 80, 0, "2026-03-01"),
        ("Oak shelf", 1, 5, 0, None),
    ]
    assert office.column("SELECT city FROM freight_stop WHERE shipment_id = ?", number) == ["Kuopio"]


def test_shipments_arrive_in_the_database_as_they_were_told(tmp_path: Path) -> None:
    folder, output, waybill = tmp_path / "office", tmp_path / "output", tmp_path / "waybill 7.bin"
    folder.mkdir()
    waybill.write_bytes(WAYBILL)
    with freight_office(folder, PASSWORD) as office:
        printed = run_robot(
            SUITE,
            output,
            "--loglevel",
            "TRACE",
            "--debugfile",
            "debug.txt",
            FREIGHT_ADDRESS=office.address,
            FREIGHT_PASSWORD=PASSWORD,
            WAYBILL=str(waybill),
        )
        assert office.column("SELECT reference FROM freight_shipment ORDER BY id") == ["FR-10001", "FR-20002"]
        check_the_new_shipment(office)
        check_the_changed_shipment(office)
    written = [file.read_text("utf-8", errors="replace") for file in output.rglob("*") if file.is_file()]
    assert len(written) >= 5, "log.html, report.html, output.xml, debug.txt and the trace"
    for form in (
        PASSWORD,
        urllib.parse.quote(PASSWORD),
        urllib.parse.quote_plus(PASSWORD),
        "Heron/5519",
        "Heron%2F5519",
    ):
        assert not [text for text in (printed, *written) if form in text]

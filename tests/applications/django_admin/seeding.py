"""What the office knows on its first day: its lists, one clerk, and one shipment to be changed."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth import get_user_model
from freight.models import Carrier, Customer, Depot, Handling, OrderLine, Person, Product, Shipment, Stop

NAMES = {
    # Look-alikes on purpose: one name begins another, and the search finds both.
    Customer: ("Alder Mill", "Alder Mill Trading", "Birch & Sons", "Cedar Works", "Grove Books"),
    Carrier: ("Harbour Line", "Northern Road", "Northern Rail"),
    Depot: ("Tampere", "Turku", "Oulu"),
    Product: ("Oak shelf", "Oak shelf, long", "Pine bench", "Reading lamp"),
    Handling: ("Do not stack", "Keep dry", "Keep upright", "Two people lift", "Weigh again"),
    Person: ("Ada Brook", "Ben Marsh", "Cleo Field", "Dana Wood"),
}


def seed(clerk: str, password: str) -> None:
    """Fills an empty database."""
    for model, names in NAMES.items():
        model.objects.bulk_create(model(name=name) for name in names)
    get_user_model().objects.create_superuser(clerk, "clerk@example.org", password)
    shipment = Shipment.objects.create(
        reference="FR-10001",
        customer=Customer.objects.get(name="Birch & Sons"),
        carrier=Carrier.objects.get(name="Northern Rail"),
        depot=Depot.objects.get(name="Oulu"),
        status=Shipment.Status.BOOKED,
        fragile=True,
        temperature_controlled=False,
        pieces=4,
        weight="12.500",
        ready_on=date(2026, 3, 2),
        collect_at=datetime(2026, 3, 3, 8, 15),
        instructions="Ring twice.",
        customs_code="4407",
    )
    shipment.handling.set(Handling.objects.filter(name__in=("Do not stack", "Keep dry", "Keep upright")))
    shipment.notify.set(Person.objects.filter(name__in=("Ada Brook", "Ben Marsh")))
    bench, lamp = Product.objects.get(name="Pine bench"), Product.objects.get(name="Reading lamp")
    OrderLine.objects.create(shipment=shipment, product=bench, quantity=2, unit_price="80.00")
    OrderLine.objects.create(shipment=shipment, product=lamp, quantity=5, unit_price="19.90", hazardous=True)
    Stop.objects.create(shipment=shipment, city="Kuopio", arrives=datetime(2026, 3, 3, 12, 0))

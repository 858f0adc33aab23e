"""A shipment with a field of every kind that Django's admin draws."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models


class Named(models.Model):
    """A thing that is known by its name."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        abstract = True
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Customer(Named):
    """Who pays."""


class Carrier(Named):
    """Who drives."""


class Depot(Named):
    """Where it starts."""


class Product(Named):
    """What is sent."""


class Handling(Named):
    """What is to be minded on the way."""

    class Meta(Named.Meta):
        verbose_name_plural = "handling instructions"


class Person(Named):
    """Who is told."""

    class Meta(Named.Meta):
        verbose_name_plural = "people"


class Shipment(models.Model):
    """One order to move goods."""

    class Service(models.TextChoices):
        """How fast."""

        ECONOMY = "eco", "Economy"
        STANDARD = "std", "Standard"
        EXPRESS = "exp", "Express"

    class Status(models.TextChoices):
        """How far."""

        DRAFT = "draft", "Draft"
        BOOKED = "booked", "Booked"
        DELIVERED = "delivered", "Delivered"

    reference = models.CharField(
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^FR-\d{5}$", "A reference is FR- and five digits.")],
        help_text="FR- and five digits, as on the label.",
    )
    customer = models.ForeignKey(Customer, models.PROTECT)
    carrier = models.ForeignKey(Carrier, models.PROTECT)
    depot = models.ForeignKey(Depot, models.PROTECT)
    service = models.CharField(max_length=3, choices=Service.choices, default=Service.STANDARD)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    insured = models.BooleanField(default=True, help_text="Untick it for goods of no value.")
    fragile = models.BooleanField(default=False)
    temperature_controlled = models.BooleanField(null=True, blank=True)
    pieces = models.PositiveIntegerField(validators=[MaxValueValidator(99)])
    weight = models.DecimalField("weight (kg)", max_digits=8, decimal_places=3)
    declared_value = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    ready_on = models.DateField("ready on")
    collect_at = models.DateTimeField("collection")
    deliver_by = models.DateTimeField("delivery deadline", null=True, blank=True)
    closing_time = models.TimeField(null=True, blank=True)
    handling = models.ManyToManyField(Handling, blank=True, help_text="All that the driver must know.")
    notify = models.ManyToManyField(Person, blank=True)
    tracking_page = models.URLField(blank=True)
    contact_email = models.EmailField(blank=True)
    waybill = models.FileField(upload_to="waybills", blank=True)
    instructions = models.TextField(blank=True)
    customs_code = models.CharField(max_length=10, blank=True)
    export_licence = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.reference


class OrderLine(models.Model):
    """What is in a shipment."""

    shipment = models.ForeignKey(Shipment, models.CASCADE)
    product = models.ForeignKey(Product, models.PROTECT)
    quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=8, decimal_places=2)
    hazardous = models.BooleanField(default=False)
    packed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product}"


class Stop(models.Model):
    """Where a shipment stops on its way."""

    shipment = models.ForeignKey(Shipment, models.CASCADE)
    city = models.CharField(max_length=60)
    arrives = models.DateTimeField()
    note = models.TextField(blank=True)
    checks = models.ManyToManyField(Handling, blank=True)

    def __str__(self) -> str:
        return self.city

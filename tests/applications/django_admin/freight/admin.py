"""The admin's widgets, each of them used once at least."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from .models import Carrier, Customer, Depot, Handling, OrderLine, Person, Product, Shipment, Stop


class NamedAdmin(admin.ModelAdmin):
    """Lists that an autocomplete field can search."""

    search_fields = ("name",)


admin.site.register((Customer, Carrier, Depot, Product, Handling, Person), NamedAdmin)


class OrderLines(admin.TabularInline):
    """A table with one empty row, an autocomplete field and a date picker in it."""

    model = OrderLine
    extra = 1
    autocomplete_fields = ("product",)


class Stops(admin.StackedInline):
    """Blocks one below the other; none is there before it is asked for."""

    model = Stop
    extra = 0
    filter_horizontal = ("checks",)


@admin.register(Shipment)
class ShipmentAdmin(admin.ModelAdmin):
    """One page for all of a shipment."""

    list_display = ("reference", "customer", "status")
    inlines = (OrderLines, Stops)
    autocomplete_fields = ("customer", "notify")
    raw_id_fields = ("depot",)
    filter_horizontal = ("handling",)
    radio_fields: ClassVar[dict[str, Any]] = {"service": admin.HORIZONTAL}
    fieldsets = (
        (None, {"fields": ("reference", "customer", ("carrier", "depot"), "service", "status")}),
        (
            "Load",
            {
                "fields": (
                    ("insured", "fragile"),
                    "temperature_controlled",
                    ("pieces", "weight"),
                    "declared_value",
                    "handling",
                )
            },
        ),
        ("Times", {"fields": ("ready_on", "collect_at", "deliver_by", "closing_time")}),
        (
            "Papers",
            {"fields": ("tracking_page", "contact_email", "notify", "waybill", "instructions")},
        ),
        (
            "Customs",
            {
                "classes": ("collapse",),
                "description": "Only for goods that leave the union.",
                "fields": ("customs_code", "export_licence"),
            },
        ),
    )

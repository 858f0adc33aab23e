"""The order book: what customers have bought, to look up before money is paid back."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from .lookup import database

pages = Blueprint("orders", __name__)


@pages.get("/orders")
def list_all() -> str:
    return render_template("orders.html", orders=database().orders())


@pages.get("/orders/<order_no>")
def detail(order_no: str) -> str:
    order = database().order(order_no)
    if order is None:
        abort(404, f"There is no order {order_no} in the order book.")
    return render_template(
        "order.html",
        order=order,
        refunds=database().refunds_of(order_no),
        left=order.total - database().refunded(order_no),
    )

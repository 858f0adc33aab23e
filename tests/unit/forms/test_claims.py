"""What a written text states, and whether it was given."""

from __future__ import annotations

import pytest

from GenFlowLibrary.forms.claims import not_given

FACTS = '{"order": "GF-10442", "delivered": "2026-05-03", "amount": "25.90", "pieces": 3, "mail": "ada@example.org", "at": "14:30"}'


@pytest.mark.parametrize(
    "text",
    [
        "The shade of order GF-10442 arrived in 3 pieces.",
        "Order gf 10442, delivered on 3 May 2026, cost 25,90 euros.",
        "Am 03.05.2026 kam die Lampe in drei Teilen an.",
        "Delivered on 3 May at 14:30, in two halves and a splinter.",
        "It came on May 3rd.",
        "订单GF-10442共3件破损。",
        "Please write to ada@example.org.",
        "No number at all.",
    ],
)
def test_what_was_given_may_be_said_in_any_way_people_write_it(text: str) -> None:
    assert not_given(text, FACTS) == []


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Order GF-10443 is broken.", "gf-10443"),
        ("It arrived in 4 pieces.", "4"),
        ("Delivered on 4 May 2026.", "4 may 2026"),
        ("Delivered on 3 June.", "3 june"),
        ("Delivered on 2026-06-03.", "2026-06-03"),
        ("It cost 259 euros.", "259"),
        ("Write to eve@example.org now.", "eve@example.org"),
        ("See https://example.org/claim for more.", "https://example.org/claim"),
        ("It came at 15:45.", "15:45"),
        ("共４件破损", "4"),
        ("100% broken", "100"),
    ],
)
def test_what_was_made_up_is_named(text: str, strange: str) -> None:
    assert not_given(text, FACTS) == [strange]

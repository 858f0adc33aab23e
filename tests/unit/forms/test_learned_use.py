"""A learned plan on a page that changed: what the keys' own words say is read in the page's language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from GenFlowLibrary.browser.page import FieldCard, Snapshot
from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.forms.learned import make_learned
from GenFlowLibrary.forms.learned_folder import KeptPlan
from GenFlowLibrary.forms.learned_use import use_healed
from GenFlowLibrary.forms.match import Match

DATA = {"Region": "Vysočina", "Email": "ada@example.org"}
BEFORE = (
    FieldCard(1, "text", "Region", "label"),
    FieldCard(2, "email", "Email", "label", name="f2"),
)


def snapshot(fields: tuple[FieldCard, ...], language: str) -> Snapshot:
    return Snapshot("s", "https://example.org/order", "Order", "css:form", language, fields, ())


def kept(language: str) -> KeptPlan:
    pairs = [Match("Region", BEFORE[0], 1.0, "label"), Match("Email", BEFORE[1], 1.0, "label")]
    plan = make_learned(snapshot(BEFORE, language), DATA, pairs, "2026-01-02")
    assert plan is not None
    return KeptPlan(plan, Path("order.yaml"))


def test_a_relabelled_field_is_confirmed_by_words_in_the_pages_language() -> None:
    after = (replace(BEFORE[0], label="Kraj"), BEFORE[1])
    used = use_healed(kept("cs"), snapshot(after, "cs"), DATA, heals_allowed=False)
    assert {found.key: found.card.label for found in used.matches} == {"Region": "Kraj", "Email": "Email"}
    with pytest.raises(PlanError, match="Region"):  # a country in Polish
        use_healed(kept("pl"), snapshot(after, "pl"), DATA, heals_allowed=False)

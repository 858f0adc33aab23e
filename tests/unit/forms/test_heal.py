"""Changed forms, card by card: what is the same, what is healed, and what must be refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.forms.fingerprint import take_fingerprint
from GenFlowLibrary.forms.heal import contradict, label_likeness, likeness, locate
from GenFlowLibrary.forms.labels import normal

CARDS = (
    FieldCard(1, "text", "First name", "label", section="Customer", name="first_name"),
    FieldCard(2, "text", "Last name", "label", section="Customer", name="last_name"),
    FieldCard(3, "email", "Email", "label", section="Customer", name="email"),
    FieldCard(4, "tel", "Phone", "label", section="Customer", name="phone"),
    FieldCard(5, "number", "Amount", "label", section="Refund", name="amount"),
    FieldCard(6, "select", "Reason", "label", section="Refund", name="reason"),
    FieldCard(7, "textarea", "Note", "label", section="Refund", name="note"),
)
PRINTS = {card.label: take_fingerprint(card, CARDS, ()) for card in CARDS}


def numbered(cards: list[FieldCard]) -> list[FieldCard]:
    return [replace(card, number=number) for number, card in enumerate(cards, 1)]


def test_an_unchanged_form_is_the_same_whatever_its_order() -> None:
    for cards in (list(CARDS), numbered(list(reversed(CARDS)))):
        found = locate(PRINTS, cards)
        assert all(finding.state == "same" for finding in found.values())
        assert all(finding.card is not None and finding.card.label == key for key, finding in found.items())


@pytest.mark.parametrize(
    ("learned", "found", "least", "most"),
    [
        ("Phone", "Telephone number", 0.8, 1.0),
        ("Amount", "AMOUNT:", 1.0, 1.0),
        ("Phone", "Telefon", 0.8, 1.0),
        ("Phone", "Mobile phone", 0.0, 0.5),
        ("Email", "Newsletter email", -1.0, 0.5),
        ("First name", "Last name", -1.0, -1.0),
        ("Billing city", "Delivery city", -1.0, -1.0),
        ("Order number", "Invoice number", -1.0, -1.0),
        ("Address line 1", "Address line 2", -1.0, 0.0),
        ("Kontierung", "Kontierungg", 0.8, 0.9),
        ("Kontierung", "Xyzzy", 0.0, 0.0),
    ],
)
def test_labels_are_alike_by_meaning_and_never_against_it(
    learned: str, found: str, least: float, most: float
) -> None:
    assert least <= label_likeness(learned, found) <= most


def test_vague_concepts_contradict_nothing() -> None:
    assert contradict({"email"}, {"phone"})
    assert not contradict({"name"}, {"phone"})
    assert not contradict({"email"}, set())
    assert not contradict({"family_name"}, {"name"})


def test_a_renamed_field_is_found_by_what_stayed() -> None:
    cards = [replace(c, label="Kontierung") if c.label == "Note" else c for c in CARDS]
    finding = locate(PRINTS, cards)["Note"]
    assert (finding.state, finding.card) == ("changed", cards[6])
    assert finding.difference.startswith("was label 'Note', now label 'Kontierung' (same section 'Refund'")


def test_a_password_field_is_only_ever_a_password_field() -> None:
    learned = take_fingerprint(
        FieldCard(1, "password", "PIN", "label", name="pin"), [FieldCard(1, "password", "PIN")], ()
    )
    card = FieldCard(1, "text", "PIN", "label", name="pin")
    assert likeness(learned, card, [card]) == 0.0
    back = take_fingerprint(card, [card], ())
    assert likeness(back, replace(card, kind="password"), [card]) == 0.0


def test_a_field_that_was_there_besides_is_never_what_a_missing_one_became() -> None:
    """The alias field takes the very place and name of the lost one; it was another field when the plan was made."""
    learned = {"Note": PRINTS["Note"]}
    cards = [*CARDS[:6], FieldCard(7, "textarea", "Remark", "label", section="Refund", name="note")]
    assert locate(learned, cards, others=())["Note"].state == "changed"
    assert locate(learned, cards, others=("Remark",))["Note"].state == "lost"


@given(st.sampled_from(CARDS), st.permutations(CARDS), st.booleans())
def test_a_removed_field_is_never_found_again(
    removed: FieldCard, order: list[FieldCard], rename: bool
) -> None:
    """Whatever is left, in whatever order, and also where programmers named everything anew."""
    left = [card for card in order if card != removed]
    if rename:
        left = [replace(card, name=f"{card.name}_v2") for card in left]
    finding = locate(PRINTS, numbered(left))[removed.label]
    assert finding.state == "lost", finding.difference


@given(st.permutations(CARDS), st.sets(st.sampled_from([c.name for c in CARDS])))
def test_fields_whose_names_changed_are_themselves(order: list[FieldCard], renamed: set[str]) -> None:
    cards = numbered([replace(c, name=f"x{c.name}") if c.name in renamed else c for c in order])
    for key, finding in locate(PRINTS, cards).items():
        assert finding.card is not None
        assert finding.card.label == key


@given(st.sampled_from(CARDS), st.integers(0, len(CARDS)))
def test_an_added_twin_is_never_taken_for_the_learned_field(learned: FieldCard, at: int) -> None:
    twin = replace(learned, name="another")
    cards = numbered([*CARDS[:at], twin, *CARDS[at:]])
    card = locate(PRINTS, cards)[learned.label].card
    assert card is not None
    assert card.name == learned.name
    nameless = [replace(c, name="") if normal(c.label) == normal(learned.label) else c for c in cards]
    assert locate(PRINTS, nameless)[learned.label].state == "lost"

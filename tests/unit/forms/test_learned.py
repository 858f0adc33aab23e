"""What a learned plan is keyed by, what it holds, and what it does not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from GenFlowLibrary.browser.page import FieldCard, Snapshot
from GenFlowLibrary.forms.fingerprint import Fingerprint, fits, take_fingerprint, without_data
from GenFlowLibrary.forms.heal import locate
from GenFlowLibrary.forms.learned import belonging, make_learned, origin_of, path_of, signature_of
from GenFlowLibrary.forms.learned_file import write_plan
from GenFlowLibrary.forms.learned_rules import heals_allowed, is_attended
from GenFlowLibrary.forms.match import Match

CARDS = (
    FieldCard(1, "text", "Order number", "label", section="Refund for ENQ-1001", name="order_no", id="order"),
    FieldCard(2, "number", "Amount", "label", section="Refund for ENQ-1001", name="amount"),
    FieldCard(3, "text", "Note", "label", name="note"),
)
DATA = {"Order number": "GF-10442", "Sum": "25.90"}


def snapshot(
    cards: tuple[FieldCard, ...] = CARDS, url: str = "http://127.0.0.1:5000/enquiries/ENQ-1001/refund"
) -> Snapshot:
    return Snapshot("s1", url, "Refund", "the form", "en", cards, ())


MATCHES = (Match("Order number", CARDS[0], 1.0, "label"), Match("Sum", CARDS[1], 0.0, "chosen by the engine"))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://localhost:8080/a", "http://localhost"),
        ("http://127.0.0.1:40123/a", "http://localhost"),
        ("http://[::1]:80/a", "http://localhost"),
        ("http://app.localhost:3000/", "http://localhost"),
        ("https://Example.org/a", "https://example.org"),
        ("https://example.org:443/a", "https://example.org"),
        ("https://example.org:8443/a", "https://example.org:8443"),
        ("https://localhost.example.org:1/a", "https://localhost.example.org:1"),
        ("file:///home/ada/form.html", "file:"),
    ],
)
def test_the_origin_leaves_out_the_port_of_this_machine_only(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://x/enquiries/ENQ-1001/refund?tab=2", "/enquiries/*/refund"),
        ("http://x/orders/42/", "/orders/*"),
        ("http://x/orders/42.html", "/orders/*.html"),
        ("http://x/forms/form-1040.html", "/forms/form-1040.html"),
        ("http://x/o/3f2a9c1e-1111-4222-8333-abcdefabcdef/edit", "/o/*/edit"),
        ("http://x/o/5f3b9ac1d2e4/edit", "/o/*/edit"),
        ("http://x/", "/"),
        ("http://x", ""),
        ("http://x/wizard/step2", "/wizard/step2"),
        ("http://x/api/v2/facade", "/api/v2/facade"),
        ("http://x/app#/refunds/12/edit", "/app/#/refunds/*/edit"),
        ("http://x/app#section", "/app"),
        ("file:///tmp/pytest-12/form.html", "form.html"),
        ("data:text/html,<form>", ""),
    ],
)
def test_the_path_has_stars_for_numbers_and_identifiers(url: str, path: str) -> None:
    assert path_of(url) == path


def test_a_plan_holds_no_values() -> None:
    cards = (
        replace(CARDS[0], section="Reply to Ada Brook", value="GF-10442", empty=False),
        replace(CARDS[1], label="Amount of GF-10442 in EUR"),
        replace(CARDS[2], label="Note for ada@example.org", value="call Ada"),
    )
    data = {"Order number": "GF-10442", "Sum": "25.90", "Name": "Ada Brook", "Mail": "ada@example.org"}
    matches = tuple(Match(m.key, card, m.score, m.how) for m, card in zip(MATCHES, cards, strict=False))
    plan = make_learned(snapshot(cards), data, matches, "2026-01-02")
    assert plan is not None
    text = write_plan(plan)
    for value in ("GF-10442", "25.90", "Ada", "Brook", "example.org", "ENQ-1001"):
        assert value not in text
    assert "Reply to *" in text
    assert "Amount of * in EUR" in text


def test_a_value_that_is_a_word_of_a_label_does_not_blur_it() -> None:
    cards = (FieldCard(1, "email", "Email address", "label"), FieldCard(2, "text", "Contact by", "label"))
    print_ = take_fingerprint(cards[0], cards, ["Email"])
    assert print_.label == "Email address"


def test_words_of_one_record_become_stars() -> None:
    assert without_data("Refund for ENQ-1001", ()) == "Refund for *"
    assert without_data("Address line 2", ()) == "Address line 2"
    assert without_data("2026-01-02", ()) == ""
    assert fits("Refund for *", "Refund for ENQ-2044")
    assert not fits("Refund for *", "Reply to ENQ-2044")
    assert not fits("Amount", "Amounts due")


def test_the_same_form_of_another_record_is_the_same_form() -> None:
    plan = make_learned(snapshot(), DATA, MATCHES, "")
    assert plan is not None
    other = tuple(replace(card, section=card.section.replace("1001", "2044")) for card in CARDS)
    assert signature_of(other) == plan.signature
    assert belonging(plan, other) == 1.0
    found = locate({f.key: f.fingerprint for f in plan.fields}, other, plan.others)
    assert {key: finding.state for key, finding in found.items()} == {"Order number": "same", "Sum": "same"}


def test_names_that_a_program_deals_are_not_kept() -> None:
    for name in (":r5:", "field_171234", "x-8f3a2c1", "field_3", "input12", "mat{1}"):
        cards = (replace(CARDS[0], name=name, id=name), CARDS[1])
        assert take_fingerprint(cards[0], cards, ()).name == "", name
    assert take_fingerprint(CARDS[0], CARDS, ()).name == "order_no"
    twice = (replace(CARDS[0], name="value"), replace(CARDS[1], name="value"))
    assert take_fingerprint(twice[0], twice, ()).name == ""


def test_nothing_is_learned_about_a_key_without_a_value() -> None:
    plan = make_learned(snapshot(), {"Order number": "GF-1", "Sum": None}, MATCHES, "")
    assert plan is not None
    assert [field.key for field in plan.fields] == ["Order number"]
    assert plan.keys == ("Order number", "Sum")
    assert plan.others == ("Amount", "Note")
    assert make_learned(snapshot(), {"Order number": None, "Sum": None}, MATCHES, "") is None


def test_fields_that_differ_by_their_place_alone_are_known_by_it() -> None:
    cards = tuple(FieldCard(n, "text", "Quantity", "label", name="qty[]") for n in (1, 2, 3))
    plan = make_learned(snapshot(cards), {"second": "4"}, (Match("second", cards[1], 1.0, "label"),), "")
    assert plan is not None
    assert plan.fields[0].fingerprint.twin == (2, 3)
    prints = {field.key: field.fingerprint for field in plan.fields}
    assert locate(prints, cards)["second"].card == cards[1]
    assert locate(prints, cards[:2])["second"].state == "lost", (
        "of two rows nobody knows which is the second of three"
    )


def test_fields_that_cannot_be_told_apart_when_labels_are_blurred_keep_their_labels() -> None:
    cards = tuple(FieldCard(year, "text", f"Budget {year}", "label") for year in (2026, 2027))
    plan = make_learned(snapshot(cards), {"a": "1"}, (Match("a", cards[1], 1.0, "label"),), "")
    assert plan is not None
    assert plan.fields[0].fingerprint.label == "Budget 2027"


def test_a_form_that_shares_few_labels_is_another_form() -> None:
    plan = make_learned(snapshot(), DATA, MATCHES, "")
    assert plan is not None
    contact = (FieldCard(1, "email", "Your e-mail", "label"), FieldCard(2, "textarea", "Message", "label"))
    assert belonging(plan, contact) < 0.5
    assert belonging(plan, CARDS[1:]) >= 0.5


def test_a_fingerprint_with_a_name_alone_finds_its_field_by_it() -> None:
    """As a person may have cut it down by hand."""
    assert locate({"k": Fingerprint(name="amount")}, CARDS)["k"].card == CARDS[1]
    assert locate({"k": Fingerprint(name="gone")}, CARDS)["k"].state == "lost"


class Stream:
    def __init__(self, terminal: bool) -> None:
        self.closed = False
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def test_a_run_is_attended_with_a_terminal_and_without_a_ci_server() -> None:
    terminal, pipe = Stream(True), Stream(False)
    assert is_attended({}, [terminal, pipe])  # type: ignore[list-item]
    assert not is_attended({}, [pipe, None])  # type: ignore[list-item]
    assert not is_attended({"CI": "true"}, [terminal])  # type: ignore[list-item]
    assert is_attended({"CI": "false"}, [terminal])  # type: ignore[list-item]


def test_heals_are_allowed_by_the_setting_or_where_a_person_watches() -> None:
    assert heals_allowed("allow", attended=False)
    assert not heals_allowed("recommend", attended=True)
    assert heals_allowed("auto", attended=True)
    assert not heals_allowed("auto", attended=False)

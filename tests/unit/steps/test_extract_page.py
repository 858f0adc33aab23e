"""Reading pages: facts, tables, and waiting for something to be shown."""

from __future__ import annotations

from typing import Any

import pytest

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.browser.targets import Cell, TableRow
from GenFlowLibrary.core.errors import InputError, PageError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.embedded.engine import EmbeddedEngine
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.steps.extract_page import extract_facts, extract_table, page_should_show
from GenFlowLibrary.steps.read_form import get_form_fields, read_form
from tests.fakes.fake_page import FakePage
from tests.fakes.runtime import make_runtime


class Clock:
    """Time that passes only while somebody sleeps; ``then`` is called on each sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.then: Any = lambda: None

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.then()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def secrets() -> Secrets:
    known = Secrets()
    known.add(SecretHandle("door", "opensesame"))
    return known


def shows(
    page: FakePage, expected: str | None, secrets: Secrets, clock: Clock | None = None, **more: Any
) -> str:
    clock = clock or Clock()
    runtime, _ = make_runtime(EmbeddedEngine())
    return page_should_show(
        runtime, page, expected, timeout=1, scrub=secrets.scrub_data, sleep=clock.sleep, clock=clock, **more
    )


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ("refund saved", "Refund saved: R-17"),
        ("Refund  SAVED", "Refund saved: R-17"),
        ('"quoted"', "A “quoted” word"),
        ("regexp:R-[0-9]+", "Refund saved: R-17"),
        ("r-17 a", "r-17 a"),
        ("ｆｕｌｌ", "full width"),
    ],
)
def test_what_is_shown_is_found_and_its_line_returned(expected: str, line: str, secrets: Secrets) -> None:
    page = FakePage(lines="Refund saved: R-17\nA “quoted” word\nfull width")
    assert shows(page, expected, secrets) == line


def test_it_waits_until_it_is_shown(secrets: Secrets) -> None:
    page, clock = FakePage(lines="Please wait"), Clock()

    def load() -> None:
        page.lines = "Refund saved"

    clock.then = load
    assert shows(page, "Refund saved", secrets, clock) == "Refund saved"
    assert clock.now == pytest.approx(0.2)


def test_a_failure_says_what_is_there_and_what_is_most_like_it(secrets: Secrets) -> None:
    page, clock = FakePage(lines="Inbox\nRefund was saved\nopensesame"), Clock()
    with pytest.raises(PageError) as caught:
        shows(page, "Refund saved", secrets, clock)
    message = str(caught.value)
    assert "Expected the page to show 'Refund saved' within 1 seconds" in message
    assert "'Inbox · Refund was saved · <secret door>'" in message
    assert "the line most like it is 'Refund was saved'" in message
    assert clock.now == pytest.approx(1.0)


def test_letter_case_matters_in_a_pattern(secrets: Secrets) -> None:
    with pytest.raises(PageError):
        shows(FakePage(lines="Refund"), "regexp:refund", secrets)


@pytest.mark.parametrize("expected", ["", "  ", None, "regexp:("])
def test_what_cannot_be_looked_for_is_refused_at_once(expected: str | None, secrets: Secrets) -> None:
    page = FakePage(lines="x")
    with pytest.raises(InputError):
        shows(page, expected, secrets)
    assert page.done("text") == []


def test_a_thing_is_looked_for_by_its_description(secrets: Secrets) -> None:
    page = FakePage(lines="Save")
    assert shows(page, "gen:the Save button", secrets) == "Save"
    assert page.done("text") == ["gen:the Save button"]


def test_a_region_that_never_comes_is_the_error(secrets: Secrets) -> None:
    with pytest.raises(PageError, match="'id:nowhere', found none"):
        shows(FakePage(lines="x"), "x", secrets, region="id:nowhere")


def test_facts_come_from_the_text_of_the_page(secrets: Secrets) -> None:
    runtime, records = make_runtime(EmbeddedEngine())
    page = FakePage(lines="Order number: GF-10442\nAmount: 25.90 EUR")
    facts = extract_facts(
        runtime, page, "order_no: str | None (like GF-10442)", region="css:main", scrub=secrets.scrub_data
    )
    assert facts.order_no == "GF-10442"
    assert page.done("text") == ["css:main"]
    assert records[0].answer == {"order_no": "GF-10442"}


def test_a_page_without_text_is_an_error(secrets: Secrets) -> None:
    runtime, _ = make_runtime(EmbeddedEngine())
    with pytest.raises(PageError, match="found none"):
        extract_facts(runtime, FakePage(lines=" "), "a: str", scrub=secrets.scrub_data)


def test_a_table_comes_as_rows_and_what_was_left_out_is_noted(secrets: Secrets) -> None:
    runtime, records = make_runtime(EmbeddedEngine())
    cells = [
        TableRow((Cell("Order", header=True), Cell("Code", header=True))),
        TableRow((Cell("GF-1"), Cell("opensesame"))),
        TableRow((Cell("Total"), Cell("1")), "tfoot"),
    ]
    (row,) = extract_table(
        runtime, FakePage(tables={"css:table": tuple(cells)}), "css:table", scrub=secrets.scrub_data
    )
    assert (row["Order"], row.Code) == ("GF-1", "<secret door>")
    assert records[0].notes == ["Left out: the foot of the table (Total 1)."]
    assert records[0].answer == ["Order: GF-1, Code: <secret door>"]


def test_a_form_is_read_without_passwords_and_without_known_secrets(secrets: Secrets) -> None:
    runtime, records = make_runtime(EmbeddedEngine())
    page = FakePage(
        [
            FieldCard(1, "text", "Order number", value="GF-1", empty=False),
            FieldCard(2, "password", "Password", empty=False),
            FieldCard(3, "text", "Code", value="opensesame", empty=False),
        ]
    )
    values = read_form(runtime, page, scrub=secrets.scrub_data)
    assert values == {"Order number": "GF-1", "Code": "<secret door>"}
    assert records[0].notes == ["1 password field was not read."]
    fields = get_form_fields(runtime, page, scrub=secrets.scrub_data)
    assert [(field.label, field.kind, field.value) for field in fields] == [
        ("Order number", "text", "GF-1"),
        ("Password", "password", ""),
        ("Code", "text", "<secret door>"),
    ]

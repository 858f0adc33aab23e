"""A wizard in memory: each page resolved on its own, learned on its own, replayed, and nothing lost when a later one fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.browser.page import ButtonCard, FieldCard, PageState
from GenFlowLibrary.core.errors import EngineUnavailable, FormError, InputError, PageError, PlanError
from GenFlowLibrary.core.settings import LearnedMode
from GenFlowLibrary.forms.learned_folder import PlanFolder
from GenFlowLibrary.forms.learned_rules import Learning
from GenFlowLibrary.steps.fill_form import fill_form
from tests.fakes.engine import FakeEngine
from tests.fakes.fake_page import FakePage
from tests.fakes.runtime import make_runtime

STEPS: tuple[tuple[FieldCard, ...], ...] = (
    (
        FieldCard(0, "text", "First name", "label", name="first"),
        FieldCard(0, "email", "Email", "label", name="mail"),
    ),
    (
        FieldCard(0, "text", "Order number", "label", name="order"),
        FieldCard(0, "text", "Cost centre", "label", name="kst"),
    ),
    (FieldCard(0, "textarea", "Note", "label", name="note"),),
)
DATA = {"First name": "Ada", "Order number": "GF-1", "Kontierung": "4711", "Note": "Thank you"}
NOWHERE = {"why_1": "-", "field_1": 0, "why_2": "-", "field_2": 0, "why_3": "-", "field_3": 0}
CENTRE = {"why_1": "the account a cost is booked to", "field_1": 2, "why_2": "-", "field_2": 0}


class Wizard(FakePage):
    """Pages of one place; the last has a button that must not be pressed unless it is named."""

    def __init__(self, steps: tuple[tuple[FieldCard, ...], ...] = STEPS, refuses: str = "") -> None:
        super().__init__(
            list(steps[0]),
            [ButtonCard(0, "Back"), ButtonCard(0, "Next")],
            said=PageState("http://localhost/claim", "Claim", "d1", heading="Step 1", form_shown=True),
            on_press=type(self).turn,
        )
        self.steps, self.refuses, self.at = steps, refuses, 0
        self.posted: list[dict[str, str]] = []

    def turn(self, label: str) -> None:
        if label == "Next" and self.refuses and self.at == 1:
            self.said = replace(self.said, field_errors=(("Order number", self.refuses),))
            return
        self.posted.append(self.values)
        if label == "Send":
            self.load("sent", heading="Sent")
            return
        self.at += 1
        self.fields = [replace(card, number=n) for n, card in enumerate(self.steps[self.at], 1)]
        last = self.at == len(self.steps) - 1
        self.buttons = [ButtonCard(1, "Back"), ButtonCard(2, "Send" if last else "Next", "submit")]
        self.said = replace(self.said, document=f"d{self.at + 1}", heading=f"Step {self.at + 1}")


class Office:
    def __init__(self, folder: Path, mode: LearnedMode = "heal") -> None:
        self.engine = FakeEngine()
        runtime, self.records = make_runtime(self.engine)
        self.folder = folder / "learned"
        self.runtime = replace(runtime, learning=Learning(mode, folder=PlanFolder(self.folder)))

    def fill(self, form: FakePage, data: Mapping[str, Any] = DATA, **options: Any) -> Any:
        return fill_form(self.runtime, form, data, **{"pages": "auto", "timeout": 1.0, **options})


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """This page answers at once."""
    monkeypatch.setattr("GenFlowLibrary.forms.turning._POLL", 0.001)
    monkeypatch.setattr("GenFlowLibrary.forms.turning._QUIET", 0.01)
    monkeypatch.setattr("GenFlowLibrary.forms.submit._POLL", 0.001)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_every_page_is_asked_about_once_learned_on_its_own_and_replayed_without_anybody(
    office: Office,
) -> None:
    office.engine.enqueue(NOWHERE, CENTRE)
    form = Wizard()
    outcome = office.fill(form, submit="Send")
    assert outcome.ok
    assert outcome.submitted
    assert outcome.model_calls == 2
    assert [(row.key, row.page) for row in outcome.fields] == [
        ("First name", 1),
        ("Order number", 2),
        ("Kontierung", 2),
        ("Note", 3),
    ]
    assert form.posted[1] == {"Order number": "GF-1", "Cost centre": "4711"}
    assert len(list(office.folder.iterdir())) == 2, "the pages that an engine was asked about"

    form = Wizard()
    assert office.fill(form, {**DATA, "Kontierung": "9"}).model_calls == 0
    assert form.posted[1]["Cost centre"] == "9"
    assert form.done("press") == ["Next", "Next"], "nothing is sent that nobody named"


def test_replay_of_all_pages(office: Office) -> None:
    office.engine.enqueue(NOWHERE, CENTRE)
    office.fill(Wizard(), learned="learn")
    assert len(list(office.folder.iterdir())) == 3
    outcome = office.fill(Wizard(), learned="replay", submit="Send")
    assert outcome.submitted
    assert outcome.model_calls == 0
    assert {row.how for row in outcome.fields} == {"learned plan"}
    with pytest.raises(PlanError, match=r"^Expected a learned plan.*learned=learn"):
        office.fill(Wizard(), {**DATA, "Email": "ada@example.org"}, learned="replay")


def test_a_page_that_nothing_goes_into_needs_no_plan_in_replay(office: Office) -> None:
    data = {"First name": "Ada", "Note": "x"}
    office.engine.enqueue({"why_1": "-", "field_1": 0}, {"why_1": "-", "field_1": 0})
    office.fill(Wizard(), data, learned="learn")
    form = Wizard()
    assert office.fill(form, data, learned="replay").ok
    assert form.posted[1] == {"Order number": "", "Cost centre": ""}


def test_an_error_on_a_later_page_says_so_and_the_table_has_the_pages_before(office: Office) -> None:
    office.engine.enqueue(NOWHERE, CENTRE)
    with pytest.raises(
        FormError, match=r"^On page 2 of the wizard: Pressed 'Next', .*Order number: Unknown order"
    ) as error:
        office.fill(Wizard(refuses="Unknown order"))
    assert error.value.outcome is not None
    assert [(row.key, row.page) for row in error.value.outcome.fields] == [
        ("First name", 1),
        ("Order number", 2),
        ("Kontierung", 2),
    ]
    assert office.records[-1].table == error.value.outcome


def test_an_engine_that_is_gone_on_a_later_page_leaves_the_rows_of_the_first_in_the_record(
    office: Office,
) -> None:
    office.engine.enqueue(NOWHERE, EngineUnavailable("Nobody there.", attempts=1))
    with pytest.raises(EngineUnavailable, match=r"^On page 2 of the wizard: Nobody there"):
        office.fill(Wizard())
    table = office.records[-1].table
    assert table is not None
    assert [(row.key, row.page) for row in table.fields] == [("First name", 1)]
    assert len(list(office.folder.iterdir())) == 1, "what the first page taught is kept"


def test_a_plan_that_does_not_fit_the_second_page_says_which_page(office: Office) -> None:
    office.engine.enqueue(NOWHERE, CENTRE)
    office.fill(Wizard(), learned="learn")
    changed = (STEPS[0], (STEPS[1][0], replace(STEPS[1][1], label="Account")), STEPS[2])
    with pytest.raises(PlanError, match=r"^On page 2 of the wizard: .*now label 'Account'") as error:
        office.fill(Wizard(changed), learned="replay")
    assert error.value.outcome is not None
    assert [row.key for row in error.value.outcome.fields] == ["First name"]


def test_a_required_field_without_data_stops_the_wizard_on_its_page(office: Office) -> None:
    office.engine.enqueue({"why_1": "-", "field_1": 0}, {"why_1": "-", "field_1": 0})
    required = (STEPS[0], (replace(STEPS[1][0], required=True),), STEPS[2])
    form = Wizard(required)
    with pytest.raises(FormError, match=r"^On page 2 of the wizard: .*required field 'Order number'"):
        office.fill(form, {"First name": "Ada", "Note": "x"}, learned="off", unused="ignore")
    assert form.at == 1


def test_keys_left_over_are_treated_as_unused_says_at_the_end_alone(office: Office) -> None:
    data = {"First name": "Ada", "Shoe size": "38"}
    for _ in range(9):
        office.engine.enqueue({"why_1": "-", "field_1": 0})
    form = Wizard()
    with pytest.raises(
        FormError, match=r"no field fits 'Shoe size'.*no button on this page leads to another"
    ):
        office.fill(form, data, submit="Send", learned="off")
    assert "Send" not in form.done("press")
    warned = office.fill(Wizard(), data, unused="warn", learned="off")
    assert [(row.key, row.status, row.page) for row in warned.fields] == [
        ("First name", "filled", 1),
        ("Shoe size", "unresolved", 3),
    ]
    assert [row.key for row in office.fill(Wizard(), data, unused="ignore", learned="off").fields] == [
        "First name"
    ]


def test_a_wizard_that_goes_round_in_circles_is_an_error(office: Office) -> None:
    form = Wizard()

    def again(page: FakePage, label: str) -> None:
        form.at = (form.at + 1) % 2
        form.fields = [replace(card, number=n) for n, card in enumerate(STEPS[form.at], 1)]
        form.said = replace(
            form.said,
            document=f"{form.said.document}+",
            heading=f"Step {form.at + 1}",
            alerts=("Log in again",),
        )

    form.on_press = again
    office.engine.enqueue({"why_1": "-", "field_1": 0})
    with pytest.raises(FormError, match=r"a page came that was filled before, and it says: Log in again"):
        office.fill(form, {"First name": "Ada", "Order number": "GF-1"}, learned="off")


def test_a_number_of_pages_is_a_limit_and_must_be_one(office: Office) -> None:
    office.engine.enqueue(*[{"why_1": "-", "field_1": 0}] * 3)
    form = Wizard()
    outcome = office.fill(form, {"First name": "Ada", "Order number": "GF-1"}, pages=2, learned="off")
    assert outcome.ok
    assert form.done("press") == ["Next"]
    with pytest.raises(InputError, match="pages to be auto or a number from 1, got 0"):
        office.fill(Wizard(), pages=0)
    with pytest.raises(FormError, match="no more than 2 pages were to be filled"):
        office.fill(Wizard(), {"First name": "Ada", "Note": "x"}, pages=2, learned="off")


def test_one_page_is_the_default_and_presses_nothing(office: Office) -> None:
    form = Wizard()
    outcome = fill_form(office.runtime, form, {"First name": "Ada"})
    assert [row.page for row in outcome.fields] == [0]
    assert form.done("press") == []


def test_a_page_without_fields_at_the_beginning_is_passed_by_only_with_a_next_button(office: Office) -> None:
    form = Wizard(((), *STEPS))
    assert office.fill(form, learned="off", data={"First name": "Ada"}).fields[0].page == 2
    lonely = FakePage([], [ButtonCard(0, "Search")])
    with pytest.raises(PageError, match="form with fields, found none"):
        office.fill(lonely, learned="off")


def test_an_instruction_is_written_on_the_page_that_has_its_field(office: Office) -> None:
    nowhere = {"why_1": "-", "field_1": 0, "why_2": "-", "field_2": 0, "text_1": ""}
    office.engine.enqueue(nowhere, {"why_1": "-", "field_1": 0, "text_1": ""}, {"text_1": "Thank you"})
    form = Wizard()
    outcome = office.fill(form, {"First name": "Ada", "Order number": "GF-1"}, write={"Note": "Thank them"})
    assert form.values == {"Note": "Thank you"}
    assert outcome.fields[-1].how == "label, written by the engine"
    office.engine.enqueue({"text_1": "Thanks"})
    assert (
        office.fill(
            Wizard(), {"First name": "Ada", "Order number": "GF-2"}, write={"Note": "Thank them"}
        ).model_calls
        == 1
    )

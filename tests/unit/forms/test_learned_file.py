"""The file of a learned plan: what people read and edit, and what it says when they broke it."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from GenFlowLibrary.browser.page import FieldCard
from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.forms.fingerprint import Fingerprint
from GenFlowLibrary.forms.learned import LearnedField, LearnedPlan, Place
from GenFlowLibrary.forms.learned_file import read_plan, write_plan
from GenFlowLibrary.forms.learned_folder import KeptPlan, PlanFolder

PLAN = LearnedPlan(
    Place("http://localhost", "/enquiries/*/refund"),
    "3fa2b1c9",
    ("Amount", "客户姓名"),
    (
        LearnedField(
            "Amount",
            Fingerprint("Refund: amount", "Money", "number", "amount", "amount", "", "Note", (1, 3)),
            "label",
        ),
        LearnedField(
            "客户姓名", Fingerprint("姓名", kind="text", twin=(2, 2), position=(2, 3)), "chosen by the engine"
        ),
    ),
    ("Note", "yes"),
    learned="2026-01-02",
)
CARDS = (
    FieldCard(1, "number", "Refund: amount", section="Money"),
    FieldCard(2, "text", "姓名"),
    FieldCard(3, "text", "Note"),
)


def test_a_plan_is_the_same_after_writing_and_reading() -> None:
    text = write_plan(PLAN)
    assert read_plan(text, "p.yaml") == PLAN
    more = replace(PLAN, keys=("Amount", "Shoe size", "客户姓名"), unused=("Shoe size",))
    assert read_plan(write_plan(more), "p.yaml") == more
    assert "客户姓名" in text, "written to be read by people"
    assert text.startswith("# A learned plan")


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "yes",
        "1.10",
        "2026-01-02",
        "#1",
        "- a",
        "a: b",
        "'quoted'",
        '"',
        "  blanks  x",
        "line\nbreak",
        "*",
    ],
)
def test_any_text_survives(text: str) -> None:
    plan = replace(
        PLAN, keys=(text.strip(),), fields=(LearnedField(text.strip(), Fingerprint(label=text.strip())),)
    )
    assert read_plan(write_plan(plan), "p.yaml") == plan


GOOD = write_plan(PLAN)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("version: 1", "version: 2", 3, "version 1"),
        ("version: 1", "versoin: 1", 3, "'versoin'"),
        ("page:", "page: [", 7, "cannot be read"),
        ("path:", "paht:", 7, "'paht'"),
        ("- Amount\n", "- Betrag\n", 17, "'Amount'"),
        ("  kind: number", "  kind: number\n  kind: text", 22, "'kind' twice"),
        ("position: 1 of 3", "position: first", 25, "position such as 2 of 8"),
        ("position: 1 of 3", "position: 4 of 3", 25, "position such as 2 of 8"),
        ("  label: 姓名\n", "", 26, "a label, name or id for '客户姓名'"),
        ("keys:\n- Amount\n- 客户姓名", "keys: Amount", 13, "a list for keys"),
    ],
)
def test_a_hand_broken_file_names_the_line_and_the_remedy(old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    with pytest.raises(PlanError) as error:
        read_plan(GOOD.replace(old, new, 1), "p.yaml")
    message = str(error.value)
    assert f"'p.yaml', but line {line} has" in message, message
    assert says in message
    assert message.count(";") == 1, "one sentence that ends in what to do"


@pytest.mark.parametrize("text", ["", "just a text", "- a list", "version: 1", "\x00"])
def test_what_is_no_plan_at_all_is_said(text: str) -> None:
    with pytest.raises(PlanError, match=r"in the learned plan 'p\.yaml', but line 1 has"):
        read_plan(text, "p.yaml")


def test_a_plan_is_found_by_what_stands_in_it_whatever_its_file_is_called(tmp_path: Path) -> None:
    folder = PlanFolder(tmp_path / "learned")
    assert folder.find(PLAN.place, PLAN.keys, CARDS) is None
    file = folder.save(PLAN)
    assert file.name.startswith("localhost-enquiries-refund-")
    renamed = file.with_name("refund.yaml")
    file.rename(renamed)
    found = folder.find(PLAN.place, PLAN.keys, CARDS)
    assert found == KeptPlan(PLAN, renamed)
    assert folder.find(PLAN.place, ("Amount",), CARDS) is None
    assert folder.find(Place("http://localhost", "/other"), PLAN.keys, CARDS) is None
    assert folder.find(PLAN.place, PLAN.keys, (FieldCard(1, "text", "Something else"),)) is None


def test_of_two_forms_at_one_place_each_has_its_plan(tmp_path: Path) -> None:
    folder = PlanFolder(tmp_path)
    folder.save(PLAN)
    contact = (FieldCard(1, "text", "Your name"), FieldCard(2, "number", "How many"))
    fields = (
        LearnedField("Amount", Fingerprint("How many")),
        LearnedField("客户姓名", Fingerprint("Your name")),
    )
    folder.save(replace(PLAN, signature="other", fields=fields, others=()))
    found = folder.find(PLAN.place, PLAN.keys, contact)
    assert found is not None
    assert found.plan.signature == "other"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    folder = PlanFolder(tmp_path)
    file = folder.save(PLAN)
    assert folder.find(PLAN.place, PLAN.keys, CARDS) == KeptPlan(PLAN, file)
    file.write_text(file.read_text("utf-8").replace("name: amount", "name: the_amount"), "utf-8")
    found = folder.find(PLAN.place, PLAN.keys, CARDS)
    assert found is not None
    assert found.plan.fields[0].fingerprint.name == "the_amount"


def test_a_broken_file_stops_its_own_form_only(tmp_path: Path) -> None:
    folder = PlanFolder(tmp_path)
    file = folder.save(PLAN)
    file.write_text("keys: [", "utf-8")
    with pytest.raises(PlanError, match="line 1"):
        folder.find(PLAN.place, PLAN.keys, CARDS)
    assert folder.find(PLAN.place, ("Amount",), CARDS) is None
    file.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PlanError, match="UTF-8"):
        folder.find(PLAN.place, PLAN.keys, CARDS)


def test_a_failed_plan_is_set_aside_with_its_reason_and_never_lost(tmp_path: Path) -> None:
    folder = PlanFolder(tmp_path)
    names = set()
    for _ in range(2):
        file = folder.save(PLAN)
        kept = folder.find(PLAN.place, PLAN.keys, CARDS)
        assert kept is not None
        aside = folder.quarantine(kept, "'Amount' did not hold\nwhat was typed")
        assert aside is not None
        assert aside.name.endswith(".quarantined.yaml")
        assert not file.exists()
        text = aside.read_text("utf-8")
        assert text.startswith("# Set aside: 'Amount' did not hold what was typed\n")
        assert read_plan(text, "p") == PLAN
        names.add(aside.name)
        assert folder.find(PLAN.place, PLAN.keys, CARDS) is None
        assert folder.quarantine(kept, "again") is None, "another process was first"
    assert len(names) == 2


def test_secrets_do_not_reach_the_file(tmp_path: Path) -> None:
    folder = PlanFolder(tmp_path, scrub=lambda text: text.replace("Money", "<secret x>"))
    assert "Money" not in folder.save(PLAN).read_text("utf-8")


def _save_often(folder: Path, name: str) -> None:
    plans = PlanFolder(folder)
    for number in range(40):
        plans.save(replace(PLAN, learned=f"{name} {number}", others=(name * 2000,)))


def test_processes_that_write_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_save_often, args=(tmp_path, name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    reader, seen = PlanFolder(tmp_path), 0
    while any(writer.is_alive() for writer in writers):
        seen += reader.find(PLAN.place, PLAN.keys, CARDS) is not None
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert reader.find(PLAN.place, PLAN.keys, CARDS) is not None
    assert len(list(tmp_path.iterdir())) == 1, "no drafts are left"
    assert seen

"""What a description means where words do not settle it: asked once, checked, remembered, learned, healed or refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.browser.targets import Target
from GenFlowLibrary.core.errors import EngineUnavailable, PageError, PlanError
from GenFlowLibrary.core.settings import LearnedMode
from GenFlowLibrary.steps.choose_target import MOST_CALLS
from GenFlowLibrary.steps.locate import Wanted
from tests.fakes.engine import FakeEngine
from tests.fakes.fake_page import FakePage
from tests.fakes.locating import LocatingRun

KEEP = Wanted("the button that keeps what I typed")
PAGE = (
    Target(1, "heading", ("Profile",), tag="h1"),
    Target(2, "field", ("Nickname",), sections=("Profile",), id="nick"),
    Target(3, "button", ("Save",), tag="button", sections=("Profile",), id="save"),
    Target(4, "button", ("Cancel",), tag="button", sections=("Profile",), id="cancel"),
)
SAVE = {"reason": "it saves", "choice": 1}


class Run(LocatingRun):
    def find(self, page: Any, wanted: Wanted = KEEP) -> Any:
        return super().find(page, wanted)


def page(*things: Target) -> FakePage:
    return FakePage(things=list(things or PAGE))


def numbered(*things: Target) -> list[Target]:
    return [replace(thing, number=number) for number, thing in enumerate(things, 1)]


def test_a_model_is_asked_once_and_polls_are_answered_from_memory(tmp_path: Path) -> None:
    run, fake = Run(tmp_path, FakeEngine().enqueue(SAVE)), page()
    assert [run.find(fake) for _ in range(20)] == ["element 3"] * 20
    [asked] = run.engine.history
    sent = asked.prompt.messages[-1].content
    assert "<data>\nthe button that keeps what I typed\n</data>" in sent
    assert "# Profile\n1 button Save\n2 button Cancel\n" in sent
    [record] = run.records
    assert record.answer == {
        "description": KEEP.description,
        "element": "the button 'Save' in 'Profile'",
        "why": "it saves",
    }


def test_a_no_is_remembered_as_well_and_is_not_found_as_ever(tmp_path: Path) -> None:
    run, fake = Run(tmp_path, FakeEngine().enqueue({"reason": "nothing does", "choice": 0})), page()
    assert [run.find(fake) for _ in range(20)] == [None] * 20
    assert run.calls == 1
    assert not list(tmp_path.iterdir())


def test_where_words_suffice_nobody_is_asked(tmp_path: Path) -> None:
    run = Run(tmp_path)
    assert run.find(page(), Wanted("the Save button")) == "element 3"
    assert run.find(page(), Wanted("the Nickname field")) == "element 2"
    assert run.calls == 0
    assert not list(tmp_path.iterdir()), "what words find today they find tomorrow"


def test_a_page_that_merely_animates_asks_nobody_again(tmp_path: Path) -> None:
    run, fake = Run(tmp_path, FakeEngine().enqueue(SAVE), learned_mode="off"), page()
    for step in range(30):
        fake.things = [replace(thing, left=step, top=2 * step) for thing in fake.things]
        assert run.find(fake) == "element 3"
        fake.things.append(Target(5, "message", (f"{step} s left",)))
        assert run.find(fake) == "element 3"
        fake.things.pop()
    assert run.calls == 1


def test_a_page_that_never_rests_is_asked_about_a_bounded_number_of_times(tmp_path: Path) -> None:
    run, fake = Run(tmp_path), page()
    run.engine.enqueue(*[{"reason": "none", "choice": 0}] * MOST_CALLS)
    for tick in range(30):
        fake.things[3] = replace(fake.things[3], names=(f"Resend in {tick} s",))
        assert run.find(fake) is None
    assert run.calls == MOST_CALLS
    fake.load("document-2")
    run.engine.enqueue(SAVE)
    assert run.find(fake) == "element 3", "another document may be asked about"


def test_what_appears_while_the_page_comes_to_rest_is_found_by_words(tmp_path: Path) -> None:
    run, fake = Run(tmp_path), page(PAGE[0], replace(PAGE[3], number=2))
    run.locator.pause = lambda seconds: fake.things.__setitem__(slice(None), PAGE)
    assert run.find(fake, Wanted("the Save button")) == "element 3"
    assert run.calls == 0


def test_a_page_with_nothing_on_it_is_not_asked_about(tmp_path: Path) -> None:
    run, fake = Run(tmp_path), page()
    fake.things.clear()
    assert run.find(fake) is None
    assert run.calls == 0
    assert run.pauses == []


@pytest.mark.parametrize(
    ("description", "choice", "why"),
    [
        ("the button that saves all this", 2, "this says cancel"),
        ("the way to throw the typed things away and delete them", 3, "this says save"),
        ("the thing of GF-10442", 3, "'10442' does not stand there"),
    ],
)
def test_a_choice_that_contradicts_the_description_is_refused(
    description: str, choice: int, why: str, tmp_path: Path
) -> None:
    run, fake = Run(tmp_path, FakeEngine().enqueue({"reason": "I like it", "choice": choice})), page()
    assert [run.find(fake, Wanted(description)) for _ in range(3)] == [None] * 3
    assert run.calls == 1
    assert why in "".join(run.records[0].notes)
    assert not list(tmp_path.iterdir())


def test_nonsense_is_asked_again_twice_and_then_nothing_is_found(tmp_path: Path) -> None:
    run, fake = (
        Run(
            tmp_path,
            FakeEngine().enqueue("I would say the third", "it is so", {"reason": "far", "choice": 99}),
        ),
        page(),
    )
    assert [run.find(fake) for _ in range(3)] == [None] * 3
    assert run.calls == 3


def test_an_engine_that_is_not_there_is_an_error_and_not_a_no(tmp_path: Path) -> None:
    run = Run(
        tmp_path, FakeEngine().enqueue(EngineUnavailable("Expected an answer, found nobody; start it."))
    )
    with pytest.raises(EngineUnavailable):
        run.find(page())


def test_of_several_that_are_called_the_same_nobody_is_asked(tmp_path: Path) -> None:
    run = Run(tmp_path)
    things = numbered(PAGE[2], replace(PAGE[2], sections=("Billing",), id="save2"))
    with pytest.raises(PageError, match="2 fit equally well"):
        run.find(page(*things), Wanted("the Save button"))
    assert run.calls == 0


def test_among_several_that_fit_by_other_names_one_may_be_chosen_and_nothing_else(tmp_path: Path) -> None:
    links = [
        Target(n, "link", (f"{what} GF-10442",))
        for n, what in ((1, "Order"), (2, "Invoice"), (3, "Help for"))
    ]
    things, wanted = (
        [*links[:2], replace(links[2], names=("Help",), row="GF-10442")],
        Wanted("the GF-10442 link"),
    )
    bold = Run(tmp_path, FakeEngine().enqueue({"reason": "an invoice", "choice": 2}))
    assert bold.find(page(*things), wanted) == "element 2"
    wild = Run(tmp_path, FakeEngine().enqueue({"reason": "help", "choice": 3}))
    with pytest.raises(
        PageError, match="2 fit equally well: the link 'Order GF-10442', the link 'Invoice GF-10442'"
    ):
        wild.find(page(*things), wanted)
    assert "others fit the words better" in "".join(wild.records[0].notes)
    shy = Run(tmp_path, FakeEngine().enqueue({"reason": "either", "choice": 0}))
    for _ in range(3):
        with pytest.raises(PageError, match="2 fit equally well"):
            shy.find(page(*things), wanted)
    assert shy.calls == 1


def test_two_searches_of_one_keyword_cost_one_call(tmp_path: Path) -> None:
    run, fake = Run(tmp_path, FakeEngine().enqueue({"reason": "it saves", "choice": 1})), page()

    def of(tag: str) -> Wanted:
        pressed = ("input", "button")
        return replace(KEEP, accepts=lambda t: t.tag in pressed, takes=lambda t: t.tag == tag, key=tag)

    assert run.find(fake, of("input")) is None
    assert run.find(fake, of("button")) == "element 3"
    assert run.calls == 1


def test_what_was_chosen_is_learned_and_then_nobody_is_asked(tmp_path: Path) -> None:
    first = Run(tmp_path, FakeEngine().enqueue(SAVE))
    assert first.find(page()) == "element 3"
    [file] = tmp_path.iterdir()
    text = file.read_text("utf-8")
    assert "description: the button that keeps what I typed" in text
    assert "how: chosen by the engine" in text
    assert "id: save" in text
    for mode in ("heal", "replay"):
        later = Run(tmp_path, learned_mode=mode)  # type: ignore[arg-type]
        assert later.find(page()) == "element 3"
        assert later.calls == 0
    assert file.read_text("utf-8") == text


def test_it_is_learned_only_once_the_element_was_there(tmp_path: Path) -> None:
    run, fake = Run(tmp_path, FakeEngine().enqueue(SAVE)), page()
    seen = fake.targets

    def gone(known: str = "", number: int = 0, within: Any = None) -> Any:
        if number:
            fake.things[:] = [PAGE[0], PAGE[1]]
        return seen(known, number, within)

    fake.targets = gone  # type: ignore[method-assign]
    run.engine.enqueue({"reason": "it is gone", "choice": 0})
    assert run.find(fake) is None
    assert not list(tmp_path.iterdir())


def test_what_only_its_record_tells_from_others_is_not_learned(tmp_path: Path) -> None:
    rows = [
        Target(n, "button", ("Delete",), id=f"delete-{n}", row=f"Order of {who}", row_number=n, last_row=2)
        for n, who in ((1, "Ada"), (2, "Bo"))
    ]
    run, fake = Run(tmp_path, FakeEngine().enqueue({"reason": "older", "choice": 2})), page(*rows)
    wanted = Wanted("the bin in the row of the older order")
    assert [run.find(fake, wanted) for _ in range(3)] == ["element 2"] * 3
    assert run.calls == 1
    assert not list(tmp_path.iterdir())
    assert "not learned" in "".join(run.records[0].notes)


@pytest.mark.parametrize("mode", ["learn", "heal"])
def test_in_the_mode_learn_what_words_find_is_learned_too(mode: LearnedMode, tmp_path: Path) -> None:
    run = Run(tmp_path, learned_mode=mode)
    assert run.find(page(), Wanted("the Save button")) == "element 3"
    files = list(tmp_path.iterdir())
    assert len(files) == (mode == "learn")
    if files:
        assert "how: found by its words" in files[0].read_text("utf-8")


def test_replay_asks_nobody_and_says_what_to_do(tmp_path: Path) -> None:
    run = Run(tmp_path, learned_mode="replay")
    assert run.find(page()) is None
    assert "run it once with learned=heal and a language model" in run.said[0]
    message = f"Element with locator 'gen:{KEEP.description}' not found."
    assert run.locator.remedy(message) == run.said[0]
    assert run.locator.remedy(message) == "", "said once"
    assert run.find(page(), Wanted("the Save button")) == "element 3", "words go on to be understood"
    assert run.calls == 0


def test_off_neither_reads_nor_writes(tmp_path: Path) -> None:
    Run(tmp_path, FakeEngine().enqueue(SAVE)).find(page())
    before = [file.read_text("utf-8") for file in tmp_path.iterdir()]
    run = Run(tmp_path, FakeEngine().enqueue(SAVE), learned_mode="off")
    assert run.find(page()) == "element 3"
    assert run.calls == 1
    assert [file.read_text("utf-8") for file in tmp_path.iterdir()] == before


def test_in_an_element_nothing_is_learned(tmp_path: Path) -> None:
    run = Run(tmp_path, FakeEngine().enqueue(SAVE))
    assert run.find(page(), replace(KEEP, within="element 9", within_key="9")) == "element 3"
    assert not list(tmp_path.iterdir())


def test_the_embedded_engine_is_not_asked(tmp_path: Path) -> None:
    run = Run(tmp_path, FakeEngine("embedded", needs_network=False))
    assert run.find(page()) is None
    assert run.calls == 0
    assert run.records == []


CHANGES: dict[str, tuple[list[Target], Any]] = {
    "moved": ([PAGE[3], PAGE[0], replace(PAGE[2], top=900), PAGE[1]], "Save"),
    "id dealt anew": ([PAGE[0], PAGE[1], replace(PAGE[2], id=":r7:"), PAGE[3]], "Save"),
    "relabelled": ([PAGE[0], PAGE[1], replace(PAGE[2], names=("Keep",)), PAGE[3]], PlanError),
    "said in another language": (
        [PAGE[0], PAGE[1], replace(PAGE[2], names=("Speichern",)), PAGE[3]],
        PlanError,
    ),
    "another section": ([PAGE[0], PAGE[1], replace(PAGE[2], sections=("Your profile",)), PAGE[3]], PlanError),
    "removed": ([PAGE[0], PAGE[1], PAGE[3]], None),
    "look-alike added": ([*PAGE, replace(PAGE[2], names=("Save draft",), id="draft")], "Save"),
    "twin added": ([*PAGE, replace(PAGE[2], id="")], "Save"),
    "replaced by a look-alike": (
        [PAGE[0], PAGE[1], replace(PAGE[2], names=("Save draft",), id="draft"), PAGE[3]],
        None,
    ),
    "became something else": ([PAGE[0], PAGE[1], replace(PAGE[2], names=("Delete",)), PAGE[3]], PlanError),
    "a grave word came in": ([PAGE[0], PAGE[1], replace(PAGE[2], names=("Save and send",)), PAGE[3]], None),
    "became a field": ([PAGE[0], PAGE[1], replace(PAGE[2], kind="field"), PAGE[3]], None),
}
HEALED = {"relabelled": "Keep", "said in another language": "Speichern", "another section": "Save"}


@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_on_a_changed_page_the_element_is_found_healed_or_refused(
    change: str, allowed: bool, tmp_path: Path
) -> None:
    Run(tmp_path, FakeEngine().enqueue(SAVE)).find(page())
    [file] = tmp_path.iterdir()
    learned = file.read_text("utf-8")
    things, right = CHANGES[change]
    things = numbered(*things)
    if allowed and change in HEALED:
        right = HEALED[change]
    run = Run(tmp_path, heals_allowed=allowed)
    if right is PlanError:
        with pytest.raises(PlanError) as refusal:
            run.find(page(*things))
        assert file.name in str(refusal.value)
        found = None
    else:
        found = run.find(page(*things))
        assert found == next((f"element {t.number}" for t in things if t.name == right), None)
    assert run.calls == 0, "nobody is asked what a learned element became"
    if change == "became something else":
        [aside] = tmp_path.iterdir()
        assert aside.name.endswith(".quarantined.yaml")
        assert aside.read_text("utf-8").startswith("# Set aside: ")
        return
    [file] = tmp_path.iterdir()
    assert (file.read_text("utf-8") != learned) == (allowed and change in HEALED)
    if allowed and change in HEALED:
        assert any("The page changed since" in said and "now" in said for said in run.said)
        assert Run(tmp_path, learned_mode="replay").find(page(*things)) == found


def test_a_file_corrected_by_hand_is_obeyed_and_a_broken_one_names_its_line(tmp_path: Path) -> None:
    Run(tmp_path, FakeEngine().enqueue(SAVE)).find(page())
    [file] = tmp_path.iterdir()
    text = file.read_text("utf-8")
    corrected = text.replace("label: Save", "label: Cancel").replace("id: save", "id: cancel")
    file.write_text(corrected.replace("- Save", "- Other"), "utf-8")
    assert Run(tmp_path).find(page()) == "element 4"
    file.write_text(text.replace("label: Save", "lable: Save"), "utf-8")
    with pytest.raises(PlanError, match=r"but line \d+ has 'lable'"):
        Run(tmp_path).find(page())
    assert Run(tmp_path).find(page(), Wanted("the Save button")) == "element 3", "other descriptions go on"


def test_a_folder_that_cannot_be_written_is_told_and_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "learned").write_text("a file, no folder")
    run = Run(tmp_path / "learned", FakeEngine().enqueue(SAVE))
    assert run.find(page()) == "element 3"
    assert any("could not be written" in said for said in run.said)

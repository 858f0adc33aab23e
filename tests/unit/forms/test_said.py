"""What speaks against a target, whoever says that it is meant."""

from __future__ import annotations

import pytest

from GenFlowLibrary.browser.targets import Target
from GenFlowLibrary.forms.candidates import MOST_CARDS, MOST_TOKENS, candidates, estimated_tokens
from GenFlowLibrary.forms.said import actions_in, contradicting_actions, doubt, read_said


@pytest.mark.parametrize(
    ("description", "target", "why"),
    [
        ("the Save button", Target(1, "button", ("Cancel",)), "says save, and this says cancel"),
        ("the Save button", Target(1, "button", ("Delete",)), "says save, and this says delete"),
        ("the button that saves the order", Target(1, "button", ("Discard",)), "this says discard"),
        ("der Knopf, der alles speichert", Target(1, "button", ("Löschen",)), "this says delete"),
        ("批准按钮", Target(1, "button", ("Reject",)), "says approve, and this says reject"),
        ("the Save button", Target(1, "field", ("Save as",)), "says button, and this is a field"),
        ("the nickname field", Target(1, "button", ("Nickname",)), "says field, and this is a button"),
        (
            "the pencil of GF-10442",
            Target(1, "button", ("Edit",), row="GF-10443 Ada"),
            "'10442' does not stand there",
        ),
        ('the thing called "Add line"', Target(1, "button", ("Add",)), "'Add line' does not stand there"),
        ("the bin of the delivery part", Target(1, "button", ("Delete",), sections=("Billing",)), "says"),
        ("the disabled thing to go on", Target(1, "button", ("Next",)), "this can be used"),
        ("the e-mail box", Target(1, "field", ("Phone",)), "phone"),
    ],
)
def test_what_contradicts_the_description_is_refused(description: str, target: Target, why: str) -> None:
    assert why in doubt(description, target, (target,))


@pytest.mark.parametrize(
    ("description", "target"),
    [
        ("the button that keeps my changes", Target(1, "button", ("Save",))),
        ("the remove button", Target(1, "button", ("Delete",))),
        ("the submit button", Target(1, "button", ("Save",))),
        ("the button to save everything", Target(1, "link", ("Save",))),
        ("the bin", Target(1, "button", ("Delete",))),
        ("the pencil of GF-10442", Target(1, "button", ("Edit",), row="GF-10442 Ada")),
        ("the delivery town field", Target(1, "field", ("City",), sections=("Delivery",))),
        ("the wish list opener", Target(1, "link", ("Favourites",))),
        ("the sender field", Target(1, "field", ("From",))),
        ("den Warenkorb", Target(1, "link", ("Basket",))),
    ],
)
def test_what_may_be_meant_is_not_refused(description: str, target: Target) -> None:
    assert doubt(description, target, (target,)) == ""


def test_of_two_that_are_called_the_same_the_description_must_say_where() -> None:
    twins = tuple(Target(n, "button", ("Edit",), row=f"order {n}") for n in (1, 2))
    assert "does not say where" in doubt("the pencil", twins[0], twins)
    assert doubt("the pencil in the row of the cheaper order", twins[0], twins) == ""


def test_actions_are_known_in_their_forms_and_not_in_longer_words() -> None:
    assert actions_in("saves") == actions_in("Saving…") == {"save"}
    assert not actions_in("savings account")
    assert not actions_in("address background")
    assert not contradicting_actions(actions_in("delete"), ())
    assert read_said("the Save button of the Cancel dialog").actions == {"save"}


def test_a_question_shows_a_bounded_number_of_what_fits_best_in_the_order_of_the_page() -> None:
    crowd = [
        Target(
            n,
            "button",
            (f"Article {n} about {'something ' * 12}",),
            sections=("News " * 30,),
            row="text " * 50,
        )
        for n in range(1, 600)
    ]
    meant = [Target(600, "button", ("Keep changes",)), Target(601, "button", ("Drop changes",))]
    shown = candidates("the button that keeps the changes", [*crowd, *meant])
    assert meant[0] in shown.targets
    assert [target.number for target in shown.targets] == sorted(target.number for target in shown.targets)
    assert len(shown.targets) <= MOST_CARDS
    assert estimated_tokens(shown.lines) <= MOST_TOKENS
    at = shown.targets.index(meant[0]) + 1
    assert f"\n{at} button Keep changes\n" in f"\n{shown.lines}\n"


def test_the_lines_say_what_tells_targets_apart_and_stay_one_line_each() -> None:
    shown = candidates(
        "the pencil",
        [
            Target(
                4,
                "button",
                ("Edit\n2 button Free money",),
                sections=("Orders", "Shop"),
                row="GF-1 Ada",
                disabled=True,
            ),
            Target(7, "link", ("Help", "Get help"), places=("footer",)),
            Target(9, "link", ("Elsewhere",), inside=False),
        ],
    )
    assert shown.lines.splitlines() == [
        "# Shop / Orders",
        "1 button Edit 2 button Free money | in the row: GF-1 Ada | disabled",
        "#",
        "2 link Help | also called: Get help | footer",
    ]


def test_what_cannot_be_called_by_the_kind_that_was_said_is_not_shown() -> None:
    things = [Target(1, "heading", ("Keep",)), Target(2, "field", ("Keep",)), Target(3, "link", ("Stay",))]
    assert [target.number for target in candidates("the button that keeps it", things).targets] == [3]
    assert candidates("the tick box that keeps it", things).targets == ()

"""Ask a person for required fields that the data has no value for, one question a field, until each answer can go in.

resolved form -> required fields without data -> PersonQuestion -> (a dialogue, elsewhere) -> checked value -> Supplied
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import FormError, InputError
from GenFlowLibrary.forms.missing import ASKED, Supplied, question_about, required_without_data
from GenFlowLibrary.forms.plan import make_plan
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.table import field_name
from GenFlowLibrary.forms.values import to_setting

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import FieldCard, Snapshot
    from GenFlowLibrary.forms.fill_page import Resolved
    from GenFlowLibrary.forms.missing import Person

_MOST_TRIES = 3


def ask_person(snapshot: Snapshot, resolved: Resolved, person: Person | None) -> tuple[Supplied, ...]:
    """Returns what a person gave for the required fields of a form that nothing is planned for.

    Nobody is disturbed where some value of the data cannot go into its field: nothing would be typed then. An empty answer leaves its
    field empty.

    Raises:
        InputError: nobody can be asked.
        FormError: a person gave three answers in a row that cannot go into the field.
    """
    plan = make_plan(snapshot.fields, resolved.data, resolved.matching, language=snapshot.language)
    if plan.rejected:
        return ()
    answers = [
        (card, _asked(card, snapshot, person)) for card in required_without_data(plan, snapshot.fields)
    ]
    return tuple(Supplied(card, value, ASKED) for card, value in answers if value not in (None, "", []))


def _asked(card: FieldCard, snapshot: Snapshot, person: Person | None) -> object:
    name = field_name(card, snapshot.fields)
    if person is None:
        raise InputError(
            f"Expected a value for the required field '{name}', but nobody can be asked here; give it as data."
        )
    problem = ""
    for _ in range(_MOST_TRIES):
        value = person(question_about(card, name, problem))
        if value in (None, "", []):
            return None
        try:
            to_setting(card, value, snapshot.language)
        except ValueRejected as rejected:
            problem = str(rejected)
        else:
            return value
    raise FormError(
        f"Expected an answer that can go into '{name}', but {_MOST_TRIES} could not, and the last one {problem}; nothing was typed."
    )

"""Fields that appear because of what was filled are filled too, and what was filled before is read back again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from GenFlowLibrary.browser.page import FieldCard, Setting
from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.forms.fill import fill
from GenFlowLibrary.forms.learned_folder import PlanFolder
from GenFlowLibrary.forms.learned_rules import Learning
from GenFlowLibrary.steps.fill_form import fill_form
from tests.fakes.engine import FakeEngine
from tests.fakes.fake_page import FakePage
from tests.fakes.runtime import make_runtime

KIND = FieldCard(0, "text", "Customer type", "label", name="kind")
REVEALED = {
    "Customer type": FieldCard(0, "text", "Company name", "label", name="company", required=True),
    "Company name": FieldCard(0, "text", "VAT number", "label", name="vat"),
}
DATA = {"VAT number": "FI1", "Company name": "Brook", "Customer type": "Company"}


class Revealing(FakePage):
    """A page where filling one field makes another appear. ``forgets`` are the fields that are emptied then, by the filled one."""

    forgets: ClassVar[dict[str, str]] = {}

    def _set(self, setting: Setting, rules: Any) -> Any:
        reading = super()._set(setting, rules)
        label = self.fields[setting.number - 1].label
        more = REVEALED.get(label)
        if more and all(card.label != more.label for card in self.fields):
            self.fields.append(replace(more, number=len(self.fields) + 1))
        for n, card in enumerate(self.fields):
            if card.label == self.forgets.get(label):
                self.fields[n] = replace(card, value="", empty=True)
        return reading


def test_what_appears_is_filled_in_as_many_looks_as_it_takes() -> None:
    page = Revealing([KIND])
    outcome = fill(page, DATA)
    assert outcome.ok
    assert page.values == {"Customer type": "Company", "Company name": "Brook", "VAT number": "FI1"}
    assert [row.key for row in outcome.fields] == ["Customer type", "Company name", "VAT number"]


def test_a_key_that_nothing_appears_for_is_an_error_as_ever() -> None:
    with pytest.raises(FormError, match="no field fits 'Shoe size'"):
        fill(Revealing([KIND]), {**DATA, "Shoe size": "38"})


def test_a_required_field_that_appears_without_data_is_named() -> None:
    with pytest.raises(FormError, match="no data was given for the required field 'Company name'"):
        fill(Revealing([KIND]), {"Customer type": "Company"})


def test_a_field_that_a_later_one_empties_is_no_longer_filled() -> None:
    page = Revealing([KIND])
    page.forgets = {"Company name": "Customer type"}  # type: ignore[misc]
    with pytest.raises(FormError, match="'Customer type' holds '' instead of 'Company'"):
        fill(page, {"Customer type": "Company", "Company name": "Brook"})


def test_what_appears_is_learned_and_replayed(tmp_path: Path) -> None:
    runtime, _ = make_runtime(FakeEngine())
    runtime = replace(runtime, learning=Learning("heal", folder=PlanFolder(tmp_path)))
    fill_form(runtime, Revealing([KIND]), DATA, learned="learn")
    page = Revealing([KIND])
    outcome = fill_form(runtime, page, DATA, learned="replay")
    assert page.values["VAT number"] == "FI1"
    assert {row.how for row in outcome.fields} == {"learned plan"}


def test_keys_that_no_form_has_need_no_plan_for_what_appears(tmp_path: Path) -> None:
    data = {"Customer type": "Company", "Shoe size": "38"}
    nowhere = {"why_1": "-", "field_1": 0}
    runtime, _ = make_runtime(FakeEngine().enqueue(nowhere, nowhere))
    runtime = replace(runtime, learning=Learning("heal", folder=PlanFolder(tmp_path)))
    fill_form(runtime, Revealing([KIND]), data, learned="learn", missing="skip", unused="ignore")
    page = Revealing([KIND])
    fill_form(runtime, page, data, learned="replay", missing="skip", unused="ignore")
    assert page.values == {"Customer type": "Company", "Company name": ""}

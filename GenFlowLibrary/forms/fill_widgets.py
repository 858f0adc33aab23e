"""The widgets of a plan, set one by one in the order of the page, after the plain fields.

plan -> each widget by the ladder -> the plan in the words that the widgets show, and why some refused
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.page import WIDGET_KINDS
from GenFlowLibrary.forms.rejected import ValueRejected

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Page, Setting, Snapshot
    from GenFlowLibrary.forms.plan import FillPlan, PlannedField


def plain_settings(plan: FillPlan) -> list[Setting]:
    """Returns the settings that one script can do: all but the widgets'."""
    widgets = {planned.card.number for planned in plan.fields if planned.card.kind in WIDGET_KINDS}
    return [setting for setting in plan.settings if setting.number not in widgets]


def set_widgets(page: Page, snapshot: Snapshot, plan: FillPlan) -> tuple[FillPlan, dict[int, str]]:
    """Sets the widgets of a plan that do not hold their values yet.

    Returns the plan with their settings as the widgets show them, and for each that refused, by field number, why.
    """
    due = {setting.number for setting in plan.settings} - {s.number for s in plain_settings(plan)}
    if not due:
        return plan, {}
    refused: dict[int, str] = {}
    shown = {
        planned.card.number: _set(page, snapshot, planned, refused)
        for planned in sorted(plan.fields, key=lambda planned: planned.card.number)
        if planned.card.number in due
    }
    return replace(plan, fields=tuple(shown.get(p.card.number, p) for p in plan.fields)), refused


def _set(page: Page, snapshot: Snapshot, planned: PlannedField, refused: dict[int, str]) -> PlannedField:
    from GenFlowLibrary.forms.widgets.ladder import set_widget  # noqa: PLC0415 - loaded with the first widget

    if planned.setting is None:
        return planned
    try:
        setting, note = set_widget(page, snapshot, planned.card, planned.setting)
    except ValueRejected as problem:
        refused[planned.card.number] = str(problem)
        return planned
    return replace(planned, setting=setting, how=", ".join(filter(None, (planned.how, note))))

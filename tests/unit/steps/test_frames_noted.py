"""Frames that could not be looked into are said in the step record, so that nobody is surprised by a missing field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from GenFlowLibrary.browser.page import FieldCard, Snapshot
from GenFlowLibrary.rf.log_blocks import render_block
from GenFlowLibrary.steps.fill_form import fill_form
from GenFlowLibrary.steps.read_form import get_form_fields, read_form
from tests.fakes.engine import FakeEngine
from tests.fakes.fake_page import FakePage
from tests.fakes.runtime import make_runtime

NOTE = "The frame 'Payment' could not be looked into."


class Framed(FakePage):
    def snapshot(self, form: Any = None) -> Snapshot:
        return replace(super().snapshot(form), notes=(NOTE,))


@pytest.mark.parametrize("step", ["Fill Form", "Read Form", "Get Form Fields"])
def test_the_log_block_says_which_frames_were_not_seen(step: str) -> None:
    page = Framed(fields=[FieldCard(1, "text", "City", "label")])
    runtime, records = make_runtime(FakeEngine())
    if step == "Fill Form":
        fill_form(runtime, page, {"City": "Turku"})
    elif step == "Read Form":
        read_form(runtime, page, scrub=lambda data: data)
    else:
        get_form_fields(runtime, page, scrub=lambda data: data)
    [record] = records
    assert record.step == step
    assert record.notes.count(NOTE) == 1
    assert "could not be looked into" in render_block(record)


def test_a_form_without_fields_says_so_too() -> None:
    runtime, records = make_runtime(FakeEngine())
    with pytest.raises(Exception, match="field"):
        read_form(runtime, Framed(), scrub=lambda data: data)
    assert records[0].notes == [NOTE]

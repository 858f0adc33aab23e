"""One secret, planted in every form at every place it could get in; it must come out of none."""

from __future__ import annotations

import base64
import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest

from GenFlowLibrary.answers.choice import choice_type
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import EngineRejected, GenFlowError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.jsonl import JsonlSink
from GenFlowLibrary.trace.trace import Trace
from tests.fakes.engine import FakeEngine
from tests.fakes.prompts import make_prompt

if TYPE_CHECKING:
    from pathlib import Path

    from GenFlowLibrary.trace.record import StepRecord

VALUE = 'tr0ub4dor&"3" ÄÖ/\\<x>+='
FORMS = {
    "raw": VALUE,
    "url": quote(VALUE, safe=""),
    "url path": quote(VALUE),
    "form": quote_plus(VALUE),
    "base64": base64.b64encode(VALUE.encode()).decode(),
    "base64 url": base64.urlsafe_b64encode(VALUE.encode()).decode(),
    "basic authorisation": base64.b64encode(f"robot:{VALUE}".encode()).decode(),
    "json": json.dumps(VALUE)[1:-1],
    "html": html.escape(VALUE),
}


class Rig:
    """Gateway, recording and trace as a run wires them."""

    def __init__(self, folder: Path) -> None:
        self.files = (folder / "recording.jsonl", folder / "trace.jsonl")
        secrets = Secrets()
        secrets.add(SecretHandle("PASSWORD", VALUE))
        self.engine = FakeEngine()
        self.trace = Trace([JsonlSink(self.files[1], secrets.scrub)], secrets.scrub)
        self.gateway = Gateway(
            budget=Budget(),
            secrets=secrets,
            recording=Recording(self.files[0], "auto", secrets.scrub),
            engine=self.engine,
        )

    def written(self) -> str:
        return "".join(file.read_text("utf-8") for file in self.files if file.exists())

    def sent(self) -> str:
        """Returns everything that the engine saw, as one text."""
        return repr(
            [
                (asked.prompt.messages, asked.prompt.inputs, asked.prompt.draft)
                for asked in self.engine.history
            ]
        )


def assert_clean(text: str) -> None:
    # Whatever way the text was escaped once more on its way, no form of the value and no large piece of it may be there.
    for shown in (text, text.replace("\\\\", "\\"), text.replace('\\"', '"')):
        assert not [name for name, form in FORMS.items() if form in shown]
    assert "tr0ub4dor" not in text
    assert FORMS["base64"][:12] not in text
    assert FORMS["basic authorisation"][12:30] not in text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_form_reaches_the_engine_the_recording_or_the_trace(tmp_path: Path, form: str) -> None:
    rig = Rig(tmp_path)
    planted = f"it is {form} they say"
    rig.engine.enqueue("nonsense " + planted, {"reason": planted, "choice": 1})
    prompt = make_prompt(
        answer_type=choice_type(1),
        content=planted,
        inputs={planted: [planted, {"deep": (planted,)}], "handle": SecretHandle("PASSWORD", VALUE)},
        draft=planted,
        stop=(planted,),
    )
    with rig.trace.step("Classify Text") as record:
        record.notes.append(planted)
        record.answer = rig.gateway.ask(prompt, record).answers[0].model_dump()
    assert len(rig.engine.history) == 2
    assert_clean(rig.sent())
    assert_clean(rig.written())
    assert rig.written().count("<secret PASSWORD>") > 10


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("failing", ["engine", "answer", "check", "length"])
def test_no_form_reaches_an_error_message(tmp_path: Path, form: str, failing: str) -> None:
    rig = Rig(tmp_path)
    planted = f"it is {form} they say"
    rejected = EngineRejected(f"Expected a valid key, but {planted}; correct it.", attempts=1)
    if failing == "length":
        rig.engine.enqueue(Completion((planted,), "fake", planted, "content_filter", Usage()))
    else:
        good = {"reason": planted, "choice": 1}
        rig.engine.enqueue(*{"engine": [rejected], "answer": [planted] * 3, "check": [good] * 3}[failing])
    prompt = make_prompt(answer_type=choice_type(1))
    steps: list[StepRecord] = []

    def run() -> None:
        with rig.trace.step("Classify Text") as record:
            steps.append(record)
            rig.gateway.ask(prompt, record, check=lambda _: planted)

    with pytest.raises(GenFlowError) as raised:
        run()
    assert_clean(str(raised.value))
    assert_clean(repr([exchange.fault for exchange in steps[0].exchanges]))
    assert_clean(rig.written())
    assert "<secret PASSWORD>" in str(raised.value)

"""Steps as OpenTelemetry spans: the conventions' names, no content unless asked for, never a secret."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

pytest.importorskip("opentelemetry.sdk", reason="needs the extra telemetry")

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from GenFlowLibrary.core.errors import AnswerError, EngineRejected, SettingsError
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.telemetry import TelemetrySink, open_telemetry
from GenFlowLibrary.trace.trace import Trace
from tests.fakes.engine import FakeEngine


class Desk:
    """A gateway whose trace goes to memory."""

    def __init__(self, *, content: bool = False) -> None:
        self.spans = InMemorySpanExporter()
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self.spans))
        self.secrets = Secrets()
        self.engine = FakeEngine()
        self.gateway = Gateway(budget=Budget(), secrets=self.secrets, engine=self.engine)
        self.trace = Trace([TelemetrySink(provider, self.secrets.scrub, content=content)], self.secrets.scrub)

    def ask(self, text: str = "Where is Ada?", **parameters: Any) -> None:
        messages = (Message("system", "Be short."), Message("user", text))
        prompt = Prompt(
            "ask", "1", "0", "generate", messages, {"text": text}, parameters=Parameters(**parameters)
        )
        with self.trace.step("Generate Text") as record:
            record.answer = self.gateway.ask(prompt, record).completion.text

    def finished(self) -> tuple[ReadableSpan, ...]:
        return self.spans.get_finished_spans()

    def everything(self) -> str:
        return "\n".join(span.to_json() for span in self.finished())


def test_a_step_is_a_span_and_its_exchange_one_within_it_by_the_conventions_names() -> None:
    desk = Desk()
    desk.trace.suite, desk.trace.task = "Orders", "Answer"
    desk.engine.enqueue("In London.")
    desk.ask(temperature=0.5, max_tokens=40)
    exchange, step = desk.finished()
    assert (step.name, step.kind, step.parent) == ("Generate Text", SpanKind.INTERNAL, None)
    assert dict(step.attributes or {}) == {
        "genflow.step": "Generate Text",
        "genflow.suite": "Orders",
        "genflow.task": "Answer",
        "genflow.from_recording": False,
    }
    assert (exchange.name, exchange.kind) == ("chat fake-1", SpanKind.CLIENT)
    assert exchange.parent is not None
    assert exchange.parent.span_id == step.context.span_id  # type: ignore[union-attr]
    assert dict(exchange.attributes or {}) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "fake",
        "gen_ai.prompt.name": "ask",
        "gen_ai.output.type": "text",
        "gen_ai.request.model": "fake-1",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.max_tokens": 40,
        "gen_ai.response.model": "fake-1",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
        "genflow.requests": 1,
    }


def test_the_times_are_those_of_the_call() -> None:
    desk = Desk()
    desk.engine.enqueue("In London.")
    desk.ask()
    exchange, step = desk.finished()
    moments = (step.start_time, exchange.start_time, exchange.end_time, step.end_time)
    assert None not in moments
    # Two clocks, one of which counts from the start: they differ by less than a millisecond.
    assert all(first - 10**6 <= second for first, second in pairwise(moments))  # type: ignore[operator]


def test_content_stays_here_unless_it_is_asked_for() -> None:
    desk = Desk()
    desk.engine.enqueue("In London.", EngineRejected("Expected an answer on Ada, but no; stop.", attempts=1))
    desk.ask()
    with pytest.raises(EngineRejected):
        desk.ask()
    for word in ("Ada", "London", "Be short"):
        assert word not in desk.everything()


def test_content_that_is_asked_for_has_the_conventions_form() -> None:
    desk = Desk(content=True)
    desk.engine.enqueue("In London.")
    desk.ask()
    attributes = dict(desk.finished()[0].attributes or {})
    assert json.loads(str(attributes["gen_ai.system_instructions"])) == [
        {"type": "text", "content": "Be short."}
    ]
    assert json.loads(str(attributes["gen_ai.input.messages"])) == [
        {"role": "user", "parts": [{"type": "text", "content": "Where is Ada?"}]}
    ]
    assert json.loads(str(attributes["gen_ai.output.messages"])) == [
        {"role": "assistant", "parts": [{"type": "text", "content": "In London."}], "finish_reason": "stop"}
    ]


def test_no_secret_is_sent_with_the_content_either() -> None:
    desk = Desk(content=True)
    desk.secrets.add(SecretHandle("PASSWORD", "kettle-4711"))
    desk.engine.enqueue("It is kettle-4711.", EngineRejected("No, kettle-4711 is wrong.", attempts=1))
    desk.ask("Is it kettle-4711?")
    with pytest.raises(EngineRejected):
        desk.ask("Is it kettle-4711?")
    assert "kettle-4711" not in desk.everything()
    assert "<secret PASSWORD>" in desk.everything()


def test_a_failed_call_and_its_step_are_errors() -> None:
    desk = Desk()
    desk.engine.enqueue(EngineRejected("Expected an answer, but no; stop.", attempts=3))
    with pytest.raises(EngineRejected):
        desk.ask()
    for span in desk.finished():
        assert span.status.status_code is StatusCode.ERROR
        assert (span.attributes or {})["error.type"] == "_OTHER"
    assert (desk.finished()[0].attributes or {})["genflow.requests"] == 3


def test_each_repair_is_a_span_of_its_own() -> None:
    desk = Desk()
    desk.engine.enqueue("", "", "")
    with pytest.raises(AnswerError):
        desk.ask()
    assert [span.name for span in desk.finished()] == ["chat fake-1"] * 3 + ["Generate Text"]


def test_an_exporter_that_is_not_there_is_told() -> None:
    with pytest.raises(SettingsError, match="'pigeon'"):
        open_telemetry(str, content=False, environ={"OTEL_TRACES_EXPORTER": "pigeon"})


def test_the_exporter_of_the_environment_gets_the_spans() -> None:
    code = (
        "from GenFlowLibrary.trace.telemetry import open_telemetry; from GenFlowLibrary.trace.trace import Trace\n"
        "trace = Trace([open_telemetry(str, content=False)], str)\n"
        "with trace.step('Read Table'): pass\n"
        "trace.close()"
    )
    environment = {**os.environ, "OTEL_TRACES_EXPORTER": "console"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert '"name": "Read Table"' in done.stdout


def test_nothing_of_it_is_imported_where_it_is_off() -> None:
    code = (
        "import sys, GenFlowLibrary; library = GenFlowLibrary.GenFlowLibrary(engine='embedded'); library.runtime;"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"

"""Steps as OpenTelemetry spans: one a step, and within it one an exchange with an engine.

    step record -> span of the step -> a span for each exchange (names: telemetry_names) -> the exporter of the environment

Only imported where the setting ``telemetry`` is on; OpenTelemetry is an extra. What was asked and answered goes along only
where ``telemetry_content`` is on too, and known secrets never do.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.trace import telemetry_names as names

try:
    from opentelemetry import trace
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
except ImportError:
    raise SettingsError(
        "Expected OpenTelemetry for telemetry=on, but it is not installed; "
        'install it with pip install "robotframework-genflow[telemetry]".'
    ) from None

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from GenFlowLibrary.trace.plain import Scrub
    from GenFlowLibrary.trace.record import Exchange, StepRecord

SCOPE = "GenFlowLibrary"
DEFAULT_EXPORTER = "otlp_proto_http"
"""What comes with the extra. Where the spans go is said by OpenTelemetry's own variables, as OTEL_EXPORTER_OTLP_ENDPOINT."""
_EXPORTERS = "opentelemetry_traces_exporter"
_NANOSECONDS = 10**9


class TelemetrySink:
    """A sink that makes spans of step records.

    Args:
        provider: Makes the spans; ended by `close`.
        scrub: Takes known secrets out of whatever is sent.
        content: Whether what was asked and answered, and messages of errors, are sent.
    """

    def __init__(self, provider: TracerProvider, scrub: Scrub, *, content: bool = False) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(SCOPE)
        self._scrub = scrub
        self._content = content

    def write(self, record: StepRecord) -> None:
        """Sends a step and its exchanges."""
        if record.started is None:
            return
        span = self._tracer.start_span(
            self._scrub(record.step),
            start_time=_nanoseconds(record.started),
            attributes=self._scrubbed(
                {
                    names.STEP: record.step,
                    names.SUITE: record.suite,
                    names.TASK: record.task,
                    names.FROM_RECORDING: record.from_recording,
                }
            ),
        )
        for exchange in record.exchanges:
            # What came from a recording or the cache was asked of nobody.
            if exchange.began is not None:
                self._exchange(exchange, exchange.began, trace.set_span_in_context(span))
        if record.status == "FAIL":
            self._fail(span, record.error)
        span.end(_nanoseconds(record.started + timedelta(seconds=record.seconds)))

    def close(self) -> None:
        """Sends what is left."""
        self._provider.shutdown()

    def _exchange(self, exchange: Exchange, began: datetime, context: Any) -> None:
        attributes = self._scrubbed(_attributes(exchange))
        if self._content:
            attributes.update(self._scrubbed(_content(exchange)))
        asked = attributes.get(names.REQUEST_MODEL) or attributes.get(names.RESPONSE_MODEL, "")
        span = self._tracer.start_span(
            f"{attributes[names.OPERATION]} {asked}".strip(),
            context,
            kind=trace.SpanKind.CLIENT,
            start_time=_nanoseconds(began),
            attributes=attributes,
        )
        if exchange.completion is None:
            self._fail(span, exchange.fault)
        span.end(_nanoseconds(began + timedelta(seconds=exchange.seconds)))

    def _fail(self, span: Any, message: str) -> None:
        span.set_attribute(names.ERROR_TYPE, names.OTHER_ERROR)
        # A message may quote what was asked.
        span.set_status(trace.StatusCode.ERROR, self._scrub(message) if self._content else None)

    def _scrubbed(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: self._scrub(value) if isinstance(value, str) else value
            for name, value in attributes.items()
            if value not in (None, "", ())
        }


def open_telemetry(scrub: Scrub, *, content: bool, environ: Mapping[str, str] = os.environ) -> TelemetrySink:
    """Returns the sink that sends to where OpenTelemetry's own variables say.

    ``OTEL_TRACES_EXPORTER`` names the exporter, as there (`DEFAULT_EXPORTER` unless set), and ``OTEL_SERVICE_NAME`` the service.

    Raises:
        SettingsError: that exporter is not installed, or cannot be made.
    """
    wanted = environ.get("OTEL_TRACES_EXPORTER") or DEFAULT_EXPORTER
    wanted = DEFAULT_EXPORTER if wanted == "otlp" else wanted
    found = list(entry_points(group=_EXPORTERS, name=wanted))
    if not found:
        raise SettingsError(
            f"Expected the OpenTelemetry exporter '{wanted}' for telemetry=on, but it is not installed; "
            'install it, as with pip install "robotframework-genflow[telemetry]", or correct OTEL_TRACES_EXPORTER.'
        )
    try:
        exporter = found[0].load()()
    except (ImportError, ValueError, TypeError) as problem:
        raise SettingsError(
            f"Expected to open the OpenTelemetry exporter '{wanted}', but it cannot be used ({problem}); correct the OTEL_ variables."
        ) from None
    service = {"service.name": SCOPE} if not environ.get("OTEL_SERVICE_NAME") else {}
    provider = TracerProvider(resource=Resource.create(service), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return TelemetrySink(provider, scrub, content=content)


def _attributes(exchange: Exchange) -> dict[str, Any]:
    prompt, completion = exchange.prompt, exchange.completion
    given = prompt.parameters.given()
    usage = exchange.lost if completion is None else completion.usage
    attributes: dict[str, Any] = {
        names.OPERATION: names.TEXT_COMPLETION if prompt.ability == "complete" else names.CHAT,
        names.PROVIDER: completion.engine if completion else exchange.engine,
        names.PROMPT_NAME: prompt.name,
        names.OUTPUT_TYPE: names.TEXT if prompt.answer_type is None else names.JSON,
        names.REQUEST_MODEL: given.get("model") or exchange.model,
        names.REQUESTS: usage.requests,
        **{name: given.get(ours) for ours, name in names.PARAMETERS.items()},
    }
    if completion is not None:
        attributes |= {
            names.RESPONSE_MODEL: completion.model,
            names.FINISH_REASONS: (completion.finish_reason,) * len(completion.texts),
            names.INPUT_TOKENS: usage.prompt_tokens,
            names.OUTPUT_TOKENS: usage.completion_tokens,
        }
    return attributes


def _content(exchange: Exchange) -> dict[str, str]:
    messages = exchange.prompt.messages
    content = {
        names.SYSTEM_INSTRUCTIONS: [_part(each.content) for each in messages if each.role == "system"],
        names.INPUT_MESSAGES: [
            {"role": each.role, "parts": [_part(each.content)]} for each in messages if each.role != "system"
        ],
        names.OUTPUT_MESSAGES: [
            {"role": "assistant", "parts": [_part(text)], "finish_reason": exchange.completion.finish_reason}
            for text in exchange.completion.texts
        ]
        if exchange.completion
        else [],
    }
    return {name: json.dumps(value, ensure_ascii=False) for name, value in content.items() if value}


def _part(text: str) -> dict[str, str]:
    return {"type": "text", "content": text}


def _nanoseconds(moment: datetime) -> int:
    return round(moment.timestamp() * _NANOSECONDS)

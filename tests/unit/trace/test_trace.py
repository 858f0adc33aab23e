from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from GenFlowLibrary.trace.trace import Trace

if TYPE_CHECKING:
    from GenFlowLibrary.trace.record import StepRecord

NOON = datetime(2026, 3, 5, 12, tzinfo=timezone.utc)


class Memory:
    """A sink that remembers, or fails."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.records: list[StepRecord] = []
        self.closed = 0
        self._failure = failure

    def write(self, record: StepRecord) -> None:
        if self._failure:
            raise self._failure
        self.records.append(record)

    def close(self) -> None:
        if self._failure:
            raise self._failure
        self.closed += 1


def hide(text: str) -> str:
    return text.replace("hunter22", "<secret P>")


def make_trace(*sinks: Memory) -> Trace:
    ticks = iter([10.0, 12.5])
    return Trace(sinks, hide, clock=lambda: next(ticks), now=lambda: NOON)


def test_a_step_reaches_every_sink_when_it_ends() -> None:
    one, two = Memory(), Memory()
    trace = make_trace(one, two)
    trace.suite, trace.task = "Enquiries", "Answer the inbox"
    with trace.step("Fill Form") as record:
        record.answer = 3
        assert one.records == []
    assert one.records == two.records == [record]
    assert (record.step, record.suite, record.task) == ("Fill Form", "Enquiries", "Answer the inbox")
    assert (record.started, record.seconds, record.status, record.error) == (NOON, 2.5, "PASS", "")


@pytest.mark.parametrize("error", [ValueError("no hunter22"), KeyboardInterrupt("no hunter22")])
def test_a_failing_step_leaves_its_record_and_its_error_goes_on_untouched(error: BaseException) -> None:
    memory = Memory()
    with pytest.raises(type(error)) as raised, make_trace(memory).step("Fill Form"):
        raise error
    assert raised.value is error
    assert str(error) == "no hunter22"
    (record,) = memory.records
    assert (record.status, record.error, record.seconds) == ("FAIL", "no <secret P>", 2.5)


def test_an_error_without_a_message_is_told_by_its_kind() -> None:
    memory = Memory()
    with pytest.raises(KeyError), make_trace(memory).step("Fill Form"):
        raise KeyError
    assert memory.records[0].error == "KeyError"


def test_a_sink_that_cannot_write_stops_neither_the_step_nor_the_other_sinks() -> None:
    broken, good = Memory(OSError("disk hunter22 full")), Memory()
    trace = make_trace(broken, good)
    with trace.step("Fill Form"):
        pass
    assert len(good.records) == 1
    assert trace.notes == ["Part of the trace could not be written: disk <secret P> full."]


def test_a_sink_that_cannot_write_does_not_hide_why_the_step_failed() -> None:
    with (
        pytest.raises(ValueError, match="the step's own"),
        make_trace(Memory(OSError("full"))).step("Fill Form"),
    ):
        raise ValueError("the step's own")


def test_the_same_trouble_is_told_once() -> None:
    trace = Trace([Memory(OSError("full"))], hide)
    for _ in range(3):
        with trace.step("Fill Form"):
            pass
    trace.close()
    assert trace.notes == ["Part of the trace could not be written: full."]


def test_a_sink_with_a_bug_is_not_covered_up() -> None:
    with pytest.raises(TypeError), make_trace(Memory(TypeError("bug"))).step("Fill Form"):
        pass


def test_closing_closes_every_sink() -> None:
    one, two = Memory(), Memory()
    make_trace(one, two).close()
    assert (one.closed, two.closed) == (1, 1)


def test_by_default_steps_are_timed_by_real_clocks() -> None:
    memory = Memory()
    with Trace([memory], hide).step("Fill Form"):
        pass
    started = memory.records[0].started
    assert started is not None
    assert started.tzinfo is not None
    assert 0 <= memory.records[0].seconds < 5

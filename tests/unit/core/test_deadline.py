"""One deadline, on a clock that is handed in."""

from __future__ import annotations

from GenFlowLibrary.core.deadline import Deadline


def test_time_runs_down_to_zero_and_not_below() -> None:
    now = [100.0]
    deadline = Deadline.after(5, lambda: now[0])
    assert deadline.remaining == 5
    assert not deadline.passed
    now[0] = 105.0
    assert deadline.passed
    now[0] = 200.0
    assert deadline.remaining == 0

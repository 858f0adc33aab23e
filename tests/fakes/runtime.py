"""A runtime for tests of steps: the real gateway, prompt files and trace around one engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.protocol import Engine
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.prompts.loader import PromptLibrary
from GenFlowLibrary.steps.runtime import Runtime
from GenFlowLibrary.trace.record import StepRecord
from GenFlowLibrary.trace.trace import Trace


class RememberingSink:
    """Keeps the step records it is handed."""

    def __init__(self) -> None:
        self.records: list[StepRecord] = []

    def write(self, record: StepRecord) -> None:
        self.records.append(record)

    def close(self) -> None:
        pass


def make_runtime(engine: Engine, folders: Sequence[Path] = ()) -> tuple[Runtime, list[StepRecord]]:
    """Returns a runtime whose every step asks ``engine``, and the list its step records go to."""
    sink, secrets = RememberingSink(), Secrets()
    runtime = Runtime(
        gateway=Gateway(budget=Budget(), secrets=secrets),
        prompts=PromptLibrary(list(folders)),
        trace=Trace([sink], secrets.scrub),
        find_engine=lambda name: (engine, f"'{name or 'auto'}' was asked for."),
    )
    return runtime, sink.records

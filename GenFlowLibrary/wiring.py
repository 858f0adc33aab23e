"""The one place where engines, prompts, policy and trace are put together for a run.

    run context + settings -> budget, secrets, recording or cache, redactor -> gateway ┐
                           -> engines and who succeeds them, prompts, trace, learned plans -> Runtime

Imported by the first step: it loads what steps need, and importing the library must not take that long.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from GenFlowLibrary.engines import cache
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.engines.registry import choose_engine, line_up
from GenFlowLibrary.engines.server_memory import ServerMemory
from GenFlowLibrary.forms.learned_element_file import ElementFolder
from GenFlowLibrary.forms.learned_folder import PlanFolder
from GenFlowLibrary.forms.learned_rules import Learning, heals_allowed, is_attended
from GenFlowLibrary.policy import day_spending
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.detectors import make_redactor
from GenFlowLibrary.policy.prices import read_prices, with_profiles
from GenFlowLibrary.prompts.loader import PromptLibrary
from GenFlowLibrary.rf.log_blocks import LogSink
from GenFlowLibrary.rf.streamed_length import StreamedLength
from GenFlowLibrary.steps.runtime import Runtime
from GenFlowLibrary.trace.jsonl import JsonlSink
from GenFlowLibrary.trace.summary import Summary
from GenFlowLibrary.trace.trace import Trace

if TYPE_CHECKING:
    from pathlib import Path

    from GenFlowLibrary.core.settings import Resolved, Settings
    from GenFlowLibrary.engines.protocol import Engine
    from GenFlowLibrary.policy.redactor import Redactor
    from GenFlowLibrary.policy.secrets import Secrets
    from GenFlowLibrary.rf.context import RunContext
    from GenFlowLibrary.trace.sinks import Sink

SHAPING = (
    "engine",
    "provider",
    "base_url",
    "api",
    "deployment",
    "temperature",
    "max_tokens",
    "seed",
    "structured",
    "confidence",
    "escalate_below",
)
"""Settings that shape an answer, or say which will do; the model is told with each prompt."""


class Wiring:
    """What lives as long as the run, and the runtimes of its suites made of it.

    Budget, redactor and trace are the first suite's for the whole run; engines are shared by all who set them alike.

    Args:
        secrets: The known secrets of the run.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._memory = ServerMemory()
        self._trace: Trace | None = None
        self._summary = Summary()
        self._budget: Budget | None = None
        self._redactor: Redactor | None = None
        self._engines: dict[Settings, tuple[Engine, str]] = {}
        self._lineups: dict[Settings, tuple[Engine, str]] = {}
        self._runtimes: dict[tuple[Path, str, Settings], Runtime] = {}

    def runtime(self, context: RunContext, resolved: Resolved) -> Runtime:
        """Returns the way to engines, prompts and trace for a suite under the settings that hold in it.

        Raises:
            SettingsError: a setting cannot be used.
        """
        key = (context.suite_folder, context.recording_name, resolved.settings)
        if key not in self._runtimes:
            self._runtimes[key] = self._build_runtime(context, resolved)
        runtime = self._runtimes[key]
        runtime.trace.suite, runtime.trace.task = context.suite, context.task
        return runtime

    def close(self) -> list[str]:
        """Lets go of everything, and returns what is printed at the end of the run."""
        for engine, _ in self._engines.values():
            engine.close()
        if self._trace is None:
            return []
        self._trace.close()
        return [*self._summary.lines(), *self._trace.notes]

    def _build_runtime(self, context: RunContext, resolved: Resolved) -> Runtime:
        settings = resolved.settings
        self._know_key(settings)

        def find_engine(name: str | None) -> tuple[Engine, str]:
            chosen = resolved if name is None else resolved.overlay({"engine": name}, "keyword argument")
            return self._find_engine(chosen)

        return Runtime(
            gateway=Gateway(
                budget=self._find_budget(resolved),
                secrets=self._secrets,
                recording=self._open_recording(context, settings),
                timeout=settings.timeout,
                redactor=self._find_redactor(settings),
                cache=self._open_cache(resolved),
            ),
            prompts=PromptLibrary([settings.prompts or context.suite_folder / "prompts"]),
            trace=self._find_trace(context, settings),
            find_engine=find_engine,
            learning=self._learning(context, settings),
        )

    def _find_engine(self, resolved: Resolved) -> tuple[Engine, str]:
        if resolved.settings not in self._lineups:
            self._lineups[resolved.settings] = line_up(resolved, self._find_single_engine)
        return self._lineups[resolved.settings]

    def _find_single_engine(self, resolved: Resolved) -> tuple[Engine, str]:
        if resolved.settings not in self._engines:
            self._know_key(resolved.settings)
            self._engines[resolved.settings] = choose_engine(
                resolved.settings, resolved.sources, memory=self._memory, progress=StreamedLength()
            )
        return self._engines[resolved.settings]

    def _know_key(self, settings: Settings) -> None:
        """Makes the key known as a secret; one that lies in the keyring only where it is going to be used."""
        if settings.api_key and not (settings.api_key.is_elsewhere and settings.engine == "embedded"):
            self._secrets.add(settings.api_key)

    def _find_redactor(self, settings: Settings) -> Redactor:
        if self._redactor is None:
            self._redactor = make_redactor(settings)
        return self._redactor

    def _find_budget(self, resolved: Resolved) -> Budget:
        if self._budget is None:
            settings = resolved.settings
            day = day_spending.DaySpending(settings.day_spending or day_spending.default_file())
            prices = with_profiles(read_prices(settings.prices), resolved)
            self._budget = Budget(settings, prices=prices, day=day)
        return self._budget

    def _open_recording(self, context: RunContext, settings: Settings) -> Recording | None:
        if settings.recording == "off":
            return None
        folder = settings.recordings or context.suite_folder / "recordings"
        return Recording(folder / f"{context.recording_name}.jsonl", settings.recording, self._secrets.scrub)

    def _open_cache(self, resolved: Resolved) -> cache.AnswerCache | None:
        settings = resolved.settings
        # Who records or replays wants this run's answers, and in the recording.
        if settings.cache == "off" or settings.recording != "off":
            return None
        asked = {name: getattr(settings, name) for name in SHAPING}
        return cache.AnswerCache(
            settings.cache_file or cache.default_file(),
            settings.cache_ttl,
            self._secrets.scrub,
            asked={**asked, "profiles": resolved.profiles},
        )

    def _learning(self, context: RunContext, settings: Settings) -> Learning:
        folder = settings.learned_plans or context.suite_folder / "learned"
        allowed = heals_allowed(settings.heal_changes, attended=is_attended(os.environ))
        scrub = self._secrets.scrub
        return Learning(settings.learned, allowed, PlanFolder(folder, scrub), ElementFolder(folder, scrub))

    def _find_trace(self, context: RunContext, settings: Settings) -> Trace:
        if self._trace is None:
            scrub = self._secrets.scrub
            sinks: list[Sink] = [LogSink(scrub), self._summary]
            if settings.trace and context.output_folder is not None:
                sinks.append(JsonlSink(context.output_folder / "genflow-trace.jsonl", scrub))
            if settings.telemetry == "on":
                from GenFlowLibrary.trace.telemetry import open_telemetry  # noqa: PLC0415 - an extra

                sinks.append(open_telemetry(scrub, content=settings.telemetry_content == "on"))
            self._trace = Trace(sinks, scrub, conceal=self._find_redactor(settings).conceal)
        return self._trace

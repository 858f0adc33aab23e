"""The library that Robot Framework imports, and the one place where everything is wired together."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import robot.version
from robot.api import logger
from robot.api.types import Secret
from robotlibcore import DynamicCore

from GenFlowLibrary._version import __version__
from GenFlowLibrary.core import settings_sources
from GenFlowLibrary.core.errors import GenFlowError
from GenFlowLibrary.core.settings import Resolved
from GenFlowLibrary.keywords.decisions import DecisionKeywords
from GenFlowLibrary.keywords.forms import FormKeywords
from GenFlowLibrary.keywords.option_types import (
    EngineName,
    HealChangesName,
    LearnedModeName,
    RecordingModeName,
)
from GenFlowLibrary.keywords.pages import PageKeywords
from GenFlowLibrary.keywords.prompts import PromptKeywords
from GenFlowLibrary.keywords.settings import SettingKeywords
from GenFlowLibrary.keywords.text import TextKeywords
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.rf.arguments import to_settings
from GenFlowLibrary.rf.context import RunContext, current
from GenFlowLibrary.rf.gen_locator import LocatorListener
from GenFlowLibrary.rf.listener import RunListener

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.engines.protocol import Engine
    from GenFlowLibrary.engines.recording import Recording
    from GenFlowLibrary.forms.learned_rules import Learning
    from GenFlowLibrary.policy.budget import Budget
    from GenFlowLibrary.steps.runtime import Runtime
    from GenFlowLibrary.trace.summary import Summary
    from GenFlowLibrary.trace.trace import Trace

# Robot Framework 7.5 is the first that renders Markdown documentation; 7.4 shows the same text as it is.
_RENDERS_MARKDOWN = tuple(int(part) for part in robot.version.VERSION.split(".")[:2] if part.isdigit()) >= (
    7,
    5,
)


class GenFlowLibrary(DynamicCore):  # type: ignore[misc]  # robotlibcore has no type hints
    __doc__ = (Path(__file__).parent / "library.md").read_text("utf-8")

    ROBOT_LIBRARY_SCOPE = "GLOBAL"
    ROBOT_LIBRARY_VERSION = __version__
    ROBOT_LIBRARY_DOC_FORMAT = "MARKDOWN" if _RENDERS_MARKDOWN else "TEXT"

    def __init__(
        self,
        *,
        # A value that Robot Framework cannot convert ends the whole run with a traceback: `| str` leaves that to us.
        engine: EngineName | str | None = None,
        model: str | None = None,
        base_url: str | None = None,
        api_key: Secret | str | None = None,
        timeout: timedelta | str | None = None,
        max_attempts: int | str | None = None,
        temperature: float | str | None = None,
        max_tokens: int | str | None = None,
        seed: int | str | None = None,
        max_calls: int | str | None = None,
        max_total_tokens: int | str | None = None,
        recording: RecordingModeName | str | None = None,
        recordings: Path | None = None,
        prompts: Path | None = None,
        learned: LearnedModeName | str | None = None,
        learned_plans: Path | None = None,
        heal_changes: HealChangesName | str | None = None,
        trace: bool | str | None = None,
    ) -> None:
        """All arguments are settings and optional; what is not given comes from the environment or ``genflow.toml``.

        Args:
            engine: ``auto`` (default), ``embedded``, or ``openai`` for any server that speaks the OpenAI protocol.
            model: Model name for the openai engine.
            base_url: Address of the server, such as ``http://localhost:11434/v1``.
            api_key: Key for the server, as a Secret variable.
            timeout: Time one model call may take altogether, with all attempts. Default 60 seconds.
            max_attempts: Requests that may be made for one completion. Default 4.
            temperature: Sampling temperature. Not sent unless set.
            max_tokens: Longest completion in tokens. Not sent unless set.
            seed: Sampling seed. Not sent unless set.
            max_calls: Requests that the whole run may make. No limit unless set. An import with other arguments counts for itself.
            max_total_tokens: Tokens that the whole run may use, counted likewise; a server that does not count them is not asked again.
            recording: ``off`` (default), ``record``, ``replay`` or ``auto``, see [Recordings].
            recordings: Folder of the recordings. Default ``recordings`` beside the suite.
            prompts: Folder with your own prompt files. Default ``prompts`` beside the suite.
            learned: ``heal`` (default), ``learn``, ``replay`` or ``off``, see [Learned plans].
            learned_plans: Folder of the learned plans. Default ``learned`` beside the suite.
            heal_changes: ``auto`` (default), ``allow`` or ``recommend``, see [Learned plans].
            trace: Whether ``genflow-trace.jsonl`` is written into the output directory. Default yes.
        """
        self.secrets = Secrets()
        arguments = {
            "engine": engine,
            "model": model,
            "base_url": base_url,
            "api_key": api_key,
            "timeout": timeout,
            "max_attempts": max_attempts,
            "temperature": temperature,
            "max_tokens": max_tokens,
            "seed": seed,
            "max_calls": max_calls,
            "max_total_tokens": max_total_tokens,
            "recording": recording,
            "recordings": recordings,
            "prompts": prompts,
            "learned": learned,
            "learned_plans": learned_plans,
            "heal_changes": heal_changes,
            "trace": trace,
        }
        self._imported = Resolved()
        self._problem: GenFlowError | None = None
        try:
            self._imported = settings_sources.load().overlay(to_settings(arguments), "library argument")
        except GenFlowError as problem:
            # Raised here it would come with a traceback, and every keyword of the suite would be unknown.
            self._problem = problem
            logger.error(str(problem))
        self._overrides: list[tuple[str, Resolved]] = []
        self._trace: Trace | None = None
        self._summary: Summary | None = None
        self._budget: Budget | None = None
        self._engines: dict[Any, tuple[Engine, str]] = {}
        self._runtimes: dict[Any, Runtime] = {}
        self.ROBOT_LIBRARY_LISTENER = [
            RunListener(on_suite_end=self.forget_overrides, on_run_end=self._end_run),
            LocatorListener(self.secrets.scrub),
        ]
        super().__init__(
            [
                TextKeywords(self),
                DecisionKeywords(self),
                FormKeywords(self),
                PageKeywords(self),
                PromptKeywords(self),
                SettingKeywords(self),
            ]
        )

    # What the keywords see ------------------------------------------------------------------------------------------

    @property
    def runtime(self) -> Runtime:
        """The way to engines, prompts and trace for the suite that runs now."""
        context, resolved = current(), self._resolved
        key = (context.suite_folder, context.recording_name, resolved.settings)
        if key not in self._runtimes:
            self._runtimes[key] = self._build_runtime(context, resolved)
        runtime = self._runtimes[key]
        runtime.trace.suite, runtime.trace.task = context.suite, context.task
        return runtime

    @property
    def page(self) -> Page:
        """The page in SeleniumLibrary's current browser."""
        from GenFlowLibrary.browser.selenium_page import SeleniumPage
        from GenFlowLibrary.rf.selenium import find_selenium_library

        return SeleniumPage(find_selenium_library())

    def override(self, values: dict[str, Any], source: str) -> Resolved:
        """Lays settings over the current ones until the suite that runs now ends, and returns the result."""
        resolved = self._resolved.overlay(values, source)
        self._overrides.append((current().suite, resolved))
        return resolved

    def forget_overrides(self, suite: str) -> None:
        """Goes back to the settings from before a suite, by its full name: those of a suite around it stay."""
        while self._overrides and self._overrides[-1][0] == suite:
            self._overrides.pop()

    @property
    def _resolved(self) -> Resolved:
        """The settings that hold now.

        Raises:
            SettingsError: those of the import are wrong.
        """
        if self._problem is not None:
            raise self._problem
        return self._overrides[-1][1] if self._overrides else self._imported

    # Wiring ---------------------------------------------------------------------------------------------------------

    def _build_runtime(self, context: RunContext, resolved: Resolved) -> Runtime:
        from GenFlowLibrary.engines.gateway import Gateway
        from GenFlowLibrary.prompts.loader import PromptLibrary
        from GenFlowLibrary.steps.runtime import Runtime

        settings = resolved.settings
        if settings.api_key:
            self.secrets.add(settings.api_key)

        def find_engine(name: str | None) -> tuple[Engine, str]:
            chosen = resolved if name is None else resolved.overlay({"engine": name}, "keyword argument")
            return self._find_engine(chosen)

        return Runtime(
            gateway=Gateway(
                budget=self._find_budget(resolved),
                secrets=self.secrets,
                recording=self._open_recording(context, resolved),
                timeout=settings.timeout,
            ),
            prompts=PromptLibrary([settings.prompts or context.suite_folder / "prompts"]),
            trace=self._find_trace(context, resolved),
            find_engine=find_engine,
            learning=self._find_learning(context, resolved),
        )

    def _find_engine(self, resolved: Resolved) -> tuple[Engine, str]:
        from GenFlowLibrary.engines.registry import choose_engine

        if resolved.settings not in self._engines:
            self._engines[resolved.settings] = choose_engine(resolved.settings, resolved.sources)
        return self._engines[resolved.settings]

    def _find_budget(self, resolved: Resolved) -> Budget:
        from GenFlowLibrary.policy.budget import Budget

        if self._budget is None:
            self._budget = Budget(resolved.settings.max_calls, resolved.settings.max_total_tokens)
        return self._budget

    def _open_recording(self, context: RunContext, resolved: Resolved) -> Recording | None:
        from GenFlowLibrary.engines.recording import Recording

        settings = resolved.settings
        if settings.recording == "off":
            return None
        folder = settings.recordings or context.suite_folder / "recordings"
        return Recording(folder / f"{context.recording_name}.jsonl", settings.recording, self.secrets.scrub)

    def _find_learning(self, context: RunContext, resolved: Resolved) -> Learning:
        from GenFlowLibrary.forms.learned_folder import PlanFolder
        from GenFlowLibrary.forms.learned_rules import Learning, heals_allowed, is_attended

        settings = resolved.settings
        folder = settings.learned_plans or context.suite_folder / "learned"
        allowed = heals_allowed(settings.heal_changes, attended=is_attended(os.environ))
        return Learning(settings.learned, allowed, PlanFolder(folder, self.secrets.scrub))

    def _find_trace(self, context: RunContext, resolved: Resolved) -> Trace:
        from GenFlowLibrary.rf.log_blocks import LogSink
        from GenFlowLibrary.trace.jsonl import JsonlSink
        from GenFlowLibrary.trace.sinks import Sink
        from GenFlowLibrary.trace.summary import Summary
        from GenFlowLibrary.trace.trace import Trace

        if self._trace is None:
            self._summary = Summary()
            sinks: list[Sink] = [LogSink(self.secrets.scrub), self._summary]
            if resolved.settings.trace and context.output_folder is not None:
                sinks.append(JsonlSink(context.output_folder / "genflow-trace.jsonl", self.secrets.scrub))
            self._trace = Trace(sinks, self.secrets.scrub)
        return self._trace

    def _end_run(self) -> list[str]:
        """Lets go of everything, and returns what is printed at the end of the run."""
        for engine, _ in self._engines.values():
            engine.close()
        if self._trace is None or self._summary is None:
            return []
        self._trace.close()
        return [*self._summary.lines(), *self._trace.notes]

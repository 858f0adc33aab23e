"""The library that Robot Framework imports: its arguments, its keywords, and the settings that hold now."""

from __future__ import annotations

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
from GenFlowLibrary.keywords.batches import BatchKeywords
from GenFlowLibrary.keywords.decisions import DecisionKeywords
from GenFlowLibrary.keywords.documents import DocumentKeywords
from GenFlowLibrary.keywords.flowcharts import FlowChartKeywords
from GenFlowLibrary.keywords.forms import FormKeywords
from GenFlowLibrary.keywords.option_types import (
    ApiName,
    DetectorName,
    EngineName,
    HealChangesName,
    LearnedModeName,
    OnOffName,
    RecordingModeName,
    RedactionModeName,
)
from GenFlowLibrary.keywords.pages import PageKeywords
from GenFlowLibrary.keywords.prompts import PromptKeywords
from GenFlowLibrary.keywords.reading import ReadingKeywords
from GenFlowLibrary.keywords.reviewing import ReviewingKeywords
from GenFlowLibrary.keywords.settings import SettingKeywords
from GenFlowLibrary.keywords.text import TextKeywords
from GenFlowLibrary.keywords.writing import WritingKeywords
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.rf.arguments import to_settings
from GenFlowLibrary.rf.context import current
from GenFlowLibrary.rf.gen_locator import LocatorListener
from GenFlowLibrary.rf.listener import RunListener

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.core.settings import LearnedMode
    from GenFlowLibrary.steps.runtime import Runtime
    from GenFlowLibrary.wiring import Wiring

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
        api: ApiName | str | None = None,
        timeout: timedelta | str | None = None,
        max_attempts: int | str | None = None,
        temperature: float | str | None = None,
        max_tokens: int | str | None = None,
        seed: int | str | None = None,
        recording: RecordingModeName | str | None = None,
        recordings: Path | None = None,
        prompts: Path | None = None,
        learned: LearnedModeName | str | None = None,
        learned_plans: Path | None = None,
        heal_changes: HealChangesName | str | None = None,
        trace: bool | str | None = None,
        redaction: RedactionModeName | str | None = None,
        personal: list[str] | str | None = None,
        redaction_patterns: dict[str, str] | str | None = None,
        redaction_countries: list[str] | str | None = None,
        redaction_with: DetectorName | str | None = None,
        prices: Path | None = None,
        day_spending: Path | None = None,
        cache: OnOffName | str | None = None,
        cache_ttl: timedelta | str | None = None,
        cache_file: Path | None = None,
        telemetry: OnOffName | str | None = None,
        telemetry_content: OnOffName | str | None = None,
        **limits: object,
    ) -> None:
        """All arguments are settings and optional; what is not given comes from the environment or ``genflow.toml``.

        Args:
            engine: ``auto`` (default), ``embedded``, ``openai`` for any server that speaks the OpenAI protocol, or the name of a profile,
              see [Engines].
            model: Model name for the openai engine.
            base_url: Address of the server, such as ``http://localhost:11434/v1``.
            api_key: Key for the server, as a Secret variable.
            api: ``chat`` (default), ``responses`` or ``completions``, see [Engines].
            timeout: Time one model call may take altogether, with all attempts. Default 60 seconds.
            max_attempts: Requests that may be made for one completion. Default 4.
            temperature: Sampling temperature. Not sent unless set.
            max_tokens: Longest completion in tokens. The server's own limit unless set.
            seed: Sampling seed. Not sent unless set.
            recording: ``off`` (default), ``record``, ``replay`` or ``auto``, see [Recordings].
            recordings: Folder of the recordings. Default ``recordings`` beside the suite.
            prompts: Folder with your own prompt files. Default ``prompts`` beside the suite.
            learned: ``heal`` (default), ``learn``, ``replay`` or ``off``, see [Learned plans].
            learned_plans: Folder of the learned plans. Default ``learned`` beside the suite.
            heal_changes: ``auto`` (default), ``allow`` or ``recommend``, see [Learned plans].
            trace: Whether ``genflow-trace.jsonl`` is written into the output directory. Default yes.
            redaction: ``off`` (default), ``on`` or ``required``, see [Redaction].
            personal: Names of inputs whose values are personal, with commas between them, such as ``customer, address``.
            redaction_patterns: Your own kinds of personal data: kind to regular expression.
            redaction_countries: Countries whose phone and identity numbers are looked for. Default ``US,GB,DE,FR,ES,FI,SE,CN,JP``.
            redaction_with: ``patterns`` (default), or ``presidio`` for names in free text as well, see [Redaction].
            prices: Your own price file, see [Budgets].
            day_spending: The file that keeps what the day has cost. Default ``.genflow/day-spending.sqlite`` in your home folder.
            cache: ``off`` (default), or ``on`` to keep answers for a while, see [Cache].
            cache_ttl: How long an answer is good for. Default a day.
            cache_file: The file that keeps answers. Default ``.genflow/cache.sqlite`` in your home folder.
            telemetry: ``off`` (default), or ``on`` to send each step as OpenTelemetry spans, see [Telemetry].
            telemetry_content: ``off`` (default), or ``on`` to send what was asked and answered along.
            limits: ``max_calls``, ``max_total_tokens``, ``max_cost`` and ``max_seconds`` limit the run, and with ``_per_step``,
              ``_per_task``, ``_per_suite`` or ``_per_day`` behind them those, such as ``max_cost_per_day=5``, see [Budgets].
              No limit unless set. An import with other arguments counts for itself. The other settings of engines, such as
              ``provider`` and ``fallback``, may stand here too.
        """
        self.secrets = Secrets()
        arguments = {
            "engine": engine,
            "model": model,
            "base_url": base_url,
            "api_key": api_key,
            "api": api,
            "timeout": timeout,
            "max_attempts": max_attempts,
            "temperature": temperature,
            "max_tokens": max_tokens,
            "seed": seed,
            "recording": recording,
            "recordings": recordings,
            "prompts": prompts,
            "learned": learned,
            "learned_plans": learned_plans,
            "heal_changes": heal_changes,
            "trace": trace,
            "redaction": redaction,
            "personal": personal,
            "redaction_patterns": redaction_patterns,
            "redaction_countries": redaction_countries,
            "redaction_with": redaction_with,
            "prices": prices,
            "day_spending": day_spending,
            "cache": cache,
            "cache_ttl": cache_ttl,
            "cache_file": cache_file,
            "telemetry": telemetry,
            "telemetry_content": telemetry_content,
            **limits,
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
        self._wiring: Wiring | None = None
        self.ROBOT_LIBRARY_LISTENER = [
            RunListener(on_suite_end=self.forget_overrides, on_run_end=self._end_run),
            LocatorListener(self.secrets.scrub, self),
        ]
        super().__init__(
            [
                TextKeywords(self),
                ReadingKeywords(self),
                ReviewingKeywords(self),
                WritingKeywords(self),
                DecisionKeywords(self),
                FormKeywords(self),
                PageKeywords(self),
                DocumentKeywords(self),
                FlowChartKeywords(self),
                PromptKeywords(self),
                BatchKeywords(self),
                SettingKeywords(self),
            ]
        )

    # What the keywords see ------------------------------------------------------------------------------------------

    @property
    def runtime(self) -> Runtime:
        """The way to engines, prompts and trace for the suite that runs now."""
        from GenFlowLibrary.wiring import Wiring  # loads what steps need

        resolved = self._resolved
        if self._wiring is None:
            self._wiring = Wiring(self.secrets)
        return self._wiring.runtime(current(), resolved)

    @property
    def page(self) -> Page:
        """The page in SeleniumLibrary's current browser."""
        from GenFlowLibrary.browser.selenium_page import SeleniumPage
        from GenFlowLibrary.rf.selenium import find_selenium_library

        return SeleniumPage(find_selenium_library())

    @property
    def learned_mode(self) -> LearnedMode:
        """The mode of learned plans and elements in the suite that runs now."""
        return self._resolved.settings.learned

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

    def _end_run(self) -> list[str]:
        """Lets go of everything, and returns what is printed at the end of the run."""
        return [] if self._wiring is None else self._wiring.close()

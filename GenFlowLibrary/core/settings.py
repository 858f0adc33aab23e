"""The settings, and where each value came from.

    genflow.toml < environment (GENFLOW_*, filled up from .env) < library arguments < Set Engine < keyword arguments

One frozen dataclass holds them; `Resolved` adds the source of every value for ``genflow doctor`` and the log.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.limits import LIMITS, Limits
from GenFlowLibrary.core.profiles import PROFILE_SETTINGS, SERVER_SETTINGS, SUCCESSION, require_engine
from GenFlowLibrary.core.setting_values import convert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

    from GenFlowLibrary.core.profiles import Profile
    from GenFlowLibrary.core.secret import SecretHandle

RecordingMode = Literal["off", "record", "replay", "auto"]
LearnedMode = Literal["learn", "replay", "heal", "off"]
HealChanges = Literal["auto", "allow", "recommend"]
Api = Literal["chat", "responses", "completions"]
RedactionMode = Literal["off", "on", "required"]
Provider = Literal["openai", "azure", "bedrock", "vertex"]
Structured = Literal["auto", "json_schema", "json_object_schema", "json_object", "prompt"]
Confidence = Literal["off", "measured", "decisions"]


@dataclass(frozen=True)
class Settings(Limits):
    """Every setting of the library with its default.

    Attributes:
        engine: ``auto``, ``embedded``, ``openai`` (any server that speaks the OpenAI protocol), or the name of a profile.
        model: Model name for the openai engine.
        base_url: Address of the OpenAI-compatible server, such as ``http://localhost:11434/v1``.
        api_key: Key for that server.
        api: Which of the server's endpoints is called: ``chat`` (chat completions; every server has it), ``responses``, or
            ``completions`` (a plain prompt).
        provider: Whose cloud it is: ``openai`` (and every server with a plain key), ``azure``, ``bedrock`` or ``vertex``.
        api_version: Azure's version of the API, such as ``2024-10-21``.
        deployment: Azure's deployment; the model's name unless set.
        region: The region of Bedrock, or the location of Vertex.
        project: The project of Vertex.
        structured: The way in which a server is first asked to keep to an answer's form; ``auto`` finds it out.
        confidence: How the confidence of a choice is measured: ``off``, ``measured`` (log-probabilities of its tokens) or
            ``decisions`` (OpenAI's endpoint of that name answers choices).
        fallback: Engines that are asked in turn where this one cannot be reached.
        escalate: The engine that is asked where this one's answer will not do.
        escalate_below: The measured confidence below which an answer will not do.
        prompt_price: The price of a million tokens of prompts to the model, in the currency of the price file.
        completion_price: The price of a million tokens that it writes.
        timeout: Seconds that one model call may take altogether, with all attempts and waits.
        max_attempts: Requests that may be made for one completion.
        temperature: Sampling temperature; not sent unless set.
        max_tokens: Longest completion in tokens; the server's own limit unless set.
        seed: Sampling seed; not sent unless set.
        recording: ``off``, ``record`` (ask and keep), ``replay`` (never ask) or ``auto`` (ask only for what is not recorded).
        recordings: Folder of the recordings; ``recordings`` beside the suite unless set.
        prompts: Folder with the analyst's own prompt files; ``prompts`` beside the suite unless set.
        learned: What happens to learned plans of forms: ``learn`` (match anew and write), ``replay`` (only as learned), ``heal`` (as
            learned, healed where a field surely changed; what an engine was asked about is learned) or ``off``.
        learned_plans: Folder of the learned plans; ``learned`` beside the suite unless set.
        heal_changes: Whether a changed field that only its plan still knows is filled: ``allow``, ``recommend`` (fail and tell) or
            ``auto`` (allow where a person watches: a terminal, and no CI server).
        trace: Whether the JSONL trace is written into the output directory.
        redaction: Whether personal data goes out as placeholders: ``off``, ``on``, or ``required`` (what cannot be replaced stops
            the call).
        personal: Names of inputs whose values are personal, at any depth.
        redaction_patterns: The user's own kinds of personal data, as pairs of kind and regular expression.
        redaction_countries: Countries (ISO 3166 codes) whose national phone numbers and identity numbers are looked for.
        redaction_with: ``patterns``, or ``presidio`` for Presidio in addition.
        prices: The user's price file; its models come before the library's own.
        day_spending: The file that keeps what the day has cost over all runs; ``~/.genflow/day-spending.sqlite`` unless set.
        cache: Whether an answer is kept for a while and used again for the same question: ``off`` or ``on``. Not where a recording is used.
        cache_ttl: Seconds that such an answer is good for.
        cache_file: The file that keeps them; ``~/.genflow/cache.sqlite`` unless set.
        telemetry: Whether each step is sent as OpenTelemetry spans: ``off`` or ``on``.
        telemetry_content: Whether what was asked and answered goes along: ``off`` or ``on``.

    The limits (`Limits`) are settings too.
    """

    engine: str = "auto"
    model: str | None = None
    base_url: str | None = None
    api_key: SecretHandle | None = None
    api: Api = "chat"
    provider: Provider = "openai"
    api_version: str | None = None
    deployment: str | None = None
    region: str | None = None
    project: str | None = None
    structured: Structured = "auto"
    confidence: Confidence = "off"
    fallback: tuple[str, ...] = ()
    escalate: str | None = None
    escalate_below: float | None = None
    prompt_price: Decimal | None = None
    completion_price: Decimal | None = None
    timeout: float = 60.0
    max_attempts: int = 4
    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    recording: RecordingMode = "off"
    recordings: Path | None = None
    prompts: Path | None = None
    learned: LearnedMode = "heal"
    learned_plans: Path | None = None
    heal_changes: HealChanges = "auto"
    trace: bool = True
    redaction: RedactionMode = "off"
    personal: tuple[str, ...] = ()
    redaction_patterns: tuple[tuple[str, str], ...] = ()
    redaction_countries: tuple[str, ...] = ("US", "GB", "DE", "FR", "ES", "FI", "SE", "CN", "JP")
    redaction_with: Literal["patterns", "presidio"] = "patterns"
    prices: Path | None = None
    day_spending: Path | None = None
    cache: Literal["off", "on"] = "off"
    cache_ttl: float = 86_400.0
    cache_file: Path | None = None
    telemetry: Literal["off", "on"] = "off"
    telemetry_content: Literal["off", "on"] = "off"


NAMES: tuple[str, ...] = (
    *(name for f in dataclasses.fields(Settings) if (name := f.name) not in LIMITS),
    *LIMITS,
)
"""Every setting; the limits, of which there are many, come last."""


@dataclass(frozen=True)
class Resolved:
    """Settings together with the source of each value (``default``, a file, an environment variable, ``library argument``).

    ``profiles`` are the engines with a name; ``around`` holds the settings without the profile that is laid over them, ``None``
    where there is none.
    """

    settings: Settings = field(default_factory=Settings)
    sources: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, "default"))
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    around: Resolved | None = None

    def overlay(self, values: Mapping[str, Any], source: str) -> Resolved:
        """Returns these settings with ``values`` laid over them; ``None`` leaves what is there.

        An ``engine`` among the values comes with what its profile says, and without the fallback and escalation of the engine
        before it. What is given beside it goes over that.

        Raises:
            SettingsError: a name is unknown, or a value is not of the setting's kind.
        """
        given = {name: value for name, value in values.items() if value is not None}
        unknown = sorted(set(given) - set(NAMES))
        if unknown:
            raise SettingsError(
                f"Expected settings among {', '.join(NAMES)}, but {source} sets '{unknown[0]}'; "
                "correct its name or remove it."
            )
        checked = {name: convert(name, value, source) for name, value in given.items() if name != "engine"}
        general = {name: value for name, value in checked.items() if name not in PROFILE_SETTINGS}
        if "engine" not in given:
            around = self.around and self.around._with(general, source)
            return dataclasses.replace(self._with(checked, source), around=around)
        name = require_engine(given["engine"], source, self.profiles)
        around = (self.around or self)._with(general, source)
        # Whoever names an engine must not be answered by one that another engine falls back on.
        chosen = (around if name == around.settings.engine else around._reset(SUCCESSION, source))._asking(
            name, source
        )
        return dataclasses.replace(
            chosen._with(checked, source), around=around if name in self.profiles else None
        )

    def in_force(self, engine: Any, source: str) -> Resolved:
        """Returns these settings with the engine that a file or the environment names: what stands beside it belongs to it.

        Raises:
            SettingsError: nobody is called so.
        """
        name = require_engine(engine, source, self.profiles)
        return self._asking(name, source)

    def _asking(self, name: str, source: str) -> Resolved:
        chosen = self._with({"engine": name}, source)
        profile = self.profiles.get(name)
        if profile is None:
            return chosen
        reset = (*SUCCESSION, *(SERVER_SETTINGS if profile.names_a_server else ()))
        laid = chosen._reset(reset, profile.source)._with(profile.values, profile.source)
        return dataclasses.replace(laid, around=self)

    def _with(self, checked: Mapping[str, Any], source: str) -> Resolved:
        return dataclasses.replace(
            self,
            settings=dataclasses.replace(self.settings, **checked),
            sources={**self.sources, **dict.fromkeys(checked, source)},
        )

    def _reset(self, names: tuple[str, ...], source: str) -> Resolved:
        defaults = Settings()
        return self._with({name: getattr(defaults, name) for name in names}, f"default, for {source}")

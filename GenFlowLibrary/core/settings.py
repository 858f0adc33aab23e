"""The settings, and where each value came from.

    genflow.toml < environment (GENFLOW_*, filled up from .env) < library arguments < Set Engine

One frozen dataclass holds them; `Resolved` adds the source of every value for ``genflow doctor`` and the log.
"""

from __future__ import annotations

import dataclasses
import math
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle

if TYPE_CHECKING:
    from collections.abc import Mapping

RecordingMode = Literal["off", "record", "replay", "auto"]
LearnedMode = Literal["learn", "replay", "heal", "off"]
HealChanges = Literal["auto", "allow", "recommend"]


@dataclass(frozen=True)
class Settings:
    """Every setting of the library with its default.

    Attributes:
        engine: ``auto``, ``embedded`` or ``openai`` (any server that speaks the OpenAI protocol).
        model: Model name for the openai engine.
        base_url: Address of the OpenAI-compatible server, such as ``http://localhost:11434/v1``.
        api_key: Key for that server.
        timeout: Seconds that one model call may take altogether, with all attempts and waits.
        max_attempts: Requests that may be made for one completion.
        temperature: Sampling temperature; not sent unless set.
        max_tokens: Longest completion in tokens; not sent unless set.
        seed: Sampling seed; not sent unless set.
        max_calls: Budget of requests a run; no limit unless set.
        max_total_tokens: Budget of tokens a run; no limit unless set.
        recording: ``off``, ``record`` (ask and keep), ``replay`` (never ask) or ``auto`` (ask only for what is not recorded).
        recordings: Folder of the recordings; ``recordings`` beside the suite unless set.
        prompts: Folder with the analyst's own prompt files; ``prompts`` beside the suite unless set.
        learned: What happens to learned plans of forms: ``learn`` (match anew and write), ``replay`` (only as learned), ``heal`` (as
            learned, healed where a field surely changed; what an engine was asked about is learned) or ``off``.
        learned_plans: Folder of the learned plans; ``learned`` beside the suite unless set.
        heal_changes: Whether a changed field that only its plan still knows is filled: ``allow``, ``recommend`` (fail and tell) or
            ``auto`` (allow where a person watches: a terminal, and no CI server).
        trace: Whether the JSONL trace is written into the output directory.
    """

    engine: str = "auto"
    model: str | None = None
    base_url: str | None = None
    api_key: SecretHandle | None = None
    timeout: float = 60.0
    max_attempts: int = 4
    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    max_calls: int | None = None
    max_total_tokens: int | None = None
    recording: RecordingMode = "off"
    recordings: Path | None = None
    prompts: Path | None = None
    learned: LearnedMode = "heal"
    learned_plans: Path | None = None
    heal_changes: HealChanges = "auto"
    trace: bool = True


NAMES: tuple[str, ...] = tuple(f.name for f in dataclasses.fields(Settings))
ENGINES = ("auto", "embedded", "openai")
RECORDING_MODES = ("off", "record", "replay", "auto")
LEARNED_MODES = ("learn", "replay", "heal", "off")
HEAL_CHANGES = ("auto", "allow", "recommend")
FOLDERS = ("recordings", "prompts", "learned_plans")
_POSITIVE = ("timeout", "max_attempts", "max_tokens", "max_calls", "max_total_tokens")
_INTEGERS = ("max_attempts", "max_tokens", "seed", "max_calls", "max_total_tokens")
_FLOATS = ("timeout", "temperature")
_TEXTS = ("engine", "model", "base_url", "api_key", "recording", "learned", "heal_changes", *FOLDERS)


@dataclass(frozen=True)
class Resolved:
    """Settings together with the source of each value (``default``, a file, an environment variable, ``library argument``)."""

    settings: Settings = field(default_factory=Settings)
    sources: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, "default"))

    def overlay(self, values: Mapping[str, Any], source: str) -> Resolved:
        """Returns these settings with ``values`` laid over them; ``None`` leaves what is there.

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
        checked = {name: convert(name, value, source) for name, value in given.items()}
        return Resolved(
            dataclasses.replace(self.settings, **checked),
            {**self.sources, **dict.fromkeys(checked, source)},
        )


def convert(name: str, value: Any, source: str) -> Any:
    """Returns a raw value (text from a file or the environment, or a typed one) as the setting's kind.

    Raises:
        SettingsError: the value cannot be one of that setting.
    """
    if name == "api_key" and isinstance(value, (str, SecretHandle)):
        return value if isinstance(value, SecretHandle) else SecretHandle("api_key", str(value))
    if name in _TEXTS and not isinstance(value, (str, os.PathLike)):
        raise SettingsError(
            f"Expected {name} to be a text, but {source} sets it to something else; put it in quotes."
        )
    if name in FOLDERS:
        return Path(value)
    if name == "trace":
        return _boolean(name, value, source)
    if name in _INTEGERS or name in _FLOATS:
        return _number(name, value, source)
    text = str(value).strip()
    choices = {
        "engine": ENGINES,
        "recording": RECORDING_MODES,
        "learned": LEARNED_MODES,
        "heal_changes": HEAL_CHANGES,
    }.get(name)
    if choices:
        text = text.lower()
        if text not in choices:
            raise SettingsError(
                f"Expected {name} to be one of {', '.join(choices)}, but {source} sets it to '{text}'; choose one of them."
            )
    return text or None


def _number(name: str, value: Any, source: str) -> int | float:
    kind = int if name in _INTEGERS else float
    try:
        number = kind(str(value).strip())
        if not math.isfinite(number):
            raise ValueError
    except ValueError:
        raise SettingsError(
            f"Expected {name} to be a {'whole ' if kind is int else ''}number, "
            f"but {source} sets it to '{value}'; write it like {'4' if kind is int else '30.0'}."
        ) from None
    if name in _POSITIVE and not number > 0:
        raise SettingsError(f"Expected {name} to be above zero, but {source} sets it to {value}; raise it.")
    return number


def _boolean(name: str, value: Any, source: str) -> bool:
    text = str(value).strip().lower()
    if text in ("true", "yes", "on", "1"):
        return True
    if text in ("false", "no", "off", "0"):
        return False
    raise SettingsError(
        f"Expected {name} to be true or false, but {source} sets it to '{value}'; write true or false."
    )

"""The engines of ``genflow.toml`` that have a name, each looked at without asking it: what would it ask, and what is missing?

[engines.NAME] -> its settings, over those around it -> address, key, model -> who is asked after it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.engines.registry import choose_engine, line_up

if TYPE_CHECKING:
    from GenFlowLibrary.core.settings import Resolved
    from GenFlowLibrary.engines.protocol import Engine


@dataclass(frozen=True)
class NamedEngine:
    """What an engine asks, in words, and one sentence for each thing that is missing for it to be asked."""

    asks: str
    missing: tuple[str, ...] = ()


def look_at(resolved: Resolved, name: str) -> NamedEngine:
    """Returns what the engine of that name would ask; nothing is sent. A key in the keyring is looked up."""
    chosen = resolved.overlay({"engine": name}, resolved.profiles[name].source)
    try:
        engine, _ = choose_engine(chosen.settings, chosen.sources)
    except SettingsError as problem:
        return NamedEngine("", (str(problem),))
    missing = []
    address = getattr(engine, "address", engine.name)
    if engine.needs_network and not engine.model:
        missing.append(
            f"Expected model to name one that {address} offers, but it is not set; "
            f"write model = ... below [engines.{name}]."
        )
    if wrong := _succession_problem(chosen, engine):
        missing.append(wrong)
    settings = chosen.settings
    asks = f"'{engine.model}' at {address}"
    if settings.fallback:
        asks += f", then {', '.join(settings.fallback)}"
    if settings.escalate:
        asks += f", escalates to {settings.escalate}"
    return NamedEngine(asks, tuple(missing))


def _succession_problem(chosen: Resolved, engine: Engine) -> str:
    """Returns what is wrong with those who are asked after an engine, empty where nothing is."""

    def find(other: Resolved) -> tuple[Engine, str]:
        return (engine, "") if other is chosen else choose_engine(other.settings, other.sources)

    try:
        line_up(chosen, find)
    except SettingsError as problem:
        return str(problem)
    return ""

"""Which engine answers, and why, and who answers where it does not.

auto: the settings' base_url -> api_key (OPENAI_API_KEY) -> embedded
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.engines.lineup import Lineup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from GenFlowLibrary.core.settings import Resolved, Settings
    from GenFlowLibrary.engines.protocol import Engine
    from GenFlowLibrary.engines.server_memory import ServerMemory


def choose_engine(
    settings: Settings,
    sources: Mapping[str, str],
    *,
    memory: ServerMemory | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[Engine, str]:
    """Returns the engine that the settings ask for, and the sentence for the log: which it is and why.

    Nothing is sent, and nothing is imported that the chosen engine does not need.

    Args:
        settings: the settings.
        sources: where each setting came from, by name (`Resolved.sources`).
        memory: what the run has found out about servers; a new one unless given.
        progress: is told how far a streamed text is, see `OpenAICompatibleEngine`.

    Raises:
        SettingsError: the openai engine is asked for without an address or a key, or with unusable ones.
    """
    source = {name: sources.get(name, "default") for name in ("engine", "base_url", "api_key")}
    if settings.engine == "embedded":
        return _embedded(f"engine=embedded is set ({source['engine']})")
    if settings.provider != "openai":
        return _openai(
            settings, memory, progress, f"provider={settings.provider} is set ({sources.get('provider')})"
        )
    if settings.base_url:
        # Whose key goes where must be seen: one in the environment is easily sent to a server that was set elsewhere.
        key = f"with the key from {source['api_key']}" if settings.api_key else "without a key"
        return _openai(settings, memory, progress, f"base_url is set ({source['base_url']}), {key}")
    if settings.api_key:
        return _openai(settings, memory, progress, f"an API key is set ({source['api_key']})")
    if settings.engine != "auto":
        raise SettingsError(
            f"Expected an API key or an address for engine={settings.engine} ({source['engine']}), but neither is set; "
            "set OPENAI_API_KEY, or GENFLOW_BASE_URL for a server of your own."
        )
    return _embedded("neither base_url nor an API key is set")


def line_up(
    resolved: Resolved, find: Callable[[Resolved], tuple[Engine, str]]
) -> tuple[Engine | Lineup, str]:
    """Returns the engine of the settings with those that are asked after it, and the sentence for the log.

    Those are asked as their own settings say; whom they would fall back on or escalate to does not count, so that nothing goes round
    in a circle.

    Args:
        resolved: the settings.
        find: returns one engine by its settings, as `choose_engine` does.

    Raises:
        SettingsError: one of them is unknown or cannot be used, or is the engine itself.
    """
    settings, sources = resolved.settings, resolved.sources

    def named(name: str, setting: str) -> tuple[str, Engine]:
        source = f"{setting} of {sources.get(setting, 'the settings')}"
        other = resolved.overlay({"engine": name}, source)
        if other.settings.engine == settings.engine:
            raise SettingsError(
                f"Expected {source} to name another engine than '{settings.engine}', but it names that one; correct it."
            )
        return other.settings.engine, find(other)[0]

    engine, why = find(resolved)
    if settings.escalate_below is not None and settings.escalate is None:
        raise SettingsError(
            f"Expected escalate to name the engine that is asked below escalate_below={settings.escalate_below:g}, "
            "but it is not set; set it or leave out escalate_below."
        )
    stand_ins = tuple(named(name, "fallback") for name in settings.fallback)
    stronger = named(settings.escalate, "escalate") if settings.escalate else None
    if stand_ins:
        why += f" Where it cannot answer, {' and then '.join(name for name, _ in stand_ins)} is asked."
    if stronger:
        why += f" Where its answer will not do, {stronger[0]} is asked."
    return Lineup(
        engine, settings.engine, settings.timeout, stand_ins, stronger, settings.escalate_below
    ), why


def _embedded(why: str) -> tuple[Engine, str]:
    from GenFlowLibrary.engines.embedded.engine import EmbeddedEngine  # noqa: PLC0415 - only where it is used

    return EmbeddedEngine(), f"The embedded engine answers, because {why}."


def _openai(
    settings: Settings, memory: ServerMemory | None, progress: Callable[[int], None] | None, why: str
) -> tuple[Engine, str]:
    from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine  # noqa: PLC0415 - likewise

    engine = OpenAICompatibleEngine(settings, memory=memory, progress=progress)
    model = f"the model '{engine.model}'" if engine.model else "a model"
    return engine, f"The openai engine asks {model} at {engine.address}, because {why}."

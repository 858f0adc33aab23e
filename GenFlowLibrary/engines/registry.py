"""Which engine answers, and why.

auto: the settings' base_url -> api_key (OPENAI_API_KEY) -> embedded
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.core.settings import Settings
    from GenFlowLibrary.engines.protocol import Engine


def choose_engine(settings: Settings, sources: Mapping[str, str]) -> tuple[Engine, str]:
    """Returns the engine that the settings ask for, and the sentence for the log: which it is and why.

    Nothing is sent, and nothing is imported that the chosen engine does not need.

    Args:
        settings: the settings.
        sources: where each setting came from, by name (`Resolved.sources`).

    Raises:
        SettingsError: the openai engine is asked for without an address or a key, or with unusable ones.
    """
    source = {name: sources.get(name, "default") for name in ("engine", "base_url", "api_key")}
    if settings.engine == "embedded":
        return _embedded(f"engine=embedded is set ({source['engine']})")
    if settings.base_url:
        # Whose key goes where must be seen: one in the environment is easily sent to a server that was set elsewhere.
        key = f"with the key from {source['api_key']}" if settings.api_key else "without a key"
        return _openai(settings, f"base_url is set ({source['base_url']}), {key}")
    if settings.api_key:
        return _openai(settings, f"an API key is set ({source['api_key']})")
    if settings.engine == "openai":
        raise SettingsError(
            f"Expected an API key or an address for engine=openai ({source['engine']}), but neither is set; "
            "set OPENAI_API_KEY, or GENFLOW_BASE_URL for a server of your own."
        )
    return _embedded("neither base_url nor an API key is set")


def _embedded(why: str) -> tuple[Engine, str]:
    from GenFlowLibrary.engines.embedded.engine import EmbeddedEngine  # noqa: PLC0415 - only where it is used

    return EmbeddedEngine(), f"The embedded engine answers, because {why}."


def _openai(settings: Settings, why: str) -> tuple[Engine, str]:
    from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine  # noqa: PLC0415 - likewise

    engine = OpenAICompatibleEngine(settings)
    model = f"the model '{engine.model}'" if engine.model else "a model"
    return engine, f"The openai engine asks {model} at {engine.address}, because {why}."

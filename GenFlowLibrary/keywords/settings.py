"""Keywords over the library's settings."""

from __future__ import annotations

from datetime import timedelta

from robot.api import logger
from robot.api.deco import keyword
from robot.api.types import Secret

from GenFlowLibrary.keywords.component import KeywordComponent
from GenFlowLibrary.keywords.option_types import ApiName, EngineName, RecordingModeName
from GenFlowLibrary.rf.arguments import to_settings


class SettingKeywords(KeywordComponent):
    """Set Engine."""

    @keyword
    def set_engine(
        self,
        engine: EngineName | None = None,
        *,
        model: str | None = None,
        base_url: str | None = None,
        api_key: Secret | str | None = None,
        api: ApiName | None = None,
        timeout: timedelta | None = None,
        temperature: float | None = None,
        max_tokens: int | None = None,
        recording: RecordingModeName | None = None,
    ) -> None:
        """Changes who answers, until the suite ends; in the setup of a folder of suites, for all of them.

        Args:
            engine: `auto`, `embedded`, `openai`, or the name of a profile, see [Engines].
            model: Model name.
            base_url: Address of the server that speaks the OpenAI protocol.
            api_key: Key for that server, as a Secret variable.
            api: `chat`, `responses` or `completions`, see [Engines].
            timeout: Time one model call may take altogether.
            temperature: Sampling temperature.
            max_tokens: Longest completion in tokens.
            recording: `off`, `record`, `replay` or `auto`.

        What is not given stays as it is. The same settings can be given to the library import, to the environment and to
        `genflow.toml`, see [Settings].

        Examples:
        ```robotframework
        *** Settings ***
        Suite Setup    Set Engine    openai    model=qwen3:8b    base_url=http://localhost:11434/v1    timeout=2 minutes
        ```
        """
        arguments = {
            "engine": engine,
            "model": model,
            "base_url": base_url,
            "api_key": api_key,
            "api": api,
            "timeout": timeout,
            "temperature": temperature,
            "max_tokens": max_tokens,
            "recording": recording,
        }
        self.library.override(to_settings(arguments), "Set Engine")
        logger.info(f"Settings changed until the suite ends; the engine is now '{engine or 'as before'}'.")

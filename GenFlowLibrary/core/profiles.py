"""Profiles: engines that have a name, each a table ``[engines.NAME]`` of ``genflow.toml``.

    table -> checked once, when the file is read -> Profile -> laid over the settings wherever NAME is the engine

A profile that says anything about its server (`base_url`, `api_key` or `provider`) takes nothing about a server from the
settings around it: a key must not go where it was not meant to go. Any other profile asks the server of the settings around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.setting_values import convert

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("auto", "embedded", "openai")
"""The engines that need no profile."""

_NAMES_A_SERVER = ("base_url", "api_key", "provider")
SERVER_SETTINGS = (
    *_NAMES_A_SERVER,
    "api_version",
    "deployment",
    "region",
    "project",
    "model",
    "api",
    "structured",
    "confidence",
    "prompt_price",
    "completion_price",
)
"""What belongs to a server and its model, and to no other."""
SUCCESSION = ("fallback", "escalate", "escalate_below")
"""Who is asked after an engine. They hold for the engine that they are written beside, and for no other: who names an engine must
not be answered by one that another engine falls back on."""
PROFILE_SETTINGS = (
    *SERVER_SETTINGS,
    "timeout",
    "max_attempts",
    "temperature",
    "max_tokens",
    "seed",
    *SUCCESSION,
)
"""What a profile may set."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Profile:
    """An engine with a name. ``values`` are its settings, ``source`` says in messages where they stand."""

    name: str
    values: Mapping[str, Any]
    source: str

    @property
    def names_a_server(self) -> bool:
        """Whether it is about a server of its own."""
        return any(name in self.values for name in _NAMES_A_SERVER)


def read_profiles(tables: Any, file: str) -> dict[str, Profile]:
    """Returns the profiles of a settings file by name.

    Args:
        tables: What stands under ``engines`` in the file.
        file: The file's name.

    Raises:
        SettingsError: a name cannot be one, or a table holds what is no setting of an engine.
    """
    if not isinstance(tables, dict):
        raise SettingsError(
            f"Expected engines in {file} to be tables, but it is something else; write them like [engines.local]."
        )
    return {name: _read_profile(name, table, f"{file} [engines.{name}]") for name, table in tables.items()}


def require_engine(value: Any, source: str, profiles: Mapping[str, Profile]) -> str:
    """Returns the name of an engine as it is written in `KINDS` or in its table.

    Raises:
        SettingsError: nobody is called so.
    """
    if not isinstance(value, str):
        raise SettingsError(
            f"Expected engine to be a text, but {source} sets it to something else; put it in quotes."
        )
    text = value.strip()
    if text in profiles:
        return text
    if text.lower() in KINDS:
        return text.lower()
    known = ", ".join((*KINDS, *profiles))
    raise SettingsError(
        f"Expected engine to be one of {known}, but {source} sets it to '{text}'; choose one of them"
        f"{'' if profiles else ', or describe it as [engines.' + (text or 'NAME') + '] in genflow.toml'}."
    )


def _read_profile(name: str, table: Any, source: str) -> Profile:
    if not _NAME.fullmatch(name) or name.lower() in KINDS:
        raise SettingsError(
            f"Expected the engines of genflow.toml to have names of their own, of letters, digits, - and _, but found '{name}'; "
            "give it another name."
        )
    if not isinstance(table, dict):
        raise SettingsError(
            f"Expected {source} to be a table, but it is something else; write its settings below it."
        )
    unknown = sorted(set(table) - set(PROFILE_SETTINGS))
    if unknown:
        raise SettingsError(
            f"Expected settings among {', '.join(PROFILE_SETTINGS)}, but {source} sets '{unknown[0]}'; "
            "correct its name or remove it."
        )
    return Profile(name, {key: convert(key, value, source) for key, value in table.items()}, source)

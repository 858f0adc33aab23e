"""Reading the settings from their sources: ``genflow.toml`` < environment (filled up from ``.env``).

``.env`` fills what the environment lacks and never overrides it. ``OPENAI_API_KEY``, ``OPENAI_BASE_URL`` and ``OPENAI_MODEL`` are
honoured where no ``GENFLOW_*`` variable says otherwise.
"""

from __future__ import annotations

import difflib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.environment_secret import ENVIRONMENT, EnvironmentHandle
from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.profiles import read_profiles
from GenFlowLibrary.core.setting_values import PATHS
from GenFlowLibrary.core.settings import NAMES, Resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "genflow.toml"
_PREFIX = "GENFLOW_"
_NO_SETTINGS = ("GENFLOW_SETTINGS", "GENFLOW_BROWSER")
"""Variables of the library and of its bootstrap that are no settings themselves."""
_OPENAI_VARIABLES = {"OPENAI_API_KEY": "api_key", "OPENAI_BASE_URL": "base_url", "OPENAI_MODEL": "model"}


def load(folder: Path | None = None, environ: Mapping[str, str] | None = None) -> Resolved:
    """Returns the settings of a folder (default: the working directory) and an environment (default: this process's).

    Raises:
        SettingsError: a file cannot be read or parsed, or a value is unknown or of the wrong kind.
    """
    folder = Path.cwd() if folder is None else folder
    environ = os.environ if environ is None else environ
    file = Path(environ.get("GENFLOW_SETTINGS") or folder / FILE_NAME)
    dotenv = _read_dotenv(folder)
    variables = _variables(environ, dotenv)
    resolved, engine = Resolved(), variables.pop("engine", None)
    if file.is_file():
        content = _with_keys(_read_toml(file), {**dotenv, **environ})
        resolved = Resolved(profiles=read_profiles(content.pop("engines", {}), file.name))
        named = content.pop("engine", None)
        engine = engine or (None if named is None else (named, file.name))
        resolved = resolved.overlay(content, file.name)
    elif environ.get("GENFLOW_SETTINGS"):
        raise SettingsError(
            f"Expected a settings file at GENFLOW_SETTINGS, but '{file}' is not there; create it or unset the variable."
        )
    for name, (value, source) in variables.items():
        resolved = resolved.overlay({name: value}, source)
    # Last: a variable that is meant for every engine, such as OPENAI_API_KEY, must not go to the server of a profile.
    return resolved.in_force(*engine) if engine else resolved


def _read_toml(file: Path) -> dict[str, Any]:
    # Only paid where there is such a file.
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415
    else:
        import tomli as tomllib  # noqa: PLC0415
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsError(
            f"Expected {file.name} to be TOML, but it cannot be read: {problem}; correct that line."
        ) from None
    except OSError as problem:
        raise SettingsError(
            f"Expected to read {file.name}, but {problem.strerror or problem}; correct its permissions."
        ) from None
    for name in PATHS:
        if isinstance(content.get(name), str):
            content[name] = file.parent / content[name]
    return content


def _with_keys(content: dict[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    """Returns what a file says, its ``api_key = "env:NAME"`` as keys, in the tables of engines too."""
    tables = content.get("engines")
    for table in (content, *(tables.values() if isinstance(tables, dict) else ())):
        key = table.get("api_key") if isinstance(table, dict) else None
        if isinstance(key, str) and key.startswith(ENVIRONMENT):
            table["api_key"] = EnvironmentHandle(key, variables)
    return content


def _variables(environ: Mapping[str, str], dotenv: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Returns setting name -> (value, source), the environment before ``.env`` and ``GENFLOW_*`` before ``OPENAI_*``."""
    found: dict[str, tuple[str, str]] = {}
    sources = ((environ, "environment"), (dotenv, ".env"))
    for values, place in sources:
        for variable, value in values.items():
            if not variable.startswith(_PREFIX) or variable in _NO_SETTINGS:
                continue
            name = variable[len(_PREFIX) :].lower()
            if name not in NAMES:
                raise _unknown(variable, name, place)
            if value:
                found.setdefault(name, (value, f"{place} {variable}"))
    for values, place in sources:
        for variable, name in _OPENAI_VARIABLES.items():
            if values.get(variable):
                found.setdefault(name, (str(values[variable]), f"{place} {variable}"))
    return found


def _unknown(variable: str, name: str, place: str) -> SettingsError:
    """A limit that is misspelt would be no limit, so a variable that is no setting is no small matter."""
    near = difflib.get_close_matches(name, NAMES, n=1)
    remedy = f"write {_PREFIX}{near[0].upper()}" if near else "correct its name"
    return SettingsError(
        f"Expected variables that begin with {_PREFIX} to be settings ({', '.join(NAMES)}), "
        f"but the {place} has {variable}; {remedy} or remove it."
    )


def _read_dotenv(folder: Path) -> dict[str, str]:
    file = folder / ".env"
    if not file.is_file():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - only paid where there is a .env

    try:
        values = dotenv_values(file, interpolate=False)
    except UnicodeDecodeError:
        raise SettingsError("Expected .env to be UTF-8 text, but it is not; save it as UTF-8.") from None
    return {name: value for name, value in values.items() if value is not None}

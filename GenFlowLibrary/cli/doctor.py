"""``genflow doctor``: is everything there that a run needs, and where does each setting come from?

packages -> settings with their sources -> engine and its server -> engines with a name -> model servers here -> browser and driver
    -> advice, exit code
"""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core import settings_sources
from GenFlowLibrary.core.errors import GenFlowError
from GenFlowLibrary.core.limits import LIMITS
from GenFlowLibrary.core.settings import NAMES, Resolved

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_PACKAGES = ("robotframework", "robotframework-seleniumlibrary", "selenium", "openai", "tenacity", "pydantic")
_SECONDS_TO_ANSWER = 30.0
"""A local server may have to load its model first."""


@dataclass(frozen=True)
class Finding:
    """One line of the report; ``advice`` is empty where all is well."""

    what: str
    found: str
    advice: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is to be done."""
        return not self.advice


def add(commands: Any) -> None:
    """Adds the sub-command to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "doctor", help="check packages, settings, engine, browser and driver"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not start a browser")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the report; returns 0 when a run can start, 1 when something is to be done first."""
    findings = list(_report(browser=not given.no_browser))
    to_do = [finding for finding in findings if not finding.ok]
    print()
    if not to_do:
        print("All is well.")
        return 0
    print("To do:")
    for advice in dict.fromkeys(finding.advice for finding in to_do):
        print(f"  - {advice}")
    return 1


def _report(*, browser: bool) -> Iterator[Finding]:
    """Yields the findings, printing each section as it is looked at: starting a browser takes seconds."""
    _section("Packages")
    for finding in _packages():
        yield _show(finding)
    _section("Settings")
    try:
        resolved = settings_sources.load()
    except GenFlowError as problem:
        yield _show(Finding("settings", "cannot be read", str(problem)))
        return
    for finding in _settings(resolved):
        _show(finding)
    _section("Engine")
    yield _show(_engine(resolved))
    if resolved.profiles:
        _section("Engines with a name (nothing is sent to them)")
    for name in resolved.profiles:
        for finding in _profile(resolved, name):
            yield _show(finding)
    _section("Model servers on this machine")
    _local_servers(resolved)
    if browser:
        _section("Browser")
        yield _show(_browser())


def _settings(resolved: Resolved) -> Iterator[Finding]:
    """Yields every setting with its source; the many limits that nobody set share a line."""
    unset = [name for name in LIMITS if getattr(resolved.settings, name) is None]
    for name in NAMES:
        if name not in unset:
            value = _shown(getattr(resolved.settings, name))
            yield Finding(name, f"{value}  ({resolved.sources[name]})")
    if unset:
        yield Finding(
            "max_... (limits)", f"None for {len(unset)} of {len(LIMITS)}, see the section Budgets  (default)"
        )


def _local_servers(resolved: Resolved) -> None:
    """Prints who is there, and for one that is not used the settings that would use it; nobody has to be there."""
    from GenFlowLibrary.cli.local_servers import find_local_servers  # noqa: PLC0415 - not for --help

    servers = find_local_servers()
    if not servers:
        print("  none on the usual ports of Ollama, LM Studio, llama.cpp and vLLM")
    used = (resolved.settings.base_url or "").replace("//localhost:", "//127.0.0.1:").rstrip("/")
    for server in servers:
        _show(Finding(server.name, f"{server.found}{' (in use)' if server.address == used else ''}"))
        if server.address != used:
            print("       To use it, set:")
            for line in server.settings:
                print(f"         {line}")


def _shown(value: object) -> str:
    """Returns a setting's value without what an address may hold of a password or a key."""
    text = str(value)
    if "://" in text and ("@" in text or "?" in text):
        scheme, _, rest = text.partition("://")
        return (
            f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]} (with a password or a query, not shown)"
        )
    return text


def _section(title: str) -> None:
    print(f"\n{title}")


def _show(finding: Finding) -> Finding:
    print(f"  {'ok  ' if finding.ok else 'TODO'} {finding.what:<32} {finding.found}", flush=True)
    return finding


def _packages() -> Iterator[Finding]:
    yield Finding("Python", f"{platform.python_version()} on {platform.system()} ({sys.executable})")
    for name in _PACKAGES:
        try:
            yield Finding(name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(
                name, "not installed", f"Install {name}: pip install --upgrade robotframework-genflow"
            )


def _engine(resolved: Resolved) -> Finding:
    from GenFlowLibrary.engines.probe import probe  # noqa: PLC0415 - not for --help
    from GenFlowLibrary.engines.registry import choose_engine  # noqa: PLC0415

    try:
        engine, why = choose_engine(resolved.settings, resolved.sources)
    except GenFlowError as problem:
        return Finding("engine", "cannot be chosen", str(problem))
    try:
        found = probe(engine, _SECONDS_TO_ANSWER)
    except GenFlowError as problem:
        return Finding(f"engine {engine.name}", f"does not answer. {why}", str(problem))
    finally:
        engine.close()
    return Finding(f"engine {engine.name}", f"{found} {why}")


def _profile(resolved: Resolved, name: str) -> Iterator[Finding]:
    """Yields what an engine with a name would ask, or each thing that is missing for it to be asked."""
    from GenFlowLibrary.cli.named_engines import look_at  # noqa: PLC0415 - not for --help

    where = f"[engines.{name}]"
    named = look_at(resolved, name)
    used = " (in use)" if name == resolved.settings.engine else ""
    if not named.missing:
        yield Finding(where, f"{_shown(named.asks)}{used}")
    for problem in named.missing:
        yield Finding(where, f"cannot be used, see below{used}", f"{where}: {problem}")


def _browser() -> Finding:
    from GenFlowLibrary.rf.browser_check import BrowserMissing, start_and_stop_browser  # noqa: PLC0415 - Selenium is slow to load

    try:
        return Finding("browser and driver", start_and_stop_browser())
    except BrowserMissing as problem:
        return Finding("browser and driver", "cannot be started", str(problem))

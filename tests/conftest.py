"""What every test shares: the plugins in tests/plugins, and Hypothesis without a stopwatch."""

from __future__ import annotations

from pathlib import Path

from hypothesis import settings

pytest_plugins = [
    f"tests.plugins.{plugin.stem}" for plugin in sorted(Path(__file__).parent.glob("plugins/[a-z]*.py"))
]

# A busy machine is slow now and then; that is no finding.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

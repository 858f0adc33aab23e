"""Running a Robot Framework suite in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.plugins.browser_choice import suite_environment


def run_robot(suite: Path, output: Path, *options: str, cwd: Path | None = None, **environment: str) -> str:
    """Runs a suite without the developer's own GENFLOW_* and OPENAI_* settings and returns what it printed.

    The suite finds what SeleniumLibrary calls the browser in GENFLOW_BROWSER, which TEST_BROWSER sets. Fails the test when a task fails.
    """
    browser = suite_environment()
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GENFLOW_", "OPENAI_")) or name == "GENFLOW_BROWSER"
    }
    done = subprocess.run(
        [sys.executable, "-m", "robot", "--outputdir", str(output), *options, str(suite)],
        # Plans that a run learns belong to the run, not beside the suite in the working tree.
        env={**clean, **browser, "GENFLOW_LEARNED_PLANS": str(output / "learned"), **environment},
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

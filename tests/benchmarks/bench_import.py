"""What importing the library costs: GenFlowLibrary (with SeleniumLibrary, which its users import as well) against SeleniumLibrary alone.

    python tests/benchmarks/bench_import.py [rounds]

Fresh processes, in turns, timed inside the process around the import alone. Goal: at most 1.15 times SeleniumLibrary, and neither
openai nor a library that only a step needs is loaded. Exit code 1 where a goal is missed.

All modules come compiled, as pip leaves them: where the surroundings keep Python from writing bytecode, compiling this library
anew in each process, and SeleniumLibrary not, would be most of what is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

GOAL_RATIO = 1.15
ROUNDS = 25
# Loaded by the first step that needs them, never by the import.
ONLY_WHEN_USED = ("openai", "httpx2", "pydantic", "jinja2", "babel", "dateparser", "tenacity")
_ROOT = Path(__file__).parents[2]
_PROGRAM = """
import sys, time
started = time.perf_counter()
import SeleniumLibrary
{more}
print(time.perf_counter() - started)
print(*sorted(sys.modules.keys() & {only_when_used!r}))
"""


def measure(more: str, compiled: str) -> tuple[float, list[str]]:
    """Returns the seconds that a fresh process spends on the imports, and which modules it should not have loaded.

    Bytecode is read from the folder ``compiled``, and written there by the first process.
    """
    program = _PROGRAM.format(more=more, only_when_used=set(ONLY_WHEN_USED))
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=_ROOT,
        env={**environ, "PYTHONPYCACHEPREFIX": compiled},
    )
    seconds, modules = done.stdout.split("\n")[:2]
    return float(seconds), modules.split()


def main(rounds: int) -> int:
    """Measures, prints, and returns the exit code."""
    selenium_alone, both = "", "import GenFlowLibrary"
    times = []
    too_early: list[str] = []
    with tempfile.TemporaryDirectory() as compiled:
        measure(both, compiled)  # compiles, and fills the disk's cache
        for _ in range(rounds):
            alone, _ = measure(selenium_alone, compiled)
            with_ours, too_early = measure(both, compiled)
            times.append((alone, with_ours))
    # The least of all rounds: whatever else the machine does only ever adds to a time.
    alone, with_ours = (min(column) for column in zip(*times, strict=True))
    ratio = with_ours / alone
    print(f"SeleniumLibrary alone           {alone * 1000:7.0f} ms (least of {rounds} processes)")
    print(f"SeleniumLibrary, GenFlowLibrary {with_ours * 1000:7.0f} ms")
    print(f"ratio {ratio:.3f} (goal: at most {GOAL_RATIO}): {'met' if ratio <= GOAL_RATIO else 'MISSED'}")
    print(f"loaded too early: {', '.join(too_early) or 'nothing'}")
    return 0 if ratio <= GOAL_RATIO and not too_early else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))

"""Generate For Each: how near to the ideal it comes, how it gets on with a rate limit, and what memory it takes.

    python tests/benchmarks/bench_batch.py [speed] [rate] [memory] [--rows 100000]

speed    500 rows, a server that takes 200 ms, 20 at once. Ideal: 500 / 20 * 0.2 s. Goal: at least 95 % of it.
rate     a server that lets 40 requests a second through and 40 at once. Goal: at least 95 % of what it lets through after the
         first refusal, at most 3 % of the requests refused.
memory   1,000 against 20,000 rows (--rows: against so many), each in a process of its own. Goal: at most 10 MB more.

Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.prompt import Message, Prompt
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.gateway import Gateway
from GenFlowLibrary.engines.protocol import Engine
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.prompts.loader import PromptLibrary
from GenFlowLibrary.steps.for_each.outcome import ForEachOutcome, Manner
from GenFlowLibrary.steps.for_each.question import make_question
from GenFlowLibrary.steps.for_each.rows import open_rows
from GenFlowLibrary.steps.for_each.run import for_each
from GenFlowLibrary.steps.runtime import Options, Runtime
from GenFlowLibrary.trace.jsonl import JsonlSink
from GenFlowLibrary.trace.summary import Summary
from GenFlowLibrary.trace.trace import Trace
from tests.servers.running import running_server

ROWS, LATENCY, AT_ONCE = 500, 0.2, 20
GOAL = 0.95
RATE, RATE_ROWS, RATE_LATENCY = 40.0, 1200, 0.05
MOST_REFUSED = 0.03
FEW, MANY, MOST_MEGABYTES = 1000, 20_000, 10.0


class QuickEngine:
    """Answers at once, as if over a network."""

    name = "quick"
    model = "quick-1"
    needs_network = True
    is_deterministic = False

    def complete(self, prompt: Any, _deadline: Any) -> Completion:
        text = f"Thank you, {prompt.inputs['facts']['customer']}."
        return Completion((text,), self.name, self.model, usage=Usage(200, 20, 1))

    def close(self) -> None:
        """Nothing is kept open."""


def write_rows(file: Path, count: int) -> None:
    """Writes a table of so many rows."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["number", "customer", "complaint"])
        for number in range(1, count + 1):
            writer.writerow(
                [number, f"Customer {number}", "The kettle arrived broken, please send another one. " * 4]
            )


def run(engine: Engine, folder: Path, count: int, concurrency: int) -> ForEachOutcome:
    """Asks about so many rows, as the keyword does, with the trace in a file."""
    write_rows(folder / "rows.csv", count)
    secrets = Secrets()
    runtime = Runtime(
        gateway=Gateway(budget=Budget(), secrets=secrets),
        prompts=PromptLibrary([]),
        trace=Trace([Summary(), JsonlSink(folder / "trace.jsonl", secrets.scrub)], secrets.scrub),
        find_engine=lambda name: (engine, "The benchmark's."),
    )
    return for_each(
        runtime,
        open_rows(folder / "rows.csv"),
        make_question(runtime, instruction="Thank the customer."),
        folder / "answers.csv",
        manner=Manner(concurrency),
        options=Options(),
    )


def openai_engine(base_url: str) -> Engine:
    """Returns the engine after its first answer: importing its client takes two seconds, once a run."""
    from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine

    engine = OpenAICompatibleEngine(Settings(base_url=base_url, model="m-1"))
    prompt = Prompt("warm_up", "1", "0", "complete", (Message("user", "Hello?"),), {"prompt": "Hello?"})
    engine.complete(prompt, Deadline.after(30))
    return engine


def measure_speed() -> bool:
    """500 rows against the ideal."""
    ideal = ROWS / AT_ONCE * LATENCY
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        server.script({"answer": "Thank you.", "delay": LATENCY})
        engine = openai_engine(server.base_url)
        began = time.perf_counter()
        done = run(engine, Path(folder), ROWS, AT_ONCE)
        took = time.perf_counter() - began
        engine.close()
    assert done.succeeded == ROWS, str(done)
    print(
        f"speed   {ROWS} rows of {LATENCY * 1000:.0f} ms, {AT_ONCE} at once: {took:.2f} s, ideal {ideal:.2f} s",
        end="",
    )
    print(f": {ideal / took:.1%} of it (goal {GOAL:.0%}): {_verdict(ideal / took >= GOAL)}")
    return ideal / took >= GOAL


def measure_rate() -> bool:
    """A server that refuses what comes too fast."""
    with running_server("--rate", str(RATE)) as server, tempfile.TemporaryDirectory() as folder:
        server.script({"answer": "Thank you.", "delay": RATE_LATENCY})
        engine = openai_engine(server.base_url)
        began = time.perf_counter()
        done = run(engine, Path(folder), RATE_ROWS, AT_ONCE)
        took = time.perf_counter() - began
        engine.close()
        counts = server.counts()
    assert done.succeeded == RATE_ROWS, str(done)
    allowed = (RATE_ROWS - RATE) / RATE  # the bucket is full when it begins
    share, refused = allowed / took, counts["refused"] / (counts["passed"] + counts["refused"])
    print(f"rate    {RATE_ROWS} rows at {RATE:.0f} a second: {took:.2f} s, at best {allowed:.2f} s", end="")
    print(f": {share:.1%} (goal {GOAL:.0%}): {_verdict(share >= GOAL)}")
    print(f"        {counts['refused']} of {counts['passed'] + counts['refused']} requests refused: ", end="")
    print(f"{refused:.1%} (goal at most {MOST_REFUSED:.0%}): {_verdict(refused <= MOST_REFUSED)}")
    return share >= GOAL and refused <= MOST_REFUSED


def measure_memory(many: int) -> bool:
    """Few rows against many, each in a process of its own."""
    peaks = []
    for count in (FEW, many):
        began = time.perf_counter()
        child = [sys.executable, __file__, "--child", str(count)]
        printed = subprocess.run(child, capture_output=True, text=True, check=True).stdout
        peaks.append(float(printed))
        print(
            f"memory  {count:7,} rows: {peaks[-1]:6.1f} MB at most, {count / (time.perf_counter() - began):.0f} rows a second"
        )
    more = peaks[1] - peaks[0]
    print(
        f"        {more:+.1f} MB (goal: at most {MOST_MEGABYTES:+.0f} MB): {_verdict(more <= MOST_MEGABYTES)}"
    )
    return more <= MOST_MEGABYTES


def be_measured(count: int) -> None:
    """Runs a batch and prints this process's largest memory in MB."""
    import resource

    with tempfile.TemporaryDirectory() as folder:
        done = run(QuickEngine(), Path(folder), count, 4)
    assert done.succeeded == count, str(done)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def main() -> int:
    """Measures what is asked for, and returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", choices=["speed", "rate", "memory", []])
    parser.add_argument("--rows", type=int, default=MANY)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        be_measured(options.child)
        return 0
    measures = {"speed": measure_speed, "rate": measure_rate, "memory": lambda: measure_memory(options.rows)}
    met = [measures[part]() for part in options.parts or measures]
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())

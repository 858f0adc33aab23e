#!/usr/bin/env python3
"""Fetches the component libraries that widget tests need into tests/.npm, once for each state of the lock file.

    package-lock.json -> npm ci -> tests/.npm/node_modules -> tests/.npm/<page>.js (each page's app.js, bundled)

Exit code 0 when they are there, 3 when node or npm is absent or fetching failed: the tests are then skipped and say why.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / ".npm"
ABSENT = 3
_PARTS = ("package.json", "package-lock.json")


def apps() -> list[Path]:
    """Returns the pages' applications that need bundling, each the ``app.js`` of its folder."""
    return sorted(HERE.glob("*/app.js"))


def stamp() -> str:
    """Returns a digest of all that the cache is made from."""
    return hashlib.sha256(
        b"\0".join(part.read_bytes() for part in (*map(HERE.joinpath, _PARTS), *apps()))
    ).hexdigest()


def problem() -> str:
    """Returns why the libraries are not there, empty when they are."""
    note = CACHE / "stamp"
    if note.is_file() and note.read_text("utf-8") == stamp():
        return ""
    return "the component libraries are not fetched: run python3 tests/pages/npm/fetch.py"


def fetch() -> str:
    """Fetches them where they are not there yet. Returns why it could not, empty when it could."""
    if not problem():
        return ""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return "expected node and npm, found none: install them to test on real component libraries"
    shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir()
    for part in _PARTS:
        shutil.copy(HERE / part, CACHE)
    for app in apps():
        shutil.copy(app, CACHE / f"{app.parent.name}.source.js")
    sources = [f"{app.parent.name}={app.parent.name}.source.js" for app in apps()]
    esbuild = ["node_modules/esbuild-wasm/bin/esbuild", *sources, "--bundle", "--minify", "--outdir=."]
    production = '--define:process.env.NODE_ENV="production"'
    for command in ([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], [node, *esbuild, production]):
        done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"'{Path(command[0]).name} {command[1]}' failed: {done.stderr.strip()[-300:]}"
    (CACHE / "stamp").write_text(stamp(), "utf-8")
    return ""


if __name__ == "__main__":
    reason = fetch()
    print(reason or "The component libraries are in tests/.npm.")
    sys.exit(ABSENT if reason else 0)

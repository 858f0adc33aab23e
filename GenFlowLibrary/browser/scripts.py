"""The scripts that run in the page, put together from the JavaScript files of this folder and installed once a document.

The shared parts, in their order, and the scripts after them are one function that a document keeps: ``run(name, arguments)``. It starts
with nothing remembered, as all its parts but the browser's own functions are set up anew in each run. The first call of a document brings
the function; all later ones bring a line. There are two of them, for a browser needs some 10 ms to read the larger: one to see and to set
plain forms, and one with everything, for widgets, elements and texts.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from secrets import token_hex
from typing import Any, Literal, get_args

ScriptName = Literal[
    "snapshot",
    "actuate",
    "readback",
    "element",
    "framestep",
    "state",
    "widget",
    "widgetpart",
    "targets",
    "reading",
    "table",
    "repeats",
    "unfold",
]

_ONCE = ("natives", "dom")
"""What is set up once a document: it remembers nothing of the page, and what a page replaces later on is not even noticed."""
_FORM_PARTS = (
    "trees",
    "label_elements",
    "visibility",
    "segments",
    "widgets",
    "controls",
    "labels",
    "neighbours",
    "sections",
    "scope",
    "comparing",
)
"""What the scripts share; each part uses those before it."""
_PARTS = (*_FORM_PARTS, "widgetparts", "requests", "outline", "pointing")
_FORM_SCRIPTS: tuple[ScriptName, ...] = (
    "snapshot",
    "actuate",
    "readback",
    "element",
    "framestep",
    "state",
    "unfold",
)
_SCRIPTS: tuple[ScriptName, ...] = get_args(ScriptName)

_BLOCK_COMMENT = re.compile(r"^\s*/\*\*.*?\*/", re.MULTILINE | re.DOTALL)
_KEY = f"genflow {token_hex(8)}"
"""Where a document keeps the function: a name that no page can know beforehand, so that none can lay its own there."""
_CALL = "const run = window[arguments[0]]; return run ? [run(arguments[1], arguments[2])] : null;"


def run_script(driver: Any, name: ScriptName, *arguments: Any, first: bool = False) -> Any:
    """Runs a script in the current frame of a driver and returns what it returns, plain data and elements.

    ``first``: whether the document is likely to be new to us, as one is that has just been opened. Then the function is sent along at once,
    which is right either way and spares the call that would find it missing.

    Raises Selenium's exceptions.
    """
    of_forms = name in _FORM_SCRIPTS
    key = f"{_KEY} forms" if of_forms else _KEY
    answer = None if first else driver.execute_script(_CALL, key, name, list(arguments))
    return (answer or driver.execute_script(_install(of_forms), key, name, list(arguments)))[0]


@cache
def source(*, of_forms: bool = False) -> str:
    """Returns a function's source: a plain W3C JavaScript expression for a function of a script's name and its arguments."""
    parts, names = (_FORM_PARTS, _FORM_SCRIPTS) if of_forms else (_PARTS, _SCRIPTS)
    scripts = ",\n".join(f"{name}() {{\n{_read(name)}\n}}" for name in names)
    once, shared = ("\n".join(_read(part) for part in group) for group in (_ONCE, parts))
    # The brackets around the function tell V8 that it is called at once: it is read once and not twice (v8.dev/blog/preparser).
    run = f"(function (name, given) {{\n{shared}\nconst scripts = {{\n{scripts}\n}};\nreturn scripts[name](...given);\n}})"
    return f'(() => {{\n"use strict";\n{once}\nreturn {run};\n}})()'


@cache
def _install(of_forms: bool) -> str:
    keep = "if (!window[arguments[0]]) Object.defineProperty(window, arguments[0], { value: run })"
    return f"const run = {source(of_forms=of_forms)};\n{keep};\nreturn [run(arguments[1], arguments[2])];"


@cache
def _read(name: str) -> str:
    """A file as it travels: without its comments and indentation."""
    text = (files("GenFlowLibrary.browser") / f"{name}.js").read_text(encoding="utf-8")
    lines = (line.strip() for line in _BLOCK_COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))

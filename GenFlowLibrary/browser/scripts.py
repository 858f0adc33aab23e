"""The scripts that run in the page, put together from the JavaScript files of this folder.

A script is the shared parts, in their order, followed by one file of its own; WebDriver runs the whole as one function body.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

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
]

_READING = ("natives", "dom", "trees", "label_elements", "visibility", "widgets", "controls", "labels")
_SEEING = (*_READING, "neighbours", "sections", "scope")
_SETTING = (*_READING, "comparing")
_PARTS: dict[ScriptName, tuple[str, ...]] = {
    "snapshot": (*_SEEING, "comparing"),
    "state": _SEEING,
    "actuate": _SETTING,
    "readback": _SETTING,
    "element": _SETTING,
    "framestep": ("natives", "dom", "trees"),
    "widget": (*_SETTING, "widgetparts"),
    "widgetpart": _SETTING,
    "targets": (*_SEEING, "outline", "pointing"),
    "reading": _SEEING,
    "table": _SEEING,
}


@cache
def script(name: ScriptName) -> str:
    """Returns the source of a script: plain W3C JavaScript, a function body that reads ``arguments`` and returns plain data."""
    folder = files("GenFlowLibrary.browser")
    parts = [(folder / f"{part}.js").read_text(encoding="utf-8") for part in (*_PARTS[name], name)]
    lines = (line.strip() for part in parts for line in part.splitlines())
    # The driver gets the script anew with every call, so it goes without its comments and indentation.
    return "\n".join(
        ['"use strict";', *(line for line in lines if line and not line.startswith(("//", "/**")))]
    )

"""A Robot Framework suite or task as a flow chart: what it would run, without running it.

file -> robot.running's model -> statements -> graph

Keywords are steps; IF, TRY, FOR and WHILE decisions; RETURN, BREAK and CONTINUE go where they go. A user keyword of the same file or of a
resource file beside it is opened where ``depth`` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.errors import DataError
from robot.running import ResourceFile, TestSuite

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.flowcharts.compiling import compile_chart
from GenFlowLibrary.flowcharts.faults import fault_of
from GenFlowLibrary.rf.suite_statements import Statements, same_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from GenFlowLibrary.flowcharts.chart import FlowChart
    from GenFlowLibrary.flowcharts.statements import Statement

_ENDINGS = (".robot", ".robot.md", ".robot.rst", ".txt")
_DEEPEST = 20


def suite_chart(path: Path, task: str | None = None, *, depth: int = 0) -> FlowChart:
    """Returns the chart of one task, or of all tasks of a suite one after the other, each in a lane of its own.

    Raises:
        InputError: the file is no suite, has no task of that name, or cannot be drawn.
    """
    if not 0 <= depth <= _DEEPEST:
        raise InputError(f"Expected depth to be between 0 and {_DEEPEST}, but it is {depth}; correct it.")
    suite = _read(path)
    tests = [test for test in suite.tests if task is None or same_name(test.name) == same_name(task)]
    if not tests:
        named = ", ".join(f"'{test.name}'" for test in suite.tests) or "none"
        wanted = f"'{task}' " if task else ""
        raise InputError(f"Expected a task {wanted}in '{path.name}', but it has {named}; correct the name.")
    notes: list[str] = []
    keywords = {same_name(one.name): one for one in _keywords(suite.resource, path.parent, {path}, notes)}
    several = len(tests) > 1
    statements: list[Statement] = []
    for number, test in enumerate(tests, 1):
        goes_on = number < len(tests) or test.has_teardown or suite.has_teardown
        reader = Statements(path.name, keywords, depth, lane=test.name if several else "", goes_on=goes_on)
        statements += reader.of_keyword(suite.setup) if number == 1 and suite.has_setup else []
        statements += reader.of_test(test)
        statements += reader.of_keyword(suite.teardown) if number == len(tests) and suite.has_teardown else []
    chart = compile_chart(statements, title=suite.name if several or not task else tests[0].name, notes=notes)
    fault = fault_of(chart)
    if fault:
        raise InputError(
            f"Expected a task in which every step is reached, but {fault}; correct it, or draw another task."
        )
    return chart


def _read(path: Path) -> TestSuite:
    if not path.is_file() or not path.name.lower().endswith(_ENDINGS):
        found = "it is none" if path.exists() else "it is not there"
        raise InputError(
            f"Expected '{path}' to be a file with a Robot Framework suite, but {found}; correct the path."
        )
    try:
        return TestSuite.from_file_system(path)
    except DataError as problem:
        raise InputError(
            f"Expected '{path.name}' to be a Robot Framework suite, but it cannot be read ({str(problem).splitlines()[0]}); correct it."
        ) from None


def _keywords(resource: Any, folder: Path, seen: set[Path], notes: list[str]) -> Iterator[Any]:
    """Yields the user keywords of a file, and of the resource files it imports where their path says which they are."""
    yield from resource.keywords
    for imported in resource.imports:
        if imported.type != "RESOURCE":
            continue
        name = imported.name.replace("${CURDIR}", str(folder)).replace("${/}", "/")
        file = folder / name
        if "{" in name or not file.is_file():
            notes.append(
                f"The keywords of '{imported.name}' are not opened: where it is, is known when it runs."
            )
        elif file.resolve() not in seen:
            seen.add(file.resolve())
            yield from _keywords(ResourceFile.from_file_system(file), file.parent, seen, notes)

"""Finding the SeleniumLibrary whose browser a keyword works in: under any name, subclassed or not."""

from __future__ import annotations

from typing import Any

from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError

from GenFlowLibrary.core.errors import PageError

_IMPORT_IT = "Expected SeleniumLibrary in this suite, but it is not imported; add 'Library    SeleniumLibrary' to its settings."


def find_selenium_library() -> Any:
    """Returns the suite's SeleniumLibrary instance; of several, the only one with an open browser.

    Raises:
        PageError: none is imported, or several have an open browser.
    """
    try:
        libraries = BuiltIn().get_library_instance(all=True)
    except RobotNotRunningError:
        raise PageError(_IMPORT_IT) from None
    found = {name: library for name, library in libraries.items() if is_selenium_library(library)}
    if not found:
        raise PageError(_IMPORT_IT)
    if len(found) == 1:
        return next(iter(found.values()))
    with_browser = {name: library for name, library in found.items() if library.get_browser_ids()}
    if len(with_browser) > 1:
        raise PageError(
            f"Expected one SeleniumLibrary with an open browser, but {' and '.join(with_browser)} have one each; "
            "close the browser that is not meant."
        )
    return next(iter((with_browser or found).values()))


def is_selenium_library(library: Any) -> bool:
    """Tells whether a library is SeleniumLibrary or derived from it."""
    return any(kind.__name__ == "SeleniumLibrary" for kind in type(library).__mro__)

"""Real keys and files for an element, on whichever machine its browser runs.

Selenium looks at what is typed into a remote browser: where that is the path of a file of this machine, a file detector may send the file
over and type the path that it gets there. SeleniumLibrary's own detector does so for `Choose File` alone, the one of a driver from `Create
Webdriver` for every text, even one that is the name of a file by chance. So every call of ours says what it means.
"""

from __future__ import annotations

from typing import Any

from selenium.common.exceptions import InvalidArgumentException, WebDriverException
from selenium.webdriver.remote.file_detector import LocalFileDetector, UselessFileDetector

from GenFlowLibrary.core.errors import PageError

_NO_UPLOADS = ("unknown command", "method not allowed", "unknown method")
"""How a remote end says that it does not know ``POST /session/{id}/se/file``, which is no part of the WebDriver standard: chromedriver 156
and geckodriver 0.36 in these words."""


def type_keys(element: Any, *keys: str) -> None:
    """Types keys into an element; a text that happens to be a file's path stays a text."""
    with element.parent.file_detector_context(UselessFileDetector):
        element.send_keys(*keys)


def choose_files(element: Any, paths: str) -> None:
    """Gives a file field files of this machine, a path a line, which are sent to the browser's machine when that is a remote one.

    A Selenium Grid takes files. A driver by itself (chromedriver, geckodriver) takes none; its machine must have them at the same paths.

    Raises:
        PageError: the browser's machine takes no files and has none at a path.
    """
    try:
        with element.parent.file_detector_context(LocalFileDetector):
            element.send_keys(paths)
    except WebDriverException as problem:
        if not any(words in str(problem.msg).lower() for words in _NO_UPLOADS):
            raise
        _choose_over_there(element, paths)


def _choose_over_there(element: Any, paths: str) -> None:
    try:
        type_keys(element, paths)
    except InvalidArgumentException:
        files = "', '".join(paths.split("\n"))
        raise PageError(
            f"Expected the browser's machine to take '{files}', found that its driver takes no files and that there is no such file there: "
            "open the browser through a Selenium Grid, or put it there under the same path."
        ) from None

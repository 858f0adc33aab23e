"""Keeping secrets out of the logs of the WebDriver client.

Selenium writes the arguments and the result of every command at DEBUG, and Robot Framework copies Python's logging into log.html when
it runs with ``--loglevel DEBUG`` or ``TRACE``. A secret is among the arguments when it is typed, and among the results whenever the form
is seen again, for it then stands in a field. So every command that sets or reads values runs with these loggers switched off.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TALKATIVE = ("selenium", "urllib3", "SeleniumLibrary")


@contextmanager
def muted_client() -> Iterator[None]:
    """Switches off every logger of the WebDriver client while a command runs that may carry a secret, and puts them back afterwards.

    ``disabled`` is set on each logger, as a level or a filter on a parent would not hold back a child with its own settings. A verbose
    log that the driver program writes itself (``--verbose`` of chromedriver) is outside this process and not covered.
    """
    known = list(logging.root.manager.loggerDict.items())
    loggers = [
        logger
        for name, logger in known
        if isinstance(logger, logging.Logger) and name.split(".")[0] in _TALKATIVE and not logger.disabled
    ]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in loggers:
            logger.disabled = False

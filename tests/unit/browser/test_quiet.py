from __future__ import annotations

import logging

import pytest

from GenFlowLibrary.browser.quiet import muted_client


def test_the_client_is_silent_inside_and_speaks_again_outside(caplog: pytest.LogCaptureFixture) -> None:
    talkers = [
        logging.getLogger(name) for name in ("selenium.webdriver.remote.remote_connection", "urllib3.made_up")
    ]
    other = logging.getLogger("somebody.else")
    with caplog.at_level(logging.DEBUG):
        for talker in talkers:
            talker.debug("before")
        with muted_client():
            for talker in [*talkers, other]:
                talker.critical("inside")
        for talker in talkers:
            talker.debug("after")
    assert [(r.name, r.message) for r in caplog.records] == [
        *[(talker.name, "before") for talker in talkers],
        ("somebody.else", "inside"),
        *[(talker.name, "after") for talker in talkers],
    ]


def test_loggers_are_put_back_after_an_error_and_silenced_ones_stay_silent() -> None:
    talker, silenced = logging.getLogger("selenium.webdriver"), logging.getLogger("urllib3.silenced")
    silenced.disabled = True
    seen = []

    def fail() -> None:
        with muted_client():
            seen.append(talker.disabled)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert seen == [True]
    assert not talker.disabled
    assert silenced.disabled
    silenced.disabled = False

"""Keys and files for browsers on other machines: what is sent where, and what a machine says that takes nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from selenium.common.exceptions import InvalidArgumentException, WebDriverException
from selenium.webdriver.remote.file_detector import LocalFileDetector

from GenFlowLibrary.browser.selenium_keys import choose_files, type_keys
from GenFlowLibrary.core.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_UPLOADS = {
    "chromedriver": "unknown command: unknown command: session/c2e4889a/se/file",
    "geckodriver": "HTTP method not allowed",
}


class FarField:
    """A file field on another machine, as Selenium's remote element is: it sends files over when its driver's detector says so."""

    def __init__(self, *, takes: str = "", has: str = "") -> None:
        self.parent = self
        self.typed: list[str] = []
        self.has = has
        self._takes = takes
        self._detector: Any = None

    @contextmanager
    def file_detector_context(self, detector: Any) -> Iterator[None]:
        self._detector = detector()
        yield
        self._detector = None

    def send_keys(self, *keys: str) -> None:
        parts = "".join(keys).split("\n")
        if all(self._detector.is_local_file(part) for part in parts):
            if self._takes != "files":
                raise WebDriverException(self._takes)
            self.typed.append("\n".join("/far/away/claim.txt" for _ in parts))
        elif self.has and keys[0] != self.has:
            raise InvalidArgumentException(f"File not found: {keys[0]}")
        else:
            self.typed.extend(keys)


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "claim.txt").write_text("A claim.", "utf-8")
    return str(tmp_path / "claim.txt")


def test_a_file_is_sent_to_the_machine_of_the_browser(file: str) -> None:
    field = FarField(takes="files")
    choose_files(field, file)
    assert field.typed == ["/far/away/claim.txt"]


def test_several_files_are_sent(file: str) -> None:
    field = FarField(takes="files")
    choose_files(field, f"{file}\n{file}")
    assert field.typed == ["/far/away/claim.txt\n/far/away/claim.txt"]


def test_a_text_that_is_the_path_of_a_file_is_typed_as_it_stands(file: str) -> None:
    field = FarField(takes="files")
    type_keys(field, "x", file)
    assert field.typed == ["x", file]


@pytest.mark.parametrize("said", NO_UPLOADS.values(), ids=NO_UPLOADS)
def test_a_driver_that_takes_no_files_has_the_file_where_it_is_here(said: str, file: str) -> None:
    field = FarField(takes=said, has=file)
    choose_files(field, file)
    assert field.typed == [file]


@pytest.mark.parametrize("said", NO_UPLOADS.values(), ids=NO_UPLOADS)
def test_a_machine_that_neither_takes_the_file_nor_has_it_is_told(said: str, file: str) -> None:
    with pytest.raises(PageError, match=r"to take '.*claim\.txt', found that .*: open the browser through"):
        choose_files(FarField(takes=said, has="/another/file.txt"), file)


def test_what_else_goes_wrong_is_not_taken_for_that(file: str) -> None:
    with pytest.raises(WebDriverException, match="disconnected"):
        choose_files(FarField(takes="disconnected", has=file), file)


def test_selenium_tells_a_file_from_a_text(file: str) -> None:
    assert LocalFileDetector().is_local_file(file) == file
    assert LocalFileDetector().is_local_file("no file") is None

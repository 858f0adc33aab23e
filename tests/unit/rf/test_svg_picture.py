"""A PNG of an SVG, made by the open browser."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.rf import svg_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#fdf1d3"/></svg>'
FORBIDS = '<meta http-equiv="Content-Security-Policy" content="img-src \'none\'"><h1>Here</h1>'


@pytest.fixture
def found(library: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(svg_picture, "find_selenium_library", lambda: library)
    return library


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.browser
def test_a_picture_has_twice_the_pixels_and_the_page_stays_as_it_is(found: Any, show: Any) -> None:
    show("<title>Office</title><h1>Here</h1>")
    before = found.driver.page_source
    assert size_of(svg_picture.png_of(SVG, 40, 20)) == (80, 40)
    assert found.driver.page_source == before


@pytest.mark.browser
def test_a_picture_that_is_too_long_for_a_canvas_is_made_smaller(found: Any, show: Any) -> None:
    show("<h1>Here</h1>")
    assert size_of(svg_picture.png_of(SVG, 100, 20_000)) == (80, 16_000)


@pytest.mark.browser
def test_a_page_that_forbids_pictures_is_told_with_a_remedy(found: Any, show: Any) -> None:
    show(FORBIDS)
    with pytest.raises(PageError, match=r"security policy forbids it; go to another page first, such as"):
        svg_picture.png_of(SVG, 40, 20)

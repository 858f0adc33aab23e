"""An SVG as a PNG, made by the open browser: nothing else on the machine draws text as a reader sees it.

SVG -> picture in the page's memory -> canvas -> PNG. The page shows nothing of it, and stays where it is.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from GenFlowLibrary.browser.selenium_faults import leave_dialogues, sentences
from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.rf.selenium import find_selenium_library

if TYPE_CHECKING:
    from typing import Any

_SHARPNESS = 2.0
"""Pixels of the picture for one of the drawing, so that it can be printed."""
_LONGEST_SIDE = 16_000.0
"""Pixels that a canvas may have on a side: Chromium takes 65,535, Firefox 32,767, Safari 16,384."""
_DRAW = """
const [svg, width, height, done] = arguments;
const picture = new Image();
picture.onerror = () => done('');
picture.onload = () => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').drawImage(picture, 0, 0, width, height);
  try { done(canvas.toDataURL('image/png')); } catch (problem) { done(''); }
};
picture.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
"""


def png_of(svg: str, width: float, height: float) -> bytes:
    """Returns the PNG of an SVG that is ``width`` by ``height`` px, in twice as many pixels where a canvas can be so large.

    Raises:
        PageError: no browser is open, a dialogue is, or the page lets no picture be made.
    """
    scale = min(_SHARPNESS, _LONGEST_SIDE / max(width, height, 1.0))
    with sentences():
        driver = find_selenium_library().driver
        leave_dialogues(driver)
        data = _drawn(driver, svg, round(width * scale), round(height * scale))
    if not data.startswith("data:image/png;base64,"):
        raise PageError(
            "Expected the open page to let a picture be made in it, but its security policy forbids it; "
            "go to another page first, such as 'Go To    about:blank'."
        )
    return base64.b64decode(data.partition(",")[2])


def _drawn(driver: Any, svg: str, width: int, height: int) -> str:
    return str(driver.execute_async_script(_DRAW, svg, width, height) or "")

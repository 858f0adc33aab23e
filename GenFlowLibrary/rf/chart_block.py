"""A flow chart in log.html: the picture itself, under the step's block."""

from __future__ import annotations

from robot.api import logger

from GenFlowLibrary.core.characters import writable


def log_chart(svg: str) -> None:
    """Logs an SVG, every text of which is escaped and free of secrets, as HTML at INFO level."""
    block = f'<div style="max-height: 50em; overflow: auto; margin: .3em 0">{svg}</div>'
    logger.info(writable(block), html=True)

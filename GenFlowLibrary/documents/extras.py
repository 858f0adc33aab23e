"""The libraries that read documents. They are an extra: who reads no documents need not install them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from GenFlowLibrary.core.errors import DocumentError


def needed(module: str, name: str) -> Any:
    """Returns a library's module.

    Raises:
        DocumentError: it is not installed; ``name`` is the file that needs it.
    """
    try:
        return import_module(module)
    except ImportError:
        raise DocumentError(
            f"Reading '{name}' needs a library that is not installed: pip install \"robotframework-genflow[documents]\"."
        ) from None

"""The bootstrap file as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

BOOTSTRAP = Path(__file__).parents[2] / "bootstrap.py"


@pytest.fixture(scope="session")
def bootstrap() -> ModuleType:
    """``bootstrap.py``, imported from its file; importing it does nothing yet."""
    spec = importlib.util.spec_from_file_location("bootstrap", BOOTSTRAP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bootstrap"] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module

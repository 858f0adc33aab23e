"""Options of Fill Form as Robot Framework passes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from robot.api import TypeInfo
from robot.api.types import Secret

from GenFlowLibrary import GenFlowLibrary
from GenFlowLibrary.core.errors import InputError


@pytest.fixture(autouse=True)
def clean_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENFLOW_ENGINE", "embedded")


def converted(name: str, written: object) -> Any:
    types = GenFlowLibrary().get_keyword_types("fill_form")
    return TypeInfo.from_type_hint(types[name]).convert(written, name)


@pytest.mark.parametrize(("written", "meant"), [("auto", "auto"), ("AUTO", "auto"), ("3", 3), (3, 3)])
def test_pages_is_auto_or_a_number(written: object, meant: object) -> None:
    assert converted("pages", written) == meant


def test_pages_is_nothing_else() -> None:
    with pytest.raises(ValueError, match="'many' that cannot be converted to 'auto' or integer"):
        converted("pages", "many")


def test_a_secret_is_no_fact() -> None:
    with pytest.raises(InputError, match="'facts' to be plain data, but it holds a Secret"):
        GenFlowLibrary().fill_form({"Amount": 1}, facts={"pin": Secret("4711")})

"""A secret handle shows its name wherever it is looked at."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from GenFlowLibrary.core.secret import SecretHandle

HANDLE = SecretHandle("password", "s3cret-value")


@pytest.mark.parametrize("shown", [str(HANDLE), repr(HANDLE), f"{HANDLE}", f"{[HANDLE]}", HANDLE.placeholder])
def test_it_shows_its_name_and_never_its_value(shown: str) -> None:
    assert "s3cret-value" not in shown
    assert "password" in shown


def test_reveal_gives_the_value() -> None:
    assert HANDLE.reveal() == "s3cret-value"


@pytest.mark.parametrize("leave", [pickle.dumps, json.dumps, copy.deepcopy])
def test_it_does_not_leave_the_process(leave: object) -> None:
    with pytest.raises(TypeError):
        leave(HANDLE)  # type: ignore[operator]

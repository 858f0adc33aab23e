"""Secrets come in as handles, and what is left of a lost one is refused."""

from __future__ import annotations

import pytest
from robot.api.types import Secret

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.rf.secrets import refuse_secrets, to_handle, with_handles


def test_secrets_become_handles_named_by_their_key_and_are_made_known() -> None:
    known: list[SecretHandle] = []
    data = with_handles(
        {"Password": Secret("pw-1"), "card": {"PIN": Secret("1234")}, "Name": "Ada"}, known.append
    )
    assert data["Password"].reveal() == "pw-1"
    assert data["Name"] == "Ada"
    assert [handle.name for handle in known] == ["Password", "card.PIN"]


def test_secrets_in_lists_become_handles_too() -> None:
    assert isinstance(with_handles({"codes": [Secret("a"), "b"]})["codes"][0], SecretHandle)


def test_the_text_that_is_left_of_a_secret_is_refused() -> None:
    with pytest.raises(InputError, match="pass the Secret variable alone"):
        with_handles({"Password": f"Bearer {Secret('x')}"})


@pytest.mark.parametrize("value", [Secret("x"), {"deep": [Secret("x")]}])
def test_no_secret_goes_into_a_prompt(value: object) -> None:
    with pytest.raises(InputError, match="'facts'"):
        refuse_secrets({"facts": value})


def test_plain_data_may_go_into_a_prompt() -> None:
    refuse_secrets({"text": "What does <secret> mean?", "facts": {"amount": 3, "due": None}})


def test_a_secret_of_another_type_is_revealed_as_text() -> None:
    assert to_handle("pin", Secret(1234)).reveal() == "1234"  # type: ignore[arg-type]

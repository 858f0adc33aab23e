from __future__ import annotations

import base64
import html
import json
from decimal import Decimal
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.policy.secrets import MIN_LENGTH, Secrets

VALUE = 'Pä$$/w"ord+<1>&\\7'


def known(*values: str) -> Secrets:
    secrets = Secrets()
    for number, value in enumerate(values):
        secrets.add(SecretHandle(f"S{number}", value))
    return secrets


@pytest.mark.parametrize(
    "form",
    [
        VALUE,
        quote(VALUE),
        quote(VALUE, safe=""),
        quote_plus(VALUE),
        quote(VALUE, safe="").lower().replace("p%c3%a4", "P%c3%a4"),
        base64.b64encode(VALUE.encode()).decode(),
        base64.urlsafe_b64encode(VALUE.encode()).decode(),
        json.dumps(VALUE)[1:-1],
        json.dumps(VALUE, ensure_ascii=False)[1:-1],
        json.dumps(VALUE)[1:-1].replace("/", "\\/"),
        html.escape(VALUE),
        html.escape(VALUE, quote=False),
        repr(VALUE)[1:-1],
        "Pa\u0308" + VALUE[2:],
    ],
)
def test_every_form_of_a_value_becomes_its_placeholder(form: str) -> None:
    assert known(VALUE).scrub(f"before {form} after") == "before <secret S0> after"


@pytest.mark.parametrize("user", ["", "a", "ab", "abc", "user:", "another user:"])
def test_a_value_within_a_longer_base64_text_leaves_at_most_its_edges(user: str) -> None:
    encoded = base64.b64encode(f"{user}correct horse battery:tail".encode()).decode()
    scrubbed = known("correct horse battery").scrub(f"Authorization: Basic {encoded}")
    assert "<secret S0>" in scrubbed
    kept = scrubbed.removeprefix("Authorization: Basic ").replace("<secret S0>", "")
    assert len(kept) <= len(base64.b64encode(f"{user}:tail".encode())) + 4


def test_short_values_stay_in_text() -> None:
    secrets = known("abc")
    assert len("abc") < MIN_LENGTH
    assert secrets.scrub("the abc of it") == "the abc of it"


def test_a_longer_secret_wins_over_one_inside_it() -> None:
    assert known("password", "password123").scrub("password123!") == "<secret S1>!"


def test_a_placeholder_never_shows_another_secret() -> None:
    secrets = Secrets()
    secrets.add(SecretHandle("password", "hunter22"))
    secrets.add(SecretHandle("other", "password"))
    assert secrets.scrub("hunter22") == "<secret>"


def test_a_placeholder_and_its_neighbours_never_spell_another_secret() -> None:
    assert known("hunter22", "<secret S0>!").scrub("a hunter22! b hunter22") == "a  b <secret S0>"


def test_data_is_scrubbed_through_and_through() -> None:
    data = {
        "list": ["hunter22", {"hunter22": 1}],
        "tuple": ("x hunter22",),
        "set": {"hunter22"},
        "handle": SecretHandle("token", "never mind"),
        "pin": 482913,
        "amount": Decimal("12.50"),
        "none": None,
        "yes": True,
    }
    assert known("hunter22", "482913").scrub_data(data) == {
        "list": ["<secret S0>", {"<secret S0>": 1}],
        "tuple": ("x <secret S0>",),
        "set": ["<secret S0>"],
        "handle": "<secret token>",
        "pin": "<secret S1>",
        "amount": Decimal("12.50"),
        "none": None,
        "yes": True,
    }


@given(
    values=st.lists(st.text(min_size=MIN_LENGTH, max_size=12), min_size=1, max_size=3),
    parts=st.lists(st.text(max_size=6), min_size=1, max_size=4),
    data=st.data(),
)
def test_no_known_value_is_ever_returned(values: list[str], parts: list[str], data: st.DataObject) -> None:
    text = "".join(part + data.draw(st.sampled_from([*values, ""])) for part in parts)
    scrubbed = known(*values).scrub(text)
    assert not [value for value in values if value in scrubbed]


@given(
    value=st.text(alphabet="<secrt S0>", min_size=MIN_LENGTH, max_size=8),
    before=st.text(alphabet="<secrt S0>"),
)
def test_no_value_made_of_the_placeholders_letters_is_returned(value: str, before: str) -> None:
    assert value not in known(value).scrub(before + value + before)


@given(st.text(min_size=MIN_LENGTH, max_size=12), st.text(max_size=30))
def test_scrubbing_twice_changes_nothing_more(value: str, text: str) -> None:
    secrets = known(value)
    once = secrets.scrub(text + value)
    assert secrets.scrub(once) == once

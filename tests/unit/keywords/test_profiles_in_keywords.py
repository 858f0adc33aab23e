"""Profiles through the library itself: from genflow.toml and keyword arguments to the server that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary import GenFlowLibrary
from GenFlowLibrary.core.errors import SettingsError
from tests.servers.running import RunningServer, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWER = {"reason": "It is about money.", "choice": 1}
SHARES = {"1": 0.6, "2": 0.3, "0": 0.1}
FILE = """
engine = "cheap"

[engines.cheap]
base_url = "{url}"
model = "cheap-1"
api_key = "env:CHEAP_KEY"
escalate = "strong"
escalate_below = 0.8

[engines.strong]
base_url = "{url}"
model = "strong-1"

[engines.gone]
base_url = "http://127.0.0.1:1/v1"
model = "gone-1"
max_attempts = 1
fallback = ["strong"]
"""


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as server:
        yield server


@pytest.fixture
def library(server: RunningServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    (tmp_path / "genflow.toml").write_text(FILE.replace("{url}", server.base_url), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHEAP_KEY", "sk-cheap-secret")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai-alone")
    library = GenFlowLibrary()
    yield library
    library._end_run()


def sort(library: Any, **options: Any) -> Any:
    return library.keywords["classify_text"](
        "You charged me twice.", otherwise="other", billing="money", delivery="parcels", **options
    )


def models(server: RunningServer) -> list[str]:
    return [request["body"]["model"] for request in server.log()]


def test_an_unsure_answer_of_the_cheap_engine_is_asked_of_the_strong_one(library, server) -> None:
    server.script({"answer": ANSWER, "shares": SHARES}, {"answer": {**ANSWER, "choice": 2}})
    assert sort(library).category == "delivery"
    assert models(server) == ["cheap-1", "strong-1"]
    keys = [request["headers"].get("authorization") for request in server.log()]
    assert keys == ["Bearer sk-cheap-secret", "Bearer not-needed"]


def test_a_keyword_names_its_engine_and_who_stands_in_for_it(library, server) -> None:
    server.script({"answer": ANSWER})
    assert sort(library, engine="gone").category == "billing"
    assert models(server) == ["strong-1"]


def test_a_confidence_that_a_keyword_asks_for_comes_back_with_the_answer(library, server) -> None:
    server.script({"answer": ANSWER, "shares": SHARES})
    kind = sort(library, engine="strong", min_confidence=0.5)
    assert (kind.category, kind.confidence) == ("billing", pytest.approx(0.6))
    assert sort(library, engine="strong", min_confidence=0.7).category == "other"


def test_an_unknown_engine_lists_those_that_are_known(library) -> None:
    with pytest.raises(
        SettingsError, match="auto, embedded, openai, cheap, strong, gone, but keyword argument"
    ):
        sort(library, engine="fast")


def test_set_engine_takes_a_profile_until_the_suite_ends(library, server) -> None:
    server.script({"answer": ANSWER})
    library.keywords["set_engine"]("strong")
    sort(library)
    assert models(server) == ["strong-1"]


def test_an_answer_kept_before_escalation_was_set_is_not_taken_for_sure(
    server, tmp_path, monkeypatch
) -> None:
    (tmp_path / "genflow.toml").write_text(FILE.replace("{url}", server.base_url), "utf-8")
    monkeypatch.chdir(tmp_path)
    cached = {"engine": "openai", "base_url": server.base_url, "model": "plain-1", "cache": "on"}
    cached["cache_file"] = tmp_path / "cache.sqlite"
    server.script(
        {"answer": ANSWER}, {"answer": ANSWER, "shares": SHARES}, {"answer": {**ANSWER, "choice": 2}}
    )
    found = []
    for more in ({}, {"escalate": "strong", "escalate_below": 0.8}):
        library = GenFlowLibrary(**cached, **more)
        found.append(sort(library).category)
        library._end_run()
    assert found == ["billing", "delivery"]
    assert models(server) == ["plain-1", "plain-1", "strong-1"]

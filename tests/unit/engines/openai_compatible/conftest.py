"""A wire that is faked, and a server process that is real."""

from __future__ import annotations

import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import openai  # noqa: F401 - takes two seconds, which a test with a short deadline must not pay for
import pytest
from pydantic import BaseModel

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine
from tests.servers.running import RunningServer, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = "sk-test-7f3a91c2d4e8b605"


class Choice(BaseModel):
    """An answer type such as the steps use."""

    reason: str
    choice: int


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_ORG_ID",
        "OPENAI_PROJECT_ID",
        "OPENAI_ADMIN_KEY",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _openai_is_imported() -> None:
    """The two seconds that the import takes are not part of any measured deadline."""
    import_module("openai.resources.chat")


@pytest.fixture(scope="session")
def server_process() -> Iterator[RunningServer]:
    with running_server("--key", KEY) as server:
        yield server


@pytest.fixture
def server(server_process: RunningServer) -> RunningServer:
    """The scripted server; a test begins with ``server.script(...)``."""
    server_process.script()
    return server_process


@pytest.fixture
def make_engine() -> Iterator[Callable[..., OpenAICompatibleEngine]]:
    """Makes engines that sleep without waiting (``engine.slept``) and are closed after the test."""
    made: list[OpenAICompatibleEngine] = []

    def make(
        base_url: str = "http://model.example/v1",
        *,
        http_client: Any = None,
        memory: Any = None,
        **settings: Any,
    ) -> Any:
        slept: list[float] = []
        given = {"model": "m-1", "base_url": base_url, "api_key": SecretHandle("api_key", KEY), **settings}
        engine: Any = OpenAICompatibleEngine(
            Settings(**given), http_client=http_client, memory=memory, sleep=slept.append
        )
        engine.slept = slept
        made.append(engine)
        return engine

    yield make
    for engine in made:
        engine.close()


@pytest.fixture
def make_prompt() -> Callable[..., Prompt]:
    """Makes prompts: free text unless told otherwise."""

    def make(
        text: str = "Say hello.", *, answer_type: type[BaseModel] | None = None, **parameters: Any
    ) -> Prompt:
        return Prompt(
            name="test",
            version="1",
            digest="0",
            ability="complete",
            messages=(Message("system", "Be brief."), Message("user", text)),
            inputs={},
            answer_type=answer_type,
            parameters=Parameters(**parameters),
        )

    return make


@pytest.fixture
def ask(make_prompt: Callable[..., Prompt]) -> Callable[..., Any]:
    """Asks an engine, within 20 s unless told otherwise."""

    def ask(engine: Any, *, seconds: float = 20.0, **prompt: Any) -> Any:
        return engine.complete(make_prompt(**prompt), Deadline.after(seconds, time.monotonic))

    return ask


@pytest.fixture
def choice_type() -> type[BaseModel]:
    return Choice


@pytest.fixture
def key() -> str:
    return KEY

"""Which engine answers and why, and settings that cannot work."""

from __future__ import annotations

import subprocess
import sys

import pytest

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.endpoint import OPENAI_ADDRESS, read_endpoint
from GenFlowLibrary.engines.registry import choose_engine

KEY = SecretHandle("api_key", "sk-test-0123456789")
SOURCES = {"base_url": "genflow.toml", "api_key": "environment OPENAI_API_KEY", "engine": "library argument"}


@pytest.mark.parametrize(
    ("settings", "engine", "sentence"),
    [
        (
            {},
            "embedded",
            "The embedded engine answers, because neither base_url nor an API key is set.",
        ),
        (
            {"base_url": "http://localhost:11434/v1/", "model": "qwen3"},
            "openai",
            "The openai engine asks the model 'qwen3' at http://localhost:11434/v1, because base_url is set (genflow.toml), without a key.",
        ),
        (
            {"base_url": "http://localhost:11434/v1/", "model": "qwen3", "api_key": KEY},
            "openai",
            (
                "The openai engine asks the model 'qwen3' at http://localhost:11434/v1, because base_url is set (genflow.toml), "
                "with the key from environment OPENAI_API_KEY."
            ),
        ),
        (
            {"api_key": KEY},
            "openai",
            f"The openai engine asks a model at {OPENAI_ADDRESS}, because an API key is set ({SOURCES['api_key']}).",
        ),
        (
            {"engine": "embedded", "base_url": "http://localhost:11434/v1", "api_key": KEY},
            "embedded",
            "The embedded engine answers, because engine=embedded is set (library argument).",
        ),
        (
            {"engine": "openai", "api_key": KEY, "model": "m-1"},
            "openai",
            f"The openai engine asks the model 'm-1' at {OPENAI_ADDRESS}, because an API key is set ({SOURCES['api_key']}).",
        ),
    ],
)
def test_the_choice_is_told_with_its_reason(settings, engine, sentence) -> None:
    chosen, why = choose_engine(Settings(**settings), SOURCES)
    assert chosen.name == engine
    assert chosen.needs_network is (engine == "openai")
    assert why == sentence


def test_the_openai_engine_needs_a_key_or_an_address() -> None:
    with pytest.raises(SettingsError, match="neither is set; set OPENAI_API_KEY, or GENFLOW_BASE_URL"):
        choose_engine(Settings(engine="openai"), SOURCES)


def test_a_server_without_a_key_gets_a_word_in_its_place(server, make_engine, ask) -> None:
    server.script({"answer": "never reached"})
    with pytest.raises(Exception, match="'Incorrect API key provided: not-needed"):
        ask(make_engine(server.base_url, api_key=None))


def test_a_model_has_to_be_named(make_engine, ask) -> None:
    with pytest.raises(SettingsError, match=r"none is set; set GENFLOW_MODEL"):
        ask(make_engine(model=None))


@pytest.mark.parametrize(
    "address",
    [
        "localhost:11434/v1",
        "ftp://models/v1",
        "http://",
        "http://host:99999/v1",
        "http://[::1/v1",
        "models",
        "http://a b/v1",
        "http://a..b/v1",
        "http://999.1.1.1/v1",
    ],
)
def test_an_address_that_is_none_is_told(make_engine, ask, address) -> None:
    with pytest.raises(
        SettingsError, match=r"such as http://localhost:11434/v1, but it is .*; correct GENFLOW_BASE_URL"
    ):
        ask(make_engine(address))


@pytest.mark.parametrize("address", ["http://user:hunter2@host/v1", "https://host/v1?key=hunter2"])
def test_an_address_with_a_secret_in_it_is_refused_without_telling_it(make_engine, address) -> None:
    with pytest.raises(SettingsError, match="set the key as GENFLOW_API_KEY") as caught:
        make_engine(address)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("value", ["sk-one two", "sk-schlüssel", "sk-one\nsk-two", "“sk-quoted”"])
def test_a_key_that_cannot_be_sent_is_told_without_telling_it(make_engine, value) -> None:
    with pytest.raises(SettingsError, match="copy it again") as caught:
        make_engine(api_key=SecretHandle("api_key", value))
    assert "sk-" not in str(caught.value)


def test_the_line_end_of_a_copied_key_does_no_harm(server, make_engine, ask, key) -> None:
    server.script({"answer": "Hello!"})
    assert ask(make_engine(server.base_url, api_key=SecretHandle("api_key", f"{key}\n"))).text == "Hello!"


def test_no_time_left_is_told_without_asking(server, make_engine, ask) -> None:
    server.script({"answer": "never reached"})
    with pytest.raises(Exception, match="no time was left to ask it") as caught:
        ask(make_engine(server.base_url), seconds=-1)
    assert caught.value.attempts == len(server.log()) == 0


def test_choosing_an_engine_does_not_import_openai() -> None:
    program = (
        "import sys\n"
        "from GenFlowLibrary.core.settings import Settings\n"
        "from GenFlowLibrary.engines.registry import choose_engine\n"
        "engine, why = choose_engine(Settings(base_url='http://localhost:1/v1', model='m'), {})\n"
        "engine.close()\n"
        "assert not {'openai', 'httpx2'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)


def test_a_certificate_that_is_not_trusted_is_not_asked_again() -> None:
    import ssl

    import httpx2
    import openai

    from GenFlowLibrary.engines.openai_wire import Wire

    wire = Wire(read_endpoint(Settings(base_url="https://host/v1")))
    problem = openai.APIConnectionError(request=httpx2.Request("POST", "https://host/v1"))
    problem.__cause__ = httpx2.ConnectError("failed")
    problem.__cause__.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert "certificate is not trusted; name the file" in str(wire._not_connected(problem))

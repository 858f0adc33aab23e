"""Clouds by settings, through the client's own support: what reaches the server, and what is said where a setting is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine
from GenFlowLibrary.engines.registry import choose_engine

if TYPE_CHECKING:
    from tests.servers.running import RunningServer


@pytest.fixture(autouse=True)
def _no_cloud_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    for name in (
        "AWS_BEARER_TOKEN_BEDROCK",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_PROFILE",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AZURE_OPENAI_API_KEY",
        "AZURE_OPENAI_AD_TOKEN",
        "AZURE_OPENAI_ENDPOINT",
        "OPENAI_API_VERSION",
        "GOOGLE_CLOUD_PROJECT",
    ):
        monkeypatch.delenv(name, raising=False)
    # Where the clouds' own libraries would look: nothing there, and no request for a machine's identity.
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def root(server: RunningServer) -> str:
    return server.base_url.removesuffix("/v1")


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"deployment": "my-gpt"}, "/openai/deployments/my-gpt/chat/completions"),
        ({}, "/openai/deployments/m-1/chat/completions"),
        ({"api": "completions", "deployment": "my-gpt"}, "/openai/deployments/my-gpt/completions"),
        ({"api": "responses", "deployment": "my-gpt"}, "/openai/responses"),
    ],
)
def test_azure_is_asked_by_deployment_and_version_with_its_own_header(
    server: RunningServer, make_engine, ask, key: str, settings: dict[str, Any], path: str
) -> None:
    server.script({"answer": "Hello!"})
    engine = make_engine(root(server), provider="azure", api_version="2024-10-21", **settings)
    assert ask(engine).text == "Hello!"
    (request,) = server.log()
    target = urlsplit(request["path"])
    assert (target.path, parse_qs(target.query)) == (path, {"api-version": ["2024-10-21"]})
    assert request["headers"]["api-key"] == key
    assert "authorization" not in request["headers"]


def test_bedrock_is_asked_with_a_bearer_key(server: RunningServer, make_engine, ask, key: str) -> None:
    server.script({"answer": "Hello!"})
    assert ask(make_engine(server.base_url, provider="bedrock", region="eu-north-1")).text == "Hello!"
    (request,) = server.log()
    assert request["path"] == "/v1/chat/completions"
    assert request["headers"]["authorization"] == f"Bearer {key}"


def test_bedrock_without_a_key_is_asked_with_signed_requests(
    server: RunningServer, make_engine, ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("botocore")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "aws-secret")
    server.script({"answer": "Hello!"})
    engine = make_engine(server.base_url, provider="bedrock", region="eu-north-1", api_key=None)
    with pytest.raises(Exception, match="does not accept the API key"):
        ask(engine)  # the server knows one key alone
    (request,) = server.log()
    signed = request["headers"]["authorization"]
    assert signed.startswith("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/")
    assert "/eu-north-1/bedrock-mantle/" in signed


def test_vertex_is_asked_with_a_token(server: RunningServer, make_engine, ask, key: str) -> None:
    server.script({"answer": "Hello!"})
    engine = make_engine(server.base_url, provider="vertex", api="responses")
    assert ask(engine).text == "Hello!"
    (request,) = server.log()
    assert request["path"] == "/v1/responses"
    assert request["headers"]["authorization"] == f"Bearer {key}"


def test_credentials_that_are_not_there_are_an_error_before_anything_is_sent(
    server: RunningServer, make_engine, ask
) -> None:
    engine = make_engine(server.base_url, provider="bedrock", region="eu-north-1", api_key=None)
    with pytest.raises(SettingsError, match=r"credentials for provider=bedrock .* but it says '.*'; correct"):
        ask(engine)
    assert server.log() == []


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"provider": "bedrock", "region": "eu-north-1"}, "Amazon Bedrock in eu-north-1"),
        (
            {"provider": "vertex", "region": "europe-west4", "project": "shop-1"},
            "Vertex AI in europe-west4, project shop-1",
        ),
    ],
)
def test_a_cloud_without_an_address_is_called_by_its_place(settings: dict[str, Any], address: str) -> None:
    assert OpenAICompatibleEngine(Settings(model="m", **settings)).address == address


KEY = {"api_key": SecretHandle("api_key", "sk-some")}
AZURE = {"provider": "azure", "base_url": "https://me.example", "api_version": "2024-10-21"}


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"provider": "azure"}, r"Expected base_url for provider=azure, the endpoint of your resource"),
        (
            {**AZURE, **KEY, "api_version": None},
            r"Expected api_version for provider=azure, such as 2024-10-21",
        ),
        (AZURE, r"Expected api_key for provider=azure.*set GENFLOW_API_KEY"),
        (
            {**AZURE, **KEY, "base_url": "https://me.example/openai/v1"},
            r"leave out /openai/v1, or set provider=openai",
        ),
        ({"provider": "bedrock"}, r"Expected region for provider=bedrock, such as eu-north-1"),
        ({"provider": "vertex"}, r"Expected project for provider=vertex"),
        ({"provider": "vertex", "project": "p"}, r"Expected region for provider=vertex.*or global"),
        ({"deployment": "d", **KEY}, r"deployment with provider=azure only, but provider is openai"),
        ({"provider": "azure", "region": "r"}, r"region with provider=bedrock or vertex only"),
    ],
)
def test_what_a_provider_needs_or_has_no_use_for_is_said_in_one_sentence(
    settings: dict[str, Any], says: str
) -> None:
    with pytest.raises(SettingsError, match=says):
        choose_engine(Settings(**settings), {})


@pytest.mark.parametrize("region", ["nowhere", "eu-north-1/../x"])
def test_what_the_client_refuses_is_quoted(make_engine, ask, region: str) -> None:
    engine = make_engine(provider="bedrock", region=region)
    with pytest.raises(
        SettingsError, match=r"provider=bedrock .*it says 'The Bedrock AWS `region` is invalid"
    ):
        ask(engine)

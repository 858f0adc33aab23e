"""The openai client for an endpoint: its own support for each provider, without its retries.

openai  -> OpenAI(base_url, api_key)
azure   -> AzureOpenAI(azure_endpoint, api_version, azure_deployment), key in the header api-key
bedrock -> OpenAI(provider=bedrock(...)), a bearer key or requests signed with AWS credentials (needs openai[bedrock])
vertex  -> OpenAI(provider=vertex(...)), a token or Google credentials (needs openai[vertex])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
import openai

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.engines.endpoint import unusable_address

if TYPE_CHECKING:
    from GenFlowLibrary.engines.endpoint import Endpoint

# Most local servers need no key, but the client insists on one.
_NO_KEY = "not-needed"


def make_client(endpoint: Endpoint, http_client: httpx2.Client) -> openai.OpenAI:
    """Returns a client that asks an endpoint once and never again on its own.

    Raises:
        SettingsError: the client refuses what is set.
    """
    try:
        if endpoint.provider == "azure":
            return _azure(endpoint, http_client)
        if endpoint.provider == "openai":
            key = endpoint.key or _NO_KEY
            return openai.OpenAI(api_key=key, base_url=endpoint.url, max_retries=0, http_client=http_client)
        return _at_provider(endpoint, http_client)
    except httpx2.InvalidURL:
        raise unusable_address(endpoint.url) from None
    except openai.OpenAIError as problem:
        raise refused_settings(endpoint, problem) from None


def refused_settings(endpoint: Endpoint, problem: openai.OpenAIError) -> SettingsError:
    """Returns the error for what the client says of a provider's settings and credentials before it sends anything."""
    found = endpoint.server.quote(str(problem))
    return SettingsError(
        f"Expected settings and credentials for provider={endpoint.provider} that the openai client can work with, "
        f"but it says {found}; correct them, or set api_key."
    )


def _azure(endpoint: Endpoint, http_client: httpx2.Client) -> openai.OpenAI:
    return openai.AzureOpenAI(
        azure_endpoint=endpoint.url,
        azure_deployment=endpoint.deployment or None,
        api_version=endpoint.api_version,
        api_key=endpoint.key,
        max_retries=0,
        http_client=http_client,
    )


def _at_provider(endpoint: Endpoint, http_client: httpx2.Client) -> openai.OpenAI:
    from openai import providers  # noqa: PLC0415 - it loads the support for both clouds

    url, region, key = endpoint.url or None, endpoint.region or None, endpoint.key
    if endpoint.provider == "bedrock":
        # Without a key of ours no bearer key of the environment either: nobody would know that it is a secret.
        provider = providers.bedrock(region=region, base_url=url, api_key=key or None)
    else:
        token = (lambda: key) if key else None
        provider = providers.vertex(
            project=endpoint.project or None, location=region, base_url=url, token_provider=token
        )
    return openai.OpenAI(provider=provider, max_retries=0, http_client=http_client)

"""Where requests go and with which key: what the settings say of a server, checked before anything is sent.

openai    base_url (OpenAI's unless set), api_key
azure     base_url (the resource's endpoint), api_key, api_version, deployment (the model's name unless set)
bedrock   region or base_url; api_key, or the credentials of AWS
vertex    project and region, or base_url; api_key (a token), or the credentials of Google
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.server_faults import Server
from GenFlowLibrary.policy.secrets import Secrets

if TYPE_CHECKING:
    from GenFlowLibrary.core.settings import Provider, Settings

OPENAI_ADDRESS = "https://api.openai.com/v1"


_ONLY_FOR: dict[str, tuple[str, ...]] = {
    "api_version": ("azure",),
    "deployment": ("azure",),
    "region": ("bedrock", "vertex"),
    "project": ("vertex",),
}


@dataclass(frozen=True)
class Endpoint:
    """A server, how messages speak of it, and the key it is asked with; ``key`` is empty where there is none.

    ``url`` is empty where the client works the address out from region and project.
    """

    server: Server
    key: str = field(repr=False)
    provider: Provider = "openai"
    url: str = ""
    api_version: str = ""
    deployment: str = ""
    region: str = ""
    project: str = ""

    @property
    def address(self) -> str:
        """The address that the paths of the API are put after, or what stands for it in messages."""
        return self.server.address


def read_endpoint(settings: Settings) -> Endpoint:
    """Returns the endpoint of the settings.

    Raises:
        SettingsError: the address or the key cannot be used, or the provider needs what is not set, or has no use for what is.
    """
    _refuse_what_is_for_others(settings)
    url = _address(settings.base_url) if settings.base_url or settings.provider == "openai" else ""
    key, secrets = _key(settings.api_key), Secrets()
    if key:
        secrets.add(SecretHandle("api_key", key))
    _require(settings, url, key)
    return Endpoint(
        server=Server(url or _place(settings), secrets.scrub),
        key=key,
        provider=settings.provider,
        url=url,
        api_version=settings.api_version or "",
        deployment=settings.deployment or "",
        region=settings.region or "",
        project=settings.project or "",
    )


def _refuse_what_is_for_others(settings: Settings) -> None:
    for name, providers in _ONLY_FOR.items():
        if getattr(settings, name) and settings.provider not in providers:
            raise SettingsError(
                f"Expected {name} with provider={' or '.join(providers)} only, but provider is {settings.provider}; "
                f"set provider, or leave out {name}."
            )


def _require(settings: Settings, url: str, key: str) -> None:
    """Checks that nothing is missing which the provider cannot do without."""
    needed: dict[str, tuple[tuple[str, object, str], ...]] = {
        "azure": (
            ("base_url", url, "the endpoint of your resource, such as https://my-resource.openai.azure.com"),
            ("api_version", settings.api_version, "such as 2024-10-21"),
            ("api_key", key, "such as env:AZURE_OPENAI_API_KEY"),
        ),
        "bedrock": (("region", url or settings.region, "such as eu-north-1"),),
        "vertex": (
            ("project", url or settings.project, "the ID of your project"),
            ("region", url or settings.region, "such as europe-west4, or global"),
        ),
    }
    for name, value, like in needed.get(settings.provider, ()):
        if not value:
            raise SettingsError(
                f"Expected {name} for provider={settings.provider}, {like}, but it is not set; "
                f"add it to the engine's table in genflow.toml, or set GENFLOW_{name.upper()}."
            )
    if settings.provider == "azure" and urlsplit(url).path.rstrip("/").endswith("/v1"):
        raise SettingsError(
            f"Expected base_url for provider=azure to be the endpoint of your resource, but it is '{url}', which takes "
            "requests as OpenAI does; leave out /openai/v1, or set provider=openai."
        )


def _place(settings: Settings) -> str:
    if settings.provider == "bedrock":
        return f"Amazon Bedrock in {settings.region}"
    return f"Vertex AI in {settings.region}, project {settings.project}"


def unusable_address(address: str) -> SettingsError:
    """Returns the error for an address that no request can be sent to."""
    return SettingsError(
        "Expected base_url to be an address such as http://localhost:11434/v1, "
        f"but it is '{address}'; correct GENFLOW_BASE_URL."
    )


def _address(base_url: str | None) -> str:
    address = (base_url or OPENAI_ADDRESS).strip().rstrip("/")
    if not address.isprintable() or " " in address:
        raise unusable_address(address)
    try:
        parts = urlsplit(address)
        # Encoded as the name's resolver will do it, which raises on an empty or overlong part of a name.
        name = (parts.hostname or "").encode("idna")
        usable = parts.scheme in ("http", "https") and bool(name) and parts.port != 0
    except ValueError:
        raise unusable_address(address) from None
    if "@" in parts.netloc or parts.query:  # said without quoting it: it may hold a secret
        raise SettingsError(
            "Expected base_url to be an address alone, but it holds a user name, a password or a query; "
            "leave them out and set the key as GENFLOW_API_KEY."
        )
    if not usable:
        raise unusable_address(address)
    return address


def _key(api_key: SecretHandle | None) -> str:
    """Returns the key as it is sent, without the line end that files and copying add; empty for none."""
    key = api_key.reveal().strip() if api_key else ""
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingsError(
            "Expected api_key to be letters, digits and signs without spaces, but it holds other characters; "
            "copy it again."
        )
    return key

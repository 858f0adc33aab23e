"""Where requests go and with which key: what the settings say of a server, checked before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.engines.server_faults import Server
from GenFlowLibrary.policy.secrets import Secrets

if TYPE_CHECKING:
    from GenFlowLibrary.core.settings import Settings

OPENAI_ADDRESS = "https://api.openai.com/v1"

# Most local servers need no key, but the client insists on one.
_NO_KEY = "not-needed"


@dataclass(frozen=True)
class Endpoint:
    """A server, how messages speak of it, and the key it is asked with."""

    server: Server
    key: str = field(repr=False)

    @property
    def address(self) -> str:
        """The address that the paths of the API are put after."""
        return self.server.address


def read_endpoint(settings: Settings) -> Endpoint:
    """Returns the endpoint of the settings: OpenAI's unless ``base_url`` is set, without a key unless one is.

    Raises:
        SettingsError: the address or the key cannot be used.
    """
    address, key, secrets = _address(settings.base_url), _key(settings.api_key), Secrets()
    if key:
        secrets.add(SecretHandle("api_key", key))
    return Endpoint(Server(address, secrets.scrub), key or _NO_KEY)


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

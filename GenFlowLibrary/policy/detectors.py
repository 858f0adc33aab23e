"""Which detectors of personal data the settings ask for.

the user's own patterns, e-mail, IBAN, card, national id, phone, names by Presidio: the surest first
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.policy.detecting import by_patterns, find_emails
from GenFlowLibrary.policy.redactor import Redactor

if TYPE_CHECKING:
    from GenFlowLibrary.core.settings import Settings
    from GenFlowLibrary.policy.detecting import Detector


def make_redactor(settings: Settings) -> Redactor:
    """Returns the redactor of the settings; nothing is imported for one that is off.

    Raises:
        SettingsError: a package that redaction needs is not installed, or a country code is none.
    """
    if settings.redaction == "off":
        return Redactor()
    return Redactor(settings.redaction, _detectors(settings), settings.personal)


def _detectors(settings: Settings) -> list[Detector]:
    try:
        import phonenumbers  # noqa: F401, PLC0415 - only to see that it is there
        import stdnum  # type: ignore[import-untyped,unused-ignore]  # noqa: F401, PLC0415 - likewise
    except ImportError:
        raise SettingsError(
            f"Expected the packages python-stdnum and phonenumbers for redaction={settings.redaction}, "
            "but they are not installed; install them with: pip install robotframework-genflow[redaction]"
        ) from None
    from GenFlowLibrary.policy import identity_numbers, phone_numbers  # noqa: PLC0415 - only where it is used

    countries = tuple(country.upper() for country in settings.redaction_countries)
    detectors = [
        by_patterns(settings.redaction_patterns),
        find_emails,
        identity_numbers.find_ibans,
        identity_numbers.find_cards,
        identity_numbers.by_countries(countries),
        phone_numbers.by_countries(countries),
    ]
    if settings.redaction_with == "presidio":
        from GenFlowLibrary.policy.presidio import presidio  # noqa: PLC0415 - likewise

        detectors.append(presidio())
    return detectors

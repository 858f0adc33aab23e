"""Presidio as one more detector: names of people and places in free text, which patterns cannot tell.

It is an extra of its own, with a language model of spaCy a language; nothing is downloaded here.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.policy.detecting import Detector, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS = {"PERSON": "PERSON", "LOCATION": "PLACE"}
"""What is asked of it; numbers and addresses are found by patterns with check digits, which are surer."""
_SUREST = 0.6
_DEFAULT_LANGUAGE = "en"


def presidio() -> Detector:
    """Returns the detector.

    Raises:
        SettingsError: Presidio or its language model is not installed.
    """
    engine = _engine()
    known = engine.supported_languages
    unsaid = _DEFAULT_LANGUAGE if _DEFAULT_LANGUAGE in known else known[0]

    def find(text: str, language: str | None = None) -> Iterable[Finding]:
        code = language.partition("-")[0] if language else unsaid
        if code not in known:
            raise SettingsError(
                f"Expected Presidio to know the language '{code}', but it knows {', '.join(known)}; "
                "set redaction_with=patterns or give it a model of that language."
            )
        results = engine.analyze(text=text, language=code, entities=list(_KINDS), score_threshold=_SUREST)
        for result in sorted(results, key=lambda result: (-result.score, result.start)):
            yield Finding(result.start, result.end, _KINDS[result.entity_type])

    return find


@lru_cache(maxsize=1)
def _engine() -> Any:
    try:
        package: Any = import_module("presidio_analyzer")
        spacy: Any = import_module("spacy")
    except ImportError:
        raise SettingsError(
            "Expected Presidio for redaction_with=presidio, but it is not installed; "
            "install it with: pip install robotframework-genflow[presidio]"
        ) from None
    models = [name for name in spacy.util.get_installed_models() if name.count("_core_")]
    if not models:
        # Left to itself Presidio would download one in the middle of a run.
        raise SettingsError(
            "Expected a language model of spaCy for redaction_with=presidio, but none is installed; "
            "install one with: python -m spacy download en_core_web_lg"
        )
    # One a language; of several the largest, whose names end in lg.
    by_language = {name.partition("_")[0]: name for name in sorted(models, key=_size)}
    configuration = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": code, "model_name": name} for code, name in by_language.items()],
    }
    provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider(
        nlp_configuration=configuration
    )
    return package.AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=list(by_language))


def _size(model: str) -> int:
    return ("sm", "md", "lg", "trf").index(model[-2:]) if model[-2:] in ("sm", "md", "lg") else 3

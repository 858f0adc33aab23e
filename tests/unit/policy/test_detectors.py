"""What is found in texts, what is not, and what is said where a package is missing."""

from __future__ import annotations

import builtins
import itertools
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.core.errors import SettingsError
from GenFlowLibrary.core.settings import Resolved
from GenFlowLibrary.policy import presidio
from GenFlowLibrary.policy.detecting import Finding, find_all
from GenFlowLibrary.policy.detectors import make_redactor


def found(text: str, **settings: Any) -> list[tuple[str, str]]:
    detectors = make_redactor(Resolved().overlay({"redaction": "on", **settings}, "test").settings)._detectors
    return [(finding.kind, text[finding.start : finding.end]) for finding in find_all(text, detectors)]


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("Write to *ada.brook+x@mail.example.co.uk*, thanks.", "EMAIL", "ada.brook+x@mail.example.co.uk"),
        ("邮箱ada@example.org联系", "EMAIL", "ada@example.org"),
        ("mailto:ada@bücher.example", "EMAIL", "ada@bücher.example"),
        ("IBAN DE89 3704 0044 0532 0130 00 and more words", "IBAN", "DE89 3704 0044 0532 0130 00"),
        ("(fi2112345600000785)", "IBAN", "fi2112345600000785"),
        ("Card 4111 1111 1111 1111 exp 12/27", "CARD", "4111 1111 1111 1111"),
        ("5555-5555-5555-4444.", "CARD", "5555-5555-5555-4444"),
        ("378282246310005", "CARD", "378282246310005"),
        ("call me at (415) 555-2671", "PHONE", "(415) 555-2671"),
        ("415-555-2671", "PHONE", "415-555-2671"),
        ("+358 40 123 4567", "PHONE", "+358 40 123 4567"),
        ("Tel. 020 7946 0958", "PHONE", "020 7946 0958"),
        ("0176 12345678", "PHONE", "0176 12345678"),
        ("06 12 34 56 78", "PHONE", "06 12 34 56 78"),
        ("手机13800138000谢谢", "PHONE", "13800138000"),
        ("电话 021-62345678", "PHONE", "021-62345678"),
        ("phone: 4155552671", "PHONE", "4155552671"),
        ("SSN 536-22-8726", "NATIONAL_ID", "536-22-8726"),
        ("131052-308T", "NATIONAL_ID", "131052-308T"),
        ("身份证号11010519491231002X，", "NATIONAL_ID", "11010519491231002X"),
        ("Steuer-ID 36574261809", "NATIONAL_ID", "36574261809"),
        ("36 574 261 809", "NATIONAL_ID", "36 574 261 809"),
        ("NINO AB123456C", "NATIONAL_ID", "AB123456C"),
        ("NIR 2 55 08 14 168 025 38", "NATIONAL_ID", "2 55 08 14 168 025 38"),
        ("DNI 54362315K", "NATIONAL_ID", "54362315K"),
        ("880320-0016", "NATIONAL_ID", "880320-0016"),
        ("NHS number 943 476 5919", "NATIONAL_ID", "943 476 5919"),
    ],
)
def test_personal_data_is_found_whole(text: str, kind: str, piece: str) -> None:
    assert found(text) == [(kind, piece)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "order GF-10442 of 2026-11-22 for 1,234.56 EUR",
            "NB-48213",
            "22.11.2026",
            "11/22/2026",
            "2026/11/22 10:30",
        ),
        *(
            "20261122",
            "1 234 567,89 EUR",
            "1.234.567,00 €",
            "12 000 000 EUR",
            "100.000,00",
            "12.50",
            "25.90 EUR",
        ),
        *(
            "Order 4155552671",
            "Order no. 030 901820",
            "订单号：13800138000",
            "invoice 2026-000123",
            "Rechnung 0815-4711",
        ),
        *(
            "tracking 1Z999AA10123456784",
            "ISBN 978-3-16-148410-0",
            "order 1234567890123456",
            "NB-2025-550123",
        ),
        *(
            "10:15-11:30",
            "Ref 123-456-789",
            "qty 1000 2000 3000",
            "GF 10442 10443",
            "item 555-0123",
            "1990-1991 2000-2001",
        ),
        *(
            "DE89 3704 0044 0532 0130 01",
            "4111 1111 1111 1112",
            "131052-308X",
            "11010519491231002 1",
            "36574261809",
            "4556737586899855"[:-1],
        ),
        *("@example", "a@b", "user @ home", "版本3.11.2", "v2.10.33-rc1", "192.168.100.200"),
    ],
)
def test_order_numbers_dates_and_amounts_are_left(text: str) -> None:
    assert found(text) == []


def test_other_countries_are_looked_for_when_they_are_set() -> None:
    text = "PESEL 44051401359, 756.9217.0769.85, 22 123 45 67"
    assert found(text) == []
    kinds = found(text, redaction_countries="pl, CH")
    assert [piece for _, piece in kinds] == ["44051401359", "756.9217.0769.85", "22 123 45 67"]


def test_a_country_that_is_none_is_said() -> None:
    with pytest.raises(SettingsError, match="country codes such as DE or CN, but it has 'XX'"):
        found("x", redaction_countries="XX")


@given(st.text(st.sampled_from("0123456789 -./+()@aZ.é王"), max_size=60))
def test_any_text_can_be_looked_at_and_findings_never_overlap(text: str) -> None:
    detectors = make_redactor(Resolved().overlay({"redaction": "on"}, "test").settings)._detectors
    findings = find_all(text, detectors)
    assert all(one.end <= two.start for one, two in itertools.pairwise(findings))
    assert all(0 <= one.start < one.end <= len(text) for one in findings)


@pytest.mark.parametrize("missing", ["stdnum", "phonenumbers"])
def test_a_missing_package_is_said_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **more: Any) -> Any:
        if name == missing:
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SettingsError, match=r"pip install robotframework-genflow\[redaction\]"):
        found("x")


# Presidio --------------------------------------------------------------------------------------------------------------


class FakeAnalyzer:
    """Obeys presidio_analyzer.AnalyzerEngine as far as the adapter knows it."""

    def __init__(self, *, nlp_engine: Any, supported_languages: list[str]) -> None:
        self.models = nlp_engine
        self.supported_languages = supported_languages

    def analyze(self, *, text: str, language: str, entities: list[str], score_threshold: float) -> list[Any]:
        assert set(entities) == {"PERSON", "LOCATION"}
        places = ((word, text.find(word)) for word in ("Ada Brook", "Turku"))
        return [
            SimpleNamespace(
                start=at,
                end=at + len(word),
                entity_type="LOCATION" if word == "Turku" else "PERSON",
                score=0.85,
            )
            for word, at in places
            if at >= 0
        ]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Presidio and spaCy with the models in the list, which the test may change."""
    models = ["en_core_web_sm", "en_core_web_lg"]
    spacy, package, nlp = ModuleType("spacy"), ModuleType("presidio_analyzer"), ModuleType("nlp_engine")
    spacy.util = SimpleNamespace(get_installed_models=lambda: models)  # type: ignore[attr-defined]
    package.AnalyzerEngine = FakeAnalyzer  # type: ignore[attr-defined]
    nlp.NlpEngineProvider = lambda nlp_configuration: SimpleNamespace(  # type: ignore[attr-defined]
        create_engine=lambda: nlp_configuration["models"]
    )
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    monkeypatch.setitem(sys.modules, "presidio_analyzer", package)
    monkeypatch.setitem(sys.modules, "presidio_analyzer.nlp_engine", nlp)
    presidio._engine.cache_clear()
    return models


def test_presidio_finds_names_and_places_beside_the_patterns(installed: list[str]) -> None:
    text = "Ada Brook from Turku, ada@example.org"
    assert found(text, redaction_with="presidio") == [
        ("PERSON", "Ada Brook"),
        ("PLACE", "Turku"),
        ("EMAIL", "ada@example.org"),
    ]
    assert presidio._engine().models == [{"lang_code": "en", "model_name": "en_core_web_lg"}]
    with pytest.raises(SettingsError, match="to know the language 'de', but it knows en"):
        list(presidio.presidio()("Text", "de-AT"))
    presidio._engine.cache_clear()


def test_presidio_takes_a_text_of_no_known_language_for_one_that_it_has_a_model_for(
    installed: list[str],
) -> None:
    installed[:] = ["de_core_news_md"]
    assert found("Ada Brook", redaction_with="presidio") == [("PERSON", "Ada Brook")]
    presidio._engine.cache_clear()


def test_presidio_without_a_language_model_downloads_none(installed: list[str]) -> None:
    installed.clear()
    with pytest.raises(SettingsError, match="python -m spacy download"):
        found("x", redaction_with="presidio")


def test_presidio_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    presidio._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(SettingsError, match=r"pip install robotframework-genflow\[presidio\]"):
        found("x", redaction_with="presidio")


def test_of_findings_that_overlap_the_surer_detectors_stays() -> None:
    def whole(text: str, language: str | None) -> list[Finding]:
        return [Finding(0, 5, "A")]

    def part(text: str, language: str | None) -> list[Finding]:
        return [Finding(3, 4, "B"), Finding(5, 6, "B")]

    assert find_all("abcdef", [whole, part]) == [Finding(0, 5, "A"), Finding(5, 6, "B")]
    assert find_all("abcdef", [part, whole]) == [Finding(3, 4, "B"), Finding(5, 6, "B")]

"""The next button of a wizard by its words: certain, none, or an error that names two."""

from __future__ import annotations

import pytest

from GenFlowLibrary.browser.page import ButtonCard
from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.forms.next_button import next_button, reads_as_final


def found(*labels: str, final: str | None = None) -> str | None:
    button = next_button([ButtonCard(n, label) for n, label in enumerate(labels, 1)], final)
    return button.label if button else None


@pytest.mark.parametrize(
    "label",
    [
        "Next", "Continue", "NEXT »", "Next →", "Save and continue", "Save & Next", "Proceed", "Next: Delivery", "Continue to delivery",
        "Next (2 of 5)", "Next step", "Continue > Address", "Weiter", "Weiter zur Lieferung", "Speichern und weiter", "Nächster Schritt",
        "Suivant", "Étape suivante", "Continuer", "Enregistrer et continuer", "Siguiente", "Continuar", "Guardar y continuar", "Seuraava",
        "Jatka", "Tallenna ja jatka", "Nästa", "Fortsätt", "Fortsätt till leverans", "Spara och fortsätt", "下一步", "下一页", "继续",
        "保存并继续", "次へ", "次へ進む", "続ける", "お届け先の入力へ進む", "確認画面へ進む",
    ],
)  # fmt: skip
def test_words_for_going_on_are_known_in_eight_languages(label: str) -> None:
    assert found("Back", label, "Cancel") == label


@pytest.mark.parametrize(
    "label",
    [
        "Submit", "Send", "Pay now", "Place order", "Finish", "Complete", "Confirm", "Continue and pay", "Submit and continue",
        "Next: Pay", "Continue to place order", "Confirm and continue", "Absenden", "Zahlungspflichtig bestellen", "Weiter und bezahlen",
        "Envoyer", "Valider", "Payer et continuer", "Enviar", "Finalizar", "Continuar y pagar", "Lähetä", "Maksa", "Jatka ja maksa",
        "Skicka", "Betala", "Fortsätt och betala", "提交", "支付", "继续支付", "完成", "送信する", "注文を確定する", "支払いへ進む",
        "Back", "Previous", "Cancel", "Zurück", "Retour", "Atrás", "Takaisin", "Tillbaka", "上一步", "戻る",
        "Continue shopping", "Continue later", "Continue with Google", "Next month", "Save", "Save draft", "Skip", "Nextcloud",
        "Weiterbildung", "Back to next step", "", "→",
    ],
)  # fmt: skip
def test_what_ends_pays_goes_back_or_leads_elsewhere_is_never_pressed(label: str) -> None:
    assert found(label) is None


def test_two_equally_likely_buttons_are_an_error_that_names_both() -> None:
    for labels in (("Next", "Continue"), ("Next", "Next"), ("Weiter zur Lieferung", "Weiter zur Rechnung")):
        with pytest.raises(FormError, match=f"'{labels[0]}' and '{labels[1]}'"):
            found(*labels)


def test_the_plain_word_is_meant_where_another_button_says_where_it_leads() -> None:
    assert found("Continue to express delivery", "Continue") == "Continue"


def test_what_submit_names_is_final_whatever_it_says_and_a_reset_is_nothing() -> None:
    assert found("Continue", "Back", final="continue") is None
    assert next_button([ButtonCard(1, "Next", "reset")]) is None


def test_a_button_that_ends_something_is_known() -> None:
    assert [
        label for label in ("Submit", "Next", "确认", "Cancel", "Fertigstellen") if reads_as_final(label)
    ] == [
        "Submit",
        "确认",
        "Fertigstellen",
    ]

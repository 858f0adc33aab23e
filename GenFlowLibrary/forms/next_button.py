"""The button that leads to the next page of a wizard, by what it says: certain, or none, or an error that names two.

label -> its words -> a phrase for going on, whole or with where it leads -> none of those that end, send, pay or go back
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import FormError
from GenFlowLibrary.forms.labels import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from GenFlowLibrary.browser.page import ButtonCard

# English, German, French, Spanish, Finnish, Swedish, Chinese, Japanese.
_GOING_ON = """
next|continue|proceed|go on|next step|next page|next section|save and continue|save and next|save next|save continue|save and proceed
|go to next step|go to the next step|continue to next step|continue to the next step|go to next page|move on
|weiter|fortfahren|nächster schritt|nächste seite|speichern und weiter|speichern weiter|speichern und fortfahren|zum nächsten schritt
|zur nächsten seite|weiter zum nächsten schritt|vorwärts
|suivant|suivante|continuer|poursuivre|étape suivante|page suivante|enregistrer et continuer|passer à l étape suivante
|continuer vers l étape suivante
|siguiente|continuar|siguiente paso|paso siguiente|página siguiente|siguiente página|guardar y continuar|seguir|avanzar|ir al siguiente paso
|seuraava|jatka|seuraava vaihe|seuraava sivu|tallenna ja jatka|eteenpäin|seuraavaan vaiheeseen|siirry seuraavaan vaiheeseen
|jatka seuraavaan vaiheeseen
|nästa|fortsätt|nästa steg|nästa sida|spara och fortsätt|gå vidare|vidare|till nästa steg|fortsätt till nästa steg
|下一步|下一页|下一頁|下一步骤|继续|繼續|保存并继续|保存並繼續|保存并下一步|前往下一步|进入下一步|继续下一步
|次へ|次へ進む|次に進む|次|次のページ|次のページへ|次のステップ|次のステップへ|次のステップへ進む|続ける|続行|続行する|続きへ|進む
|保存して次へ|保存して続行|保存して続ける|確認画面へ|確認画面へ進む|入力内容の確認へ進む
"""
_LEADING = "to|towards|zu|zur|zum|mit schritt|à|au|aux|vers|a|al|a la|hacia|till|到|至"
"""What may stand between a phrase for going on and where it leads: ``Continue to delivery``."""
_LED_TO = ("へ 進 む", "に 進 む", "へ 続 く")
"""Japanese says it the other way round: ``配送先へ進む``."""
_ENDING = """
submit|send|pay|pay now|order now|place order|place my order|place your order|buy|purchase|finish|complete|confirm|done|book|reserve
|register|sign|sign up|sign in|log in|apply|delete|transfer|agree|accept|donate|subscribe|publish|finalise|finalize|exit|close
|absenden|senden|abschicken|schicken|bezahlen|zahlen|zahlungspflichtig|bestellen|kaufen|abschliessen|abschließen|fertigstellen|fertig
|beenden|bestätigen|buchen|einreichen|registrieren|anmelden|beantragen|übermitteln|unterschreiben|löschen|überweisen|akzeptieren|zustimmen
|schliessen|schließen
|envoyer|soumettre|payer|commander|acheter|terminer|finir|confirmer|valider|finaliser|réserver|inscrire|transmettre|signer|supprimer
|accepter|déposer|fermer
|enviar|pagar|comprar|pedido|finalizar|terminar|confirmar|completar|reservar|registrar|registrarse|presentar|firmar|eliminar|aceptar|cerrar
|lähetä|maksa|tilaa|osta|valmis|vahvista|viimeistele|lopeta|varaa|rekisteröidy|allekirjoita|poista|hyväksy|päätä|sulje
|skicka|betala|beställ|köp|slutför|klar|bekräfta|avsluta|boka|registrera|signera|radera|godkänn|lämna in|färdig|stäng
|提交|发送|發送|支付|付款|下单|下單|购买|購買|完成|确认|確認|注册|预订|签署|删除|同意|结束|关闭
|送信|支払|注文|購入|完了|確定|申込|申し込|登録|予約|削除|終了|提出|閉じる
"""
_BACK = """
back|previous|cancel|return|quit|skip|later|zurück|vorherige|vorheriger|abbrechen|überspringen|später|retour|précédent|précédente|annuler
|ignorer|plus tard|atrás|anterior|volver|cancelar|omitir|más tarde|takaisin|edellinen|peruuta|ohita|myöhemmin|tillbaka|föregående|avbryt
|hoppa över|senare|返回|上一步|上一页|取消|跳过|稍后|戻る|前へ|キャンセル|スキップ|後で
"""
_WHOLE, _LEADING_ON = 2, 1
_BREAK = re.compile(r"\s*(?:[:：|>›»→➔➜▶(（]|\s[-–—]\s)")
_COUNT = re.compile(r"(?: (?:\d+|of|von|de|sur|av|step|schritt|etape|paso|vaihe|steg))+")


@cache
def _phrases(written: str) -> frozenset[str]:
    return frozenset(normal(phrase) for phrase in written.split("|"))


@cache
def _leading_on() -> re.Pattern[str]:
    phrases = "|".join(sorted(map(re.escape, _phrases(_GOING_ON)), key=len, reverse=True))
    leading = "|".join(sorted(map(re.escape, _phrases(_LEADING)), key=len, reverse=True))
    return re.compile(rf"(?:{phrases}) (?:{leading}) .+")


def _says(label: str, written: str) -> bool:
    """Whether one of the phrases stands in a label, as whole words."""
    words = f" {normal(label)} "
    return any(f" {phrase} " in words for phrase in _phrases(written))


def reads_as_final(label: str) -> bool:
    """Tells whether a button ends something: sends, pays, orders, confirms, finishes."""
    return not _going_on(label) and _says(label, _ENDING)


def _going_on(label: str) -> int:
    """How surely a label means the next page: 0 not at all, 1 it says where it leads, 2 it says nothing else."""
    words = normal(label)
    if words in _phrases(_GOING_ON):
        return _WHOLE
    if _says(label, _ENDING) or _says(label, _BACK):
        return 0
    first = normal(_BREAK.split(label, maxsplit=1)[0])
    if first in _phrases(_GOING_ON) or _leading_on().fullmatch(words) or words.endswith(_LED_TO):
        return _LEADING_ON
    counted = _COUNT.search(words)
    return _LEADING_ON if counted and words.removesuffix(counted[0]) in _phrases(_GOING_ON) else 0


def next_button(buttons: Sequence[ButtonCard], final: str | None = None) -> ButtonCard | None:
    """Returns the button that leads to the next page, ``None`` where none says so.

    The button that ``final`` names is none of them, whatever it says. Of a button that says nothing but ``Next`` and one that says where it
    leads the first is meant.

    Raises:
        FormError: two are equally likely.
    """
    last = normal(final) if final else None
    found = [
        (score, button)
        for button in buttons
        if button.kind != "reset" and normal(button.label) != last and (score := _going_on(button.label))
    ]
    best = [button for score, button in found if score == max(score for score, _ in found)]
    if len(best) > 1:
        names = " and ".join(f"'{button.label}'" for button in best)
        raise FormError(
            f"Expected one button that leads to the next page, found {names}, which may both be meant: give the form with form= so that "
            "one is left, or press it yourself and fill page by page with unused=ignore."
        )
    return best[0] if best else None

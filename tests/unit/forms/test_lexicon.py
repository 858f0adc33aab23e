from __future__ import annotations

import pytest

from GenFlowLibrary.forms.lexicon import lexicon, read


@pytest.mark.parametrize(
    ("concept", "labels"),
    [
        ("given_name", ["First name", "Vorname", "Prénom", "Etunimi", "Förnamn", "名"]),
        (
            "family_name",
            ["Last name", "Nachname", "Nom de famille", "Apellidos", "Sukunimi", "Efternamn", "姓"],
        ),
        ("full_name", ["Full name", "客户姓名", "氏名", "Nombre completo", "Koko nimi", "Nom et prénom"]),
        (
            "email",
            [
                "E-Mail-Adresse",
                "Adresse e-mail",
                "Correo electrónico",
                "Sähköposti",
                "E-post",
                "电子邮箱",
                "メールアドレス",
            ],
        ),
        ("phone", ["Telefonnummer", "Téléphone", "Teléfono", "Puhelinnumero", "电话", "電話番号"]),
        (
            "postal_code",
            ["ZIP", "PLZ", "Code postal", "Código postal", "Postinumero", "Postnummer", "邮编", "郵便番号"],
        ),
        ("city", ["Town", "Ort", "Ville", "Ciudad", "Kaupunki", "城市", "市区町村"]),
        ("country", ["Country/Region", "Land", "Pays", "País", "Maa", "国家", "国"]),
        ("number", ["Order number", "Bestellnummer", "Numéro de commande", "订单号", "注文番号"]),
    ],
)
def test_a_concept_is_known_in_many_languages(concept: str, labels: list[str]) -> None:
    assert {label: concept in read(label).head for label in labels} == dict.fromkeys(labels, True)


@pytest.mark.parametrize(
    "label", ["Order number", "Bestellnummer", "Numéro de commande", "订单号", "Número de pedido"]
)
def test_what_a_number_is_of_is_the_same_thing_in_all_languages(label: str) -> None:
    assert read(label).things == {"order"}


def test_a_compound_is_cut_into_what_it_is_and_what_it_is_for() -> None:
    reading = read("Lieferort")
    assert reading.head == {"city"}
    assert reading.qualifiers == {"party": "shipping"}


def test_unknown_words_after_a_concept_are_what_the_label_asks_for() -> None:
    assert read("Email frequency").trailing
    assert not read("Preferred email").trailing


def test_the_head_comes_before_what_narrows_it_down() -> None:
    assert read("Date of the order").head == {"date"}
    assert read("Order date").head == {"date"}


def test_every_autocomplete_token_stands_for_one_concept() -> None:
    assert lexicon().tokens["given-name"] == "given_name"
    assert lexicon().tokens["postal-code"] == "postal_code"
    assert lexicon().token_qualifiers["billing"] == ("party", "billing")


@pytest.mark.parametrize(
    ("concept", "labels"),
    [
        (
            "street_address",
            ["Straat + huisnummer", "Gade og husnummer", "Улица и дом", "Street, house number"],
        ),
        ("house_number", ["House number", "address_street_house_number", "Hausnummer"]),
        ("card_number", ["Broj kartice", "Nomor kartu", "Number on card", "Číslo karty"]),
        ("card_holder", ["Ime na kartici", "Tên trên thẻ", "Navn på kort", "Nome sulla carta"]),
        ("card_code", ["Código de la tarjeta", "Kartencode"]),
        ("email", ["Adreça de correu electrònic", "Adresa de email", "Adresse du courriel"]),
        ("birth_year", ["Rok urodzenia", "Anno di nascita", "Год рождения"]),
        ("card_expiry_month", ["Měsíc expirace", "Miesiąc ważności", "Udløbsmåned"]),
        ("full_name", ["Name, Vorname", "Prénom et nom de famille"]),
    ],
)
def test_two_meanings_in_one_label_make_a_third(concept: str, labels: list[str]) -> None:
    assert {label: sorted(read(label).head) for label in labels} == {label: [concept] for label in labels}


@pytest.mark.parametrize(
    ("concept", "labels"),
    [
        ("username", ["Member number", "会員ID", "Nazwa konta", "Identifiant de connexion", "Tài khoản"]),
        ("name_suffix", ["Suffix"]),
        ("vat_id", ["GSTIN", "SIRET", "IČO", "Y-tunnus", "사업자등록번호"]),
        ("remember", ["Remember me", "Angemeldet bleiben", "Запомнить меня", "Muista minut"]),
        ("check_in", ["Arrival date", "Anreise", "Fecha de llegada", "チェックイン"]),
        ("guests", ["Number of guests", "Anzahl Personen", "Nombre de personnes", "人数"]),
        ("destination", ["Destination", "Reiseziel", "Destino", "目的地"]),
        ("salary", ["Expected salary", "Gehaltswunsch", "Löneanspråk"]),
        ("resume", ["CV", "Lebenslauf", "简历"]),
        ("rating", ["Overall rating", "Bewertung", "Arvosana"]),
        ("security_question", ["Security question", "Sicherheitsfrage", "秘密の質問"]),
        ("message", ["How can we help?", "Ihr Anliegen", "Treść wiadomości", "Catatan"]),
    ],
)
def test_sign_ups_bookings_applications_and_feedback_are_known_too(concept: str, labels: list[str]) -> None:
    assert {label: concept in read(label).head for label in labels} == dict.fromkeys(labels, True)


def test_of_a_word_of_two_languages_the_pages_own_meaning_counts() -> None:
    assert read("Kraj").head == {"country", "state"}
    assert read("Kraj", "pl").head == {"country"}
    assert read("Kraj", "cs").head == {"state"}
    assert read("Kraj", "fi").head == {"country", "state"}


def test_a_turkish_capital_i_keeps_its_word_whole() -> None:
    assert read("İlçe").words == ("ilce",)
    assert "given_name" in read("İsim").head


@pytest.mark.parametrize(
    ("concept", "labels"),
    [
        (
            "email",
            [
                "Geben Sie Ihre E-Mail-Adresse ein",
                "이메일을 입력하세요",
                "Masukkan email Anda",
                "Nhập email của bạn",
                "請輸入電子郵件",
                "Add meg az e-mail címed",
                "E-postanızı girin",
                "Sähköpostiosoitteesi",
                "Emailul tău",
            ],
        ),
        ("phone", ["Το τηλέφωνό σας", "رقم هاتفك", "מספר הטלפון שלך", "Numărul de telefon", "電話號碼"]),
        ("country", ["Выберите страну", "Vyberte zemi", "Ülke seçiniz", "국가 선택", "Pasirinkite šalį"]),
        ("full_name", ["Votre nom complet", "Seu nome completo", "Adınızı soyadınızı"]),
        ("card_number", ["Номер вашей карты", "Numer Twojej karty", "Kredi kartı numaranız", "信用卡號碼"]),
    ],
)
def test_what_a_page_asks_politely_is_what_it_asks(concept: str, labels: list[str]) -> None:
    for label in labels:
        reading = read(label)
        assert concept in reading.head, label
        assert not reading.rest, label


def test_a_word_that_means_nothing_in_one_language_asks_for_nothing_beside_one_that_does() -> None:
    assert read("Ihre E-Mail ein").head == {"email"}
    assert read("EIN").head == {"vat_id"}
    assert read("Il tuo cellulare").more == frozenset()


def test_a_wider_meaning_beside_the_narrower_one_tells_nothing_more() -> None:
    reading = read("Número de teléfono móvil")
    assert reading.head == {"mobile_phone"}
    assert not reading.told


@pytest.mark.parametrize(
    ("group", "name", "labels"),
    [
        (
            "repeat",
            "again",
            [
                "Répétez le mot de passe",
                "Repite la contraseña",
                "Heslo ešte raz",
                "Пароль ещё раз",
                "確認密碼",
                "Korda parooli",
                "Ponovite lozinku",
                "Confirmați parola",
                "Şifreyi onaylayın",
                "הקלד סיסמה שוב",
                "ยืนยันรหัสผ่าน",
            ],
        ),
        (
            "age",
            "new",
            ["Mật khẩu mới", "Kata sandi baru", "Uus parool", "סיסמה חדשה", "Нова парола", "รหัสผ่านใหม่"],
        ),
        (
            "age",
            "current",
            ["Původní heslo", "目前密碼", "Praegune parool", "Τρέχων κωδικός", "Текуща парола"],
        ),
    ],
)
def test_the_new_the_old_and_the_repeated_password_are_told_apart(
    group: str, name: str, labels: list[str]
) -> None:
    for label in labels:
        reading = read(label)
        assert "password" in reading.head, label
        assert reading.qualifiers.get(group) == name, label

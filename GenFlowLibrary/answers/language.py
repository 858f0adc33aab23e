"""Which language a text is written in: by its script, else by the small words that only one language has so many of.

    text -> script? (Japanese, Chinese, Korean, ...) -> function words and telling letters -> a clear winner,
    or None

Enquiries are short, and a text of three words has no letter statistics to speak of; its small words ("wo ist
mein", "var är mitt") are what people tell a language by, too. Measured on the short texts of
tests/evaluation/languages.jsonl against a general identifier: see the decision record. No dependency, and
nothing is learned from the texts.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    "en": """the and is are was were be been have has had do does did not this that these those with from for
        of to in on at by an it its i you he she we they my your our their me him them us would could
        should will can cannot please when where what which who why how there here but or if so because
        about after before still any some all no yes hello hi dear thanks thank order don't doesn't didn't
        isn't wasn't haven't hasn't i'm i've it's can't won't""",
    "de": """der die das und ist sind war waren sein haben habe hat hatte nicht ein eine einen einem einer
        eines ich du er sie es wir ihr mein meine meinen meiner mich mir mit von vom für auf aus bei zu
        zum zur im in an am als auch aber oder wenn weil dass wie wo wann was wer warum bitte danke vielen
        dank hallo guten tag sehr geehrte kein keine nichts noch schon nur nach wurde wurden wird werden
        kann können möchte bekommen erhalten bestellung rechnung sie ihnen ihre ihren passt kommt""",
    "fr": """le la les un une des du de et est sont était être avoir ai as a avons avez ont ne pas ce cette
    ces
        avec pour sur dans par je tu il elle nous vous ils mon ma mes votre vos notre me moi que qui quoi
        où quand comment pourquoi mais ou si bonjour merci beaucoup s'il plaît rien plus encore très bien
        été j'ai n'ai c'est d'un l'adresse commande puis-je au aux en""",
    "es": """el la los las un una unos unas y es son era ser estar está están he ha han no este esta estos con
        para por sobre en de del al yo tú usted ustedes nosotros mi mis su sus me nos que qué quién dónde
        cuándo cómo cuánto pero o si hola gracias muchas favor nada dos más todavía muy bien pedido quiero
        puedo quisiera buenos días tardes""",
    "fi": """ja on ei ole en et se tämä tuo että kun missä milloin miten miksi mitä kuka mutta tai jos minä
        minun sinä hän me te he olen olet olemme ovat oli saanut voi voin voinko voisitteko haluan hei
        kiitos paljon hyvää päivää vielä nyt kanssa mukaan takaisin tilaus tilauksen tilausta paketti
        terveisin""",
    "sv": """och är var det den en ett jag du han hon vi ni de inte har hade som på av för med till från om
    när
        hur varför vad vem men eller min mitt mina din ditt era er mig oss kan kunde vill skulle ska hej
        tack så mycket ingenting något någon fått kommer beställning tillbaka leverans paket ännu mycket
        vänliga hälsningar""",
    "it": """il lo la gli le un uno una e è sono era essere avere ho hai ha abbiamo non questo questa con per
        su di del della dei nel nella io tu lei noi voi mio mia mi ci che chi dove quando come perché ma o
        se ciao buongiorno grazie molto ancora ordine pacco vorrei""",
    "nl": """de het een en is zijn was waren hebben heb heeft niet dit dat deze met voor van op in aan bij uit
        ik jij hij zij wij jullie mijn uw ons mij wat wie waar wanneer hoe waarom maar of als hallo dank
        bedankt graag nog geen bestelling pakket""",
    "pt": """o a os as um uma e é são era ser estar está não este esta isso com para por sobre em no na de do
        da dos das eu você nós meu minha me que quem onde quando como mas ou se olá obrigado obrigada
        muito ainda pedido quero posso""",
    "da": """og er var det den en et jeg du han hun vi de ikke har havde som på af for med til fra om hvor når
        hvordan hvorfor hvad hvem men eller min mit mine din jer mig os kan kunne vil skulle hej tak meget
        ingenting noget fået kommer bestilling""",
    "nb": """og er var det den en et jeg du han hun vi de ikke har hadde som på av for med til fra om hvor når
        hvordan hvorfor hva hvem men eller min mitt mine din dere meg oss kan kunne vil skulle hei takk
        mye ingenting noe fått kommer bestilling""",
    "pl": """i jest są był nie ten ta to te z ze na do od dla po w we przez ja ty on ona my wy mój moja moje
    mi
        się co kto gdzie kiedy jak dlaczego ale lub czy jeśli dzień dobry dziękuję proszę bardzo jeszcze
        zamówienie paczka""",
}
# Letters that few of these languages have: a hint where words are few.
_LETTERS = {
    "ß": "de", "ü": "de", "ö": "de fi sv", "ä": "de fi sv", "å": "sv da nb", "ø": "da nb", "æ": "da nb", "ñ": "es", "¿": "es", "¡": "es",
    "ç": "fr pt", "œ": "fr", "è": "fr it", "ê": "fr pt", "û": "fr", "ù": "fr it", "à": "fr it pt", "ô": "fr pt", "ã": "pt", "õ": "pt",
    "í": "es pt", "ó": "es pt pl", "ú": "es pt", "ł": "pl", "ą": "pl", "ę": "pl", "ś": "pl", "ż": "pl", "ź": "pl", "ć": "pl", "ń": "pl",
}  # fmt: skip
# Beginnings and endings that are usual in one of these languages and rare in the others: the other hint.
_SHAPES = {
    "en": r"(?:th|wh|kn|wr)\w+|\w{2,}(?:ing|ed|tion|ight|ck|ness|ful|ly|ous|sh|ship|ee|ow|ew|th|ould|ies|'s)",
    "de": r"\w{3,}(?:ung|ungen|lich|liche|keit|heit|isch|schaft|tz|cht|ieren|sten|bar|los)"
    r"|ge\w{3,}(?:t|en)|(?:sch|pf|zw)\w+|\w*[aeiou]sch\w*",
    "fr": r"\w{2,}(?:eau|eux|tion|aux|oir|ment|ette|elle|ée|és|ées|ait|ique|eur|euse)|qu'?\w+",
    "es": r"\w{2,}(?:ción|ado|ada|ido|ida|dad|ndo|miento|ante|illo|illa|mos|ste)",
    "fi": r"\w{2,}(?:ssa|ssä|sta|stä|lla|llä|lle|ksi|iin|nen|inen|minen|mme|tte|aan|ään|een|oon|nut|nyt|kaa|kää)|\w*(?:uu|yy|ää|öö)\w*",
    "sv": r"\w{2,}(?:ade|ande|ning|ningen|igt|lig|liga|erna|arna|else|skt|sk|tt|örd)|(?:sk|sj|tj|fö)\w+",
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SEVERAL_LANGUAGES = ("ru", "ar")
"""Scripts of many languages: a guess at one of them would often be wrong, so these texts are of none."""

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|<[^>]*>|\S*\d\S*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONGEST = 4000
_LETTER_WEIGHT = 0.5
_SHAPE_WEIGHT = 0.25
_MARGIN = 1.25
"""How many times the runner-up's score the best one needs."""
_SCRIPT_SHARE = 0.2
"""Part of the letters that a script needs: "the 茶 set" is English, "收到的 LED lamp 是坏的" is Chinese."""


def detect_language(text: str) -> str | None:
    """Returns the ISO 639-1 code of a text's language, ``None`` where the text does not show it.

    English, German, French, Spanish, Finnish, Swedish, Chinese and Japanese are what this is measured for;
    Italian, Dutch, Portuguese, Danish, Norwegian, Polish, Korean and a few scripts are known so that they are
    not taken for another.
    """
    plain = _NOISE.sub(" ", text[:_LONGEST])
    letters = sum(char.isalpha() for char in plain)
    for code, script in _SCRIPTS:
        # A Chinese character stands for a word where Latin takes five letters.
        share = len(script.findall(plain)) / letters if letters else 0.0
        if share >= _SCRIPT_SHARE:
            return None if code in _SEVERAL_LANGUAGES else code
    ranking = _scores(plain.casefold().replace("’", "'"))
    (best, score), (_, runner_up) = ranking[0], ranking[1]
    return best if score > 0 and score >= _MARGIN * runner_up else None


def _scores(text: str) -> list[tuple[str, float]]:
    """Returns the languages from best to worst; a word counts the more the fewer languages have it."""
    scores = dict.fromkeys(_WORDS, 0.0)
    for word in _WORD.findall(text):
        languages = _languages_of().get(word, ())
        for language in languages:
            scores[language] += 1 / len(languages)
        for language, shape in _shapes():
            scores[language] += _SHAPE_WEIGHT if not languages and shape.fullmatch(word) else 0.0
    for char in set(text) & _LETTERS.keys():
        languages = tuple(_LETTERS[char].split())
        for language in languages:
            scores[language] += _LETTER_WEIGHT / len(languages)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@lru_cache(maxsize=1)
def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((language, re.compile(shape)) for language, shape in _SHAPES.items())

"""The words in which procedures say what follows what, in English, German and Chinese, as patterns over one clause.

``{n}`` stands for the label of a step. A pattern that ends a clause is matched against the whole clause without its full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from GenFlowLibrary.flowcharts.compiling import Terms

LABEL = r"\d+(?:\.\d+)*(?:\.?[a-z])?(?!\w)|[a-z](?!\w)"
ZH_LABEL = r"[0-9]+(?:\.[0-9]+)*[a-z]?|[一二三四五六七八九十]+"


@dataclass(frozen=True)
class Lexicon:
    """One language. All patterns ignore case.

    ``opening`` begins a condition, ``trailing`` one behind its action (``doubtful``: unless the action asks or tells), ``verb_first`` one
    without such a word. ``question`` is a step that asks something. What is left of ``untold`` in a step, but for what is ``harmless``,
    is something this library cannot tell, such as "unless".
    """

    terms: Terms
    opening: re.Pattern[str]
    trailing: re.Pattern[str] | None
    doubtful: re.Pattern[str]
    verb_first: re.Pattern[str] | None
    then: re.Pattern[str]
    otherwise: re.Pattern[str]
    yes: re.Pattern[str]
    no: re.Pattern[str]
    jump: tuple[re.Pattern[str], ...]
    first: re.Pattern[str]
    stop: re.Pattern[str]
    go_on: re.Pattern[str]
    repeat_steps: tuple[re.Pattern[str], ...]
    repeat_until: re.Pattern[str]
    while_: re.Pattern[str]
    each: re.Pattern[str]
    joint: re.Pattern[str]
    question: re.Pattern[str]
    untold: re.Pattern[str]
    harmless: re.Pattern[str]
    list_words: re.Pattern[str]
    flow_words: re.Pattern[str]


def _compiled(pattern: str, label: str = LABEL) -> re.Pattern[str]:
    return re.compile(pattern.replace("{n}", label), re.IGNORECASE | re.VERBOSE)


_STEP_EN = r"(?:steps?|points?|no\.|number)\s*"
_STEP_DE = r"(?:Schritte?n?|Punkte?n?|Nr\.|Nummer)\s*"
_ANSWER_END = r"\s*(?:[,:，：]|[-–—=]*>|→|[-–—]\s)\s*"


@lru_cache(maxsize=1)
def lexicons() -> dict[str, Lexicon]:
    """Returns the lexicons by the codes of their languages."""
    return {"en": _english(), "de": _german(), "zh": _chinese()}


def _english() -> Lexicon:
    goes = r"(?:please\s+)?(?:go|jump|skip|return|continue|proceed|move|start|begin|resume|repeat|come)"
    return Lexicon(
        terms=Terms(),
        opening=_compiled(r"(?:if|in\s+case|should)\s+(?!(?:yes|no|not|so)\b)"),
        trailing=_compiled(r"\s*,?\s+(?:if|in\s+case)\s+(?!(?:yes|no|not|so)\b)"),
        doubtful=_compiled(r"(?:please\s+)?(?:ask|tell|inform|let|say|report|wonder|know|learn)\b"),
        verb_first=None,
        then=_compiled(r"\s*,?\s*\bthen\b[,:]?\s+"),
        otherwise=_compiled(r"(?:or\s+)?(?:otherwise|else|if\s+not)\b\s*[,:]?\s*(?:then\s+)?"),
        yes=_compiled(rf"(?:if\s+(?:yes|so)\b\s*[,:]?\s*(?:then\s+)?|yes\b{_ANSWER_END})"),
        no=_compiled(rf"(?:if\s+no\b\s*[,:]?\s*(?:then\s+)?|no\b{_ANSWER_END})"),
        jump=(
            _compiled(
                rf"{goes}\s+(?:(?:back|on|straight|directly|again|over|ahead)\s+)*(?:to|with|at|from)\s+{_STEP_EN}(?P<to>{{n}})(?:\s+again)?"
            ),
            _compiled(
                rf"(?:go\s*to|back\s+to|goto)\s+{_STEP_EN}(?P<to>{{n}})(?:\s+again)?|step\s*(?P<to2>{{n}})"
            ),
        ),
        first=_compiled(
            r"(?:start|begin)\s+(?:over|again|all\s+over)(?:\s+from\s+the\s+(?:beginning|start|top))?"
        ),
        stop=_compiled(
            r"(?:the\s+)?end|stop(?:\s+here)?|finish(?:ed)?|done|(?:end|stop|finish)\s+(?:of\s+)?(?:the\s+)?(?:process|procedure)(?:\s+here)?"
            r"|(?:the\s+)?(?:process|procedure)\s+(?:ends|stops|is\s+(?:finished|complete|over))(?:\s+here)?"
        ),
        go_on=_compiled(
            r"(?:continue|go\s+on|carry\s+on|proceed|move\s+on|go)(?:\s+(?:with|to)\s+the\s+next\s+step)?|next\s+step|(?:do\s+)?nothing"
        ),
        repeat_steps=(
            _compiled(
                rf"repeat\s+(?P<from>from\s+)?{_STEP_EN}(?P<a>{{n}})(?:\s*(?:to|and|through|-|–)\s*(?:step\s*)?(?P<b>{{n}}))?\s*,?\s+until\s+(?P<c>.+)"
            ),
        ),
        repeat_until=_compiled(
            r"repeat(?:\s+(?:this|the\s+following|these\s+steps|the\s+following\s+steps))?\s*,?\s+until\s+(?P<c>.+)"
        ),
        while_=_compiled(r"(?:while|as\s+long\s+as)\s+(?P<c>[^,:]+)\s*[,:]\s*(?P<do>.*)"),
        each=_compiled(r"for\s+(?P<c>(?:each|every)\s+[^,:]+)\s*[,:]\s*(?P<do>.*)"),
        joint=_compiled(r"\s*,?\s+(?:and\s+then|and|then)\s+|\s*,\s+"),
        question=_compiled(
            r".*\?|(?:please\s+)?(?:check|verify|see|find\s+out|determine|decide|confirm|test)\b.*\b(?:if|whether)\b.*"
        ),
        untold=_compiled(
            r"\b(?:if|unless|otherwise|else|until|while|repeat|when|whenever|in\s+case|depending|except|provided\s+that|steps?\s+\d\S*"
            r"|(?:go|jump|skip|return)\s*(?:back\s+)?to\s+(?:step|point|the\s+(?:start|beginning)))\b"
        ),
        harmless=_compiled(
            r"\b(?:wait|waits|waiting)\b[^,;]*?\buntil\b|\b(?:some|any|every|no)(?:one|body|thing)\s+else\b|\bor\s+else\b"
            r"|\b(?:check|verify|see|find\s+out|determine|decide|confirm|test)\b.*?\bif\b|\bwhether\b"
        ),
        list_words=_compiled(r"\b(?:or|and)\b"),
        flow_words=_compiled(r"\b(?:if|otherwise|else|until|the|and|go\s+to|step|while|for\s+each)\b"),
    )


def _german() -> Lexicon:
    ends = r"(?:fortfahren|weitermachen|weiter|fort|zurück|zurückkehren|zurückgehen|gehen|springen|beginnen|anfangen)"
    return Lexicon(
        terms=Terms("Start", "Ende", "ja", "nein", "nächste", "alle erledigt"),
        opening=_compiled(r"(?:wenn|falls|sofern|im\s+Falle?,?\s+dass)\s+(?!(?:ja|nein|nicht)\b\s*[,:])"),
        trailing=_compiled(r"\s*,\s*(?:wenn|falls|sofern)\s+(?!(?:ja|nein|nicht)\b)"),
        doubtful=_compiled(r"(?!)"),
        verb_first=_compiled(
            r"(?=(?:ist|sind|liegt|liegen|hat|haben|kann|können|wird|werden|fehlt|fehlen|beträgt|überschreitet|besteht|stimmt|stimmen|gibt\s+es)\b[^?]*,)"
        ),
        then=_compiled(r"\s*,?\s*\b(?:dann|so)\b[,:]?\s+"),
        otherwise=_compiled(
            r"(?:sonst|ansonsten|andernfalls|anderenfalls|(?:wenn|falls)\s+nicht)\b\s*[,:]?\s*"
        ),
        yes=_compiled(rf"(?:(?:wenn|falls)\s+ja\b\s*[,:]?\s*(?:dann\s+)?|ja\b{_ANSWER_END})"),
        no=_compiled(rf"(?:(?:wenn|falls)\s+nein\b\s*[,:]?\s*(?:dann\s+)?|nein\b{_ANSWER_END})"),
        jump=(
            _compiled(
                r"(?:bitte\s+)?(?:geh(?:e|en)?|spring(?:e|en)?|kehr(?:e|en)?|fahr(?:e|en)?|mach(?:e|en)?|beginn(?:e|en)?|weiter(?:gehen|machen)?|zurück)"
                rf"\s+(?:Sie\s+)?(?:bitte\s+|weiter\s+|zurück\s+|direkt\s+|wieder\s+)*(?:zu|zum|mit|bei|ab)\s+{_STEP_DE}(?P<to>{{n}})(?:\s+{ends})?"
            ),
            _compiled(
                rf"(?:zurück\s+)?(?:zu|zum|mit|bei|ab)\s+{_STEP_DE}(?P<to>{{n}})\s+(?:wieder\s+)?{ends}|Schritt\s*(?P<to2>{{n}})"
            ),
        ),
        first=_compiled(r"(?:wieder\s+)?von\s+vorne?(?:\s+(?:beginnen|anfangen))?"),
        stop=_compiled(
            r"ende|fertig|stopp?|schluss|aufhören|beenden|(?:den\s+)?(?:vorgang|prozess|ablauf|das\s+verfahren)\s+beenden"
            r"|(?:der\s+)?(?:vorgang|prozess|ablauf)\s+(?:endet|ist\s+beendet|ist\s+zu\s+ende)(?:\s+hier)?|beenden\s+Sie\s+den\s+(?:vorgang|prozess|ablauf)"
        ),
        go_on=_compiled(
            r"weiter(?:machen|gehen)?|fortfahren|(?:weiter\s+)?(?:mit|zu)\s+(?:dem|zum)?\s*nächsten\s+Schritt(?:\s+(?:fortfahren|weiter))?"
            r"|weiter\s+zum\s+nächsten\s+Schritt|nächster\s+Schritt|nichts(?:\s+tun)?"
        ),
        repeat_steps=(
            _compiled(
                rf"(?:wiederhol(?:e|en)\s+(?:Sie\s+)?(?:die\s+)?)?(?P<from>ab\s+)?(?:die\s+)?{_STEP_DE}(?P<a>{{n}})(?:\s*(?:bis|und|-|–)\s*(?P<b>{{n}}))?"
                r"(?:\s+wiederholen)?\s*,?\s+bis\s+(?P<c>.+)"
            ),
        ),
        repeat_until=_compiled(
            r"(?:Folgendes\s+)?wiederhol(?:e|en)(?:\s+Sie)?(?:\s+(?:Folgendes|dies|das))?\s*,?\s+bis\s+(?P<c>.+)"
        ),
        while_=_compiled(r"solange\s+(?P<c>[^,:]+)\s*[,:]\s*(?P<do>.*)"),
        each=_compiled(r"für\s+(?P<c>jede[nrs]?\s+[^,:]+)\s*[,:]\s*(?P<do>.*)"),
        joint=_compiled(r"\s*,?\s+(?:und\s+dann|und|dann)\s+|\s*,\s+"),
        question=_compiled(
            r".*\?|(?:bitte\s+)?(?:prüfen?|kontrollieren?|klären?|entscheiden?|feststellen|nachsehen)\b.*\bob\b.*"
            r"|.*\bob\b.*\b(?:prüfen|kontrollieren|klären|entscheiden|feststellen|nachsehen)"
        ),
        untold=_compiled(
            r"\b(?:wenn|falls|sofern|sonst|ansonsten|andernfalls|anderenfalls|solange|wiederhol\w*|außer|es\s+sei\s+denn|je\s+nachdem|bei\s+Bedarf"
            r"|gegebenenfalls|ggf|Schritte?n?\s+\d\S*|von\s+vorne?)\b"
        ),
        harmless=_compiled(r"(?!)"),
        list_words=_compiled(r"\b(?:oder|und)\b"),
        flow_words=_compiled(
            r"\b(?:wenn|falls|sonst|andernfalls|ansonsten|der|die|das|den|und|weiter|Schritt|bis|solange|für|prüfen|nicht|ist)\b"
        ),
    )


def _chinese() -> Lexicon:
    step = r"(?:第\s*(?:{n})\s*步|步骤\s*(?:{n}))"
    first, second, third = (
        rf"(?:第\s*(?P<{one}>{{n}})\s*步|步骤\s*(?P<{two}>{{n}}))"
        for one, two in (("to", "to2"), ("a", "a2"), ("b", "b2"))
    )

    def compiled(pattern: str) -> re.Pattern[str]:
        return _compiled(pattern, ZH_LABEL)

    return Lexicon(
        terms=Terms("开始", "结束", "是", "否", "下一个", "全部完成"),
        opening=compiled(r"(?:如果|若(?!干)|假如|要是|倘若)(?!(?:是|否|不是)[，,：:])"),
        trailing=None,
        doubtful=compiled(r"(?!)"),
        verb_first=None,
        then=compiled(r"[，,]?\s*(?:那么|那就|则|就)[，,]?"),
        otherwise=compiled(
            r"(?:否则|不然|要不然|反之|如果不是(?=[，,：:])|如果否|若否|若不是(?=[，,：:]))[，,：:]?(?:则|就)?\s*"
        ),
        yes=compiled(rf"(?:(?:如果是|若是)[，,：:](?:则|就)?|是{_ANSWER_END})"),
        no=compiled(rf"(?:否|不是){_ANSWER_END}"),
        jump=(
            compiled(
                rf"(?:请)?(?:转到|转至|转|跳到|跳至|跳转到|跳转至|返回到|返回至|返回|回到|退回到|退回|进入|继续|从)\s*{first}(?:继续|重新开始|开始)?"
            ),
        ),
        first=compiled(r"(?:从头|重新)开始"),
        stop=compiled(
            r"(?:本)?(?:流程|过程|程序|处理)?(?:结束|终止|完成)(?:本)?(?:流程|过程|程序|处理)?|到此(?:结束|为止)|停止"
        ),
        go_on=compiled(r"继续(?:下一步|执行下一步|往下|处理)?|(?:进入|执行)?下一步|(?:不用|无需|不)处理"),
        repeat_steps=(
            compiled(
                rf"重复(?:执行)?{second}(?:\s*(?:到|至|和|-|—|~)\s*{third})?\s*[，,]?\s*直到(?P<c>.+?)(?:为止)?"
            ),
        ),
        repeat_until=compiled(r"重复(?:以下|下列)?(?:步骤|操作|动作)?[，,]?\s*直到(?P<c>.+?)(?:为止)?"),
        while_=compiled(r"(?:只要|当)(?P<c>[^，,：:]+?)(?:时|的时候)?[，,：:]\s*(?:就)?重复(?P<do>.*)"),
        each=compiled(r"(?:对于?|针对)(?P<c>每一?[^，,：:]+)[，,：:]\s*(?P<do>.*)"),
        joint=compiled(r"[，,]?\s*(?:并且|然后|再|并)\s*|\s*[，,]\s*"),
        question=compiled(r".*[?？]|.*(?:是否|有没有|能否|是不是).*"),
        untold=compiled(
            rf"如果|若(?!干)|假如|要是|倘若|否则|不然|反之|除非|直到|重复|视情况|必要时|当.+时|{step}|从头开始|重新开始"
        ),
        harmless=compiled(r"等(?:待|到)?[^，,]*直到|直到[^，,]*(?:才|再)?等待"),
        list_words=compiled(r"或者?|和|且|及"),
        flow_words=compiled(r"[\u4e00-\u9fff]"),
    )

"""The groups of rows that a form repeats, and which of them a list in the data means.

what stands beside each other in the page -> what has the same labels -> groups of rows -> the one that a list's name and keys mean
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from GenFlowLibrary.forms.composites import recompose
from GenFlowLibrary.forms.instruction import without_instructions
from GenFlowLibrary.forms.labels import words
from GenFlowLibrary.forms.match import match
from GenFlowLibrary.forms.moments import cut_moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from GenFlowLibrary.browser.page import ButtonCard, FieldCard, Page, Snapshot
    from GenFlowLibrary.browser.repeats import Repeat

# fmt: off
_ADDS = frozenset({
    "add", "new", "another", "more", "plus", "insert", "append", "create", "hinzufugen", "neue", "neuer", "neues", "neu", "weitere",
    "weiterer", "weiteres", "ajouter", "nouveau", "nouvelle", "anadir", "agregar", "nuevo", "nueva", "lisaa", "uusi", "lagg", "ny",
    "nytt", "aggiungi", "nuovo", "nuova", "toevoegen", "nieuwe", "adicionar", "novo", "nova", "tilfoj", "legg", "dodaj",
})
_SAVES = frozenset({
    "save", "submit", "send", "continue", "sichern", "speichern", "absenden", "enregistrer", "envoyer", "guardar", "enviar", "tallenna",
    "laheta", "spara", "skicka", "salva", "invia", "opslaan", "salvar", "gem", "lagre", "zapisz",
})
# fmt: on
_ADDS_UNSPACED = ("添加", "新增", "增加", "追加", "추가", "+", "＋", "➕")
_SAVES_UNSPACED = ("保存", "提交", "送信", "발송", "저장")
"""Words of languages that write no spaces between them."""
_NOT_NAMING = _ADDS | {
    "a",
    "an",
    "the",
    "one",
    "row",
    "line",
    "item",
    "entry",
    "eine",
    "einen",
    "zeile",
    "une",
    "un",
    "ligne",
    "rivi",
}
_ALIKE = 0.5
"""The share of labels that two rows must have in common: rows that are stored already have a check box to delete them as well."""
_SAME_WORD = 80.0
"""rapidfuzz ratio of two words that differ by an ending: ``line`` and ``lines`` are at 89, ``stop`` and ``stops`` at 89, ``city`` and
``cities`` at 60."""


@dataclass(frozen=True)
class Group:
    """Rows with the same labels. ``names`` are the headings over them and the labels of the buttons that add one, nearest first."""

    rows: tuple[tuple[FieldCard, ...], ...]
    names: tuple[str, ...]
    adds: tuple[ButtonCard, ...] = ()


def groups_of(page: Page, snapshot: Snapshot) -> list[Group]:
    """Returns the groups of rows of a form; the outermost first where they lie in one another. Raises PageError when the page changed."""
    return [
        group
        for repeat in page.repeats(snapshot)
        for run in _alike_runs(repeat, snapshot.fields)
        if (group := _group(run, repeat, snapshot))
    ]


def _alike_runs(repeat: Repeat, cards: Sequence[FieldCard]) -> list[tuple[tuple[FieldCard, ...], ...]]:
    """Runs of rows next to each other that have their labels in common."""
    runs: list[list[tuple[FieldCard, ...]]] = []
    for numbers in repeat.rows:
        row = tuple(cards[number - 1] for number in numbers)
        if runs and _alike(runs[-1][-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [tuple(run) for run in runs]


def _alike(first: Sequence[FieldCard], second: Sequence[FieldCard]) -> bool:
    mine, theirs = ({(card.label, _name(card)) for card in row} for row in (first, second))
    return len(mine & theirs) > _ALIKE * min(len(mine), len(theirs))


def _name(card: FieldCard) -> str:
    """A field's name without its counting: ``lines-0-product`` and ``lines-1-product`` are the same field of two rows."""
    return "".join("#" if letter.isdigit() else letter for letter in card.name).replace("##", "#")


def _group(rows: tuple[tuple[FieldCard, ...], ...], repeat: Repeat, snapshot: Snapshot) -> Group | None:
    adds: list[ButtonCard] = []
    for level in repeat.buttons:
        adds = [button for button in (snapshot.buttons[n - 1] for n in level) if adds_one(button)]
        if adds:
            break
    pattern = repeat.spare or (repeat.table and len(repeat.rows) == 1)
    if len(rows) == 1 and not (adds and pattern):
        return None  # nothing says that there could be another one
    headings = [part for card in rows[0] for part in reversed(card.section.split(" / ")) if part]
    names = dict.fromkeys([*headings, *(button.label for button in adds)])
    return Group(rows, tuple(names), tuple(adds))


def adds_one(button: ButtonCard) -> bool:
    """Tells whether a button's text says that it adds something, rather than that it saves."""
    said, label = set(words(button.label)), button.label
    if button.disabled or button.kind == "reset":
        return False
    if said & _SAVES or any(mark in label for mark in _SAVES_UNSPACED):
        return False
    return bool(said & _ADDS) or any(mark in label for mark in _ADDS_UNSPACED)


def meant_group(
    key: str, lines: Sequence[Mapping[str, object] | None], groups: Iterable[Group]
) -> Group | None:
    """Returns the group whose fields take every key of the lines: the one that is called like the list, else the only one there is.

    Where none takes them all, the one that is called like the list is meant: the other keys are errors of their own.
    """
    keys: dict[str, object] = {}
    for line in lines:
        keys |= {name: value for name, value in (line or {}).items() if value is not None}
    left = [(group, _left_over(group.rows[0], keys)) for group in groups]
    fitting = [group for group, count in left if not count]
    called = [group for group in fitting if any(_called(key, name) for name in group.names)]
    partly = [group for group, _ in left if any(_called(key, name) for name in group.names)]
    chosen = called or fitting or partly
    # Of groups in one another the innermost is meant: the rows of a table, not the table and what stands beside it.
    inner = [g for g in chosen if not any(_within(other, g) for other in chosen if other is not g)]
    return inner[0] if len(inner) == 1 else None


def _left_over(row: Sequence[FieldCard], keys: Mapping[str, object]) -> int:
    """How many keys find no field in a row."""
    cut = cut_moments(without_instructions(keys), row)
    halves = {found.card.number for found in cut.matches}
    done = {found.key for found in cut.matches}
    rest = recompose(
        {key: value for key, value in cut.data.items() if key not in done},
        free := [card for card in row if card.number not in halves],
    )
    return len(match(rest.data, free).unresolved)


def _within(inner: Group, outer: Group) -> bool:
    mine = {card.number for row in inner.rows for card in row}
    theirs = {card.number for row in outer.rows for card in row}
    return mine < theirs


def _called(key: str, name: str) -> bool:
    """Whether a name is the key's, but for words such as ``Add another``, and for endings: ``Order lines``, ``Add another Order line``."""
    mine, theirs = words(key.rpartition(".")[2]), words(name)
    telling = [word for word in mine if word not in _NOT_NAMING] or mine
    return bool(telling) and all(any(fuzz.ratio(a, b) >= _SAME_WORD for b in theirs) for a in telling)


def add_button(
    key: str, group: Group | None, groups: Sequence[Group], snapshot: Snapshot
) -> ButtonCard | None:
    """Returns the button that adds a row: the group's own, else the one in the form that says so in the list's name. None when unsure."""
    if group is not None:
        named = [button for button in group.adds if _called(key, button.label)]
        chosen = named or list(group.adds)
        return chosen[0] if len(chosen) == 1 else None
    others = {button.number for other in groups for button in other.adds if len(other.rows) > 1}
    named = [
        button
        for button in snapshot.buttons
        if adds_one(button) and button.number not in others and _called(key, button.label)
    ]
    return named[0] if len(named) == 1 else None

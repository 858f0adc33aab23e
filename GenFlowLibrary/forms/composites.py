"""Keys and fields that cut the same thing differently: a full name over two fields, an expiry month and year in one.

flat data x cards -> keys whose fields are for its parts are split, keys that are parts of one field are joined -> flat data

A key that is split or joined is called after both: ``Expiry date → expiry month``, ``First name + Last name → full name``. Nothing is
cut by guess: where the parts are not certain the key stays whole, and `Recomposed.remedies` says what to give instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.forms.abroad import country_of, with_code
from GenFlowLibrary.forms.beside import by_neighbours
from GenFlowLibrary.forms.evidence import GENERIC, read_card
from GenFlowLibrary.forms.key_reading import PART_OF, read_key
from GenFlowLibrary.forms.wholes import WHOLES, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard
    from GenFlowLibrary.forms.evidence import CardReading
    from GenFlowLibrary.forms.key_reading import KeyReading
    from GenFlowLibrary.forms.lexicon import Reading


@dataclass(frozen=True)
class Recomposed:
    """The data as the form cuts it, and what to do about keys that should have been cut and could not be."""

    data: Mapping[str, object]
    remedies: Mapping[str, str] = field(default_factory=dict)


def recompose(data: Mapping[str, object], cards: Sequence[FieldCard], language: str = "") -> Recomposed:
    """Returns flat data with its keys split and joined as the cards ask for them; ``language`` is the page's (BCP 47).

    A key is split when no field asks for the whole of it, fields ask for all its parts, and no other key is meant for one of them. Keys are
    joined when no field asks for one of them, and exactly one field asks for the whole. A secret is never cut.
    """
    readings = by_neighbours([read_card(card, language) for card in cards])
    result = dict(data)
    remedies: dict[str, str] = {}
    _with_country(result, readings)
    for whole in WHOLES:
        keys = [read_key(key) for key, value in result.items() if PART_OF not in key and value is not None]
        if not any(_plain_head(key.leaf) & whole.meant for key in keys):
            continue
        asked = _asked(readings, whole)
        if all(len(asked[part]) == 1 for part in whole.needed) and not asked[_WHOLE]:
            single = {part: found[0] for part, found in asked.items() if len(found) == 1}
            _split(result, remedies, whole, keys, single)
        elif not any(asked[part] for part in whole.parts if part != whole.core):
            _join(result, remedies, whole, keys, asked[whole.core or _WHOLE], language)
    return Recomposed(result, remedies)


_WHOLE = "whole"
_PHONE = next(whole for whole in WHOLES if whole.core == "phone")


def _with_country(data: dict[str, object], readings: Sequence[CardReading]) -> None:
    """Gives the one phone number of the data its country's code, where no field takes it without and the data says the country."""
    keys = [read_key(key) for key, value in data.items() if value is not None]
    numbers = [key.key for key in keys if key.leaf.head & _PHONE.meant]
    country = country_of([data[key.key] for key in keys if "country" in key.leaf.head])
    if len(numbers) != 1 or not country or isinstance(data[numbers[0]], SecretHandle):
        return
    asked = _asked(readings, _PHONE)
    if not asked["phone_country_code"] and (text := with_code(data[numbers[0]], country, asked["phone"])):
        _replace(data, numbers, {f"{numbers[0]}{PART_OF}{_PHONE.parts['phone']}": text})


def _asked(readings: Sequence[CardReading], whole: Whole) -> dict[str, list[FieldCard]]:
    """The fields that ask for each part of a whole, and for the whole."""
    asked: dict[str, list[FieldCard]] = {part: [] for part in (*whole.parts, _WHOLE)}
    for reading in readings:
        if part := _asks(reading, whole):
            asked[part].append(reading.card)
    return asked


def _asks(reading: CardReading, whole: Whole) -> str:
    """What a field asks for: one of the parts, the whole, or nothing of it. What stands around it counts first, then its label."""
    if (
        reading.card.disabled
        or reading.card.readonly
        or reading.card.aside
        or reading.card.kind == "checkbox"
    ):
        return ""
    for told in _tellings(reading, whole):
        parts = [part for part, heads in whole.heads.items() if not told.isdisjoint(heads)]
        if len(parts) == 1:
            return parts[0]
        if told:
            return _WHOLE if told & whole.concepts and not reading.offer else ""
    return ""


def _tellings(reading: CardReading, whole: Whole) -> Iterator[frozenset[str]]:
    around = reading.told_by != "autocomplete"
    told = [_plain_head(item.main) for item in reading.evidence]
    token = frozenset({reading.token} - {""})
    yield token if around else frozenset()
    yield frozenset({reading.offer} & whole.parts.keys())
    yield from told[:1]
    yield token
    yield from told[1:]


def _plain_head(reading: Reading) -> frozenset[str]:
    """What a text asks for, unless it is a name, a date or a number of something else: ``Product name``."""
    return frozenset() if reading.head <= GENERIC and reading.told else reading.head


def _split(
    data: dict[str, object],
    remedies: dict[str, str],
    whole: Whole,
    keys: Sequence[KeyReading],
    cards: Mapping[str, FieldCard],
) -> None:
    for key in keys:
        value = data[key.key]
        if not _plain_head(key.leaf) & whole.concepts or isinstance(value, SecretHandle):
            continue
        if any(_part_of(other, whole) for other in keys if other is not key):
            return
        parts = whole.split(value, cards)
        if parts is None:
            remedies[key.key] = whole.remedy
        elif parts:
            _replace(
                data,
                [key.key],
                {f"{key.key}{PART_OF}{whole.parts[part]}": of for part, of in parts.items() if part in cards},
            )


def _join(
    data: dict[str, object],
    remedies: dict[str, str],
    whole: Whole,
    keys: Sequence[KeyReading],
    cards: Sequence[FieldCard],
    language: str,
) -> None:
    found = {part: [key.key for key in keys if _part_of(key, whole) == part] for part in whole.parts}
    if (
        len(cards) != 1
        or any(len(of) > 1 for of in found.values())
        or any(not found[part] for part in whole.needed)
    ):
        return
    used = {part: of[0] for part, of in found.items() if of}
    if any(_plain_head(key.leaf) & whole.concepts for key in keys if key.key not in used.values()):
        return
    values = {part: data[key] for part, key in used.items()}
    if any(isinstance(value, SecretHandle) for value in values.values()):
        return
    joined = whole.join(values, language, cards[0])
    if joined is None:
        remedies.update(dict.fromkeys(used.values(), whole.joined_remedy))
    else:
        _replace(data, list(used.values()), {f"{' + '.join(used.values())}{PART_OF}{whole.name}": joined})


def _part_of(key: KeyReading, whole: Whole) -> str:
    """Which part a key means, empty for none."""
    return next((part for part, heads in whole.heads.items() if _plain_head(key.leaf) & heads), "")


def _replace(data: dict[str, object], gone: Sequence[str], new: Mapping[str, object]) -> None:
    """Puts new keys where the first of the old ones was, so that the table keeps the order of the data."""
    before = list(data.items())
    data.clear()
    for key, value in before:
        if key == gone[0]:
            data.update(new)
        if key not in gone:
            data[key] = value

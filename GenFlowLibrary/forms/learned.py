"""A learned plan: which data key belongs in which field of which form, and how each field is known again. No values.

verified fill -> LearnedPlan -> its file (learned_file.py, learned_folder.py) -> a later snapshot of the form (heal.py, learned_use.py)
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from GenFlowLibrary.forms.fingerprint import (
    Fingerprint,
    fits,
    label_without_data,
    take_fingerprint,
    texts_of,
    without_data,
)
from GenFlowLibrary.forms.heal import locate
from GenFlowLibrary.forms.labels import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from GenFlowLibrary.browser.page import FieldCard, Snapshot
    from GenFlowLibrary.forms.match import Match

SAME_FORM = 0.5
"""Share of the labels a plan knows that must be on the page for the form to be the plan's, be it changed. Two forms of one page seldom
share half of their labels; a form that lost more than half of them is another form."""

_LOOPBACK = re.compile(r"localhost|.*\.localhost|127(\.\d+){3}|::1")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_DOCUMENT = re.compile(r"(.+)(\.(?:html?|xhtml|php|aspx?|jspx?|do|cgi))", re.IGNORECASE)
_RECORD_SEGMENT = re.compile(
    r"\d+"
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a UUID
    r"|(?=[^/]*\d)[0-9a-f]{8,}"
    r"|[^/]*\d[^/]*\d[^/]*\d[^/]*"  # ENQ-1001
    r"|[a-z]+[-_.]\d{2,}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Place:
    """Where a form is: ``origin`` as `origin_of` gives it, ``path`` as `path_of` does."""

    origin: str
    path: str


@dataclass(frozen=True)
class LearnedField:
    """One data key and the field it belongs in. ``how`` tells what decided when it was learned."""

    key: str
    fingerprint: Fingerprint
    how: str = ""


@dataclass(frozen=True)
class LearnedPlan:
    """One form filled with one set of data keys.

    ``others`` are the labels of the form's fields that no key was meant for, and those that several fields share: a field that has one of
    them may not be what a learned field became. ``unused`` are the keys with a value that no field asked for: nobody is asked again.
    """

    place: Place
    signature: str
    keys: tuple[str, ...]
    fields: tuple[LearnedField, ...]
    others: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    learned: str = ""


def origin_of(url: str) -> str:
    """Returns scheme and host, with the port where it is not the scheme's own.

    This machine by any of its names is ``localhost`` without a port, for a test server may listen on another one tomorrow. Files on disk
    have no host: ``file:``.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").casefold()
    if not host:
        return f"{parts.scheme}:"
    if _LOOPBACK.fullmatch(host):
        return f"{parts.scheme}://localhost"
    port = parts.port
    shown = "" if port is None or port == _DEFAULT_PORTS.get(parts.scheme) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def path_of(url: str) -> str:
    """Returns the path with ``*`` for numbers and identifiers: ``/enquiries/ENQ-1001/refund`` -> ``/enquiries/*/refund``.

    A query is left out; a fragment that is a route (``#/refund``) belongs to it. Of a file on disk only its name counts.
    """
    parts = urlsplit(url)
    if parts.scheme in ("data", "about", "blob"):
        return ""
    path = parts.path.rpartition("/")[2] if parts.scheme == "file" else parts.path
    segments = [_general(segment) for segment in path.split("/")]
    route = re.match(r"!?(/[^?]*)", parts.fragment)
    if route:
        segments.append("#" + "/".join(_general(segment) for segment in route[1].split("/")))
    joined = "/".join(segments)
    return joined if joined == "/" else joined.rstrip("/")


def _general(segment: str) -> str:
    """``*`` for a record's number or identifier. Of a document (``page12.html``) only a name that is nothing but a number counts as one."""
    document = _DOCUMENT.fullmatch(segment)
    if document:
        return f"*{document[2]}" if document[1].isdecimal() else segment
    return "*" if _RECORD_SEGMENT.fullmatch(segment) else segment


def place_of(url: str) -> Place:
    """Returns the place that a page's address means for learned plans."""
    return Place(origin_of(url), path_of(url))


def signature_of(cards: Sequence[FieldCard]) -> str:
    """Returns eight hexadecimal digits that stand for the form's labels, sections and kinds, in any order."""
    told = sorted(
        f"{normal(without_data(c.label, ()))}|{normal(without_data(c.section, ()))}|{c.kind}" for c in cards
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]


def keys_of(data: Mapping[str, object]) -> tuple[str, ...]:
    """Returns the data keys as a plan keeps them: in one order, whatever the order of the data."""
    return tuple(sorted(data))


def make_learned(
    snapshot: Snapshot, data: Mapping[str, object], matches: Iterable[Match], day: str
) -> LearnedPlan | None:
    """Returns what is worth learning from a verified fill; ``None`` where the fields could not be told apart again.

    Keys whose value was ``None`` touched no field, so nothing was verified about them.
    """
    cards = snapshot.fields
    used = [found for found in matches if data.get(found.key) is not None]
    if not used or len({found.key for found in used}) < len(used):
        return None
    fields = [LearnedField(m.key, take_fingerprint(m.card, cards, data.values()), m.how) for m in used]
    numbers = {found.card.number for found in used}
    given, shown = texts_of(data.values()), Counter(card.label for card in cards)
    rest = [card.label for card in cards if card.number not in numbers or shown[card.label] > 1]
    others = {label_without_data(label, given) for label in rest}
    placed = {found.key for found in used}
    plan = LearnedPlan(
        place_of(snapshot.url),
        signature_of(cards),
        keys_of(data),
        tuple(fields),
        tuple(sorted(others - {""})),
        tuple(sorted(key for key, value in data.items() if value is not None and key not in placed)),
        day,
    )
    return _findable(plan, {found.key: found.card for found in used}, cards)


def _findable(
    plan: LearnedPlan, meant: Mapping[str, FieldCard], cards: Sequence[FieldCard]
) -> LearnedPlan | None:
    """The plan, with labels as they are where blurred ones are no longer unique; ``None`` where that does not help either."""
    for attempt in (plan, replace(plan, fields=tuple(_unblurred(f, meant[f.key]) for f in plan.fields))):
        found = locate({f.key: f.fingerprint for f in attempt.fields}, cards, attempt.others)
        if all(found[key].state == "same" and found[key].card == card for key, card in meant.items()):
            return attempt
    return None


def _unblurred(field: LearnedField, card: FieldCard) -> LearnedField:
    return replace(field, fingerprint=replace(field.fingerprint, label=card.label, section=card.section))


def belonging(plan: LearnedPlan, cards: Sequence[FieldCard]) -> float:
    """Returns the share of the labels a plan knows that are on the page, 1 where the form is as it was."""
    if plan.signature == signature_of(cards):
        return 1.0
    known = {field.fingerprint.label for field in plan.fields} | set(plan.others)
    known |= {text for field in plan.fields for text in (field.fingerprint.after, field.fingerprint.before)}
    known.discard("")
    there = sum(any(fits(label, card.label) for card in cards) for label in known)
    names = {f.fingerprint.name for f in plan.fields if f.fingerprint.name}
    named = len(names & {card.name for card in cards}) / len(names) if names else 0.0
    return max(there / len(known) if known else 0.0, named)

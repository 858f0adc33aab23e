"""One snapshot of what several contexts show: a page, and the frames of other origins in it, each seen by a call of its own.

what the scripts returned, nested -> one list of cards, one of buttons, and for each number where it lives
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Place:
    """Where a number of a snapshot lives.

    ``path`` holds the frames of other origins to go through, each by its number in the one before; ``number`` is what it has in there.
    """

    path: tuple[int, ...]
    number: int


@dataclass
class View:
    """What one context shows, with the frames in it: raw cards and buttons in the order of the page, and their places."""

    fields: list[tuple[Place, dict[str, Any]]] = field(default_factory=list)
    buttons: list[tuple[Place, dict[str, Any]]] = field(default_factory=list)
    left_out: int = 0
    notes: list[str] = field(default_factory=list)


def compose(seen: dict[str, Any], inner: Sequence[tuple[dict[str, Any], View | str]]) -> View:
    """Returns what a context shows together with its frames.

    ``seen`` is what the snapshot script returned; ``inner`` holds, for each of its ``frames``, that entry and what the frame shows, or a
    note saying why it cannot be entered. The fields of a frame stand where the frame does; a frame without fields adds nothing.
    """
    view = View(left_out=seen["left_out"])
    own = [(Place((), card["number"]), card) for card in seen["fields"]]
    taken = 0
    for frame, shown in inner:
        if isinstance(shown, str):
            view.left_out += 1
            view.notes.append(shown)
            continue
        view.fields += own[taken : frame["before"]]
        taken = frame["before"]
        view.notes += shown.notes
        if shown.fields:
            view.left_out += shown.left_out
            view.fields += [_within(frame, place, card) for place, card in shown.fields]
            view.buttons += [_within(frame, place, card) for place, card in shown.buttons]
    view.fields += own[taken:]
    view.buttons = [(Place((), card["number"]), card) for card in seen["buttons"]] + view.buttons
    return view


def _within(frame: dict[str, Any], place: Place, card: dict[str, Any]) -> tuple[Place, dict[str, Any]]:
    path = " / ".join(part for part in (frame["title"], card["frame"]) if part)
    return Place((frame["number"], *place.path), place.number), {**card, "frame": path}


class Places:
    """Where the numbers of the latest snapshots live. Snapshots without frames of other origins need no entry."""

    def __init__(self, kept: int = 8) -> None:
        self._kept = kept
        self._known: dict[str, dict[str, tuple[Place, ...]]] = {}

    def remember(self, snapshot_id: str, view: View) -> None:
        """Keeps the places of a snapshot; the oldest one is forgotten."""
        lists = {
            "fields": tuple(place for place, _ in view.fields),
            "buttons": tuple(place for place, _ in view.buttons),
        }
        if any(place.path for places in lists.values() for place in places):
            self._known[snapshot_id] = lists
            while len(self._known) > self._kept:
                self._known.pop(next(iter(self._known)))

    def of(self, snapshot_id: str, holder: str, number: int) -> Place:
        """Returns where a number lives; a number that the snapshot lacks stays as it is, for the page to refuse."""
        places = self._known.get(snapshot_id, {}).get(holder, ())
        return places[number - 1] if 0 < number <= len(places) else Place((), number)

"""Seeing and setting across frames: which script runs in which frame for which number of a snapshot.

form -> one script for the page and all frames of its origin, one for each other frame -> View; settings -> one script a context
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import (
    JavascriptException,
    NoSuchElementException,
    NoSuchFrameException,
    StaleElementReferenceException,
    TimeoutException,
)

from GenFlowLibrary.browser.composing import Place, Places, View, compose
from GenFlowLibrary.browser.scripts import ScriptName, run_script
from GenFlowLibrary.browser.selenium_faults import CHANGED
from GenFlowLibrary.browser.selenium_frames import Frames, Holder
from GenFlowLibrary.core.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from GenFlowLibrary.browser.page import Snapshot

_MOST_FRAMES = 8
"""Frames of other origins that are looked into per document: a call each. A payment form has three or four; advertising has dozens."""
_DEEPEST = 3
_CLOSED = (
    JavascriptException,
    NoSuchElementException,
    NoSuchFrameException,
    PageError,
    StaleElementReferenceException,
    TimeoutException,
)


class Sight:
    """Runs the scripts that take or give numbers of a snapshot, each where its numbers live."""

    def __init__(self, library: Any) -> None:
        self._frames = Frames(library)
        self._places = Places()

    @property
    def driver(self) -> Any:
        """SeleniumLibrary's current driver, standing where the library left it."""
        return self._frames.driver

    def see(self, scope: Any, snapshot_id: str, *read: Any) -> tuple[dict[str, Any], View]:
        """Returns what the snapshot script says of the current context, and the view of it with all its frames.

        Raises PageError when the earlier snapshot to be read back is gone or several forms are equally likely.
        """
        seen = run_script(self.driver, "snapshot", scope, snapshot_id, *read, first=not read)
        if "gone" in seen:
            raise PageError(CHANGED)
        if "tie" in seen:
            raise PageError(_tie(seen["tie"]))
        view = self._with_frames(seen, snapshot_id, 1)
        self._places.remember(snapshot_id, view)
        return seen, view

    def _with_frames(self, seen: dict[str, Any], snapshot_id: str, depth: int) -> View:
        return compose(
            seen, [(frame, self._look_into(snapshot_id, frame, depth)) for frame in seen["frames"]]
        )

    def _look_into(self, snapshot_id: str, frame: dict[str, Any], depth: int) -> View | str:
        if frame["number"] > _MOST_FRAMES or depth > _DEEPEST:
            return f"The frame '{frame['title']}' was not looked into: there are too many frames."
        try:
            with self._frames.around(snapshot_id, "frames", frame["number"]):
                seen = run_script(self.driver, "snapshot", "frame", snapshot_id)
                return self._with_frames(seen, snapshot_id, depth + 1)
        except _CLOSED:
            return f"The frame '{frame['title']}' could not be looked into."

    def split(
        self, snapshot: Snapshot, settings: Sequence[dict[str, Any]]
    ) -> dict[tuple[int, ...], list[tuple[int, dict[str, Any]]]]:
        """Returns the settings of each context, with their position among all and their number in there."""
        contexts: dict[tuple[int, ...], list[tuple[int, dict[str, Any]]]] = {}
        for position, setting in enumerate(settings):
            place = self._places.of(snapshot.id, "fields", setting["number"])
            contexts.setdefault(place.path, []).append((position, {**setting, "number": place.number}))
        return contexts

    def run(
        self, name: ScriptName, snapshot: Snapshot, settings: Sequence[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Runs a script that takes settings and returns a row for each, in their order, with one call a context."""
        rows: list[dict[str, Any]] = [{}] * len(settings)
        for path, own in self.split(snapshot, settings).items():
            with self._inside(snapshot.id, path):
                answer = run_script(self.driver, name, snapshot.id, [setting for _, setting in own])
            if "gone" in answer:
                raise PageError(CHANGED)
            for (position, _), row in zip(own, answer["fields"], strict=True):
                rows[position] = {**row, "number": settings[position]["number"]}
        return rows

    def outer(self, snapshot: Snapshot, holder: Holder) -> dict[int, int]:
        """Returns, for the numbers of the current context, those of the snapshot, which counts the frames of other origins in."""
        cards = snapshot.fields if holder == "fields" else snapshot.buttons
        places = ((card.number, self._places.of(snapshot.id, holder, card.number)) for card in cards)
        return {place.number: number for number, place in places if not place.path}

    @contextmanager
    def at(self, snapshot: Snapshot, holder: Holder, number: int) -> Iterator[int]:
        """Stands in the frame of a field or button, for real keys and clicks, and gives the number that it has in there."""
        place: Place = self._places.of(snapshot.id, holder, number)
        cards = snapshot.fields if holder == "fields" else snapshot.buttons
        framed = 0 < number <= len(cards) and bool(cards[number - 1].frame)
        with ExitStack() as stack:
            if framed:
                stack.enter_context(self._inside(snapshot.id, place.path))
                stack.enter_context(self._frames.around(snapshot.id, holder, place.number))
            yield place.number

    @contextmanager
    def _inside(self, snapshot_id: str, path: tuple[int, ...]) -> Iterator[None]:
        with ExitStack() as stack:
            for number in path:
                stack.enter_context(self._frames.around(snapshot_id, "frames", number))
            yield


def _tie(forms: Sequence[dict[str, Any]]) -> str:
    found = " and ".join(
        f"{form['locator']} ({form['title'] + ', ' if form['title'] else ''}{form['fields']} fields)"
        for form in forms
    )
    return f"Expected one main form, found {len(forms)} equally likely ones, {found}: say which with form=."

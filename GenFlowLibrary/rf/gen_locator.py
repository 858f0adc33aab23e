"""``gen:`` as a locator strategy of every SeleniumLibrary in the run: ``Click Element    gen:the Save button of the delivery section``.

The strategy is there as soon as both libraries are imported, in whichever order and under whatever names.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from robot.api import logger
from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError

from GenFlowLibrary.rf.selenium import is_selenium_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from GenFlowLibrary.browser.targets import Target
    from GenFlowLibrary.steps.locate import Host, Locator

STRATEGY = "gen"

# What is in the keys is alive as long as the run. A library that was imported twice, or by two suites, has the strategy already.
_EQUIPPED: weakref.WeakKeyDictionary[Any, GenLocator] = weakref.WeakKeyDictionary()

# Keywords look for one thing under two tags in turn (`Click Button`: input, then button). Both are matched together, so that a poor
# match under the first tag is not taken before the good one under the second.
_SAME_SEARCH = {"input": ("input", "button"), "button": ("input", "button")}


class LocatorListener:
    """Adds the strategy when a suite or test begins, and when a library is imported in the middle of one.

    ``scrub`` takes known secrets out of what the strategy says; ``host`` gives engine, settings and learned files. Where a suite imports
    several libraries of this kind, the first one's count.
    """

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, scrub: Callable[[str], str], host: Host | None = None) -> None:
        self._scrub = scrub
        self._host = host

    def start_suite(self, data: Any, result: Any) -> None:
        """Called by Robot Framework after the imports of a suite."""
        self._equip_all()

    def start_test(self, data: Any, result: Any) -> None:
        """Called by Robot Framework before each task."""
        self._equip_all()

    def library_import(self, library: Any, importer: Any) -> None:
        """Called by Robot Framework after each import, also of one by keyword."""
        if is_selenium_library(library.instance) and library.instance not in _EQUIPPED:
            equip(library.instance, self._scrub, self._host)

    def end_keyword(self, data: Any, result: Any) -> None:
        """Called by Robot Framework after each keyword: to a "not found" it adds what to do, where that is known."""
        if result.failed and "gen:" in result.message:
            for locator in list(_EQUIPPED.values()):
                if said := locator.remedy(result.message):
                    logger.warn(said)

    def _equip_all(self) -> None:
        """Adds the strategy to every SeleniumLibrary of the suite that lacks it, and has the others work for this suite."""
        try:
            libraries = BuiltIn().get_library_instance(all=True)
        except RobotNotRunningError:
            return
        if _first_listener(libraries.values()) not in (None, self):
            return
        for library in libraries.values():
            if is_selenium_library(library):
                equip(library, self._scrub, self._host)


def _first_listener(libraries: Iterable[Any]) -> LocatorListener | None:
    for library in libraries:
        listeners = getattr(library, "ROBOT_LIBRARY_LISTENER", None)
        for listener in listeners if isinstance(listeners, list) else ():
            if isinstance(listener, LocatorListener):
                return listener
    return None


def equip(library: Any, scrub: Callable[[str], str], host: Host | None = None) -> None:
    """Adds the strategy to one SeleniumLibrary, once; the log says so where a strategy of that name is there already."""
    if library in _EQUIPPED:
        _EQUIPPED[library].work_for(scrub, host)
        return
    locator = _EQUIPPED[library] = GenLocator(library, scrub, host)
    try:
        # Its Python name: under language= the keyword is called something else.
        library.add_location_strategy(STRATEGY, locator, persist=True)
    except RuntimeError:
        logger.warn(
            f"Expected to add the locator strategy '{STRATEGY}' to SeleniumLibrary, but it has one of that name already, "
            "which stays; give yours another name to have both."
        )


class GenLocator:
    """The strategy as SeleniumLibrary calls it. It works in the library's current browser, window and frame."""

    def __init__(self, library: Any, scrub: Callable[[str], str], host: Host | None = None) -> None:
        # The library holds the strategy for as long as it lives; the other way round it would never be let go.
        self._library = weakref.proxy(library)
        self._scrub = scrub
        self._host = host
        self._locator: Locator | None = None

    def work_for(self, scrub: Callable[[str], str], host: Host | None) -> None:
        """Uses the secrets, engine, settings and learned files of another suite from now on."""
        if (scrub, host) != (self._scrub, self._host):
            self._scrub, self._host = scrub, host
            self._locator = None

    def remedy(self, message: str) -> str:
        """Returns what to do about a failed locator, as `Locator.remedy`."""
        return "" if self._locator is None else self._locator.remedy(message)

    def __call__(
        self, parent: Any, criteria: str, tag: str | None, constraints: Mapping[str, Any]
    ) -> list[Any]:
        """Returns the element that a description means as a list of one, or an empty list, as waiting keywords expect.

        Raises:
            InputError: the description says nothing.
            PageError: several things fit equally well, or the page can't be read.
            GenFlowError: as `Locator.find`, where words do not settle it.
        """
        from GenFlowLibrary.browser.selenium_page import SeleniumPage  # noqa: PLC0415 - loaded by the first description
        from GenFlowLibrary.steps.locate import Locator, Wanted  # noqa: PLC0415

        if self._locator is None:
            self._locator = Locator(note=logger.info, scrub=self._scrub, host=self._host)
        element = None if parent is self._library.driver or _is_driver(parent) else parent
        wanted = Wanted(
            criteria,
            accepts=_of_any(_SAME_SEARCH.get(tag or "", (tag,)), constraints) if tag else _anything,
            takes=_of_any((tag,), constraints) if tag else _anything,
            key=f"{tag} {sorted(constraints.items())}" if tag else "",
            within=element,
            within_key=str(getattr(element, "id", "")),
        )
        found = self._locator.find(SeleniumPage(self._library), wanted)
        return [] if found is None else [found]


def _is_driver(parent: Any) -> bool:
    # Asked of the class: of the object it would be a call to the browser.
    return hasattr(type(parent), "window_handles")


def _anything(target: Target) -> bool:
    return True


def _of_any(tags: tuple[str | None, ...], constraints: Mapping[str, Any]) -> Callable[[Target], bool]:
    """Whether a target has one of the tags and the attributes that a keyword wants; it asks for types alone (ElementFinder, 6.9)."""
    types = constraints.get("type")
    allowed = None if types is None else {types} if isinstance(types, str) else set(types)
    return lambda target: target.tag in tags and (allowed is None or target.type in allowed)

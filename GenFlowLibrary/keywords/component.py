"""What all keyword classes share: the library they belong to, and the options of asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from GenFlowLibrary.core.prompt import Parameters

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.core.settings import Resolved
    from GenFlowLibrary.policy.secrets import Secrets
    from GenFlowLibrary.steps.runtime import Options, Runtime


class Surroundings(Protocol):
    """What keywords need of the library they belong to."""

    secrets: Secrets

    @property
    def runtime(self) -> Runtime:
        """The way to engines, prompts and trace for the suite that runs now."""

    @property
    def page(self) -> Page:
        """The page in SeleniumLibrary's current browser."""

    def override(self, values: dict[str, Any], source: str) -> Resolved:
        """Lays settings over the current ones until the suite ends, and returns the result."""
        ...


class KeywordComponent:
    """One class of keywords.

    A text argument is typed ``str | None``, for Robot Framework makes the text 'None' of ``${None}`` where it is ``str`` alone;
    the steps refuse it.
    """

    def __init__(self, library: Surroundings) -> None:
        self.library = library


def ask_options(
    engine: str | None,
    *,
    model: str | None = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
    top_p: float | None = None,
    n: int | None = None,
    stop: list[str] | None = None,
) -> Options:
    """Returns a keyword's options of asking as the steps take them."""
    from GenFlowLibrary.steps.runtime import Options  # noqa: PLC0415 - steps are loaded by the first that runs

    return Options(
        engine=engine,
        parameters=Parameters(
            model=model,
            temperature=temperature,
            max_tokens=max_tokens,
            top_p=top_p,
            n=n,
            stop=tuple(stop) if stop else None,
        ),
    )

"""What all keyword classes share: the library they belong to, and the options of asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from GenFlowLibrary.core.errors import InputError

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Page
    from GenFlowLibrary.core.settings import Resolved
    from GenFlowLibrary.policy.secrets import Secrets
    from GenFlowLibrary.steps.runtime import Options, Runtime


_LEAST_SAMPLES, _MOST_SAMPLES = 2, 50
"""Two can disagree; more than 40 changed nothing in the paper that `steps.sureness` names."""


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
    personal: list[str] | str | None = None,
    samples: int | None = None,
    min_confidence: float | None = None,
    stream: bool = False,
) -> Options:
    """Returns a keyword's options of asking as the steps take them.

    Raises:
        InputError: ``min_confidence`` is no probability, ``samples`` are too few or too many, or a parameter is out of range.
    """
    from GenFlowLibrary.core.prompt import Parameters  # noqa: PLC0415 - likewise
    from GenFlowLibrary.steps.runtime import Options  # noqa: PLC0415 - steps are loaded by the first that runs

    return Options(
        engine=engine,
        parameters=Parameters(
            model=model,
            temperature=temperature,
            max_tokens=max_tokens,
            top_p=top_p,
            n=_several(samples) if samples is not None else n,
            stop=tuple(stop) if stop else None,
        ),
        personal=names(personal),
        min_confidence=_probability(min_confidence),
        stream=stream,
    )


def _several(samples: int) -> int:
    if not _LEAST_SAMPLES <= samples <= _MOST_SAMPLES:
        raise InputError(
            f"Expected samples to be between {_LEAST_SAMPLES} and {_MOST_SAMPLES}, but it is {samples}; 5 is usual."
        )
    return samples


def _probability(confidence: float | None) -> float | None:
    if confidence is not None and not 0 < confidence <= 1:
        raise InputError(
            f"Expected min_confidence to be a probability above 0 and at most 1, but it is {confidence:g}; write it like 0.8."
        )
    return confidence


def names(given: list[str] | str | None) -> tuple[str, ...]:
    """Returns names that are given as a list, or as a text with commas between them."""
    items = given.split(",") if isinstance(given, str) else given or []
    return tuple(name.strip() for name in items if name.strip())

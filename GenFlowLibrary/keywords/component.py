"""What all keyword classes share: the library they belong to, and the options of asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.prompt import Parameters

if TYPE_CHECKING:
    from GenFlowLibrary.library import GenFlowLibrary
    from GenFlowLibrary.steps.runtime import Options


class KeywordComponent:
    """One class of keywords; ``library`` gives it the runtime and the page."""

    def __init__(self, library: GenFlowLibrary) -> None:
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

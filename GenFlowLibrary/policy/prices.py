"""What models cost: the packaged price file, and the user's own before it.

model name -> its price, or its undated name's price -> tokens to money
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from GenFlowLibrary.core.completion import Usage
    from GenFlowLibrary.core.settings import Resolved

PACKAGED = Path(__file__).with_name("prices.yaml")
_DATE = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Price:
    """What a million tokens cost, in the currency of the file."""

    prompt: Decimal
    completion: Decimal

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing, however many tokens there are."""
        return not (self.prompt or self.completion)

    def cost(self, usage: Usage) -> Decimal:
        """Returns what a usage costs."""
        return (usage.prompt_tokens * self.prompt + usage.completion_tokens * self.completion) / _MILLION


@dataclass(frozen=True)
class Prices:
    """The prices of models and their currency. ``own_file`` is the user's price file, ``None`` where there is none."""

    models: Mapping[str, Price]
    currency: str
    own_file: Path | None = None

    @property
    def file_to_edit(self) -> str:
        """Where a missing price is to be written, in words."""
        return (
            f"'{self.own_file}'"
            if self.own_file
            else "a price file of your own and name that in the setting prices"
        )

    def of(self, model: str) -> Price | None:
        """Returns the price of a model, ``None`` where nobody wrote one."""
        return self.models.get(model) or self.models.get(_DATE.sub("", model))


def read_prices(own: Path | None = None) -> Prices:
    """Returns the packaged prices, overlaid with those of the user's own file.

    Raises:
        SettingsError: the user's file cannot be read, or is not a price file.
    """
    packaged = _read(PACKAGED)
    if own is None:
        return packaged
    ours = _read(own)
    # Another currency must not be mixed with dollars: then the user's file stands alone.
    models = {**packaged.models, **ours.models} if ours.currency == packaged.currency else ours.models
    return Prices(models, ours.currency, own)


def with_profiles(prices: Prices, resolved: Resolved) -> Prices:
    """Returns prices with those that the settings and the profiles of engines say of their models.

    Raises:
        SettingsError: one of the two prices is missing, or the model, or a model has two different prices.
    """
    said: dict[str, tuple[Price, str]] = {}
    settings, sources = resolved.settings, resolved.sources
    own = {name: getattr(settings, name) for name in ("model", "prompt_price", "completion_price")}
    for values, source in (
        (own, sources["prompt_price"]),
        *((profile.values, profile.source) for profile in resolved.profiles.values()),
    ):
        prompt, completion, model = (
            values.get(name) for name in ("prompt_price", "completion_price", "model")
        )
        if prompt is None and completion is None:
            continue
        if prompt is None or completion is None or not model:
            raise SettingsError(
                f"Expected prompt_price, completion_price and model together, but {source} lacks one of them; add it."
            )
        price = Price(prompt, completion)
        if said.get(model, (price, ""))[0] != price:
            raise SettingsError(
                f"Expected one price for the model '{model}', but {said[model][1]} and {source} have different ones; "
                "correct one of them."
            )
        said[model] = (price, source)
    return replace(prices, models={**prices.models, **{model: price for model, (price, _) in said.items()}})


@lru_cache(maxsize=8)
def _read(file: Path) -> Prices:
    import yaml  # noqa: PLC0415 - only where money is limited or counted

    try:
        data = yaml.safe_load(file.read_text("utf-8"))
    except OSError as problem:
        raise SettingsError(
            f"Expected the price file '{file}', but {problem.strerror or problem}; create it or correct the setting prices."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise SettingsError(
            f"Expected the price file '{file}' to be YAML, but it cannot be read; correct it."
        ) from None
    models = data.get("models") if isinstance(data, dict) else None
    if not isinstance(models, dict):
        raise SettingsError(
            f"Expected the price file '{file}' to have models, but it has none; "
            "write them like models: {my-model: {prompt: 0.50, completion: 1.50}}."
        )
    currency = str(data.get("currency", "USD"))
    return Prices({str(name): _price(file, name, entry) for name, entry in models.items()}, currency)


def _price(file: Path, name: Any, entry: Any) -> Price:
    try:
        price = Price(Decimal(str(entry["prompt"])), Decimal(str(entry["completion"])))
        if not all(amount.is_finite() and amount >= 0 for amount in (price.prompt, price.completion)):
            raise ValueError
    except (KeyError, TypeError, ValueError, InvalidOperation):
        raise SettingsError(
            f"Expected two prices for a million tokens for {name} in '{file}', but found {entry}; "
            f"write it like {name}: {{prompt: 0.50, completion: 1.50}}."
        ) from None
    return price

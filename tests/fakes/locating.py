"""One run of a suite as `gen:` locators see it: an engine, a folder of learned elements, and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from GenFlowLibrary.core.settings import LearnedMode
from GenFlowLibrary.forms.learned_element_file import ElementFolder
from GenFlowLibrary.forms.learned_rules import Learning
from GenFlowLibrary.steps.locate import Locator, Wanted
from tests.fakes.engine import FakeEngine
from tests.fakes.runtime import make_runtime


@dataclass
class LocatingRun:
    """A run of one suite: what a `Locator` is hosted by."""

    folder: Path
    engine: FakeEngine = field(default_factory=FakeEngine)
    learned_mode: LearnedMode = "heal"
    heals_allowed: bool = False

    def __post_init__(self) -> None:
        self.runtime, self.records = make_runtime(self.engine)
        learning = Learning(self.learned_mode, self.heals_allowed, None, ElementFolder(self.folder))
        self.runtime = replace(self.runtime, learning=learning)
        self.said: list[str] = []
        self.pauses: list[float] = []
        self.locator = Locator(note=self.said.append, host=self, pause=self.pauses.append)

    def find(self, page: Any, wanted: Wanted) -> Any:
        return self.locator.find(page, wanted)

    @property
    def calls(self) -> int:
        return len(self.engine.history)

"""Who answers when the first engine does not: those it falls back on, and the one it escalates to.

    engine -> cannot be reached, quota used up? -> the next stand-in ... -> answer
    answer will not do after its repairs, or its measured confidence is too low? -> the stronger engine

All share the deadline, the budget and the recording of one question. Content that was rejected is asked of nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import AnswerError, EngineError, NeedsLanguageModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.core.completion import Completion
    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.engines.examining import Reply
    from GenFlowLibrary.engines.protocol import Engine


@dataclass(frozen=True)
class Lineup:
    """An engine with its successors; itself the engine that is asked first.

    ``title`` and the names in ``stand_ins`` and ``stronger`` are what the settings call them. ``timeout`` is how many seconds the
    settings of the first allow for a question altogether. ``unsure_below`` is the confidence below which ``stronger`` is asked.
    """

    first: Engine
    title: str
    timeout: float
    stand_ins: tuple[tuple[str, Engine], ...] = ()
    stronger: tuple[str, Engine] | None = None
    unsure_below: float | None = None

    @property
    def name(self) -> str:
        """The first engine's name."""
        return self.first.name

    @property
    def model(self) -> str:
        """The first engine's model."""
        return self.first.model

    @property
    def needs_network(self) -> bool:
        """Whether a call to the first engine leaves this machine's process."""
        return self.first.needs_network

    @property
    def is_deterministic(self) -> bool:
        """Whether the first engine answers a prompt always alike."""
        return self.first.is_deterministic

    def complete(self, prompt: Prompt, deadline: Deadline) -> Completion:
        """Returns the first engine's completion; the gateway alone asks the others, for each call is paid for."""
        return self.first.complete(prompt, deadline)

    def close(self) -> None:
        """Nothing of its own is open."""


@dataclass(frozen=True)
class Turn:
    """One engine's turn at a question. ``succeeds`` tells that it was not the one that was asked for, nor its model."""

    engine: Engine
    deadline: Deadline
    succeeds: bool = False


def ask_in_turn(
    lineup: Lineup, deadline: Deadline, ask: Callable[[Turn], Reply], note: Callable[[str], None]
) -> Reply:
    """Returns the reply of the first engine whose answer will do.

    Args:
        lineup: Who may be asked.
        deadline: When all must be over.
        ask: Asks one engine, with its repairs.
        note: Takes a sentence for the log.

    Raises:
        EngineError, AnswerError, BudgetExceeded: as ``ask``, of the last one that was asked.
    """
    try:
        reply = _first_to_answer(lineup, deadline, ask, note)
    except (AnswerError, NeedsLanguageModel) as problem:
        if lineup.stronger is None or deadline.passed:
            raise
        why = f"its answer will not do: {problem}"
    else:
        why = _too_unsure(lineup, reply, note)
        if lineup.stronger is None or not why:
            return reply
    name, engine = lineup.stronger
    note(f"'{name}' is asked instead of '{lineup.title}', for {why}")
    return ask(Turn(engine, deadline, succeeds=True))


def _first_to_answer(
    lineup: Lineup, deadline: Deadline, ask: Callable[[Turn], Reply], note: Callable[[str], None]
) -> Reply:
    turns = [(lineup.title, lineup.first), *lineup.stand_ins]
    before: EngineError | None = None
    for number, (name, engine) in enumerate(turns):
        left = len(turns) - number
        share = Deadline.after(deadline.remaining / left, deadline.clock) if left > 1 else deadline
        try:
            return ask(Turn(engine, share, succeeds=number > 0))
        except NeedsLanguageModel:
            if before is None:
                raise
            break  # that the last resort is no language model is not what went wrong
        except EngineError as problem:
            before = problem
            if not problem.elsewhere or left == 1 or deadline.passed:
                raise
            note(f"'{turns[number + 1][0]}' is asked instead of '{name}': {problem}")
    assert before is not None  # noqa: S101 - the loop ends by a break alone
    raise before


def _too_unsure(lineup: Lineup, reply: Reply, note: Callable[[str], None]) -> str:
    """Returns why an answer is too unsure, empty where it is sure enough or nobody knows."""
    if lineup.unsure_below is None or lineup.stronger is None:
        return ""
    confidence = reply.completion.confidence
    if confidence is None:
        if reply.answers:
            note(
                f"No confidence was measured for the answer of '{lineup.title}', so escalate_below={lineup.unsure_below:g} "
                "does not tell whether it will do."
            )
        return ""
    if confidence >= lineup.unsure_below:
        return ""
    return f"its confidence of {confidence:.2f} is below escalate_below={lineup.unsure_below:g}."

"""The gateway: the only one who asks engines.

    secrets out -> redact -> recording? -> budget -> engine (+ retry) -> charge -> validate (+ at most two repairs) -> record
                                           └── again with the next engine, where there is one (`lineup`) ──┘

What comes back has passed every check; what does not is an error, and either way the exchange stands in the
step record, with placeholders for secrets and personal data.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.repair import repair_prompt
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import AnswerError, GenFlowError
from GenFlowLibrary.engines.examining import Check, Reply, Unfit, examine, failed
from GenFlowLibrary.engines.lineup import Lineup, Turn, ask_in_turn
from GenFlowLibrary.engines.one_call import Call, OneCall
from GenFlowLibrary.engines.recording import RECORD_COMMAND, Recording
from GenFlowLibrary.policy.redactor import Redactor
from GenFlowLibrary.trace.record import Exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from GenFlowLibrary.core.completion import Completion
    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.engines.cache import AnswerCache
    from GenFlowLibrary.engines.protocol import Engine
    from GenFlowLibrary.policy.budget import Budget
    from GenFlowLibrary.policy.secrets import Secrets
    from GenFlowLibrary.trace.record import StepRecord

__all__ = ["Check", "Gateway", "Reply"]

MOST_REPAIRS = 2
"""Times an answer that would not do is asked for again. A server that ignores the schema needs one to be told of it in the
prompt, and a small model one more for a mistake of its own; who fails a third time fails a fourth."""


class Gateway:
    """Asks engines under the run's budget, secrets and recording.

    Args:
        budget: The run's limits. Counts only what leaves this machine.
        secrets: What must not reach an engine, an error message or a file.
        recording: Where answers are replayed from or kept in, if at all.
        timeout: Seconds a call may take altogether, its repair included.
        engine: Answers where `ask` is told no other.
        clock: Monotonic seconds.
        redactor: Takes personal data out of prompts; by default nothing but known secrets is taken out.
        cache: Where answers are kept for a while, if at all.
    """

    def __init__(
        self,
        *,
        budget: Budget,
        secrets: Secrets,
        recording: Recording | None = None,
        timeout: float = 60.0,
        engine: Engine | None = None,
        clock: Callable[[], float] = time.monotonic,
        redactor: Redactor | None = None,
        cache: AnswerCache | None = None,
    ) -> None:
        self._engine = engine
        self._one_call = OneCall(budget, secrets, clock)
        self._secrets = secrets
        self._recording = recording
        self._timeout = timeout
        self._clock = clock
        self._redactor = redactor or Redactor()
        self._cache = cache

    @property
    def replays(self) -> bool:
        """Whether an answer may come from a recording, whichever engine is set."""
        return self._recording is not None and self._recording.mode in ("replay", "auto")

    def ask(
        self,
        prompt: Prompt,
        record: StepRecord,
        *,
        check: Check | None = None,
        engine: Engine | None = None,
        personal: Sequence[str] = (),
    ) -> Reply:
        """Returns the checked reply to a prompt, and leaves every exchange in ``record``.

        Args:
            prompt: What is asked.
            record: The step record.
            check: Looks at each parsed answer; what it finds is handled like an answer of the wrong shape.
            engine: Who is asked; the gateway's own engine by default.
            personal: Names of inputs whose values are personal, besides those of the settings.

        Raises:
            InputError: redaction is required, and something personal would go out as it is.
            EngineError: no completion came back.
            AnswerError: the completion is not the answer asked for, also after `MOST_REPAIRS` repairs. Carries
                the last completion.
            BudgetExceeded: the call would pass a limit.
            SettingsError: money is limited and the model has no price.
            RecordingError: only recorded answers may be used and there is none, or the recording is damaged.
        """
        asked = engine or self._engine
        if asked is None:
            raise ValueError("A gateway without an engine of its own needs one with each call.")
        redaction = self._redactor.redact(self._without_secrets(prompt), personal)
        if self._redactor.mode != "off":
            record.conceal_with(redaction.hide_rest)
        record.notes.extend(redaction.notes)
        lineup = asked if isinstance(asked, Lineup) else Lineup(asked, asked.name, self._timeout)
        call = Call(redaction, record, check, lineup.first, Deadline.after(lineup.timeout, self._clock))
        before = len(record.exchanges)
        try:
            return (
                self._replay(call) or self._from_cache(call, lineup.title) or self._ask_engines(call, lineup)
            )
        except GenFlowError as error:
            self._scrub_error(error)
            if len(record.exchanges) == before:  # no engine was asked: the budget or the recording said no
                record.exchanges.append(Exchange(call.prompt, None, redaction.hide_rest(str(error))))
            raise

    def _replay(self, call: Call) -> Reply | None:
        """Returns what the recording has for the prompt, ``None`` where the engine is to be asked."""
        if self._recording is None:
            return None
        try:
            completion = self._recording.find(call.prompt)
        finally:
            call.record.notes.extend(self._recording.take_notes())
        if completion is None:
            return None
        key = self._recording.key(call.prompt)
        call.record.exchanges.append(Exchange(call.prompt, completion, recorded=key))
        try:
            return examine(call.redaction, completion, call.check)
        except Unfit as unfit:
            self._fault(call, unfit.problem)
            raise AnswerError(
                f"{unfit.problem.removesuffix('.')} (recorded for the prompt '{call.prompt.name}' "
                f"in '{self._recording.file}'); correct that line, or record it again with: {RECORD_COMMAND}",
                completion=completion,
            ) from None

    def _from_cache(self, call: Call, title: str) -> Reply | None:
        """Returns what is kept for the prompt to the engine that would be asked first, where it still passes every check."""
        if self._cache is None or not call.engine.needs_network:
            return None
        completion = self._cache.find(call.prompt, title, call.model)
        call.record.notes.extend(self._cache.take_notes())
        if completion is None:
            return None
        try:
            reply = examine(call.redaction, completion, call.check)
        except Unfit:
            return None
        call.record.exchanges.append(Exchange(call.prompt, completion))
        call.record.notes.append("The answer was kept from an earlier call (cache=on) and cost nothing.")
        return reply

    def _ask_engines(self, call: Call, lineup: Lineup) -> Reply:
        """Asks one engine after the other until an answer will do, and keeps that one in the recording."""
        kept: Completion | None = None
        answered: Engine | None = None

        def ask(turn: Turn) -> Reply:
            nonlocal kept, answered
            answered = turn.engine
            reply, kept = self._ask_engine(
                replace(call, engine=turn.engine, deadline=turn.deadline, succeeds=turn.succeeds)
            )
            return reply

        def note(sentence: str) -> None:
            call.record.notes.append(self._one_call.hidden(call, sentence))

        reply = ask_in_turn(lineup, call.deadline, ask, note)
        if (
            self._cache is not None
            and kept is not None
            and answered is call.engine
            and answered.needs_network
        ):
            self._cache.keep(call.prompt, lineup.title, call.model, kept)
            call.record.notes.extend(self._cache.take_notes())
        if self._recording is not None and kept is not None:
            self._recording.keep(call.prompt, kept)
            call.record.exchanges[-1] = replace(
                call.record.exchanges[-1], recorded=self._recording.key(call.prompt)
            )
        return reply

    def _ask_engine(self, call: Call) -> tuple[Reply, Completion]:
        """Asks, and asks again with what was wrong: at most `MOST_REPAIRS` times, in what is left of the time.

        Returns the reply, and the completion that it was made of, which still has its placeholders.
        """
        prompt, repairs = call.prompt, 0
        while True:
            completion = self._one_call.make(call, prompt)
            try:
                return examine(call.redaction, completion, call.check), completion
            except Unfit as unfit:
                self._fault(call, unfit.problem)
                if call.engine.is_deterministic:
                    raise failed(call.prompt, completion, unfit, "and always will") from None
                if repairs == MOST_REPAIRS:
                    how = f"after being asked {repairs + 1} times"
                    raise failed(call.prompt, completion, unfit, how) from None
                if call.deadline.passed:
                    how = "and no time was left to ask again"
                    raise failed(call.prompt, completion, unfit, how) from None
                again = repair_prompt(call.prompt, unfit.text, unfit.problem)
                prompt = call.redaction.again(self._without_secrets(again))
                repairs += 1

    def _fault(self, call: Call, problem: str) -> None:
        """Writes into the last exchange why its completion would not do."""
        call.record.exchanges[-1] = replace(call.record.exchanges[-1], fault=self._secrets.scrub(problem))

    def _without_secrets(self, prompt: Prompt) -> Prompt:
        scrub = self._secrets.scrub
        return replace(
            prompt,
            messages=tuple(replace(message, content=scrub(message.content)) for message in prompt.messages),
            inputs=self._secrets.scrub_data(prompt.inputs),
            draft=None if prompt.draft is None else scrub(prompt.draft),
        )

    def _scrub_error(self, error: GenFlowError) -> None:
        """Takes secrets out of an error, and cuts off causes with one: Robot Framework logs them too."""
        scrub = self._secrets.scrub
        error.args = tuple(scrub(part) if isinstance(part, str) else part for part in error.args)
        link: BaseException = error
        while (behind := link.__cause__ or link.__context__) is not None:
            if scrub(str(behind)) != str(behind):
                link.__cause__ = None
                link.__context__ = None
                return
            link = behind

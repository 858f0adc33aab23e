"""The gateway: the only one who asks engines.

    redact -> recording? -> budget -> engine (+ retry) -> charge -> validate (+ one bounded repair) -> record

What comes back has passed every check; what does not is an error, and either way the exchange stands in the
step record.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.parsing import excerpt, parse_answer, without_thinking
from GenFlowLibrary.answers.repair import repair_prompt
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import AnswerError, EngineError, GenFlowError
from GenFlowLibrary.core.prompt import Message, Prompt
from GenFlowLibrary.engines.recording import RECORD_COMMAND, Recording
from GenFlowLibrary.trace.record import Exchange, StepRecord

if TYPE_CHECKING:
    from pydantic import BaseModel

    from GenFlowLibrary.engines.protocol import Engine
    from GenFlowLibrary.policy.budget import Budget
    from GenFlowLibrary.policy.secrets import Secrets

Check = Callable[["BaseModel"], "str | None"]
"""Looks at a parsed answer; returns what is wrong with it as a sentence for the engine, or ``None``."""


@dataclass(frozen=True)
class Reply:
    """A completion that passed every check, and one answer for each of its texts (none for free text)."""

    completion: Completion
    answers: tuple[BaseModel, ...] = ()


class Gateway:
    """Asks engines under the run's budget, secrets and recording.

    Args:
        budget: The run's limits. Counts only what leaves this machine.
        secrets: What must not reach an engine, an error message or a file.
        recording: Where answers are replayed from or kept in, if at all.
        timeout: Seconds a call may take altogether, its repair included.
        engine: Answers where `ask` is told no other.
        clock: Monotonic seconds.
        redact: What a prompt must pass before anyone else sees it; takes out known secrets unless something
            stricter is given.
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
        redact: Callable[[Prompt], Prompt] | None = None,
    ) -> None:
        self._engine = engine
        self._budget = budget
        self._secrets = secrets
        self._recording = recording
        self._timeout = timeout
        self._clock = clock
        self._redact = redact or self._without_secrets

    def ask(
        self, prompt: Prompt, record: StepRecord, *, check: Check | None = None, engine: Engine | None = None
    ) -> Reply:
        """Returns the checked reply to a prompt, and leaves every exchange in ``record``.

        Args:
            prompt: What is asked.
            record: The step record.
            check: Looks at each parsed answer; what it finds is handled like an answer of the wrong shape.
            engine: Who is asked; the gateway's own engine by default.

        Raises:
            EngineError: no completion came back.
            AnswerError: the completion is not the answer asked for, also after one repair. Carries the last
                completion.
            BudgetExceeded: the call would pass a limit.
            RecordingError: only recorded answers may be used and there is none, or the recording is damaged.
        """
        asked = engine or self._engine
        if asked is None:
            raise ValueError("A gateway without an engine of its own needs one with each call.")
        call = _Call(self._redact(prompt), record, check, asked, Deadline.after(self._timeout, self._clock))
        before = len(record.exchanges)
        try:
            return self._replay(call) or self._ask_engine(call)
        except GenFlowError as error:
            self._scrub_error(error)
            if len(record.exchanges) == before:  # no engine was asked: the budget or the recording said no
                record.exchanges.append(Exchange(call.prompt, None, str(error)))
            raise

    def _replay(self, call: _Call) -> Reply | None:
        """Returns what the recording has for the prompt, ``None`` where the engine is to be asked."""
        if self._recording is None:
            return None
        try:
            completion = self._recording.find(call.prompt)
        finally:
            call.record.notes.extend(self._recording.take_notes())
        if completion is None:
            return None
        call.record.exchanges.append(Exchange(call.prompt, completion))
        try:
            return _examine(call, completion)
        except _Unfit as unfit:
            self._fault(call, unfit.problem)
            raise AnswerError(
                f"{unfit.problem.removesuffix('.')} (recorded for the prompt '{call.prompt.name}' "
                f"in '{self._recording.file}'); correct that line, or record it again with: {RECORD_COMMAND}",
                completion=completion,
            ) from None

    def _ask_engine(self, call: _Call) -> Reply:
        completion = self._complete(call, call.prompt)
        try:
            reply = _examine(call, completion)
        except _Unfit as unfit:
            self._fault(call, unfit.problem)
            reply = self._repair(call, completion, unfit)
        if self._recording is not None:
            self._recording.keep(call.prompt, reply.completion)
        return reply

    def _repair(self, call: _Call, completion: Completion, unfit: _Unfit) -> Reply:
        """Asks once more with what was wrong, in what is left of the time."""
        if call.deadline.passed:
            raise _failed(call, completion, unfit, "and no time was left to ask again") from None
        again = self._complete(call, self._redact(repair_prompt(call.prompt, unfit.text, unfit.problem)))
        try:
            return _examine(call, again)
        except _Unfit as still:
            self._fault(call, still.problem)
            raise _failed(call, again, still, "after being asked twice") from None

    def _complete(self, call: _Call, prompt: Prompt) -> Completion:
        """Returns the engine's whole completion; budget and step record know of the call however it ends."""
        if call.engine.needs_network:
            self._budget.check()
        usage = Usage(requests=int(call.engine.needs_network))
        exchange = Exchange(prompt, None, "The call was cut off before it ended.", usage)
        try:
            completion = call.engine.complete(prompt, call.deadline)
            if prompt.answer_type is None and prompt.ability != "complete":
                completion = replace(completion, texts=tuple(map(without_thinking, completion.texts)))
            usage = replace(completion.usage, requests=max(1, completion.usage.requests))
            exchange = Exchange(prompt, completion, self._secrets.scrub(_unfinished(prompt, completion)))
        except EngineError as error:
            usage = Usage(requests=error.attempts)
            exchange = Exchange(prompt, None, self._secrets.scrub(str(error)), usage)
            raise
        except GenFlowError as error:
            usage = Usage()
            exchange = Exchange(prompt, None, self._secrets.scrub(str(error)))
            raise
        finally:
            # Whatever ends the call, Robot Framework's timeout too, leaves its trace and is paid for.
            call.record.exchanges.append(exchange)
            call.record.notes.extend(exchange.completion.notes if exchange.completion else ())
            if call.engine.needs_network:
                self._budget.charge(usage, counted=exchange.completion is None or usage.total_tokens > 0)
        if exchange.fault:
            raise AnswerError(exchange.fault, completion=completion)
        _note_oddities(call, completion)
        return completion

    def _fault(self, call: _Call, problem: str) -> None:
        """Writes into the last exchange why its completion would not do."""
        call.record.exchanges[-1] = replace(call.record.exchanges[-1], fault=self._secrets.scrub(problem))

    def _without_secrets(self, prompt: Prompt) -> Prompt:
        scrub = self._secrets.scrub
        return replace(
            prompt,
            messages=tuple(Message(message.role, scrub(message.content)) for message in prompt.messages),
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


@dataclass(frozen=True)
class _Call:
    """One `ask` on its way through the gateway."""

    prompt: Prompt
    record: StepRecord
    check: Check | None
    engine: Engine
    deadline: Deadline


class _Unfit(Exception):
    """A completed text is not the answer asked for: ``problem`` says in one sentence why."""

    def __init__(self, problem: str, text: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.text = text


def _examine(call: _Call, completion: Completion) -> Reply:
    """Returns the reply when each text of the completion passes every check.

    Raises:
        _Unfit: one does not.
    """
    answer_type = call.prompt.answer_type
    answers: list[BaseModel] = []
    for text in completion.texts:
        if answer_type is None:
            if not text.strip():
                raise _Unfit("Expected a text, but an empty one came.", text)
            continue
        try:
            answer = parse_answer(text, answer_type)
        except AnswerError as error:
            raise _Unfit(str(error), text) from None
        problem = call.check(answer) if call.check else None
        if problem:
            raise _Unfit(problem, text)
        answers.append(answer)
    return Reply(completion, tuple(answers))


def _unfinished(prompt: Prompt, completion: Completion) -> str:
    """Returns why a completion that the engine itself calls unfinished is no answer, empty where it is one.

    A raw completion (`Complete Prompt`) may end at the length that was asked for: the user reads what came.
    """
    if completion.finish_reason == "content_filter":
        return (
            f"Expected an answer to the prompt '{prompt.name}', but the content filter of {completion.model} "
            "held it back; reword the prompt or use another model."
        )
    if completion.finish_reason == "length" and prompt.ability != "complete":
        return (
            f"Expected a whole answer to the prompt '{prompt.name}', but it was cut off at the length limit; "
            "raise max_tokens or shorten what is asked."
        )
    return ""


def _note_oddities(call: _Call, completion: Completion) -> None:
    wanted = call.prompt.parameters.n
    if wanted and wanted != len(completion.texts):
        call.record.notes.append(f"n={wanted} choices were asked for, and {len(completion.texts)} came.")
    if completion.finish_reason == "length":
        call.record.notes.append("The text was cut off at the length limit (max_tokens).")


def _failed(call: _Call, completion: Completion, unfit: _Unfit, how: str) -> AnswerError:
    came = excerpt(unfit.text) or "nothing"
    return AnswerError(
        f"{unfit.problem.removesuffix('.')} ({completion.model} answered the prompt '{call.prompt.name}' "
        f"with '{came}' {how}); use a stronger model or make the prompt clearer.",
        completion=completion,
    )

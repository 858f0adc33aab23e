"""One call of one engine: what it is shown, what it costs, and what stands of it in the step record, however it ends.

budget -> without what this engine may not read -> engine -> placeholders -> exchange in the step record -> charge
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.parsing import without_thinking
from GenFlowLibrary.core.completion import Completion, Usage
from GenFlowLibrary.core.errors import AnswerError, EngineError, GenFlowError
from GenFlowLibrary.engines.examining import oddities, unfinished
from GenFlowLibrary.trace.record import Exchange, StepRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.core.prompt import Prompt
    from GenFlowLibrary.engines.examining import Check
    from GenFlowLibrary.engines.protocol import Engine
    from GenFlowLibrary.policy.budget import Budget
    from GenFlowLibrary.policy.redaction import Redaction
    from GenFlowLibrary.policy.secrets import Secrets


@dataclass(frozen=True)
class Call:
    """One question to one engine, on its way through the gateway.

    ``succeeds`` tells that the engine is not the one that was asked for: neither is its model.
    """

    redaction: Redaction
    record: StepRecord
    check: Check | None
    engine: Engine
    deadline: Deadline
    succeeds: bool = False

    @property
    def prompt(self) -> Prompt:
        """What is asked, with placeholders."""
        return self.redaction.prompt

    @property
    def model(self) -> str:
        """Who is asked, as far as that is known before."""
        return (not self.succeeds and self.prompt.parameters.model) or self.engine.model


class OneCall:
    """Makes calls. Threads may share it.

    Args:
        budget: The run's limits. Counts only what leaves this machine.
        secrets: What must not stand in a completion.
        clock: Monotonic seconds.
    """

    def __init__(self, budget: Budget, secrets: Secrets, clock: Callable[[], float]) -> None:
        self._budget = budget
        self._secrets = secrets
        self._clock = clock

    def make(self, call: Call, prompt: Prompt) -> Completion:
        """Returns the engine's whole completion of a prompt; budget and step record know of the call however it ends.

        Raises:
            BudgetExceeded, SettingsError: the call would pass a limit, or its price is not known.
            EngineError: no completion came back.
            AnswerError: the engine did not finish it.
        """
        paid = call.engine.needs_network
        if paid:
            self._budget.enter(call.record, call.model)
        usage = Usage(requests=int(paid))
        exchange = Exchange(prompt, None, "The call was cut off before it ended.", usage)
        began, started = self._clock(), datetime.now(timezone.utc)
        try:
            completion = self._asked(call, prompt)
            usage = replace(completion.usage, requests=max(1, completion.usage.requests))
            exchange = Exchange(prompt, completion, self._secrets.scrub(unfinished(prompt, completion)))
        except EngineError as error:
            usage = replace(error.usage, requests=error.attempts)
            exchange = Exchange(prompt, None, self.hidden(call, str(error)), usage)
            raise
        except GenFlowError as error:
            usage = Usage()
            exchange = Exchange(prompt, None, self.hidden(call, str(error)))
            raise
        finally:
            # Whatever ends the call, Robot Framework's timeout too, leaves its trace and is paid for.
            exchange = replace(
                exchange,
                began=started,
                seconds=self._clock() - began,
                engine=call.engine.name,
                model=call.model,
            )
            call.record.exchanges.append(exchange)
            came = exchange.completion
            call.record.notes.extend(came.notes if came else ())
            if paid:
                self._budget.settle(
                    call.record,
                    usage,
                    models=(came.model, call.model) if came else (call.model,),
                    seconds=self._clock() - began,
                    counted=came is None or usage.total_tokens > 0,
                )
                call.record.budget = self._budget.left(call.record)
        if exchange.fault:
            raise AnswerError(exchange.fault, completion=completion)
        call.record.notes.extend(oddities(call.prompt, completion))
        return completion

    def _asked(self, call: Call, prompt: Prompt) -> Completion:
        """Returns what the engine sends, with placeholders for secrets and personal data whatever it was shown."""
        local = not call.engine.needs_network
        # Nothing leaves this machine for an engine that runs on it: it may read what others may not.
        shown = call.redaction.for_this_machine(prompt) if local else prompt
        if call.succeeds:  # the model that was asked for is the first engine's
            shown = replace(shown, parameters=replace(shown.parameters, model=None))
        completion = call.engine.complete(shown, call.deadline)
        texts = completion.texts
        if prompt.answer_type is None and prompt.ability != "complete":
            texts = tuple(map(without_thinking, texts))
        texts = tuple(map(self._secrets.scrub, texts))
        if local:
            texts = tuple(map(call.redaction.hide, texts))
        return completion if texts == completion.texts else replace(completion, texts=texts)

    def hidden(self, call: Call, text: str) -> str:
        """Returns a text for the step record, without secrets and what is personal."""
        return call.redaction.hide_rest(self._secrets.scrub(text))

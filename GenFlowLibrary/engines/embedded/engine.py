"""The embedded engine: dispatches a prompt by its ability to the file that does it.

    classify -> classify.py   decide -> decide.py   extract -> extract.py   generate -> draft.py   match, point -> none
    answer -> answer.py   review -> review.py   summarize -> summarize.py   outline -> outline.py
    judge, complete -> a language model's work

It reads a prompt's inputs, never its messages: prose written for a language model, or by a customer, gives it
no orders.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from GenFlowLibrary.core.completion import Completion
from GenFlowLibrary.core.errors import PromptError

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.core.deadline import Deadline
    from GenFlowLibrary.core.prompt import Ability, Prompt

MODEL = "embedded-1"
"""Changes with every change of what the engine answers, so that a recording and a trace tell which one it was."""


class EmbeddedEngine:
    """Answers on this machine, at once and without cost; the same question always gets the same answer."""

    name = "embedded"
    model = MODEL
    needs_network = False
    is_deterministic = True

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._abilities: dict[Ability, Callable[[Prompt], str]] = {
            "classify": _classify,
            "decide": _decide,
            "extract": _extract,
            "generate": _generate,
            "match": _match,
            "point": _point,
            "answer": _answer,
            "review": _review,
            "judge": _judge,
            "summarize": _summarize,
            "outline": _outline,
            "complete": _complete,
        }

    def complete(self, prompt: Prompt, deadline: Deadline) -> Completion:
        """Returns the answer: JSON for a prompt with an answer type, otherwise the prompt's draft.

        Raises:
            NeedsLanguageModel: the prompt asks for prose without a draft, or for anything a language model
                alone can do.
            AnswerError: a field that must have a value was not found in the text, or was found with two.
            PromptError: the prompt lacks an input.
        """
        started = self._clock()
        text = self._abilities[prompt.ability](prompt)
        return Completion((text,), self.name, self.model, seconds=self._clock() - started)

    def close(self) -> None:
        """Nothing is kept open."""


def _classify(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.classify import classify  # noqa: PLC0415 - one ability, one import

    return classify(str(_input(prompt, "text")), _input(prompt, "options"))


def _decide(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.decide import decide  # noqa: PLC0415

    return decide(str(_input(prompt, "situation")), _input(prompt, "options"))


def _extract(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.extract import extract  # noqa: PLC0415

    return extract(str(_input(prompt, "text")), _input(prompt, "fields"))


def _generate(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.draft import draft  # noqa: PLC0415

    return draft(prompt)


def _match(prompt: Prompt) -> str:
    """Nobody is asked about a field but for what the words of key and label, which are all this engine knows, left open already."""
    from GenFlowLibrary.answers.field_matches import none_of  # noqa: PLC0415

    if prompt.inputs.get("texts") or prompt.inputs.get("values"):
        from GenFlowLibrary.engines.embedded.draft import needs_language_model  # noqa: PLC0415

        raise needs_language_model(
            "Expected a language model to write what these fields are to hold, but the engine is embedded, which writes nothing of "
            "its own; give the texts and values as data"
        )
    return none_of(
        len(_input(prompt, "keys")), "The embedded engine knows no more than the words of key and label."
    )


def _point(prompt: Prompt) -> str:
    """Nobody is asked about an element but where the words of description and page, which are all this engine knows, did not tell."""
    return json.dumps(
        {"reason": "The embedded engine knows no more than the words of the page.", "choice": 0}
    )


def _answer(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.answer import answer  # noqa: PLC0415

    return answer(str(_input(prompt, "question")), str(_input(prompt, "text")))


def _review(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.review import review  # noqa: PLC0415

    return review(str(_input(prompt, "text")), _input(prompt, "checks"))


def _judge(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.draft import needs_language_model  # noqa: PLC0415

    raise needs_language_model(
        f"Expected a language model to judge whether the text satisfies '{_input(prompt, 'criterion')}', but the engine is embedded; write "
        "a criterion that words settle, such as 'contains \"refund\"', 'at most 120 words' or 'is written in de'"
    )


def _summarize(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.summarize import summarize  # noqa: PLC0415

    return summarize(str(_input(prompt, "text")), int(_input(prompt, "max_sentences")))


def _outline(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.outline import outline  # noqa: PLC0415

    return outline(str(_input(prompt, "text")), prompt.language)


def _complete(prompt: Prompt) -> str:
    from GenFlowLibrary.engines.embedded.draft import needs_language_model  # noqa: PLC0415

    raise needs_language_model(
        f"Expected a language model to complete the prompt '{prompt.name}', but the engine is embedded and only classifies, "
        "extracts, decides and fills drafts; use one of these steps"
    )


def _input(prompt: Prompt, name: str) -> Any:
    value = prompt.inputs.get(name)
    if value is None or value == []:
        raise PromptError(
            f"Expected the prompt '{prompt.name}' to have the input '{name}' for its ability {prompt.ability}, "
            "but it has not; add it to the prompt file's inputs."
        )
    return value

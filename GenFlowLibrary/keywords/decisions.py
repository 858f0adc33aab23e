"""Keywords that choose: a category for a text, the next action for a situation."""

from __future__ import annotations

from collections.abc import Mapping

from robot.api.deco import keyword

from GenFlowLibrary.answers.answer import Classification, Decision
from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.rf.secrets import refuse_secrets


class DecisionKeywords(KeywordComponent):
    """Classify Text, Decide Next Action."""

    @keyword
    def classify_text(
        self,
        text: str | None,
        *categories: str,
        examples: Mapping[str, str | list[str] | None] | None = None,
        otherwise: str | None = None,
        prompt: str = "classify_text",
        engine: EngineName | None = None,
        model: str | None = None,
        samples: int | None = None,
        min_confidence: float | None = None,
        **described: str | None,
    ) -> Classification:
        """Finds the category that a text belongs to.

        Args:
            text: The text to classify.
            categories: Names of categories that need no description.
            examples: Texts that belong to a category: category name to one text or a list of texts.
            otherwise: Category to return when none fits clearly. Without it the step fails then.
            prompt: Name of your own prompt file for this step.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            samples: Number of answers to ask for, such as 5; the category of most counts. Costs as many answers.
            min_confidence: Least confidence that a category must have to count, such as 0.8; below it none fits.
            described: Categories with a description each, as `name=what belongs to it`.

        Returns:
            The classification: `${kind.category}`, `${kind.reason}`, `${kind.confidence}` (measured, or `None` where the engine cannot
            measure it) and `${kind.abstained}`. In a text, `${kind}` is the category's name.

        Describe a category with the words that its texts use, in every language they come in.

        With `min_confidence=` the confidence is measured, see [Confidence]. Where that is not possible, no category fits and the reason
        says so.

        Examples:
        ```robotframework
        *** Tasks ***
        Sort An Enquiry
            ${kind} =    Classify Text    You charged my card twice for the same invoice.
            ...    billing=invoices, payments, charged twice, refund of money, 发票, 扣款, 退款
            ...    delivery=parcel, shipping, tracking, late, not arrived, 快递, 物流, 发货
            ...    otherwise=other
            Should Be Equal    ${kind.category}    billing
            Log    ${kind.reason}
        ```
        """
        from GenFlowLibrary.steps.choices import read_options  # noqa: PLC0415
        from GenFlowLibrary.steps.classify import classify  # noqa: PLC0415

        refuse_secrets({"text": text, **described, **(examples or {})})
        return classify(
            self.library.runtime,
            text,
            read_options("category", categories, described, examples),
            otherwise=otherwise,
            prompt=prompt,
            options=ask_options(engine, model=model, samples=samples, min_confidence=min_confidence),
        )

    @keyword
    def decide_next_action(
        self,
        situation: str | None,
        *,
        facts: Mapping[str, object] | None = None,
        otherwise: str | None = None,
        prompt: str = "decide_next_action",
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
        samples: int | None = None,
        min_confidence: float | None = None,
        **options: str | None,
    ) -> Decision:
        """Chooses what to do next among the options that you write.

        Args:
            situation: The text that the decision is about.
            facts: Known facts by name, usually from [Extract Data]; the conditions speak of them.
            otherwise: Option to take when none is clear. Without it the action is then `abstain`.
            prompt: Name of your own prompt file for this step.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of facts whose values are personal, such as `customer, address`, see [Redaction].
            samples: Number of answers to ask for, such as 5; the option of most counts.
            min_confidence: Least confidence that a judged option must have to count, such as 0.8, see [Confidence].
            options: The options, as `name=when to take it`.

        Returns:
            The decision: `${decision.action}`, `${decision.reason}`, `${decision.confidence}` (measured, or `None`) and
            `${decision.abstained}`. In a text, `${decision}` is the action.

        When to take an option is written in words, in conditions over the facts, or both, joined by `and` or commas:

        | condition                                     | holds when                     |
        |-----------------------------------------------|--------------------------------|
        | `order_no is known`, `order_no is missing`    | the fact has a value, has none |
        | `category is billing`, `category is not spam` | the fact is, is not this word  |
        | `amount is at most 200`, `amount <= 200`      | numbers; also `at least`, `above`, `below` |
        | `subject contains refund`                     | the word occurs in the fact    |
        | `paid is true`, `paid is false`               | the fact is, is not true       |

        Conditions are settled exactly and on this machine. What looks like one and cannot be read is an error, and so is a fact that cannot
        be compared: neither is taken for words to judge. An option whose condition does not hold is never taken, whatever a
        model answers or a customer's text demands. Where the conditions alone settle the matter no engine is asked.

        Examples:
        ```robotframework
        *** Tasks ***
        Refund Only What The Rules Allow
            VAR    &{facts}    order_no=GF-10442    amount=${25.90}
            ${decision} =    Decide Next Action    The lamp arrived broken, please give me my money back.
            ...    facts=${facts}
            ...    refund=order_no is known and amount is at most 200, the customer wants money back
            ...    reply=the customer asks a question
            ...    otherwise=escalate
            IF    $decision.action == 'refund'    Log    Refunding because ${decision.reason}
        ```
        """
        from GenFlowLibrary.steps.choices import read_options  # noqa: PLC0415
        from GenFlowLibrary.steps.decide import decide  # noqa: PLC0415

        refuse_secrets({"situation": situation, "facts": facts or {}, **options})
        return decide(
            self.library.runtime,
            situation,
            read_options("option", (), options),
            facts=facts,
            otherwise=otherwise,
            prompt=prompt,
            options=ask_options(
                engine, model=model, personal=personal, samples=samples, min_confidence=min_confidence
            ),
        )

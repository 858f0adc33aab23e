"""Keywords that read and write text."""

from __future__ import annotations

from robot.api.deco import keyword

from GenFlowLibrary.answers.answer import Facts
from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.rf.secrets import refuse_secrets


class TextKeywords(KeywordComponent):
    """Generate Text, Extract Data, Detect Language."""

    @keyword
    def generate_text(
        self,
        instruction: str | None = None,
        *,
        prompt: str = "generate_text",
        language: str | None = None,
        engine: EngineName | None = None,
        model: str | None = None,
        temperature: float | None = None,
        max_tokens: int | None = None,
        personal: list[str] | str | None = None,
        grounded: bool = False,
        stream: bool = False,
        **facts: object,
    ) -> str:
        """Writes a text from an instruction or from a prompt file.

        Args:
            instruction: What to write, in your own words. Needs a language model.
            prompt: Name of a prompt file, without `.md`. Files in the `prompts` folder beside the suite come first.
            language: Code of the language to write in, such as `en`, `zh` or `de`. It also chooses the draft of the prompt file.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            temperature: Sampling temperature. Not sent unless set.
            max_tokens: Longest text in tokens. Not sent unless set.
            personal: Names of facts whose values are personal, such as `customer, address`, see [Redaction].
            grounded: Whether every number, date, name and identifier of the text must occur in the facts, the instruction or the prompt
              file.
            stream: Whether the text is to come in pieces, with its length on the console every five seconds.
            facts: What the text is written from, by name. With `prompt=` these are the inputs of the prompt file.

        Returns:
            The text, without blanks around it.

        On the embedded engine the text is the prompt file's approved draft with the facts filled in. A fact that is missing fails the
        step and is named: no text leaves with a blank in it. Writing freely, without a draft, needs a language model, and the step says so.

        With `grounded=${True}` a model that states a number, date, name or identifier which it was not given is told so and asked again,
        and the step fails and names them if it insists. Numbers from two to twelve are known in words as well (in English, German, French,
        Spanish and Chinese). Names are known by their capital letters, where a language gives these to names alone; in German and Chinese
        only behind or before a title (Frau, 先生). The first word of a sentence is not taken for a name.

        See [Prompt files] for how to write your own; the first example needs a file `prompts/reply_delivery.md` beside the suite.

        Examples:
        ```robotframework
        *** Tasks ***
        Answer A Delivery Question
            ${reply} =    Generate Text    prompt=reply_delivery    language=en
            ...    customer=Ada Brook    order_no=GF-10442
            Log    ${reply}

        Write Freely
            ${note} =    Generate Text    Thank the customer in two friendly sentences.
            ...    customer=Ada Brook    item=reading lamp    engine=openai    grounded=${True}
        ```
        """
        from GenFlowLibrary.steps.generate import generate  # noqa: PLC0415

        refuse_secrets({"instruction": instruction, **facts})
        options = ask_options(
            engine,
            model=model,
            temperature=temperature,
            max_tokens=max_tokens,
            personal=personal,
            stream=stream,
        )
        return generate(
            self.library.runtime,
            instruction or "",
            facts,
            prompt=prompt,
            language=language,
            grounded=grounded,
            options=options,
        )

    @keyword
    def extract_data(
        self,
        text: str | None,
        *schema: str,
        prompt: str = "extract_data",
        engine: EngineName | None = None,
        model: str | None = None,
    ) -> Facts:
        """Takes facts out of a text, typed by the schema you write.

        Args:
            text: The text to read.
            schema: One field an argument: `name: type`, with `| None` where the text may not state it, and an optional description in
              parentheses.
            prompt: Name of your own prompt file for this step.
            engine: Another engine for this step alone.
            model: Another model for this step alone.

        Returns:
            The facts. Use them as `${facts.order_no}` or `${facts}[order_no]`; a fact that the text does not state is `None`.

        Types are `str`, `int`, `float`, `Decimal` (for money), `bool`, `date`, `datetime`, `list[...]` of these,
        `Literal['a', 'b']` for one of a few words, and `list[{sku: str, qty: int}]` for records (the embedded engine reads those that
        stand on a line each). A description with an example shape, such as `(like GF-10442)`, helps every engine.

        Nothing is invented: every text, number and date must occur in the text. A field without `| None` that the text does not state
        fails the step and is named.

        Examples:
        ```robotframework
        *** Tasks ***
        Read An Enquiry
            ${facts} =    Extract Data    My order GF-10442 broke. Please refund 25.90 EUR.
            ...    order_no: str | None (order number like GF-10442)
            ...    amount: Decimal | None (amount of money)
            ...    due: date | None
            Should Be Equal    ${facts.order_no}    GF-10442
            Should Be Equal As Numbers    ${facts.amount}    25.90
            Should Be Equal    ${facts.due}    ${None}
        ```
        """
        from GenFlowLibrary.steps.extract import extract  # noqa: PLC0415

        refuse_secrets({"text": text})
        options = ask_options(engine, model=model)
        return extract(self.library.runtime, text, "\n".join(schema), prompt=prompt, options=options)

    @keyword
    def detect_language(self, text: str | None, *, otherwise: str | None = None) -> str:
        """Tells which language a text is written in.

        Args:
            text: The text to look at.
            otherwise: Code to return when the text is too short or too mixed to tell. Without it the step fails then.

        Returns:
            The code of the language, such as `en`, `zh` or `de`.

        It is measured for English, German, French, Spanish, Finnish, Swedish, Chinese and Japanese. A script that many languages
        share, such as Cyrillic or Arabic, tells no language. This is done on this machine, whatever the engine.

        Examples:
        ```robotframework
        *** Tasks ***
        Answer In The Customer's Language
            ${language} =    Detect Language    我的订单什么时候能到？
            Should Be Equal    ${language}    zh
        ```
        """
        from GenFlowLibrary.steps.detect_language import detect  # noqa: PLC0415

        refuse_secrets({"text": text})
        return detect(self.library.runtime, text, otherwise=otherwise)

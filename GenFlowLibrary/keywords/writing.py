"""Keywords that write a text from another: its summary, other words for it, another language, the reply to it."""

from __future__ import annotations

from typing import Any

from robot.api.deco import keyword

from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.component import names as read_names
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.keywords.reading import PART_TOKENS
from GenFlowLibrary.rf.secrets import refuse_secrets


class WritingKeywords(KeywordComponent):
    """Summarize Text, Rewrite Text, Translate Text, Generate Reply."""

    @keyword
    def summarize_text(
        self,
        text: Document | str | None,
        *,
        max_sentences: int = 3,
        focus: str | None = None,
        prompt: str = "summarize_text",
        language: str | None = None,
        part_tokens: int = PART_TOKENS,
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
    ) -> str:
        """Says in a few sentences what a text or a document says.

        Args:
            text: The text, or a document.
            max_sentences: Most sentences of the summary.
            focus: What the reader wants to know, in your own words. The embedded engine does not heed it.
            prompt: Name of your own prompt file for this step.
            language: Code of the language to write in. By default the text's.
            part_tokens: Longest text summarized at once, in tokens. Of a longer one the parts are summarized, and then their summaries.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of inputs whose values are personal (`text`), see [Redaction].

        Returns:
            The summary.

        Numbers, dates, names and identifiers of a summary must occur in the text (names not in another language). The embedded engine
        selects the sentences that say most of what the text speaks of, word for word and in their order; the log says that it did.

        Examples:
        ```robotframework
        *** Tasks ***
        Summarize An Enquiry
            ${summary} =    Summarize Text    The lamp arrived on Monday. Its shade is broken. Please send a new lamp shade soon.
            ...    max_sentences=1
            Log    ${summary}
        ```
        """
        from GenFlowLibrary.steps.summarize import summarize  # noqa: PLC0415

        refuse_secrets({"text": text, "focus": focus})
        return summarize(
            self.library.runtime,
            text,
            max_sentences=max_sentences,
            focus=focus,
            prompt=prompt,
            language=language,
            part_tokens=part_tokens,
            options=ask_options(engine, model=model, personal=personal),
        )

    @keyword
    def rewrite_text(
        self,
        text: str | None,
        instruction: str | None,
        *,
        may_drop: bool = False,
        prompt: str = "rewrite_text",
        language: str | None = None,
        engine: EngineName | None = None,
        model: str | None = None,
        temperature: float | None = None,
        personal: list[str] | str | None = None,
    ) -> str:
        """Rewrites a text as you say, with its content unchanged. Needs a language model.

        Args:
            text: The text to rewrite.
            instruction: How to rewrite it, such as `Friendlier, and in short sentences.`
            may_drop: Whether numbers, dates, names and identifiers may be left out, as when the text is to become shorter.
            prompt: Name of your own prompt file for this step.
            language: Code of the language to write in. By default the text's.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            temperature: Sampling temperature. Not sent unless set.
            personal: Names of inputs whose values are personal (`text`), see [Redaction].

        Returns:
            The rewritten text.

        Every number, date, name and identifier must survive, and none may come in that neither the text nor the instruction states. A model
        that loses or invents some is told which and asked again; if it insists the step fails and names them. How names are known is said
        at [Generate Text].

        Examples:
        ```robotframework
        *** Tasks ***
        Make A Note Friendlier
            ${text} =    Rewrite Text    Order GF-10442 is late. It comes on 5 March 2026.    Friendlier, and say sorry.    engine=openai
            Should Contain    ${text}    GF-10442
        ```
        """
        from GenFlowLibrary.steps.rewrite import rewrite  # noqa: PLC0415

        refuse_secrets({"text": text, "instruction": instruction})
        return rewrite(
            self.library.runtime,
            text,
            instruction,
            may_drop=may_drop,
            prompt=prompt,
            language=language,
            options=ask_options(engine, model=model, temperature=temperature, personal=personal),
        )

    @keyword
    def translate_text(
        self,
        text: str | None,
        language: str | None,
        *,
        keep: list[str] | str | None = None,
        prompt: str = "translate_text",
        engine: EngineName | None = None,
        model: str | None = None,
        temperature: float | None = None,
        personal: list[str] | str | None = None,
    ) -> str:
        """Translates a text into another language. Needs a language model.

        Args:
            text: The text to translate.
            language: Code of the language to translate into, such as `zh`.
            keep: Words of the text that must stay as they are, such as `Garnfeld, Ada Brook`.
            prompt: Name of your own prompt file for this step.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            temperature: Sampling temperature. Not sent unless set.
            personal: Names of inputs whose values are personal (`text`), see [Redaction].

        Returns:
            The translation.

        Numbers, dates and identifiers must be the same in both, each in a form in which people write it, and the words of `keep` must
        stand in the translation. A model that loses or invents some is told which and asked again; if it insists the step fails and names
        them. Other names are not compared: many are written otherwise in another language, so list in `keep` those that must not change.

        Examples:
        ```robotframework
        *** Tasks ***
        Translate A Reply
            ${text} =    Translate Text    Dear Ada Brook, order GF-10442 comes on 5 March 2026.    zh    keep=Ada Brook    engine=openai
            Should Contain    ${text}    GF-10442
        ```
        """
        from GenFlowLibrary.steps.rewrite import translate  # noqa: PLC0415

        refuse_secrets({"text": text, "keep": keep})
        return translate(
            self.library.runtime,
            text,
            language,
            keep=read_names(keep),
            prompt=prompt,
            options=ask_options(engine, model=model, temperature=temperature, personal=personal),
        )

    @keyword
    def generate_reply(
        self,
        enquiry: str | None,
        *,
        policy: Document | str | None = None,
        facts: dict[str, Any] | None = None,
        approved: list[Any] | str | None = None,
        prompt: str = "generate_reply",
        language: str | None = None,
        engine: EngineName | None = None,
        model: str | None = None,
        temperature: float | None = None,
        personal: list[str] | str | None = None,
    ) -> str:
        """Writes the reply to an enquiry, from your policy and facts, in the manner of replies that were approved before.

        Args:
            enquiry: What the customer wrote.
            policy: What the house grants and how it answers: a text, or a document.
            facts: What is known of the case, such as what [Extract Data] gave.
            approved: Approved past replies: a folder of `.txt` or `.md` files, a table (`.csv`, `.xlsx`) with a column `reply`, or its
              rows.
            prompt: Name of your own prompt file for this step, which may have a draft for the embedded engine.
            language: Code of the language to write in. By default the enquiry's.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            temperature: Sampling temperature. Not sent unless set.
            personal: Names of inputs whose values are personal, such as `enquiry, facts, examples`, see [Redaction].

        Returns:
            The reply.

        Of the approved replies at most three are shown to the model: those whose enquiries share most words with this one. They are found
        on this machine. The enquiry of a reply stands in the column `enquiry`, or in its file above a line `---`; where it was not kept
        the reply itself is compared.

        Amounts of money in the reply must occur in the policy or the facts, whatever the customer or a past reply says. Other numbers,
        dates, names and identifiers must occur there or in the enquiry. A model that states others is told which and asked again; if it
        insists the step fails and names them. Without a draft in the prompt file the embedded engine writes nothing and says so.

        Examples:
        ```robotframework
        *** Tasks ***
        Reply To An Enquiry
            VAR    &{facts}    order_no=GF-10442    amount=25.90 EUR
            ${reply} =    Generate Reply    My lamp GF-10442 broke. I want my money back.
            ...    policy=Broken goods are refunded in full. Never promise a day.    facts=${facts}    engine=openai
            Text Should Satisfy    ${reply}    contains "25.90"
        ```
        """
        from GenFlowLibrary.steps.reply import reply  # noqa: PLC0415

        refuse_secrets({"enquiry": enquiry, "policy": policy, "facts": facts, "approved": approved})
        return reply(
            self.library.runtime,
            enquiry,
            policy=policy,
            facts=facts,
            approved=approved,
            prompt=prompt,
            language=language,
            options=ask_options(engine, model=model, temperature=temperature, personal=personal),
        )

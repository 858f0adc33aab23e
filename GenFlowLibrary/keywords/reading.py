"""Keywords that answer out of a text: a question, or which keyword it asks for."""

from __future__ import annotations

from robot.api.deco import keyword

from GenFlowLibrary.answers.text_answers import KeywordCall, QuotedAnswer
from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.rf.secrets import refuse_secrets

PART_TOKENS = 6000
"""As `texts.parts.DEFAULT_TOKENS`, which is loaded by the first step alone; a test holds them together."""


class ReadingKeywords(KeywordComponent):
    """Answer Question, Parse Instruction."""

    @keyword
    def answer_question(
        self,
        question: str | None,
        document: Document | str | None,
        *,
        otherwise: str | None = None,
        prompt: str = "answer_question",
        language: str | None = None,
        part_tokens: int = PART_TOKENS,
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
    ) -> QuotedAnswer:
        """Answers a question from a document or a text, with the passage that the answer rests on.

        Args:
            question: What you or a customer want to know.
            document: What [Read Document] gave, or a text.
            otherwise: The answer where the text does not say it. Without it the step fails then.
            prompt: Name of your own prompt file for this step.
            language: Code of the language to answer in. By default the question's.
            part_tokens: Longest text asked about at once, in tokens. A longer one is asked about in parts, the likeliest first.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of inputs whose values are personal (`question`, `text`), see [Redaction].

        Returns:
            The answer: `${answer.text}`, `${answer.quote}` with its `${answer.place}` (such as `page 3, paragraph 12`), its `page` and its
            `paragraph`, and `${answer.found}`.

        Nothing is invented: the quote stands in the document word for word, and numbers, dates and identifiers of the answer occur in the
        document. An engine whose answer does not hold is told what is wrong; if it insists the step fails.

        The embedded engine answers with a whole sentence of the text, and only where one sentence has nearly all words of the question (in
        any of the lexicon's wordings), a number where the question asks how many or when, and no other sentence comes near it. All else is
        "not there" to it.

        Examples:
        ```robotframework
        *** Tasks ***
        Ask A Contract
            ${contract} =    Set Variable    The notice period is 30 days. Invoices are paid within 14 days.
            ${answer} =    Answer Question    How long is the notice period?    ${contract}
            Should Be Equal    ${answer.quote}    The notice period is 30 days.
            Should Be Equal    ${answer.place}    paragraph 1
            ${answer} =    Answer Question    Who is insured?    ${contract}    otherwise=The contract does not say.
            Should Not Be True    ${answer.found}
        ```
        """
        from GenFlowLibrary.steps.answer_question import answer_question  # noqa: PLC0415

        refuse_secrets({"question": question, "document": document})
        return answer_question(
            self.library.runtime,
            question,
            document,
            otherwise=otherwise,
            prompt=prompt,
            language=language,
            part_tokens=part_tokens,
            options=ask_options(engine, model=model, personal=personal),
        )

    @keyword
    def parse_instruction(
        self,
        text: str | None,
        *keywords: str,
        otherwise: str | None = None,
        prompt: str = "parse_instruction",
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
    ) -> KeywordCall:
        """Makes of free text the call of one of the listed keywords, with typed arguments.

        Args:
            text: What somebody wants done, such as an e-mail.
            keywords: The keywords it may mean, each with its arguments behind it, written as for [Extract Data]. What it is for may stand
              in brackets behind its name.
            otherwise: The keyword to return where none is clearly meant. Without it the step fails then.
            prompt: Name of your own prompt file for the choice. The arguments are taken out with the prompt file of [Extract Data].
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of inputs whose values are personal (`text`), see [Redaction].

        Returns:
            The call: `${call.keyword}`, `${call.arguments}` by name, `${call.reason}`, and `${call.abstained}`.

        An engine answers with a number and with values, never with a name: it can call nothing that you did not list. Texts, numbers and
        dates among the arguments must occur in the text. An argument with `| None` that the text does not state is left out of
        the arguments; one without fails the step and is named. What the text says is data: an order in it to do something else does
        nothing.

        Examples:
        ```robotframework
        *** Tasks ***
        Do What The Mail Says
            ${call} =    Parse Instruction    Please cancel my order GF-10442, I do not need it any more.
            ...    Cancel Order (the customer wants to cancel an order)    order_no: str (like GF-10442)
            ...    Change Address (the customer has moved)    order_no: str (like GF-10442)    city: str
            ...    otherwise=Ask A Person
            Run Keyword    ${call.keyword}    &{call.arguments}

        *** Keywords ***
        Cancel Order
            [Arguments]    ${order_no}
            Log    Cancelling ${order_no}

        Change Address
            [Arguments]    ${order_no}    ${city}
            Log    ${order_no} goes to ${city}

        Ask A Person
            Log    Somebody has to read this.
        ```
        """
        from GenFlowLibrary.steps.parse_instruction import parse_instruction  # noqa: PLC0415

        refuse_secrets({"text": text})
        return parse_instruction(
            self.library.runtime,
            text,
            keywords,
            otherwise=otherwise,
            prompt=prompt,
            options=ask_options(engine, model=model, personal=personal),
        )

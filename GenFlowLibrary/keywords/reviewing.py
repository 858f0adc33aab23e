"""Keywords that judge a text: a document against a list of checks, a text against a criterion."""

from __future__ import annotations

from robot.api import logger
from robot.api.deco import keyword

from GenFlowLibrary.answers.text_answers import Finding, Judged
from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.keywords.reading import PART_TOKENS
from GenFlowLibrary.rf.secrets import refuse_secrets


class ReviewingKeywords(KeywordComponent):
    """Review Document, Check Text, Text Should Satisfy."""

    @keyword
    def review_document(
        self,
        document: Document | str | None,
        *checks: str,
        checklist: str | None = None,
        prompt: str = "review_document",
        language: str | None = None,
        part_tokens: int = PART_TOKENS,
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
    ) -> list[Finding]:
        """Reviews a document against a list of checks, and returns a finding for each, with the passage that it rests on.

        Args:
            document: What [Read Document] gave, or a text.
            checks: What to look for, such as `Notice period: at most 30 days`. A severity may stand before it: `[high]`, `[medium]`
              (default) or `[low]`.
            checklist: Path of a file with checks: list items in a `.md` file, a list in a `.yaml` file.
            prompt: Name of your own prompt file for this step.
            language: Code of the language to give the reasons in.
            part_tokens: Longest text reviewed at once, in tokens. A longer document is reviewed in parts that overlap.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of inputs whose values are personal (`text`), see [Redaction].

        Returns:
            The findings in the order of the checks, each with `check`, `verdict`, `severity`, `quote`, `place` (such as
            `page 3, paragraph 12`), `page`, `paragraph` and `reason`.

        The verdict is `met`, `broken`, `missing` (the document says nothing on it; this is the good case of a check that forbids something)
        or `unclear`. A verdict of met or broken rests on a quote that stands in the document word for word: an engine that quotes what is
        not there is told so, and the step fails if it insists. Over several parts a check is missing only if it is missing in all, and
        one that a part meets and another breaks is unclear.

        The embedded engine settles what words and numbers can: a bound on a number with its unit (`at most 30 days`, `below 5 %`,
        `at least 10000 EUR`) where the sentences with all words of the check's name state one such value plainly. Every other check is
        `unclear` to it, and its reason says so. Up to 20 checks are one question to a model.

        Examples:
        ```robotframework
        *** Tasks ***
        Review A Contract
            ${contract} =    Set Variable    The notice period is 90 days. Late payment bears interest of 4 % a year.
            ${findings} =    Review Document    ${contract}
            ...    [high] Notice period: at most 30 days
            ...    Interest: at most 5 %
            Should Be Equal    ${findings[0].verdict}    broken
            Should Be Equal    ${findings[0].quote}    The notice period is 90 days.
            FOR    ${finding}    IN    @{findings}
                IF    $finding.verdict != 'met'    Log    ${finding}    level=WARN
            END
        ```
        """
        from GenFlowLibrary.steps.review import review  # noqa: PLC0415

        refuse_secrets({"document": document, "checks": checks})
        findings = review(
            self.library.runtime,
            document,
            checks,
            checklist=checklist,
            prompt=prompt,
            language=language,
            part_tokens=part_tokens,
            options=ask_options(engine, model=model, personal=personal),
        )
        for finding in findings:
            logger.info(str(finding))
        return findings

    @keyword
    def check_text(
        self,
        text: Document | str | None,
        criterion: str | None,
        *,
        prompt: str = "check_text",
        language: str | None = None,
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
    ) -> Judged:
        """Tells whether a text satisfies a criterion, and why.

        Args:
            text: The text, or a document.
            criterion: What must hold of it, in your own words.
            prompt: Name of your own prompt file for this step.
            language: Code of the language to give the reason in.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of inputs whose values are personal (`text`), see [Redaction].

        Returns:
            The verdict: `${judged.verdict}` is `met`, `broken` or `unclear`, `${judged.reason}` says why.

        Criteria that words settle are settled exactly, without asking any engine: `contains "refund"`, `does not contain "guarantee"`,
        `at most 120 words` (or characters, sentences, lines; `at least`, `exactly`), `is written in de`. A Chinese character counts as a
        word. All other criteria are a matter of judgement and need a language model; the embedded engine says so.

        Examples:
        ```robotframework
        *** Tasks ***
        Check A Reply Before It Is Sent
            ${judged} =    Check Text    We will refund 25.90 EUR.    does not contain "guarantee"
            Should Be Equal    ${judged.verdict}    met

        Judge Its Tone
            ${judged} =    Check Text    We will refund 25.90 EUR.    It is polite and promises nothing but the refund.    engine=openai
            Log    ${judged.verdict}: ${judged.reason}
        ```
        """
        from GenFlowLibrary.steps.check_text import check_text  # noqa: PLC0415

        refuse_secrets({"text": text, "criterion": criterion})
        options = ask_options(engine, model=model, personal=personal)
        return check_text(
            self.library.runtime, text, criterion, prompt=prompt, language=language, options=options
        )

    @keyword
    def text_should_satisfy(
        self,
        text: Document | str | None,
        criterion: str | None,
        *,
        prompt: str = "check_text",
        language: str | None = None,
        engine: EngineName | None = None,
        model: str | None = None,
        personal: list[str] | str | None = None,
    ) -> Judged:
        """Fails with the reason if a text does not satisfy a criterion, or if that is unclear.

        Args:
            text: The text, or a document.
            criterion: What must hold of it, in your own words.
            prompt: Name of your own prompt file for this step.
            language: Code of the language to give the reason in.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            personal: Names of inputs whose values are personal (`text`), see [Redaction].

        Returns:
            The verdict, as [Check Text] gives it.

        Which criteria are settled exactly, and which need a language model, is said at [Check Text].

        Examples:
        ```robotframework
        *** Tasks ***
        A Reply Is Short And Names The Order
            VAR    ${reply}    Your order GF-10442 left our house today.
            Text Should Satisfy    ${reply}    at most 120 words
            Text Should Satisfy    ${reply}    contains "GF-10442"
            Text Should Satisfy    ${reply}    is written in en
        ```
        """
        from GenFlowLibrary.steps.check_text import text_should_satisfy  # noqa: PLC0415

        refuse_secrets({"text": text, "criterion": criterion})
        options = ask_options(engine, model=model, personal=personal)
        return text_should_satisfy(
            self.library.runtime, text, criterion, prompt=prompt, language=language, options=options
        )

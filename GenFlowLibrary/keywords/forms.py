"""Keywords that fill forms on web pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from robot.api.deco import keyword

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.outcome import FillOutcome
from GenFlowLibrary.keywords.component import KeywordComponent
from GenFlowLibrary.rf.secrets import with_handles


class FormKeywords(KeywordComponent):
    """Fill Form."""

    @keyword
    def fill_form(
        self,
        data: Mapping[str, object] | None = None,
        *,
        form: object = None,
        submit: str | None = None,
        timeout: timedelta = timedelta(seconds=10),
        **fields: object,
    ) -> FillOutcome:
        """Fills a form in SeleniumLibrary's current browser by what its fields mean.

        Args:
            data: What to fill in: field names of your own to values.
            form: Any SeleniumLibrary locator or element. By default the page's main form.
            submit: Text of the button to press once every field holds what was wanted. Nothing is pressed without it.
            timeout: How long to wait for the page's reaction after pressing.
            fields: Further data, right in the call, as `name=value`.

        Returns:
            The outcome: `${outcome.fields}` (a row a field with `wanted`, `found`, `how` and `status`), `${outcome.submitted}`,
            `${outcome.message}` (what the page announced), `${outcome.url}` and `${outcome.title}`.

        Names are matched with labels, names and meanings of the fields, also across languages: `First name` finds `Vorname` and
        `given-name`. A name that fits no field, or two fields equally well, is not guessed: the step fails and names the candidates.

        Values may be texts, numbers, dates, true or false for check boxes, and the text of an option for selects and radios. `${None}`
        leaves a field as it is. A Secret is typed and never shown.

        What cannot go into its field (an unknown option, a text that is too long) fails before anything is typed. Every field is read
        back; the table in log.html shows what was wanted, what was found, and how. When a required field is left empty, or the page
        answers with errors, the step fails with their names.

        Examples:
        ```robotframework
        *** Tasks ***
        Record A Refund
            Open Browser    http://localhost:8080/refund    headlesschrome
            ${outcome} =    Fill Form    form=css:#refund    submit=Save refund
            ...    Order number=GF-10442    Amount=25.90    Reason=Damaged item
            ...    Notify customer=yes
            Log    ${outcome.message}

        Fill From A Dictionary
            VAR    &{record}    Vorname=Ada    Nachname=Brook    E-Mail=ada@example.org
            Fill Form    ${record}
        ```
        """
        from GenFlowLibrary.steps.fill_form import fill_form  # noqa: PLC0415

        twice = sorted(set(data or {}) & set(fields))
        if twice:
            raise InputError(
                f"Expected every field once, but '{twice[0]}' is in the data and in the call; remove one of them."
            )
        return fill_form(
            self.library.runtime,
            self.library.page,
            with_handles({**(data or {}), **fields}, self.library.secrets.add),
            form=form,
            submit=submit,
            timeout=timeout.total_seconds(),
        )

"""Keywords that fill forms on web pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from robot.api import logger
from robot.api.deco import keyword

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.outcome import FillOutcome
from GenFlowLibrary.keywords.component import KeywordComponent
from GenFlowLibrary.keywords.option_types import LearnedModeName, MissingName, UnusedName
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
        learned: LearnedModeName | None = None,
        missing: MissingName = "fail",
        unused: UnusedName = "fail",
        **fields: object,
    ) -> FillOutcome:
        """Fills a form in SeleniumLibrary's current browser by what its fields mean.

        Args:
            data: What to fill in: field names of your own to values.
            form: Any SeleniumLibrary locator or element. By default the page's main form.
            submit: Text of the button to press once every field holds what was wanted. Nothing is pressed without it.
            timeout: How long to wait for the page's reaction after pressing.
            learned: What to do with learned plans here: `heal`, `learn`, `replay` or `off`, see [Learned plans]. By default the setting.
            missing: What a required field without data does: `fail`, or `skip`, which lets it stay empty.
            unused: What a name that fits no field does: `fail`, `warn` (a warning in the log) or `ignore`.
            fields: Further data, right in the call, as `name=value`.

        Returns:
            The outcome: `${outcome.fields}` (a row a field with `wanted`, `found`, `how` and `status`), `${outcome.submitted}`,
            `${outcome.message}` (what the page announced), `${outcome.url}` and `${outcome.title}`.

        Names are matched with labels, names and meanings of the fields, also across languages: `First name` finds `Vorname` and
        `given-name`. For names whose field is not plain from the words, a language model is asked once, where one is set: it sees the names
        and the fields, never a value, and its choice is checked. A name that fits no field, or two fields equally well, is not guessed: the
        step fails and names the candidates. What was asked and verified is learned, so that the next time nobody is asked.

        Where two sections ask for the same (a delivery and a billing address) write `Billing city=...`, or nested data. Plain names go
        into the section that the data as a whole fits, else into the first of a customer's own sections; never into one of two persons.
        With `unused=warn` or `unused=ignore` names without any field are left over, as when one record serves several forms; a name that
        fits two fields fails all the same.

        What the form cuts differently is split and joined: a full name of two words, a date or an expiry in several fields, a phone number
        beside a list of country codes, street and house number. Where the cut is not certain the step fails and says what to give.

        Values may be texts, numbers, dates, true or false for check boxes and switches, and the text of an option for selects and radios.
        Widgets that the page draws itself are used as a person does and read back: comboboxes and custom selects (also with options that
        are loaded while typing), list boxes, dual lists, trees (`Turku` or `Europe / Finland / Turku`), tags (a list), sliders and spin
        buttons, ratings, date pickers (a date, or a list of two for a range) and time pickers. An option that is not offered is an error
        that lists what is. `${None}`
        leaves a field as it is. A Secret is typed and never shown. Options are found in other words too: `Germany`, `DE` and `Deutschland`
        are the same in a list of countries, `3` and `March` in one of months. Dates take the form that a text field shows (`TT.MM.JJJJ`),
        and are written like 2026-04-03 where it shows none; what can be read in two ways fails.

        What cannot go into its field (an unknown option, a text that is too long) fails before anything is typed. Every field is read
        back; the table in log.html shows what was wanted, what was found, and how. When a required field is left empty (and `missing` is
        not `skip`), or the page answers with errors, the step fails with their names.

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
        outcome = fill_form(
            self.library.runtime,
            self.library.page,
            with_handles({**(data or {}), **fields}, self.library.secrets.add),
            form=form,
            submit=submit,
            timeout=timeout.total_seconds(),
            learned=learned,
            missing=missing,
            unused=unused,
        )
        left_over = [row.key for row in outcome.fields if row.status == "unresolved"]
        if left_over:
            logger.warn(
                f"No field was found for {', '.join(repr(key) for key in left_over)}; the rest of the form is filled."
            )
        return outcome

"""Keywords that fill forms on web pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from robot.api import logger
from robot.api.deco import keyword

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.outcome import FillOutcome
from GenFlowLibrary.keywords.component import KeywordComponent
from GenFlowLibrary.keywords.option_types import LearnedModeName, MissingName, PagesName, UnusedName
from GenFlowLibrary.rf.secrets import refuse_secrets, with_handles


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
        pages: PagesName | int = 1,
        write: Mapping[str, object] | None = None,
        facts: Mapping[str, object] | None = None,
        **fields: object,
    ) -> FillOutcome:
        """Fills a form in SeleniumLibrary's current browser by what its fields mean.

        Args:
            data: What to fill in: field names of your own to values.
            form: Any SeleniumLibrary locator or element. By default the page's main form.
            submit: Text of the button to press once every field holds what was wanted. Nothing is pressed without it.
            timeout: How long to wait for the page's reaction after pressing.
            learned: What to do with learned plans here: `heal`, `learn`, `replay` or `off`, see [Learned plans]. By default the setting.
            missing: What a required field without data does: `fail`, `skip` (stay empty), `generate` (a language model gives a value, from
                `facts`), or `ask` (a person gives it in a dialogue).
            unused: What a name that fits no field does: `fail`, `warn` (a warning in the log) or `ignore`.
            pages: How many pages of a wizard to fill: a number, or `auto` for all. Nothing is pressed to go on with 1.
            write: What a language model is to write into fields, by name: an instruction each.
            facts: Business data that a language model may see and use for what it writes, by name.
            fields: Further data, right in the call, as `name=value`.

        Returns:
            The outcome: `${outcome.fields}` (a row a field with `wanted`, `found`, `how` and `status`), `${outcome.submitted}`,
            `${outcome.message}` (what the page announced), `${outcome.url}` and `${outcome.title}`. In a wizard a row's `page` is its page.

        Names are matched with labels, names and meanings of the fields, also across languages: `First name` finds `Vorname` and
        `given-name`. For names whose field is not plain from the words, a language model is asked once, where one is set: it sees the names
        and the fields, never a value, and its choice is checked. A name that fits no field, or two fields equally well, is not guessed: the
        step fails and names the candidates. What was asked and verified is learned, so that the next time nobody is asked.

        Where two sections ask for the same (a delivery and a billing address) write `Billing city=...`, or nested data. Plain names go
        into the section that the data as a whole fits, else into the first of a customer's own sections; never into one of two persons.
        With `unused=warn` or `unused=ignore` names without any field are left over, as when one record serves several forms; a name that
        fits two fields fails all the same.

        What the form cuts differently is split and joined: a full name of two words, a date or an expiry in several fields, a phone number
        beside a list of country codes, street and house number. Where the cut is not certain the step fails and says what to give. A date
        with its time (`2026-04-03 14:30`) also goes into a date field and the time field after it, under the name of what both are of.

        A list of dictionaries goes into the rows that a form repeats, such as order lines or passengers: the first into the first row, and
        so on, each name into a field of its row. The list is named as the page names the rows. Where there are fewer rows the button for
        another one is pressed. `${None}` in the list leaves a row as it is; a row behind the last line that holds something is an error.

        Folded parts of a form are opened when a name may be meant for a field in there.

        Values may be texts, numbers, dates, true or false for check boxes and switches, and the text of an option for selects and radios.
        Widgets that the page draws itself are used as a person does and read back: comboboxes and custom selects (also with options that
        are loaded while typing or drawn while scrolling), list boxes, dual lists, trees and lists behind lists (`Turku` or
        `Europe / Finland / Turku`), tags (a list), sliders and spin buttons, ratings, date pickers (a date, or a list of two for a range)
        and time pickers, also those drawn in pieces for day, month and year. A file is given by its path, several files by a list of paths.
        A browser behind a Selenium Grid is sent the files.
        An option that is not offered is an error that lists what is. `${None}` leaves a field as it is; numbers of a spreadsheet
        (`40716543298.0`) are typed as a person reads them, and blanks around names do no harm. A Secret is typed and never shown. Options
        are found in other words too: `Germany`, `DE` and `Deutschland` are the same in a list of countries, `3` and `March` in one of
        months. Dates take the form that a text field shows (`TT.MM.JJJJ`), and are written like 2026-04-03 where it shows none; what can be
        read in two ways fails.

        With `pages=auto` a wizard is filled page by page, whether it loads new pages or changes what one page shows: what the page
        has fields for is filled, its next button pressed (Next, Continue, Weiter, Suivant, Siguiente, Seuraava, Nästa, 下一步, 次へ
        ...), and so on. Names that fit nothing are kept for later pages. A button that ends something (submit, send, pay, order,
        confirm, finish) is never pressed; only `submit=` presses one, on the last page, once every name has found its field. Links
        are not looked at. Two buttons that may both lead on are an error that names them. A page that comes again is an error with
        what it says. `form=` is looked for on each page.

        With `write=` a language model writes texts into fields, anew in each call, from an instruction for each. It sees the instruction,
        the field (label, hint, length) and what you give with `facts=`, never the other values. The text must fit the field, and every
        number, date, identifier and address in it must stand in the instruction or the facts, else it is asked for again, and then the
        step fails. Numbers in words and names are not checked. Do not build texts of strangers into an instruction; `facts` is the place
        for them. With learned plans, `replay` too, only the text costs a call.

        `missing=generate` lets the model give required fields a value that follows from `facts` and the names, within the field's options
        and limits; the table says `generated`. Where none follows the step fails and names the field. Passwords, card numbers and codes,
        files and check boxes (a tick may be consent) are never generated. `missing=ask` asks the person at the screen instead, one
        dialogue a field; secrets are hidden and kept like a Secret. Where no dialogue can open (`CI`, no screen) the step fails.

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

        Record Order Lines
            VAR    &{shelf}    Article=Oak shelf    Quantity=3
            VAR    &{lamp}    Article=Reading lamp    Quantity=1    Gift=yes
            VAR    @{lines}    ${shelf}    ${lamp}
            Fill Form    Order number=GF-10442    Delivery=2026-04-03 14:30    Order lines=${lines}    submit=Save

        Report Damage In A Wizard
            VAR    &{facts}    order=GF-10442    report=The glass shade arrived in 3 pieces.
            VAR    &{write}    Damage=Describe the damage in two sentences for the carrier
            ${outcome} =    Fill Form    pages=auto    write=${write}    facts=${facts}    submit=Send report
            ...    Order number=GF-10442    Email=ada@example.org
        ```
        """
        from GenFlowLibrary.rf.ask_person import PersonAtTheScreen  # noqa: PLC0415
        from GenFlowLibrary.steps.fill_form import fill_form  # noqa: PLC0415

        twice = sorted(set(data or {}) & set(fields))
        if twice:
            raise InputError(
                f"Expected every field once, but '{twice[0]}' is in the data and in the call; remove one of them."
            )
        refuse_secrets({"facts": facts or {}})
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
            pages=pages,
            write=write,
            facts=facts,
            person=PersonAtTheScreen(self.library.secrets.add),
        )
        left_over = [row.key for row in outcome.fields if row.status == "unresolved"]
        if left_over:
            logger.warn(
                f"No field was found for {', '.join(repr(key) for key in left_over)}; the rest of the form is filled."
            )
        return outcome

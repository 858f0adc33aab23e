"""Keywords that read web pages."""

from __future__ import annotations

from datetime import timedelta

from robot.api.deco import keyword

from GenFlowLibrary.answers.answer import Answer, Facts
from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.rf.secrets import refuse_secrets


class PageKeywords(KeywordComponent):
    """Read Form, Get Form Fields, Extract From Page, Page Should Show."""

    @keyword
    def read_form(self, *, form: object = None) -> Answer:
        """Reads what the fields of a form hold now.

        Args:
            form: Any SeleniumLibrary locator or element. By default the page's main form.

        Returns:
            What the fields hold, by their labels: `${values}[Order number]`. A field whose label another one has too is called with its
            section (`Billing: City`), and with a number where that does not tell them apart (`Phone (2)`).

        Values are as a person sees them: the text, the texts of the chosen options (several with commas between), `yes` or `no` for
        a tick. An empty field, and a choice of which nothing is chosen, is an empty text. Passwords are never read: their fields are left
        out. What was typed from a Secret into an open field comes back as its placeholder.

        Nothing is touched. What is read can be given to [Fill Form] again.

        Examples:
        ```robotframework
        *** Tasks ***
        Check A Refund
            Open Browser    http://localhost:8080/refunds/1    headlesschrome
            ${values} =    Read Form    form=css:#refund
            Should Be Equal    ${values}[Order number]    GF-10442
            Should Be Equal    ${values}[Notify customer]    yes
        ```
        """
        from GenFlowLibrary.steps.read_form import read_form  # noqa: PLC0415

        return read_form(
            self.library.runtime, self.library.page, form=form, scrub=self.library.secrets.scrub_data
        )

    @keyword
    def get_form_fields(self, *, form: object = None) -> list[Answer]:
        """Lists the fields of a form: what they are called, what they ask for, what they hold.

        Args:
            form: Any SeleniumLibrary locator or element. By default the page's main form.

        Returns:
            One entry a field in the order of the page, each with `label` (as in [Read Form]), `section`, `kind` (`text`, `date`,
            `select` ...), `required`, `readonly`, `disabled`, `options` (the texts to choose from), `value`, `filled` (also for passwords,
            whose value is always empty), `hint` and `error` (what the page says is wrong). Use them as `${field.label}` or
            `${field}[label]`.

        Examples:
        ```robotframework
        *** Tasks ***
        List What Is Required
            Open Browser    http://localhost:8080/refund    headlesschrome
            ${fields} =    Get Form Fields
            FOR    ${field}    IN    @{fields}
                IF    $field.required    Log    ${field.label}: ${field.kind}
            END
        ```
        """
        from GenFlowLibrary.steps.read_form import get_form_fields  # noqa: PLC0415

        return get_form_fields(
            self.library.runtime, self.library.page, form=form, scrub=self.library.secrets.scrub_data
        )

    @keyword
    def extract_from_page(
        self,
        *schema: str,
        region: object = None,
        table: object = None,
        engine: EngineName | None = None,
        model: str | None = None,
    ) -> Facts | list[Answer]:
        """Takes facts out of what the page shows, or a table as a list of rows.

        Args:
            schema: One field an argument, as in [Extract Data].
            region: Any SeleniumLibrary locator or element to read in. By default the whole page.
            table: Any SeleniumLibrary locator or element of a table, or of something that holds one table. Without a schema.
            engine: Another engine for this step alone.
            model: Another model for this step alone.

        Returns:
            With a schema the facts: `${facts.order_no}`. With `table=` a list of rows, each by the headers of its columns:
            `${rows}[0][Amount]`.

        Facts are taken out of the visible text, with what the fields hold, and as in [Extract Data] none is invented. Passwords are
        not read.

        A table's rows are the visible ones. Headers over several columns are joined (`Amount / Net`); columns without a header are called
        `column 1`, `column 2` and so on, and so are all of them where the table has no header cells; a cell over several rows or columns
        counts in each. A cell that holds nothing but a field or a tick gives its value, and `yes` or `no`. Left out, and named in the log,
        are rows that are one cell across the table (`No orders yet`), rows of headers further down, and the table's foot. No model
        is asked for a table.

        Examples:
        ```robotframework
        *** Tasks ***
        Read An Order
            Open Browser    http://localhost:8080/orders/GF-10442    headlesschrome
            ${facts} =    Extract From Page
            ...    customer: str    total: Decimal | None (amount of money)    region=css:main
            Log    ${facts.customer}

        Read All Orders
            Open Browser    http://localhost:8080/orders    headlesschrome
            ${orders} =    Extract From Page    table=gen:the orders table
            FOR    ${order}    IN    @{orders}
                Log    ${order}[Customer] pays ${order}[Amount]
            END
        ```
        """
        from GenFlowLibrary.steps.extract_page import extract_facts, extract_table  # noqa: PLC0415

        if bool(schema) == (table is not None):
            raise InputError(
                "Expected either a schema, to take facts out of the page, or table=, to read a table, "
                f"but {'both were' if schema else 'neither was'} given; give one of them."
            )
        refuse_secrets({"schema": list(schema)})
        scrub = self.library.secrets.scrub_data
        if table is not None:
            return extract_table(self.library.runtime, self.library.page, table, scrub=scrub)
        options = ask_options(engine, model=model)
        return extract_facts(
            self.library.runtime,
            self.library.page,
            "\n".join(schema),
            region=region,
            options=options,
            scrub=scrub,
        )

    @keyword
    def page_should_show(
        self, expected: str | None, *, region: object = None, timeout: timedelta = timedelta(seconds=10)
    ) -> str:
        """Waits until the page shows something, and fails when it does not in time.

        Args:
            expected: A text; a pattern, as `regexp:GF-[0-9]+`; or a thing on the page, as `gen:the Save button`, see [Locators].
            region: Any SeleniumLibrary locator or element to look in. By default the whole page.
            timeout: How long to wait.

        Returns:
            The line that shows it.

        Only what a person sees counts: visible text, what the fields hold (no passwords), names of pictures. Letter case, spacing and
        kinds of quotes do not matter, but with a pattern they do. No model is asked: the page must show these very words. The message of
        a failure says what the page shows instead.

        Examples:
        ```robotframework
        *** Tasks ***
        See That It Was Saved
            Open Browser    http://localhost:8080/refund    headlesschrome
            Fill Form    submit=Save refund    Order number=GF-10442    Amount=25.90
            Page Should Show    Refund saved    region=css:main    timeout=5 s
            ${line} =    Page Should Show    regexp:Refund R-[0-9]+
            Page Should Show    gen:the Back to inbox link
        ```
        """
        from GenFlowLibrary.steps.extract_page import page_should_show  # noqa: PLC0415

        refuse_secrets({"expected": expected})
        return page_should_show(
            self.library.runtime,
            self.library.page,
            expected,
            region=region,
            timeout=timeout.total_seconds(),
            scrub=self.library.secrets.scrub_data,
        )

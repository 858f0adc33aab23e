"""Keywords that read documents and tables from files."""

from __future__ import annotations

from robot.api import logger
from robot.api.deco import keyword

from GenFlowLibrary.documents.document import Document
from GenFlowLibrary.keywords.component import KeywordComponent


class DocumentKeywords(KeywordComponent):
    """Read Document, Read Table."""

    @keyword
    def read_document(self, path: str | None, *, encoding: str | None = None) -> Document:
        """Reads what a file says: text, Markdown, HTML, CSV, Word, Excel, PDF or e-mail.

        Args:
            path: Path of the file. Its ending says what it is.
            encoding: In which encoding a text is written, such as `gbk`. Only needed where the file does not show it.

        Returns:
            The document: `${document.text}` are its words, `${document.blocks}` its paragraphs with `kind`, `text`, `page` and `place`,
            `${document.tables}` its tables. An e-mail also has `${document.details}[subject]`, `from`, `to` and `date`, and
            `${document.attachments}`. `${document.notes}` say what could not be read.

        This is done on this machine, with libraries that come with `pip install "robotframework-genflow[documents]"`.

        What cannot be read for certain is an error that says what to do: a scanned PDF without text, an encrypted or broken file, a Word
        document with tracked changes, an encoding that cannot be told. What repeats at the head and foot of a PDF's pages is no part of
        the text.

        Examples:
        ```robotframework
        *** Tasks ***
        Read A Contract
            ${contract} =    Read Document    ${CURDIR}/contract.pdf
            ${terms} =    Extract Data    ${contract.text}
            ...    notice: str | None (period of notice)
            Log    ${contract.blocks[0].place}
        ```
        """
        from GenFlowLibrary.steps.read_document import read_document  # noqa: PLC0415

        document = read_document(self.library.runtime, path, encoding=encoding)
        for note in document.notes:
            logger.warn(f"{document.name}: {note}")
        return document

    @keyword
    def read_table(
        self,
        path: str | None,
        *,
        table: str | None = None,
        head: int | None = None,
        encoding: str | None = None,
    ) -> list[dict[str, object]]:
        """Reads the rows of a table: an Excel sheet, a CSV file, or a table in a Word, PDF or HTML file.

        Args:
            path: Path of the file.
            table: Name of the sheet or table, or its number from 1. Only needed where the file has several.
            head: Number of the row with the names of the columns, from 1. By default the first row that is not empty.
            encoding: In which encoding a text is written. Only needed where the file does not show it.

        Returns:
            The rows under the head, each a dictionary from column name to cell. Blanks around names and cells are gone, an empty cell is
            `${None}`, empty rows are left out.

        The cells of Excel are typed: texts, numbers, dates, true and false. In all other files they are texts as they are written, so that
        `00123` keeps its zeros. A head with merged cells, a name that comes twice, and a formula that was never calculated are errors.

        Examples:
        ```robotframework
        *** Tasks ***
        Record All Customers
            ${customers} =    Read Table    ${CURDIR}/customers.xlsx    table=New
            FOR    ${customer}    IN    @{customers}
                Fill Form    ${customer}    submit=Save
            END
        ```
        """
        from GenFlowLibrary.steps.read_document import read_table  # noqa: PLC0415

        return read_table(self.library.runtime, path, table=table, head=head, encoding=encoding)

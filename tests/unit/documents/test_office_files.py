"""Word, Excel and PDF files, made by the libraries that write them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.read import read_document
from GenFlowLibrary.documents.rows import choose_table, rows_of

if TYPE_CHECKING:
    from pathlib import Path


def word(tmp_path: Path, fill: Any) -> Path:
    document = docx.Document()
    fill(document)
    file = tmp_path / "contract.docx"
    document.save(str(file))
    return file


def test_a_word_document_is_read_in_its_order(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        document.add_heading("Delivery", 1)
        document.add_paragraph("Within 30 days.")
        document.add_paragraph("Undamaged", style="List Bullet")
        table = document.add_table(2, 2)
        for cell, text in zip(
            (c for row in table.rows for c in row.cells), ("Item", "Price", "Lamp", "25.90"), strict=True
        ):
            cell.text = text
        document.add_paragraph("Signed.")

    document = read_document(word(tmp_path, fill))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "Delivery"),
        ("paragraph", "Within 30 days."),
        ("list item", "Undamaged"),
        ("table", "Item | Price\nLamp | 25.90"),
        ("paragraph", "Signed."),
    ]
    assert rows_of(choose_table(document), document.name) == [{"Item": "Lamp", "Price": "25.90"}]
    assert document.pages is None


def test_merged_cells_in_a_words_tables_head_are_refused(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        table = document.add_table(2, 3)
        for number, cell in enumerate(c for row in table.rows for c in row.cells):
            cell.text = f"c{number}"
        table.cell(0, 0).merge(table.cell(0, 1))

    document = read_document(word(tmp_path, fill))
    with pytest.raises(DocumentError, match="columns 1 to 2 are merged"):
        rows_of(choose_table(document), document.name)


def test_tracked_changes_are_refused(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Within 30")
        paragraph._p.append(OxmlElement("w:ins"))

    with pytest.raises(DocumentError, match="accept or reject them in Word"):
        read_document(word(tmp_path, fill))


def sheet(tmp_path: Path, *rows: list[Any], change: Any = None) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    file = tmp_path / "orders.xlsx"
    book.save(str(file))
    return file


def test_cells_keep_their_types_and_headers_lose_their_blanks(tmp_path: Path) -> None:
    file = sheet(
        tmp_path,
        ["Last Name ", "Phone", "Due", "Seen at", "Paid"],
        ["Brook", 40716543298, date(2026, 11, 2), datetime(2026, 11, 2, 9, 30), True],
        [" ", None, None, None, None],
        ["Stone ", 1.5, None, None, False],
        change=lambda book: [book.active.cell(1000 + n, 1, "") for n in range(1000)],
    )
    document = read_document(file)
    assert rows_of(choose_table(document, 1), document.name) == [
        {
            "Last Name": "Brook",
            "Phone": 40716543298,
            "Due": date(2026, 11, 2),
            "Seen at": datetime(2026, 11, 2, 9, 30),
            "Paid": True,
        },
        {"Last Name": "Stone", "Phone": 1.5, "Due": None, "Seen at": None, "Paid": False},
    ]


def test_a_formula_that_was_never_calculated_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"The cell B2 of sheet 'Sheet' in 'orders.xlsx' holds a formula"):
        read_document(sheet(tmp_path, ["net", "gross"], [10, "=A2*1.24"]))


def test_a_merged_head_wants_the_row_with_the_names(tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book.active.merge_cells("A1:B1")

    document = read_document(
        sheet(tmp_path, ["Orders 2026", None], ["name", "amount"], ["Ada", 2], change=merge)
    )
    with pytest.raises(DocumentError, match="columns 1 to 2 are merged"):
        rows_of(choose_table(document), document.name)
    assert rows_of(choose_table(document), document.name, head=2) == [{"name": "Ada", "amount": 2}]
    with pytest.raises(DocumentError, match="in row 9"):
        rows_of(choose_table(document), document.name, head=9)


def test_a_sheet_is_chosen_by_name_or_number(tmp_path: Path) -> None:
    def more(book: Any) -> None:
        second = book.create_sheet("Returns")
        second.append(["name"])
        second.append(["Bo"])

    document = read_document(sheet(tmp_path, ["name"], ["Ada"], change=more))
    assert rows_of(choose_table(document, "Returns"), document.name) == [{"name": "Bo"}]
    assert rows_of(choose_table(document, 1), document.name) == [{"name": "Ada"}]
    with pytest.raises(DocumentError, match="found 2, 'Sheet', 'Returns': say which with table="):
        choose_table(document)
    with pytest.raises(
        DocumentError, match=r"Expected the table 'Lost' in 'orders.xlsx', found 'Sheet', 'Returns'"
    ):
        choose_table(document, "Lost")


def test_an_empty_sheet_is_said(tmp_path: Path) -> None:
    document = read_document(sheet(tmp_path))
    with pytest.raises(DocumentError, match="to hold one table, found none"):
        choose_table(document)
    with pytest.raises(DocumentError, match="but it is empty"):
        rows_of(choose_table(document, 1), document.name)


def pdf(tmp_path: Path, *pages: list[tuple[int, str, int]], **options: Any) -> Path:
    file = tmp_path / "contract.pdf"
    canvas = Canvas(str(file), pagesize=A4, **options)
    for page in pages:
        for top, text, size in page:
            canvas.setFont("STSong-Light" if any(ord(c) > 0x2E80 for c in text) else "Helvetica", size)
            canvas.drawString(72, A4[1] - top, text)
        canvas.showPage()
    canvas.save()
    return file


def test_a_pdf_has_paragraphs_with_their_pages(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def page(number: int, *lines: tuple[int, str, int]) -> list[tuple[int, str, int]]:
        return [(40, "Contract of supply", 9), *lines, (800, f"Page {number} of 3", 9)]

    file = pdf(
        tmp_path,
        page(
            1,
            (100, "1. Delivery", 16),
            (130, "The supplier delivers within", 11),
            (144, "thirty days of the or-", 11),
            (158, "der.", 11),
        ),
        page(2, (100, "Late deliveries cost 5 percent.", 11), (150, "They are paid at once.", 11)),
        page(3, (100, "供应商应在三十天内交货。", 11)),
    )
    document = read_document(file)
    assert [(block.page, block.kind, block.text) for block in document.blocks if block.kind != "margin"] == [
        (1, "heading", "1. Delivery"),
        (1, "paragraph", "The supplier delivers within thirty days of the order."),
        (2, "paragraph", "Late deliveries cost 5 percent."),
        (2, "paragraph", "They are paid at once."),
        (3, "paragraph", "供应商应在三十天内交货。"),
    ]
    assert len([block for block in document.blocks if block.kind == "margin"]) == 6
    assert "Contract of supply" not in document.text
    found = document.block_of("cost 5 percent. They are paid")
    assert found is not None
    assert found.place.startswith("page 2, ")


def test_a_table_in_a_pdf_is_a_table(tmp_path: Path) -> None:
    file = tmp_path / "offer.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.drawString(72, 760, "Our offer:")
    canvas.grid([72, 200, 330], [740, 720, 700])
    for x, y, text in ((76, 725, "Item"), (204, 725, "Price"), (76, 705, "Lamp"), (204, 705, "25.90")):
        canvas.drawString(x, y, text)
    canvas.drawString(72, 660, "Valid for a month.")
    canvas.save()
    document = read_document(file)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Our offer:"),
        ("table", "Item | Price\nLamp | 25.90"),
        ("paragraph", "Valid for a month."),
    ]
    assert rows_of(choose_table(document), document.name) == [{"Item": "Lamp", "Price": "25.90"}]


def picture(tmp_path: Path) -> Path:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    raw = BytesIO()
    Image.new("RGB", (60, 60), "white").save(raw, "PNG")
    raw.seek(0)
    file = tmp_path / "scan.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.drawString(72, 700, "A page with words")
    canvas.showPage()
    canvas.drawImage(ImageReader(raw), 0, 0, 500, 700)
    canvas.save()
    return file


def test_a_scanned_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        DocumentError, match=r"page 2 is a picture without text: have the text recognised \(OCR\) first"
    ):
        read_document(picture(tmp_path))


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    file = pdf(tmp_path, [(100, "Secret", 11)], encrypt=StandardEncryption("word", ownerPassword="owner"))
    with pytest.raises(DocumentError, match=r"'contract.pdf' is encrypted: save it without a password"):
        read_document(file)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4 broken", "to be a PDF, but it is broken"),
        ("a.pdf", b"<html>", "its content is not"),
        ("a.docx", b"<html>", "to be an Office file, but its content is not"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "encrypted or of an old Office format"),
        ("a.doc", b"x", "save it as .docx"),
        ("a.exe", b"x", "known are .csv, "),
        ("a.txt", b" \n", "but it is empty"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(DocumentError, match=said):
        read_document(file)


def test_a_zip_file_that_is_no_office_file_is_broken(tmp_path: Path) -> None:
    import zipfile

    for name in ("a.docx", "a.xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr("note.txt", "hello")
        with pytest.raises(DocumentError, match="but it is broken"):
            read_document(tmp_path / name)


def test_no_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="found none: check the path"):
        read_document(tmp_path / "lost.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(DocumentError, match="found a folder"):
        read_document(tmp_path / "folder.txt")

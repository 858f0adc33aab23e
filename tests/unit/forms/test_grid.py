"""Tables as rows by their headers."""

from __future__ import annotations

from GenFlowLibrary.browser.targets import Cell, TableRow
from GenFlowLibrary.forms.grid import read_grid


def row(*texts: str, header: bool = False, part: str = "") -> TableRow:
    return TableRow(tuple(Cell(text, header=header) for text in texts), part)


def test_rows_are_mappings_by_the_headers() -> None:
    grid = read_grid([row("Order", "Amount", header=True), row("GF-1", "5.00"), row("GF-2", "")])
    assert grid.rows == ({"Order": "GF-1", "Amount": "5.00"}, {"Order": "GF-2", "Amount": ""})


def test_headers_over_several_columns_are_joined_and_never_twice_the_same() -> None:
    head = [
        row("Order", "Amount", "Amount", "Amount", header=True, part="thead"),
        row("Order", "Net", "Tax", "Net", part="thead"),
    ]
    assert read_grid([*head, row("GF-1", "1", "2", "3", part="tbody")]).columns == (
        "Order",
        "Amount / Net",
        "Amount / Tax",
        "Amount / Net 2",
    )


def test_a_table_without_headers_has_numbered_columns() -> None:
    assert read_grid([row("GF-1", "5")]).rows == ({"column 1": "GF-1", "column 2": "5"},)


def test_a_header_at_the_start_of_a_row_is_its_value() -> None:
    body = TableRow((Cell("Monday", header=True), Cell("9-17")))
    assert read_grid([row("", "Open", header=True), body]).rows == ({"column 1": "Monday", "Open": "9-17"},)


def test_an_empty_table_has_no_rows() -> None:
    assert read_grid([]).rows == ()
    assert read_grid([row("Order", header=True)]).rows == ()


def test_what_is_no_data_is_left_out_and_said() -> None:
    notice = TableRow((Cell("No orders yet"), Cell("No orders yet", first=False)))
    again = row("Order", "Amount", header=True)
    total = row("Total", "5", part="tfoot")
    grid = read_grid([row("Order", "Amount", header=True), notice, row("GF-1", "5"), again, total])
    assert grid.rows == ({"Order": "GF-1", "Amount": "5"},)
    assert [note.partition(":")[2] for note in grid.notes] == [
        " one cell across all columns (No orders yet).",
        " a row of headers (Order Amount).",
        " the foot of the table (Total 5).",
    ]


def test_a_short_row_is_filled_up() -> None:
    assert read_grid([row("A", "B", header=True), row("1")]).rows == ({"A": "1", "B": ""},)

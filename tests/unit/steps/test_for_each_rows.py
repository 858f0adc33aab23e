"""The rows of a batch: lists and files, read as they are worked on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from GenFlowLibrary.core.errors import DocumentError, InputError
from GenFlowLibrary.documents.read import read_document
from GenFlowLibrary.documents.rows import choose_table, rows_of
from GenFlowLibrary.steps.for_each.rows import open_rows

CSV_FILES = {
    "plain": "id,name\n1,Ada\n2,Grace\n",
    "semicolons": "id;name\n1;Ada\n2;Grace\n",
    "excel's own first line": "sep=;\nid;name\n1;Ada\n",
    "blanks and empty rows": "\n id , name \n\n1, Ada \n,\n2,\n",
    "quoted lines": 'id,name\n1,"Ada\nLovelace, Countess"\n',
    "short rows": "id,name,more\n1\n2,Grace\n",
    "a byte order mark": "\ufeffid,name\n1,Ada\n",
    "Windows line ends": "id,name\r\n1,Ada\r\n",
}


def write(file: Path, text: str, encoding: str = "utf-8") -> Path:
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("text", CSV_FILES.values(), ids=CSV_FILES)
def test_a_csv_file_gives_the_rows_that_read_table_gives(tmp_path: Path, text: str) -> None:
    file = write(tmp_path / "rows.csv", text)
    document = read_document(file)
    expected = rows_of(choose_table(document), document.name)
    rows = open_rows(str(file))
    assert list(rows) == expected
    assert list(rows) == expected, "it can be gone through again"
    assert rows.columns == tuple(expected[0])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_marked_encoding_is_seen_and_another_can_be_given(tmp_path: Path, encoding: str) -> None:
    file = write(tmp_path / "rows.csv", "id,name\n1,Jürgen\n", encoding)
    assert list(open_rows(file)) == [{"id": "1", "name": "Jürgen"}]
    file = write(tmp_path / "gbk.csv", "id,name\n1,王\n", "gbk")
    assert list(open_rows(file, encoding="gbk")) == [{"id": "1", "name": "王"}]


def test_json_lines_keep_their_types(tmp_path: Path) -> None:
    file = write(tmp_path / "rows.jsonl", '{"id": 1, "tags": ["a"]}\n\n{"id": 2, "tags": null}\n')
    rows = open_rows(file)
    assert list(rows) == [{"id": 1, "tags": ["a"]}, {"id": 2, "tags": None}]
    assert rows.columns == ("id", "tags")


def test_a_list_of_dictionaries_is_taken_as_it_is() -> None:
    rows = open_rows([{"id": 1}, {"id": 2, "name": "Ada"}])
    assert rows.columns == ("id", "name")
    seen = [rows.read for _ in rows]
    assert seen == [0.5, 1.0]


def test_how_far_a_file_is_read_is_known(tmp_path: Path) -> None:
    file = write(tmp_path / "rows.csv", "id\n" + "1234567890\n" * 20_000)
    rows = open_rows(file)
    parts = [rows.read or 0.0 for _ in rows]
    assert parts == sorted(parts)
    assert parts[0] < 0.2
    assert parts[-1] > 0.9


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rows.csv", "", "empty"),
        ("rows.csv", "id,id\n1,2\n", "'id' is there twice"),
        ("rows.csv", "id,name\n1,Ada,more\n", "holds 'more'"),
        ("rows.csv", 'id\n"1\n', "broken"),
        ("rows.csv", "id\n\udcff\n", "encoding="),
        ("rows.jsonl", "", "empty"),
        ("rows.jsonl", "[1]\n", "line 1"),
        ("rows.jsonl", '{"id": 1}\n{"id":\n', "line 2"),
        ("rows.xyz", "id\n", "known kind"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DocumentError, match=told):
        list(open_rows(file))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for name in ("none.csv", "none.jsonl", "none.xlsx"):
        with pytest.raises(DocumentError, match="found none"):
            open_rows(tmp_path / name)
    with pytest.raises(DocumentError, match="encoding"):
        list(open_rows(write(tmp_path / "rows.csv", "id\n1\n"), encoding="no-such"))


@pytest.mark.parametrize("given", [None, "", 3, {"id": 1}, [1], [{}]])
def test_what_is_neither_rows_nor_a_path_is_told(given: Any) -> None:
    with pytest.raises(InputError, match="Expected"):
        open_rows(given)

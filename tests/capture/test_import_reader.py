"""The reader of CSV: as csv reads it, in bounded memory, and no bytes whatever make it fail or lose a row."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.capture.importing.columns import guessed
from leads.capture.importing.decoding import UTF8, decoded, delimiter_of, encoding_of
from leads.capture.importing.records import LONGEST_ROW, Splitter, records
from leads.models import Outcome

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\ufeff"), max_size=20)
tables = st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=8)


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


@given(tables, st.integers(1, 50), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_a_spreadsheet_writes_is_read_as_it_was(table: list[list[str]], size: int, delimiter: str, encoding: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    content = written.getvalue().encode(encoding)
    read = records(decoded(pieces(content, size), encoding_of(content) if encoding != "utf-8" else UTF8), delimiter)
    assert [record.cells for record in read] == [
        row for row in table if delimiter.join(row).strip() or any('"' in cell for cell in row)
    ] or (not any("".join(row).strip() for row in table))


@given(st.text(st.sampled_from('a",\n x'), max_size=60), st.integers(1, 7))
def test_quotation_marks_mean_what_they_mean_to_csv(text: str, size: int) -> None:
    ours = list(records((text[start : start + size] for start in range(0, len(text), size)), ","))
    if not any(record.problem for record in ours):
        theirs = list(csv.reader(io.StringIO(text, newline="")))
        assert [row.cells for row in ours if any(map(str.strip, row.cells))] == [row for row in theirs if any(map(str.strip, row))]


@given(st.binary(max_size=400), st.integers(1, 100))
def test_whatever_the_bytes_nothing_fails_and_the_numbers_rise(content: bytes, size: int) -> None:
    encoding = encoding_of(content)
    text = "".join(decoded(pieces(content, size), encoding))
    read = list(records(decoded(pieces(content, size), encoding), delimiter_of(text)))
    numbers = [record.number for record in read]
    assert numbers == sorted(set(numbers))
    assert len(numbers) <= text.count("\n") + 1
    guessed(read[0].cells if read else [])


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters='"'), min_size=1), min_size=1, max_size=20))
def test_every_line_without_quotation_marks_is_one_row(lines: list[str]) -> None:
    lines = [line for line in lines if line.strip()]
    assert len(list(records(iter(["\n".join(lines)]), ","))) == len(lines)


@pytest.mark.parametrize("cell", ["x" * 3_000_000, '"' + "x\n" * 1_000_000 + '"', '"' + '""' * 1_000_000 + '"', "," * 3_000_000])
def test_too_long_a_row_is_one_row_and_costs_no_memory(cell: str) -> None:
    text = f"a,b\n{cell}\nc,d\n"
    splitter, most = Splitter(","), 0
    rows: list[str | None] = []
    for start in range(0, len(text), 65_536):
        rows += splitter.rows(text[start : start + 65_536])
        most = max(most, sum(map(len, splitter.parts)))
    assert rows == ["a,b", None, "c,d"]
    assert most <= LONGEST_ROW


def test_what_follows_an_open_quotation_mark_is_named_by_its_row() -> None:
    [first, last] = records(iter(['a,b\nc,"d\ne,f\n']), ",")
    assert first.cells == ["a", "b"]
    assert (last.number, last.problem) == (2, Outcome.OPEN_QUOTE)


def test_one_line_of_an_older_encoding_does_not_spoil_the_others() -> None:
    content = "José\n".encode() + "Núñez\n".encode("cp1252") + "Ángela\n".encode()
    assert "".join(decoded([content], UTF8)) == "José\nNúñez\nÁngela\n"


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (["Full Name", "E-mail", "Phone number", "Lead Source"], ["name", "email", "phone", "source"]),
        (["Nombre", "Apellidos", "Correo electrónico", "Teléfono"], ["first", "last", "email", "phone"]),
        (["First Name", "Last Name", "Name", "Email", "Email"], ["first", "last", "", "email", ""]),
        (["", "???", "Fecha", "Etapa"], ["", "", "received", "stage"]),
    ],
)
def test_columns_are_guessed_by_their_names(header: list[str], codes: list[str]) -> None:
    assert guessed(header) == codes

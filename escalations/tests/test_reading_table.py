"""Whatever a floor's sheet comes as becomes rows of text, or a sentence that says what to do."""

import contextlib
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from escalations.exportcells import neutral
from escalations.reading import (
    SheetRefused,
    read_file,
    read_pasted,
    table,
    workbook,
    workbook_child,
)
from escalations.reading.delimited import read_cell
from escalations.reading.table import plain_cell
from escalations.reading.workbook_child import answer, cell_text, look_at_xml

SHEET = Path(__file__).parent / "data" / "log-sheet.csv"
HEADINGS = ["Time", "Agent", "Concern"]


def a_book(rows, **options) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("Night")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file.getvalue()


def a_zip(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def test_the_real_night_is_nine_rows_of_six_cells():
    rows = read_file("log-sheet.csv", SHEET.read_bytes()).rows
    assert [len(row) for row in rows] == [6] * 9
    assert rows[4] == [
        *("4", "12:10 PM", "Tanya /567891"),
        *("Don't want to talk to the agent", "assisted as requested", "N"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_encoding_and_delimiter_reads_alike(encoding, delimiter):
    lines = [HEADINGS, ["9:15 PM", "Peña / 123456", "hindi gumagana, ₱50"]]
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in line] for line in lines]
    text = "\r\n".join(delimiter.join(line) for line in quoted)
    assert read_file("night.csv", text.encode(encoding)).rows == lines


def test_a_windows_file_keeps_its_letters():
    data = "Time,Agent,Concern\n9:15 PM,Peña / 123456,“waive” it\n".encode("cp1252")
    assert read_file("night.csv", data).rows[1][1:] == ["Peña / 123456", "“waive” it"]


def test_quoted_line_breaks_stay_inside_their_cell():
    rows = read_pasted('Time\tAgent\tConcern\n9:15 PM\tTina / 1\t"two\r\nlines"\n').rows
    assert rows[1][2] == "two\nlines"


def test_a_declared_delimiter_counts():
    assert read_pasted("sep=;\nTime;Agent;Concern\n1,5;b;c").rows == [HEADINGS, ["1,5", "b", "c"]]


def test_a_single_column_and_control_letters_do_no_harm():
    assert read_pasted("a\x0bb\nc\x00d").rows == [["ab"], ["cd"]]


@given(st.text(alphabet="=+-@\t\r\n'＝ab ", max_size=12) | st.text(max_size=40))
def test_what_an_export_made_harmless_is_taken_back(text):
    harmless = neutral(text)
    assert not harmless.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert read_cell(harmless) == plain_cell(text)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("night.csv", b"", "The file is empty"),
        ("night.csv", b" \r\n \n", "The file is empty"),
        ("night.csv", b",,,\n,,\n", "The sheet has no rows"),
        ("night.pdf", b"%PDF-1.7 ...", "is not a spreadsheet Tala can read"),
        ("night.docx.pages", b"anything", "is not a spreadsheet Tala can read"),
        ("night.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "Save"),
        ("night.csv", bytes(range(1, 32)) * 9, "This is not a spreadsheet"),
        ("night.csv", b"\xff\xfe\x00\xd8\x00", "letters cannot be read"),
        ("night.csv", b"Time,Agent\n\x81\x8d\x8f\n", "letters cannot be read"),
        ("night.csv", b'Time,Agent\n9:15,"' + b"x" * 140_000, "quotation mark is opened"),
        ("night.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + b"x", "old .xls format"),
        (
            "night.xlsx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
        ("night.xlsx", b"PK\x03\x04junk", "damaged or is not one"),
        ("night.xlsx", a_zip(a=b"b"), "not an .xlsx workbook"),
        ("night.ods", a_zip(**{"content.xml": b"<a/>"}), "an OpenDocument file"),
        ("night.xlsx", a_zip(**{"xl__workbook.xml": b"<oops"}), "damaged or is not one"),
    ],
)
def test_a_bad_file_gets_a_sentence_that_says_what_to_do(name, data, sentence):
    with pytest.raises(SheetRefused, match=sentence) as refused:
        read_file(name, data)
    assert str(refused.value).endswith(".")


def test_too_large_too_long_and_nothing_pasted_are_refused(monkeypatch):
    with pytest.raises(SheetRefused, match="larger than 25 MB"):
        read_file("night.csv", b"x" * (table.MAX_BYTES + 1))
    with pytest.raises(SheetRefused, match="Nothing was pasted"):
        read_pasted("  ")
    monkeypatch.setattr(table, "MAX_ROWS", 2)
    with pytest.raises(SheetRefused, match="more than 2 rows"):
        read_pasted("a\nb\nc")


def test_a_workbook_reads_like_the_csv():
    rows = read_file("log-sheet.csv", SHEET.read_bytes()).rows
    assert read_file("log-sheet.xlsx", a_book(rows)).rows == rows


def test_cells_of_a_workbook_become_what_a_person_would_have_typed():
    rows = [
        [12.0, 123456, 1.5, True, False, dt.time(21, 15), dt.time(0), dt.date(2026, 11, 20)],
        [dt.datetime(2026, 11, 20, 0, 10), dt.timedelta(hours=25, minutes=5), "=1+1", " x "],
    ]
    for date_1904 in (False, True):
        file = io.BytesIO()
        options = {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}
        options |= {"date_1904": date_1904, "strings_to_formulas": False}
        with xlsxwriter.Workbook(file, options) as book:
            sheet = book.add_worksheet()
            clock = book.add_format({"num_format": "h:mm AM/PM"})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            length = book.add_format({"num_format": "[h]:mm"})
            sheet.write_row(0, 1, rows[0][:5])
            sheet.write_datetime(0, 6, rows[0][5], clock)
            sheet.write_datetime(0, 7, rows[0][6], clock)
            sheet.write_datetime(0, 8, rows[0][7], day)
            sheet.write_number(0, 9, 0.0069444, clock)
            sheet.write_row(2, 0, rows[1][:1])
            sheet.write_datetime(2, 1, rows[1][1], length)
            sheet.write_row(2, 2, rows[1][2:])
        found = read_file("night.xlsx", file.getvalue()).rows
        assert found[0] == [
            *("", "12", "123456", "1.5", "Y", "N", "21:15", "00:00", "2026-11-20", "00:10"),
        ]
        assert found[1] == [""] * 10
        assert found[2][:4] == ["2026-11-20 00:10", "01:05", "=1+1", "x"]


def test_leftovers_of_cells_are_text_too():
    assert cell_text(dt.datetime(1899, 12, 31, 21, 15)) == "21:15"
    assert cell_text(dt.date(1904, 1, 1)) == "00:00"
    assert cell_text(1e300) == "1e+300"
    assert cell_text(4111111111111111.0) == "4111111111111111"
    assert cell_text(7) == "7"


def test_hidden_merged_and_unsaved_cells_are_pointed_out():
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Night")
    for row in (HEADINGS, ["9:15 PM", "Tina / 123456", "fee"], ["9:20 PM", None, "bill"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet["D2"] = "=A2"
    sheet.row_dimensions[3].hidden = True
    hidden = book.create_sheet("Old")
    hidden.append([*HEADINGS, "Resolution", "Status"])
    hidden.sheet_state = "hidden"
    book["Cover"]["A1"] = "Skyline"
    file = io.BytesIO()
    book.save(file)
    found = read_file("night.xlsx", file.getvalue())
    assert found.rows[1][:3] == ["9:15 PM", "Tina / 123456", "fee"]
    assert found.merged == {(2, 1)}
    told = " ".join(found.notes)
    assert "Only the sheet “Night”" in told
    assert "“Cover”" in told
    assert "Old" not in told
    assert "D2" in told
    assert "Hidden rows" in told


def test_a_workbook_without_a_visible_row_is_refused():
    with pytest.raises(SheetRefused, match="no visible sheet with rows"):
        read_file("night.xlsx", a_book([]))


def test_a_bomb_is_never_unpacked(monkeypatch):
    bomb = a_zip(**{"xl__workbook.xml": b"x", "xl__worksheets__sheet1.xml": b"0" * 2_000_000})
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    monkeypatch.setattr(workbook, "CHILD", Path("/nowhere"))
    with pytest.raises(SheetRefused, match="unpacks to far more"):
        read_file("night.xlsx", bomb)


def test_a_workbook_too_big_for_the_child_only_ends_the_child(monkeypatch):
    monkeypatch.setattr(workbook, "MEMORY", 200 * 1024 * 1024)
    row = b"<row>" + b"<c><v>1</v></c>" * 400 + b"</row>"
    sheet = b"<worksheet><sheetData>" + row * 8000 + b"</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(a_book([HEADINGS]))) as honest:
        members = {name: honest.read(name) for name in honest.namelist()}
    members["xl/worksheets/sheet1.xml"] = sheet
    with pytest.raises(SheetRefused, match="unpacks to far more"):
        read_file("night.xlsx", a_zip(**members))


def test_a_locked_or_slow_workbook_is_refused(monkeypatch):
    locked = bytearray(a_zip(**{"xl__workbook.xml": b"x"}))
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1  # the directory says: encrypted
    with pytest.raises(SheetRefused, match="password"):
        read_file("night.xlsx", bytes(locked))
    monkeypatch.setattr(workbook, "SECONDS", 0.001)
    with pytest.raises(SheetRefused, match="unpacks to far more"):
        read_file("night.xlsx", a_book([HEADINGS]))


def test_a_child_that_dies_is_a_refusal(monkeypatch, tmp_path):
    silent = tmp_path / "silent.py"
    silent.write_text("raise SystemExit(1)")
    monkeypatch.setattr(workbook, "CHILD", silent)
    with pytest.raises(SheetRefused, match="unpacks to far more"):
        read_file("night.xlsx", a_book([HEADINGS]))


def test_entities_and_locked_books_are_refused_in_the_child(monkeypatch):
    evil = a_zip(**{"xl__worksheets__sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'})
    with pytest.raises(ValueError, match="sheet1"):
        look_at_xml(evil)
    assert answer(b"nonsense", 10, 10) == "damaged"
    assert answer(a_book([HEADINGS]), 10, 10)[0]["rows"] == [HEADINGS]

    def no_room(data):
        raise MemoryError

    monkeypatch.setattr(workbook_child, "MAX_LETTERS", 10)
    assert answer(a_book([HEADINGS]), 10, 10) == "too big"
    monkeypatch.setattr(workbook_child, "look_at_xml", no_room)
    assert answer(a_book([HEADINGS]), 10, 10) == "too big"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(data):
    with contextlib.suppress(SheetRefused):
        assert read_file("night.csv", data).rows

"""A large upload is read, masked and packed by a child, exactly as it would be here."""

import io

import pytest
import xlsxwriter

from escalations.reading import SheetRefused, packed
from escalations.reading.packed import pack_pasted, pack_upload, read_and_pack, unpack
from people.cards import NotACard

CARD = "4111 1111 1111 1111"
HEADINGS = "Time,Agent,Concern\n"
LONG = HEADINGS + "".join(
    f'9:{n % 60:02} PM,Tina / 123456,"card {CARD}, case {n}"\n' for n in range(6000)
)
CLEAR = NotACard("411111", "1111", 16)


def a_book(*rows: list[str]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file.getvalue()


@pytest.mark.parametrize("allowed", [(), (CLEAR,)])
def test_a_child_packs_what_would_be_packed_here(allowed):
    data = LONG.encode()
    assert len(data) > packed.SMALL
    there = pack_upload("night.csv", [data[:1000], data[1000:]], len(data), allowed)
    here = read_and_pack("night.csv", data, allowed)
    assert there == here
    assert there.rows == 6001
    table = unpack(there.source)
    assert (CARD in table.rows[1][2]) is bool(allowed)
    assert bool(table.notes) is not bool(allowed)
    assert there.head[0] == ["Time", "Agent", "Concern"]


def test_pasted_rows_are_packed_alike():
    pasted = pack_pasted(LONG, ())
    assert (
        unpack(pasted.source).rows == unpack(read_and_pack("x.csv", LONG.encode(), ()).source).rows
    )


def test_a_workbook_of_any_size_and_name_is_packed_by_the_child(monkeypatch):
    data = a_book(["Time", "Agent", "Concern"], ["9:15 PM", "Tina / 1", CARD])
    for name in ("night.xlsx", "night.csv"):
        sheet = pack_upload(name, [data], len(data), ())
        assert unpack(sheet.source).rows[1] == ["9:15 PM", "Tina / 1", "•••• 1111"]
    monkeypatch.setattr(packed, "SECONDS", 0.001)
    with pytest.raises(SheetRefused, match="took too long"):
        pack_upload("night.csv", [data], len(data), ())


def test_what_the_child_refuses_is_said_and_so_is_its_end(monkeypatch):
    bad = b'Time,Agent\n9:15,"' + b"x" * 300_000
    with pytest.raises(SheetRefused, match="quotation mark"):
        pack_upload("night.csv", [bad], len(bad), ())
    monkeypatch.setattr(packed, "MEMORY", 60 * 1024 * 1024)
    data = LONG.encode() * 20
    with pytest.raises(SheetRefused, match="more than a log sheet holds"):
        pack_upload("night.csv", [data], len(data), ())

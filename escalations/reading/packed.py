"""A sheet as it is kept until it is confirmed: without card numbers, packed; made in a child."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from escalations.reading.delimited import SMALL, TOO_MUCH
from escalations.reading.headings import HEADINGS_WITHIN
from escalations.reading.limited import Ended, TookTooLong, run
from escalations.reading.table import ZIP, SheetRefused, Table, read_file, read_pasted
from people.cards import NotACard, mask

CHILD = Path(__file__).with_name("packed_child.py")
MEMORY = 1500 * 1024 * 1024
SECONDS = 85
BUSY = (
    "Reading the file took too long: it is very large, or the machine is busy. "
    "Try again in a minute, or split it into several files."
)
LEVEL = 4
"""How hard zlib tries; its default takes twice as long for a tenth less."""


@dataclass(frozen=True)
class Packed:
    """A sheet whose cells hold no card numbers: `source` is what `unpack` takes.

    `rows` says how many rows it has, `head` has the first ones, among which the headings are, and
    `sha256` is the digest of what was sent, in hex.
    """

    source: bytes
    rows: int
    head: list[list[str]]
    sha256: str = ""


def pack(table: Table, allowed: Iterable[NotACard], *, sha256: str = "") -> Packed:
    """Mask the card numbers in a sheet, those `allowed` excepted, and pack it."""
    table = _without_cards(table, frozenset(allowed))
    whole = {"rows": table.rows, "merged": sorted(table.merged), "notes": table.notes}
    said = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    source = zlib.compress(said.encode("utf-8", "surrogatepass"), LEVEL)
    return Packed(source, len(table.rows), table.rows[:HEADINGS_WITHIN], sha256)


def unpack(source: bytes) -> Table:
    """The sheet that was packed."""
    whole = json.loads(zlib.decompress(source).decode("utf-8", "surrogatepass"))
    merged = frozenset((row, column) for row, column in whole["merged"])
    return Table(rows=whole["rows"], merged=merged, notes=whole["notes"])


def pack_upload(
    name: str,
    pieces: Iterable[bytes],
    size: int,
    allowed: Iterable[NotACard],
    *,
    has_seconds: bool = False,
) -> Packed:
    """Read a file that comes in pieces and pack it; raises SheetRefused.

    It is done in a child process, behind the pages, unless it is a short text: a hundred thousand
    rows would take twice the memory of a web worker. `has_seconds` is for `read_file`.
    """
    if size <= SMALL:
        pieces = [data := b"".join(pieces)]
        if not data.startswith(ZIP):
            return read_and_pack(name, data, allowed)
    numbers = [list(number) for number in allowed]
    asked = {"name": name, "allowed": numbers, "has_seconds": has_seconds}
    try:
        said = run(CHILD, _with_question(asked, pieces), MEMORY, seconds=SECONDS)
    except TookTooLong:
        raise SheetRefused(BUSY) from None
    except Ended:
        raise SheetRefused(TOO_MUCH) from None
    if isinstance(said, str):
        raise SheetRefused(said)
    return Packed(**said | {"source": base64.b64decode(said["source"])})


def pack_pasted(text: str, allowed: Iterable[NotACard]) -> Packed:
    """Read pasted rows and pack them; raises SheetRefused."""
    data = text.encode("utf-8", "surrogatepass")
    return pack_upload("", [data], len(data), allowed)


def read_and_pack(
    name: str,
    data: bytes,
    allowed: Iterable[NotACard],
    *,
    is_apart: bool = False,
    has_seconds: bool = False,
) -> Packed:
    """Read a file, or pasted text if it has no name, and pack it here; raises SheetRefused."""
    if name:
        table = read_file(name, data, is_apart=is_apart, has_seconds=has_seconds)
    else:
        table = read_pasted(data.decode("utf-8", "surrogatepass"), is_apart=is_apart)
    return pack(table, allowed, sha256=hashlib.sha256(data).hexdigest())


def answer(data: bytes) -> dict[str, object] | str:
    """In the child: the packed sheet, its bytes as text, or the sentence that says why not."""
    asked, _, body = data.partition(b"\n")
    said = json.loads(asked)
    allowed = [NotACard(*number) for number in said["allowed"]]
    try:
        packed = read_and_pack(
            said["name"], body, allowed, is_apart=True, has_seconds=said["has_seconds"]
        )
    except SheetRefused as refused:
        return str(refused)
    return asdict(packed) | {"source": base64.b64encode(packed.source).decode()}


def _with_question(asked: object, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What the child is asked in one line, then the file."""
    yield json.dumps(asked).encode() + b"\n"
    yield from pieces


def _without_cards(table: Table, allowed: frozenset[NotACard]) -> Table:
    """The sheet with its card numbers masked, and a note that says how many."""
    text_of = lru_cache(maxsize=20_000)(lambda cell: mask(cell, allowed).text)
    count, rows = 0, []
    for cells in table.rows:
        rows.append(said := [text_of(cell) for cell in cells])
        if said != cells:
            count += sum(len(mask(cell, allowed).found) for cell in cells)
    notes = list(table.notes)
    if count:
        what = "1 card number was" if count == 1 else f"{count:,} card numbers were"
        notes.append(f"{what} masked to the last four digits.")
    return replace(table, rows=rows, notes=notes)

"""A concern as the row that is compared: of a line that has it already, else encoded now."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from calibration.models import LineVector

if TYPE_CHECKING:
    from calibration.grouping.vectors import Bytes

_RECENT: OrderedDict[int, bytes] = OrderedDict()
MOST = 200
"""Rows that a process keeps: topic and similar lines of one concern are asked one after another."""


def row_of(concern: str) -> Bytes:
    """The row of what is being typed."""
    return rows_of([concern], stored=False)[0]


def rows_of(concerns: Sequence[str], *, stored: bool = True) -> Bytes:
    """One row for each; with `stored`, lines that have the same text are asked first."""
    from calibration.grouping.vectors import packed, unpacked

    digests = [digest(concern) for concern in concerns]
    found = {text: _RECENT[text] for text in digests if text in _RECENT}
    if stored and len(found) < len({*digests}):
        found |= same_texts({*digests} - {*found})
    pairs = zip(digests, concerns, strict=True)
    missing = {text: concern for text, concern in pairs if text not in found}
    made = packed(list(missing.values()))
    found |= {text: row.tobytes() for text, row in zip(missing, made, strict=True)}
    _RECENT.update({text: found[text] for text in digests[:MOST]})
    while len(_RECENT) > MOST:
        _RECENT.popitem(last=False)
    return unpacked(found[text] for text in digests)


def digest(text: str) -> int:
    """64 bits of a text: two that have them in common are taken for the same."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def same_texts(digests: Iterable[int]) -> dict[int, bytes]:
    """The vectors that lines with these texts have already, by the texts' digests."""
    found = LineVector.objects.filter(digest__in=list(digests)).order_by("digest")
    return {
        text: bytes(row) for text, row in found.distinct("digest").values_list("digest", "packed")
    }

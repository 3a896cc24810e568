"""The child process that splits a long text under limits: bytes on stdin, JSON rows on stdout.

It answers with rows of text, or with the sentence that says why it cannot.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":  # pragma: no cover (run by path, isolated)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from escalations.reading.delimited import decode, read_delimited
from escalations.reading.limited import answer_under_limits
from escalations.reading.table import SheetRefused


def answer(data: bytes) -> list[list[str]] | str:
    """Split the text into rows of cells, or say why not."""
    try:
        return read_delimited(decode(data)).rows
    except SheetRefused as refused:
        return str(refused)


if __name__ == "__main__":  # pragma: no cover
    answer_under_limits(answer)

"""What is kept of a text: 640 bytes, the first 384 its meaning, the others its letters.

Both parts have length 1 before they are rounded to bytes, so no scale is kept: reading one, its
length is made 1 again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from calibration.grouping import encoder, lexical

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]
MEANING = encoder.SIZE
ROW = encoder.SIZE + lexical.SIZE

FOR_TOPICS, FOR_LINES = 0.7, 0.9
"""The share of the meaning in the likeness, for telling topics and for finding like lines."""


def packed(texts: Sequence[str]) -> Bytes:
    """The rows to keep of these texts, ROW bytes each."""
    parts = (encoder.encode(texts), lexical.lexical(texts))
    return np.concatenate([_rounded(part) for part in parts], axis=1)


def unpacked(rows: Iterable[bytes | memoryview]) -> Bytes:
    """Rows as they come from the database."""
    return np.frombuffer(b"".join(rows), np.int8).reshape(-1, ROW)


def mixed(rows: Bytes, share: float) -> Floats:
    """Rows whose products are likenesses: `share` of the meaning, the rest of the letters."""
    found = rows.astype(np.float32)
    for columns, weight in ((slice(MEANING), share), (slice(MEANING, ROW), 1 - share)):
        part = found[:, columns]
        length = np.sqrt((part * part).sum(axis=1, keepdims=True))
        part *= np.float32(weight**0.5) / np.maximum(length, 1e-9)
    return found


def signs(rows: Bytes) -> list[str]:
    """Which numbers of the meaning are above 0, as 384 digits 0 and 1."""
    return ["".join(map(str, row)) for row in (rows[:, :MEANING] > 0).astype(int).tolist()]


def _rounded(part: Floats) -> Bytes:
    most = np.abs(part).max(axis=1, keepdims=True)
    return np.rint(part * (127 / np.maximum(most, 1e-9))).astype(np.int8)

"""Texts into vectors of their letters: hashed words and parts of words.

It carries what the encoder does not know: names, jargon, codes and Tagalog. Nothing is learnt
from any text, so that a vector never goes stale: how much a word weighs is told by its rank in
the encoder's vocabulary, which is sorted by how frequent a piece is in English.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from calibration.grouping.pieces import vocabulary
from calibration.grouping.wording import EMPTY, words_of

SIZE = 256
SHORTEST, LONGEST = 3, 5
"""Letters of a part of a word; a blank before and behind the word counts as one."""

MOST_LETTERS = 30
"""Letters of a word that are looked at."""

FIRST_WORD = 1990
"""Where words begin in the vocabulary, after marks and single letters."""

LEAST_WEIGHT = 0.2


def lexical(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of SIZE numbers for each text, of length 1; all 0 for a text without words."""
    found = np.zeros((len(texts), SIZE), np.float32)
    for row, text in zip(found, texts, strict=True):
        for word in dict.fromkeys(words_of(text)):
            places, values = _of_word(word[:MOST_LETTERS])
            row[places] += values
    length = np.sqrt((found * found).sum(axis=1, keepdims=True))
    return np.asarray(found / np.maximum(length, 1e-9), np.float32)


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Where a word adds how much: half of it as a whole, half shared by its parts."""
    whole = f" {word} "
    parts = [
        whole[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(whole) - size + 1)
    ]
    row: NDArray[np.float32] = np.zeros(SIZE, np.float32)
    for part in parts:
        _add(row, part, len(parts) ** -0.5)
    _add(row, f"={word}", 1.0)
    row *= _weight(word)
    places = row.nonzero()[0].astype(np.uint8)
    return places, row[places]


def _add(row: NDArray[np.float32], part: str, value: float) -> None:
    """Signed hashing: parts that fall on one place cancel out on average (Weinberger, 2009)."""
    spread = crc32(part.encode())
    row[spread % SIZE] += value if spread >> 31 else -value


def _weight(word: str) -> float:
    """How much a word tells: 1 when English texts do not have it, less the more frequent it is."""
    if word in EMPTY:
        return LEAST_WEIGHT
    rank = vocabulary().get(word)
    if rank is None:
        return 1.0
    return max(LEAST_WEIGHT, log(max(rank - FIRST_WORD, 1) + 20) / log(len(vocabulary())))

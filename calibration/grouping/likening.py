"""Which lines are most like a concern, of those whose signs are nearest to its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration.grouping.vectors import FOR_LINES, MEANING, Bytes, mixed

NEAREST = 200
"""Lines with the nearest signs that are compared exactly."""

COMPANY = 10
"""The most alike lines to whose common direction the others are held as well."""

STEEPNESS = 8


def order(concern: Bytes, lines: Bytes, *, most: int) -> list[tuple[int, float]]:
    """Places of the `most` best lines, best first, and how like the concern each is (0 to 1).

    A line counts by its own likeness and by that to the nearest lines together, the nearest of
    these by far the most: what stands alone near the concern gives way to what has company.
    """
    if not len(lines):
        return []
    asked, rows = mixed(concern.reshape(1, -1), FOR_LINES)[0], mixed(lines, FOR_LINES)
    alike = rows @ asked
    near = np.argsort(-alike, kind="stable")[:COMPANY]
    weight = np.maximum(alike[near], 0) ** STEEPNESS
    together = weight @ rows[near]
    worth = alike + rows @ together / max(float(np.linalg.norm(together)), 1e-9)
    best = np.argsort(-worth, kind="stable")[:most]
    return [(int(place), min(max(float(alike[place]), 0.0), 1.0)) for place in best]


def nearest_bits(
    concern: NDArray[np.uint8], lines: NDArray[np.uint8], most: int = NEAREST
) -> NDArray[np.intp]:
    """Places of the lines with the most signs in common, as the database finds them."""
    differ = np.bitwise_count(lines ^ concern).sum(axis=1)
    return np.argsort(differ, kind="stable")[:most]


def sign_bits(rows: Bytes) -> NDArray[np.uint8]:
    """The signs of the meaning, eight in a byte."""
    return np.packbits(rows[:, :MEANING] > 0, axis=1)

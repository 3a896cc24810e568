"""Which lines are most like a concern, of those whose signs are nearest to its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration.grouping.vectors import FOR_LINES, MEANING, Bytes, mixed

NEAREST = 200
"""Lines with the nearest signs that are compared exactly."""

COMPANY = 10
"""The most alike lines to whose common direction the others are held as well."""


def order(concern: Bytes, lines: Bytes, *, most: int) -> list[tuple[int, float]]:
    """Places of the `most` best lines, best first, and how like the concern each is (0 to 1).

    A line counts by its own likeness and by that to the nearest lines together, each of these by
    the cube of its own: what stands alone near the concern gives way to what has company.
    """
    if not len(lines):
        return []
    asked, rows = mixed(concern.reshape(1, -1), FOR_LINES)[0], mixed(lines, FOR_LINES)
    alike = rows @ asked
    near = np.argsort(-alike, kind="stable")[:COMPANY]
    weight = np.maximum(alike[near], 0) ** 3
    together = weight @ rows[near]
    worth = alike + rows @ together / max(float(np.linalg.norm(together)), 1e-9)
    best = np.argsort(-worth, kind="stable")[:most]
    return [(int(place), min(max(float(alike[place]), 0.0), 1.0)) for place in best]


def nearest_signs(concern: Bytes, lines: Bytes, most: int = NEAREST) -> NDArray[np.intp]:
    """Places of the lines with the most signs in common, as the database finds them."""
    differ = ((lines[:, :MEANING] > 0) != (concern[:MEANING] > 0)).sum(axis=1)
    return np.argsort(differ, kind="stable")[:most]

"""Vectors in buckets around centres, so that a concern is compared with a few of them only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration.grouping.vectors import MEANING, Bytes, mixed

Floats = NDArray[np.float32]
BUCKETS = 256
ROUNDS = 12


def centres_of(sample: Bytes) -> Floats:
    """At most BUCKETS directions around which the rows of a sample lie: spherical k-means.

    A row that comes again counts once: of two equal centres one would have no line, and yet be
    looked through in place of one that has.
    """
    rows = meanings(np.unique(sample, axis=0))
    dice = np.random.default_rng(0)
    centres = rows[dice.permutation(len(rows))[:BUCKETS]].copy()
    for _ in range(ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        centres = np.where(length > 0, sums / np.maximum(length, 1e-9), centres)
    return np.asarray(centres, np.float32)


def bucket_of(rows: Bytes, centres: Floats) -> list[int]:
    """The bucket of each row: the number of the nearest centre."""
    found: list[int] = (meanings(rows) @ centres.T).argmax(axis=1).tolist()
    return found


def nearest_buckets(concern: Bytes, centres: Floats, most: int) -> list[int]:
    """The buckets in which lines like the concern are, the nearest first."""
    alike = centres @ meanings(concern.reshape(1, -1))[0]
    found: list[int] = np.argsort(-alike, kind="stable")[:most].tolist()
    return found


def meanings(rows: Bytes) -> Floats:
    """The meaning alone of each row, with length 1."""
    return mixed(rows, 1.0)[:, :MEANING]

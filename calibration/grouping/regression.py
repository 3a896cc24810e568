"""Softmax regression in which every topic weighs the same, however many examples it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
LOOSE = 100.0
"""How freely the weights follow the examples: one over the weight decay."""

MOST_STEPS, KEPT = 60, 8
ENOUGH = 1e-4
"""Ends when a step makes the loss smaller by less than this part of it."""


@dataclass(frozen=True)
class Regression:
    """What was learnt: the topics, and one column of weights for each, the last row a constant."""

    topics: NDArray[np.int64]
    weights: Floats

    def shares(self, concern: Floats) -> Floats:
        """The share of each topic in the expectation for one concern; together 1."""
        raw = concern @ self.weights[:-1] + self.weights[-1]
        raw = np.exp(raw - raw.max())
        return np.asarray(raw / raw.sum(), np.float32)


def fit(rows: Floats, topics: NDArray[np.int64]) -> Regression:
    """Learn from examples, one row and one topic each; by L-BFGS (Nocedal, 1980)."""
    names, places = np.unique(topics, return_inverse=True)
    loss = _Loss(rows, places, len(names))
    weights = np.zeros((rows.shape[1] + 1, len(names)), np.float32)
    value, slope = loss(weights)
    moves: list[Floats] = []
    bends: list[Floats] = []
    for _ in range(MOST_STEPS):
        way = _direction(slope, moves, bends)
        before, (weights, after, bent) = value, _step(loss, weights, value, slope, way)
        if np.vdot(way, bent - slope) < 0:
            moves, bends = [*moves[1 - KEPT :], way], [*bends[1 - KEPT :], slope - bent]
        value, slope = after, bent
        if before - after < ENOUGH * abs(before):
            break
    return Regression(names.astype(np.int64), weights)


class _Loss:
    """The balanced log loss of some weights, with its slope."""

    def __init__(self, rows: Floats, places: NDArray[np.intp], topics: int) -> None:
        self.rows = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
        self.places, self.all = places, np.arange(len(rows))
        often = np.bincount(places, minlength=topics)
        self.worth = (len(rows) / (topics * often))[places].astype(np.float32)
        self.decay = np.full((self.rows.shape[1], 1), 1 / LOOSE, np.float32)
        self.decay[-1] = 1e-4

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        raw = self.rows @ weights
        raw -= raw.max(axis=1, keepdims=True)
        np.exp(raw, out=raw)
        raw /= raw.sum(axis=1, keepdims=True)
        right = np.log(np.maximum(raw[self.all, self.places], 1e-12))
        value = -(self.worth * right).sum() + 0.5 * (self.decay * weights * weights).sum()
        raw[self.all, self.places] -= 1
        raw *= self.worth[:, None]
        return float(value), np.asarray(self.rows.T @ raw + self.decay * weights, np.float32)


def _direction(slope: Floats, moves: list[Floats], bends: list[Floats]) -> Floats:
    """Where to go: `moves` and `bends` are the last steps and how the slope changed, negated."""
    if not moves:
        return slope / max(float(np.linalg.norm(slope)), 1e-9)
    way, used = slope.copy(), []
    for move, bend in zip(reversed(moves), reversed(bends), strict=True):
        used.append(np.vdot(move, way) / np.vdot(bend, move))
        way -= used[-1] * bend
    way *= np.vdot(moves[-1], bends[-1]) / np.vdot(bends[-1], bends[-1])
    for move, bend, part in zip(moves, bends, reversed(used), strict=True):
        way += (part - np.vdot(bend, way) / np.vdot(bend, move)) * move
    return way


def _step(
    loss: _Loss, weights: Floats, value: float, slope: Floats, way: Floats
) -> tuple[Floats, float, Floats]:
    """Go against `way`, half as far each time until it helps enough; `way` becomes the move."""
    gain, far = float(np.vdot(way, slope)), 1.0
    while True:
        there = weights - far * way
        after, bent = loss(there)
        if after <= value - 1e-4 * far * gain or far < 1e-3:
            way *= far
            return there, after, bent
        far /= 2

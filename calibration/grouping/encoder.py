"""Texts into vectors of meaning: all-MiniLM-L6-v2 in numpy, its 8-bit weights mapped, not loaded.

Every process maps the same file, so that its pages are in memory once; a layer's weights become
floating-point numbers only while that layer is worked out (ADR 0100).
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.grouping.pieces import pieces
from calibration.grouping.ready import WEIGHTS

Floats = NDArray[np.float32]

SIZE, HEADS, LAYERS = 384, 12, 6
MOST_PIECES = 96
"""Word pieces of a text that are read: some seventy words."""

AT_ONCE = 512
"""Word pieces, blanks filled up included, that are worked out at once."""

FEW = 64
"""Word pieces of a concern that is being typed, or fewer."""

_KINDS: dict[str, Any] = {"F32": np.float32, "I8": np.int8}


def encode(texts: Sequence[str]) -> Floats:
    """One row of SIZE numbers and length 1 for each text; raises OSError without the weights."""
    found = np.zeros((len(texts), SIZE), np.float32)
    read = [pieces(text, most=MOST_PIECES) for text in texts]
    order = sorted(range(len(texts)), key=lambda place: len(read[place]))
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and len(read[order[end]]) * (end + 1 - start) <= AT_ONCE:
            end += 1
        here = order[start:end]
        found[here] = _encoded([read[place] for place in here])
        start = end
    return found


def _encoded(read: list[list[int]]) -> Floats:
    """The vectors of texts of about the same length."""
    longest = max(map(len, read))
    longest += -longest % 4  # the processor's registers like it even
    ids = np.zeros((len(read), longest), np.int64)
    for row, one in enumerate(read):
        ids[row, : len(one)] = one
    there = np.arange(longest) < np.array([len(one) for one in read])[:, None]
    kept = weights()
    x = kept["words.rows"][ids] * kept["words.scale"][ids][:, :, None]
    x += kept["positions"][:longest]
    x = _normed(x, "first")
    hidden = np.where(there, 0, np.float32(-1e9))[:, None, None, :].astype(np.float32)
    for layer in range(LAYERS):
        x = _layer(x, f"{layer}.", hidden)
    mean = (x * there[:, :, None]).sum(axis=1)
    length = np.sqrt((mean * mean).sum(axis=1, keepdims=True))
    return np.asarray(mean / np.maximum(length, 1e-12), np.float32)


def _layer(x: Floats, name: str, hidden: Floats) -> Floats:
    texts, long = x.shape[:2]
    parts = _times(x, name + "asked").reshape(texts, long, 3, HEADS, SIZE // HEADS)
    query, key, value = parts.transpose(2, 0, 3, 1, 4)
    share = query @ key.transpose(0, 1, 3, 2)
    share *= np.float32((SIZE / HEADS) ** -0.5)
    share += hidden
    share -= share.max(axis=-1, keepdims=True)
    np.exp(share, out=share)
    share /= share.sum(axis=-1, keepdims=True)
    heard = (share @ value).transpose(0, 2, 1, 3).reshape(texts, long, SIZE)
    x = _normed(x + _times(heard, name + "answered"), name + "between")
    return _normed(x + _times(_gelu(_times(x, name + "wide")), name + "narrow"), name + "last")


def _times(x: Floats, name: str) -> Floats:
    """The rows of x times a matrix, plus its bias; a few go second, which is twice as fast."""
    kept = weights()
    matrix, flat = kept[name + ".rows"].astype(np.float32), x.reshape(-1, x.shape[-1])
    found = (matrix @ flat.T).T if len(flat) <= FEW else flat @ matrix.T
    found *= kept[name + ".scale"]
    found += kept[name + ".bias"]
    return found.reshape(*x.shape[:-1], -1)


def _gelu(x: Floats) -> Floats:
    """The Gaussian error unit by its hyperbolic approximation (Hendrycks and Gimpel, 2016)."""
    inner = x * x
    inner *= np.float32(0.044715 * 0.7978845608)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _normed(x: Floats, name: str) -> Floats:
    """Each row with mean 0 and spread 1, then scaled and shifted as learnt."""
    kept = weights()
    x = x - x.mean(axis=-1, keepdims=True)
    x /= np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    x *= kept[name + ".gain"]
    x += kept[name + ".shift"]
    return x


@cache
def weights() -> dict[str, NDArray[Any]]:
    """Every array of the weights' file, read only, straight from its pages."""
    with WEIGHTS.open("rb") as file:
        pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    begin = 8 + int.from_bytes(pages[:8], "little")
    found = {}
    for name, one in json.loads(pages[8:begin]).items():
        kind = np.dtype(_KINDS[one["dtype"]])
        first, last = one["data_offsets"]
        flat = np.frombuffer(pages, kind, (last - first) // kind.itemsize, begin + first)
        found[name] = flat.reshape(one["shape"])
    return found

"""Whether there can be vectors here, found out without loading anything."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

MODEL = Path(__file__).parent / "minilm"
WEIGHTS, VOCABULARY = MODEL / "weights.safetensors", MODEL / "vocab.txt"


@cache
def is_ready() -> bool:
    """Tell whether numpy and both files of the model are there."""
    return find_spec("numpy") is not None and WEIGHTS.is_file() and VOCABULARY.is_file()

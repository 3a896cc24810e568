"""Makes weights.safetensors and vocab.txt from the published model; README.md says from which.

`python calibration/grouping/minilm/make.py MODEL_DIRECTORY` reads model.safetensors and vocab.txt.
Each row of a weight matrix becomes 8-bit whole numbers and one scale; the rest stays as it is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
LAYERS = 6
KINDS = {"F32": np.float32, "I8": np.int8}


def main(source: Path) -> None:
    """Write both files beside this one."""
    published = read(source / "model.safetensors")
    kept = {}
    for name, tensor in chosen(published).items():
        if tensor.ndim == 2 and name != "positions":
            kept[f"{name}.rows"], kept[f"{name}.scale"] = quantised(tensor)
        else:
            kept[name] = np.ascontiguousarray(tensor, dtype=np.float32)
    write(HERE / "weights.safetensors", kept)
    (HERE / "vocab.txt").write_bytes((source / "vocab.txt").read_bytes())


def chosen(published: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the encoder needs, by our own names; queries, keys and values are one matrix."""
    words = "embeddings.word_embeddings.weight"
    kind = published["embeddings.token_type_embeddings.weight"][0]
    found = {
        "words": published[words],
        "positions": published["embeddings.position_embeddings.weight"] + kind,
        "first.gain": published["embeddings.LayerNorm.weight"],
        "first.shift": published["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        theirs, ours = f"encoder.layer.{layer}.", f"{layer}."
        attention = [f"{theirs}attention.self.{part}." for part in ("query", "key", "value")]
        for kind, name in (("weight", "asked"), ("bias", "asked.bias")):
            found[ours + name] = np.concatenate([published[part + kind] for part in attention])
        for part, name in (
            ("attention.output.dense", "answered"),
            ("intermediate.dense", "wide"),
            ("output.dense", "narrow"),
        ):
            found[ours + name] = published[f"{theirs}{part}.weight"]
            found[f"{ours}{name}.bias"] = published[f"{theirs}{part}.bias"]
        for part, name in (("attention.output", "between"), ("output", "last")):
            found[f"{ours}{name}.gain"] = published[f"{theirs}{part}.LayerNorm.weight"]
            found[f"{ours}{name}.shift"] = published[f"{theirs}{part}.LayerNorm.bias"]
    return found


def quantised(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of whole numbers from -127 to 127, and what to multiply each row by."""
    scale = np.abs(matrix).max(axis=1) / 127
    scale[scale == 0] = 1
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def read(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a safetensors file that are numbers of a kind we know."""
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    said = json.loads(data[8 : 8 + length])
    body = memoryview(data)[8 + length :]
    return {
        name: np.frombuffer(body[slice(*one["data_offsets"])], KINDS[one["dtype"]]).reshape(
            one["shape"]
        )
        for name, one in said.items()
        if one.get("dtype") in KINDS
    }


def write(path: Path, tensors: dict[str, np.ndarray]) -> None:
    """A safetensors file, every tensor at a multiple of 64 bytes."""
    said, pieces, end = {}, [], 0
    names = {np.dtype(kind): name for name, kind in KINDS.items()}
    for name, tensor in sorted(tensors.items()):
        data = tensor.tobytes()
        data += bytes(-len(data) % 64)
        offsets = [end, end + tensor.nbytes]
        said[name] = {
            "dtype": names[tensor.dtype],
            "shape": tensor.shape,
            "data_offsets": offsets,
        }
        pieces.append(data)
        end += len(data)
    head = json.dumps(said, separators=(",", ":")).encode()
    head += b" " * (-(len(head) + 8) % 64)
    path.write_bytes(len(head).to_bytes(8, "little") + head + b"".join(pieces))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

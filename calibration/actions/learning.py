"""Fitting the regression, and the cut of discovery, to what the captain grouped; in the worker."""

from __future__ import annotations

from hashlib import blake2b

from calibration.grouping.ready import is_ready
from calibration.knowledge import grouped_lines, known_of, state_of
from calibration.models import VectorSpace

_SEEN: dict[int, str] = {}
"""The state of each program when this process last looked."""


def learn() -> int:
    """Fit what changed since it was last fitted; return how many programs. Safe to run twice."""
    if not is_ready():
        return 0
    programs = VectorSpace.objects.order_by("pk").values_list("pk", "learnt_from")
    return sum(_learn(program, before) for program, before in list(programs))


def _learn(program: int, before: str) -> bool:
    if _SEEN.get(program) == state_of(program):
        return False  # without reading its lines: more programs than are kept would be read anew
    known = known_of(program)
    if known.examples is None:
        return False
    listed = repr(sorted(grouped_lines(program))).encode()
    now = blake2b(listed, digest_size=16).hexdigest()
    if now != before:
        _fit(program, now)
    _SEEN[program] = known.state
    return now != before


def _fit(program: int, learnt_from: str) -> None:
    import numpy as np

    from calibration.grouping import discovery, regression

    examples = known_of(program).examples
    topics, weights, cut = b"", b"", None
    if examples is not None and len(examples):
        fitted = regression.fit(examples.rows, examples.topics)
        topics, weights = fitted.topics.tobytes(), fitted.weights.astype(np.float16).tobytes()
        cut = discovery.cut_of(examples.rows, examples.topics)
    VectorSpace.objects.filter(pk=program).update(
        topics=topics, weights=weights, cut=cut, learnt_from=learnt_from
    )

"""The reports there are, each in a module of its own; they stand in this order."""

from __future__ import annotations

from reports.kinds import (
    callbacks,
    feedback,
    handover,
    known,
    overview,
    peaks,
    repeats,
    topics,
    waiting,
)
from reports.report import Kind

KINDS: tuple[Kind, ...] = (
    overview.KIND,
    peaks.KIND,
    topics.KIND,
    waiting.KIND,
    feedback.KIND,
    callbacks.KIND,
    repeats.KIND,
    known.KIND,
    handover.KIND,
)

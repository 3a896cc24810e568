"""The reports there are, each in a module of its own; they stand in this order."""

from __future__ import annotations

from reports.kinds import overview
from reports.report import Kind

KINDS: tuple[Kind, ...] = (overview.KIND,)

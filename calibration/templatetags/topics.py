"""What the topics' templates need beside what all have."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(found: Mapping[int, Any] | None, key: int) -> Any:
    """What a mapping has under a key: `{{ guesses|at:line.number }}`; None for nothing."""
    return found.get(key) if found else None


@register.simple_tag
def fresh_key() -> str:
    """The key a form sends along, so that what it asks for is done once."""
    return str(uuid.uuid4())

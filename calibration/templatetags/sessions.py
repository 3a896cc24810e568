"""What the templates of sessions need beside what all have."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """`62 %` of a share from 0 to 1; a dash for none."""
    return "–" if share is None else f"{100 * share:.0f} %"


@register.filter
def figure(value: float | None) -> str:
    """`0.62`, with a real minus; a dash for none."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


@register.filter
def signed(value: float | None) -> str:
    """`+0.12` or `−0.05`; a dash for none."""
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")

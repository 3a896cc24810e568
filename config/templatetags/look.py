"""What templates say about the look: icons from the sprite, times as people say them."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86400


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """One icon of static/icons.svg; decoration unless it is given a label of its own."""
    href = f"{static('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.filter
def ago(instant: datetime | None, now: datetime | None = None) -> str:
    """How long ago an aware instant was: "just now", "5 min ago", "2 h ago", "3 days ago"."""
    if not instant:
        return ""
    seconds = ((now or timezone.now()) - instant).total_seconds()
    size = abs(seconds)
    if size < MINUTE:
        return "just now"
    if size < HOUR:
        words = f"{int(size // MINUTE)} min"
    elif size < DAY:
        words = f"{int(size // HOUR)} h"
    else:
        days = int(size // DAY)
        words = "1 day" if days == 1 else f"{days} days"
    return f"{words} ago" if seconds > 0 else f"in {words}"


@register.simple_tag
def when(instant: datetime | None, zone: str = "") -> str:
    """`<time>` with the words of `ago`; the full instant, in `zone` or the active one, on hover."""
    if not instant:
        return ""
    local = timezone.localtime(instant, ZoneInfo(zone) if zone else None)
    clock = f"{local.hour % 12 or 12}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"
    return format_html(
        '<time datetime="{}" title="{}" data-ago>{}</time>',
        local.isoformat(timespec="seconds"),
        f"{local:%a} {local.day} {local:%b} {local.year}, {clock}",
        ago(instant),
    )

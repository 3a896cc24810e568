"""Filters every template has: times as people say them, in the program's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from people.models import Program

register = template.Library()


def _local(instant: datetime, where: Program | str | None) -> datetime:
    zone = where.zone if isinstance(where, Program) else ZoneInfo(where or "UTC")
    return instant.astimezone(zone)


def say_time(instant: datetime, zone: ZoneInfo) -> str:
    """An aware instant as people say the time of day in a zone: `9:15 PM`."""
    local = instant.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"


@register.filter
def clock(instant: datetime | None, where: Program | str | None) -> str:
    """`9:15 PM` in the program's zone; nothing for None."""
    return say_time(instant, _local(instant, where).tzinfo) if instant else ""  # type: ignore[arg-type]


@register.filter
def day(value: date | datetime | None, where: Program | str | None = None) -> str:
    """`Fri 20 Nov`, with the year when it is not this one; an instant in the program's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _local(value, where).date()
    year = "" if value.year == timezone.now().year else f" {value.year}"
    return f"{value:%a} {value.day} {value:%b}{year}"


@register.filter
def moment(instant: datetime | None, where: Program | str | None) -> str:
    """`Fri 20 Nov, 9:15 PM` in the program's zone."""
    return f"{day(instant, where)}, {clock(instant, where)}" if instant else ""


@register.filter
def iso(instant: datetime | None) -> str:
    """The full instant for `<time datetime>` and hover."""
    return instant.isoformat(timespec="seconds") if instant else ""


@register.filter
def has(abilities: frozenset[str], ability: str) -> bool:
    """`{% if can|has:"void" %}`: whether the ability is among them."""
    return ability in abilities

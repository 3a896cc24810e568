"""Filters for call volumes: hours, averages and numbers in words."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django import template

from people.models import Program
from reports.volumes.hourly import Numbers
from reports.volumes.words import say_duration, say_hour, say_numbers

register = template.Library()


@register.filter
def hour_words(hour: datetime, program: Program) -> str:
    """`6 PM` on the program's clocks, and which of two."""
    return say_hour(hour, program.zone)


@register.filter
def duration(seconds: Decimal | None) -> str:
    """`0:45`; nothing for None."""
    return say_duration(seconds)


@register.filter
def numbers_words(numbers: Numbers) -> str:
    """What is known of an hour."""
    return say_numbers(numbers)

"""Where the figures of "did it work?" lead: to exactly the rows they count."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from people.models import Program


def lines_of(program: Program, first: date, last: date, **more: str) -> str:
    """The log sheet of these shift days, both included; `more` are its other filters."""
    return f"{reverse('log', kwargs={'p': program.slug})}?{_days(first, last, **more)}"


def volumes_of(program: Program, first: date, last: date) -> str:
    """The call volumes of these shift days."""
    try:
        return f"{reverse('volumes', kwargs={'p': program.slug})}?{_days(first, last)}"
    except NoReverseMatch:
        return ""


def _days(first: date, last: date, **more: str) -> str:
    return urlencode({"from": first.isoformat(), "to": last.isoformat(), **more})

"""Where the figures of "did it work?" lead: to exactly the rows they count."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from people.models import Program
from reports.volumes.forms import MOST_DAYS


def lines_of(program: Program, first: date, last: date, **more: str) -> str:
    """The log sheet of these shift days, both included; `more` are its other filters."""
    return f"{reverse('log', kwargs={'p': program.slug})}?{_days(first, last, **more)}"


def volumes_of(program: Program, first: date, last: date) -> str:
    """The call volumes of these shift days, by hour; of many days what they come to in a report."""
    is_short = (last - first).days < MOST_DAYS
    page = reverse("volumes" if is_short else "reports", kwargs={"p": program.slug})
    return f"{page}?{_days(first, last)}"


def _days(first: date, last: date, **more: str) -> str:
    return urlencode({"from": first.isoformat(), "to": last.isoformat(), **more})

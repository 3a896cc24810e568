"""Which pack of which shift days: what is asked for at its address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from escalations.filters import DayField
from people.models import Membership
from reports.asked import MOST_DAYS
from reports.packs.pack import Pack, days_of, last_whole


class PackForm(forms.Form):
    """`from` is any shift day of the week or month; a pack of days has `to` as well.

    Without `from` it is the last week or month that is over. Days to come are left out.
    """

    vars().update({"from": DayField(), "to": DayField()})

    def __init__(self, pack: Pack, data: QueryDict, member: Membership) -> None:
        super().__init__(data)
        self.pack = pack
        self.today = member.program.current_shift(timezone.now())
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        """The first and the last shift day."""
        said = super().clean() or {}
        if self.errors:
            return said
        first, last = self._days(said["from"], said["to"])
        if first > self.today:
            raise forms.ValidationError("These shift days have not begun yet.")
        if first > last:
            raise forms.ValidationError("“From” is after “to”.")
        if (last - first).days >= MOST_DAYS:
            raise forms.ValidationError("Ask for ten years at most.")
        return {"from": first, "to": min(last, self.today)}

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last shift day, both included."""
        return self.cleaned_data["from"], self.cleaned_data["to"]

    def _days(self, first: date | None, last: date | None) -> tuple[date, date]:
        span = self.pack.span
        if span != "days":
            return days_of(span, first) if first else last_whole(span, self.today)
        month = last_whole("month", self.today)
        if first is None:
            return (month[0] if last is None else last.replace(day=1)), last or month[1]
        return first, last or self.today

"""Which lines a query string asks for: an allow-list of filters, all of them in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from escalations.counted import COUNTED, FURTHER, SEVERITIES, narrowed_further
from escalations.links import ALL_SHIFTS, FIRST_DAY, LAST_DAY, NARROWING, PLAIN, FilterLinks
from escalations.models import Escalation, Feedback, Status, Topic
from escalations.models.topics import NAME as TOPIC_NAME
from escalations.models.topics import UNGROUPED
from escalations.navcounts import topics_beside
from escalations.paging import Cursor, page_from, page_of
from escalations.querysets import EscalationQuerySet
from escalations.readysheet import TOTALS, Totals, narrowed, read_count, read_page, read_totals
from escalations.search import Found, matching, search
from escalations.topicnames import TopicName, topics_of
from people.forms.lean import lean
from people.models import Membership, Program

CAP = 1_000
"""Lines that are counted before a number is said as `1,000+`."""


@dataclass(frozen=True)
class Span:
    """The time a sheet shows: one shift day (`day`), or [start, end), open where None."""

    start: datetime | None
    end: datetime | None
    day: date | None = None
    is_current: bool = False


class DayField(forms.DateField):
    """A `YYYY-MM-DD` day within reason."""

    def __init__(self) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d"])
        self.error_messages["invalid"] = "Write the day like 2026-11-20."

    def clean(self, value: Any) -> date | None:
        found: date | None = super().clean(value)
        if found and not FIRST_DAY <= found <= LAST_DAY:
            raise forms.ValidationError("That day is too far away.")
        return found


@lean
class SheetFilter(FilterLinks, forms.Form):
    """The query string of the sheet, its export and its print; invalid → errors, no rows.

    A `membership` is for a page: what its links count is asked together with the topics.
    """

    q = forms.CharField(required=False, max_length=200, label="Search")
    agent = forms.CharField(required=False, max_length=32)
    topic = forms.CharField(required=False, max_length=TOPIC_NAME)
    status = forms.ChoiceField(required=False, choices=[("", "Any status"), *Status.choices])
    feedback = forms.ChoiceField(required=False, choices=[("", "Any feedback"), *Feedback.choices])
    by = forms.CharField(required=False, max_length=150)
    team = forms.CharField(required=False, max_length=60)
    severity = forms.ChoiceField(
        required=False, choices=[("", ""), *((one, one) for one in SEVERITIES)]
    )
    hour = forms.ChoiceField(required=False, choices=[("", ""), *((str(n), n) for n in range(24))])
    weekday = forms.ChoiceField(
        required=False, choices=[("", ""), *((str(n), n) for n in range(7))]
    )
    count = forms.CharField(required=False, max_length=40)
    cursor = forms.CharField(required=False, max_length=300)
    shift = DayField()
    vars().update({"from": DayField(), "to": DayField()})  # one of these is a word of Python's

    meant: int | None = None
    """The primary key of the live topic that the slug asked for leads to, once it is known."""

    def __init__(
        self, data: QueryDict, program: Program, membership: Membership | None = None
    ) -> None:
        super().__init__(data)
        self.program = program
        self.membership = membership
        self.now = timezone.now()
        if data.get("shift") == ALL_SHIFTS:
            del self.fields["shift"]
        self.is_valid()

    @cached_property
    def topics(self) -> list[TopicName]:
        """The topics there are to choose from; asked for once, where a page needs them."""
        return topics_of(self.program)

    def read_topics(self, membership: Membership, slug: str = "") -> None:
        """Ask for the topics together with what waits for the member, unless they are known.

        `meant` then is the one that the slug leads to.
        """
        if "topics" not in self.__dict__:
            self.topics, self.meant = topics_beside(membership, slug)

    def clean_topic(self) -> TopicName | Topic | str:
        """The topic of a slug, or the one it was merged into; `none`; nothing."""
        slug: str = self.cleaned_data["topic"]
        if slug in ("", UNGROUPED):
            return slug
        if self.membership:
            self.read_topics(self.membership, slug)
        for topic in self.topics:
            if slug == topic.slug or topic.pk == self.meant:
                return topic
        if not self.membership and (merged := Topic.objects.at(slug, self.program)):
            return merged
        raise forms.ValidationError("There is no such topic.")

    def clean_count(self) -> str:
        """The slug of a number."""
        slug: str = self.cleaned_data["count"]
        if slug and slug not in COUNTED:
            raise forms.ValidationError("There is no such number.")
        return slug

    def clean_cursor(self) -> Cursor | None:
        """The signed place to go on from."""
        text = self.cleaned_data["cursor"]
        cursor = Cursor.read(text)
        if text and cursor is None:
            raise forms.ValidationError("That page link is damaged. Start from the first page.")
        return cursor

    def clean(self) -> dict[str, Any]:
        """`from` is not after `to`."""
        said = super().clean() or {}
        if (first := said.get("from")) and (last := said.get("to")) and first > last:
            raise forms.ValidationError("“From” is after “to”.")
        if said.get("weekday") and not (first and last) and self.data.get("shift") == ALL_SHIFTS:
            raise forms.ValidationError("A weekday needs “from” and “to”.")
        return said

    def said(self, name: str) -> Any:
        """A cleaned value, or nothing."""
        return self.cleaned_data.get(name) or None

    @cached_property
    def span(self) -> Span:
        """The shift day asked for (by default the current one), or the range `from`–`to`."""
        first, last = self.said("from"), self.said("to")
        if first or last:
            start = self.program.shift_bounds(first)[0] if first else None
            end = self.program.shift_bounds(last)[1] if last else None
            return Span(start, end)
        if self.data.get("shift") == ALL_SHIFTS:
            return Span(None, None)
        today = self.program.current_shift(self.now)
        day = self.said("shift") or today
        return Span(*self.program.shift_bounds(day), day=day, is_current=day == today)

    @property
    def words(self) -> list[str]:
        """The words searched for, eight at most."""
        return (self.said("q") or "").split()[:8]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the time leaves lines out."""
        return any(self.said(name) for name in NARROWING)

    @property
    def values(self) -> dict[str, Any]:
        """What leaves lines out beside the words, by the names `narrowed` knows; only what does."""
        values = {name: self.said(name) for name in PLAIN if name not in ("q", "topic")}
        if topic := self.said("topic"):
            values |= {"ungrouped": True} if topic == UNGROUPED else {"topic": topic.pk}
        values |= {"start": self.span.start, "end": self.span.end}
        return {name: value for name, value in values.items() if value}

    def filtered(self, membership: Membership) -> EscalationQuerySet:
        """The lines of everything but the words, in no order."""
        if self.errors:
            return Escalation.objects.none()
        lines = narrowed(Escalation.objects.visible_to(membership), self.values, self.program)
        return narrowed_further(lines, self.cleaned_data, self.program, self._days)

    @property
    def _days(self) -> tuple[date, date] | None:
        """The shift days from the first to the last, where both are known."""
        if self.span.day:
            return self.span.day, self.span.day
        first, last = self.said("from"), self.said("to")
        return (first, last or self.program.current_shift(self.now)) if first else None

    def rows(self, membership: Membership) -> EscalationQuerySet:
        """All the lines the query string asks for, in no order."""
        lines = self.filtered(membership)
        if not self.words or self.errors:
            return lines
        in_one_shift = self.span.day is not None
        return matching(lines, self.words, self.program, in_one_shift=in_one_shift)

    def found(self, membership: Membership) -> Found:
        """One page of them, and how many there are if that is known."""
        cursor, is_counted = self.said("cursor"), self.is_narrowed or not self.span.day
        if self.errors or not membership.may("read_log"):
            return Found(page_from([], cursor), 0 if is_counted else None)
        if self.words:
            lines, in_one_shift = self.filtered(membership), self.span.day is not None
            return search(lines, self.words, self.program, cursor, in_one_shift=in_one_shift)
        if any(self.said(name) for name in FURTHER):
            lines = self.filtered(membership)
            return Found(page_of(lines, cursor), lines.capped_count(CAP))
        page = read_page(membership.program, self.values, cursor)
        return Found(page, read_count(membership.program, self.values, CAP) if is_counted else None)

    def totals(self, membership: Membership) -> Totals:
        """`logged`, `unresolved`, `owed` and topics of the shift day, whatever else is filtered."""
        if not membership.may("read_log"):
            return Totals(dict.fromkeys(TOTALS, 0), [])
        start, end = self.span.start, self.span.end
        return read_totals(membership.program, {"start": start, "end": end})

"""What a report is asked of: a range of shift days, and filters, all of them in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from escalations.counted import NO_SEVERITY, NO_TEAM, SEVERITIES
from escalations.filters import DayField
from escalations.models import Topic
from escalations.models.topics import NAME as TOPIC_NAME
from escalations.models.topics import UNGROUPED
from escalations.topicnames import TopicName, topics_of
from people.models import Agent, Membership, User
from people.templatetags.tala import day as say_day
from reports.counting.population import Population

DAYS = 28
"""Shift days of a report unless others are asked for, the current one included."""

MOST_DAYS = 3_660
_PLAIN = re.compile(r"[A-Za-z0-9._-]*").fullmatch
FILTERS = ("topic", "team", "agent", "by", "severity")
SPLITS = {
    "topic": "topic",
    "team": "team",
    "agent": "agent",
    "sme": "SME",
    "severity": "severity",
}
"""By what a range can be split, and how it is said."""

WORDS = {"topic": "Topic", "team": "Team", "agent": "Agent", "by": "SME", "severity": "Severity"}


class Asked(forms.Form):
    """The query string of a report; with errors it is of nothing.

    `from` and `to` are shift days, both included; `topic` a slug or `none`, `agent` an employee ID,
    `by` a username, `severity` 1 to 4 or `none`, `team` a team of the roster or `none`,
    `split` by what the overview is split, one of `SPLITS`.
    """

    vars().update({"from": DayField(), "to": DayField()})
    topic = forms.CharField(required=False, max_length=TOPIC_NAME)
    team = forms.CharField(required=False, max_length=60)
    agent = forms.CharField(required=False, max_length=32)
    by = forms.CharField(required=False, max_length=150)
    severity = forms.ChoiceField(required=False, choices=[("", ""), *((s, s) for s in SEVERITIES)])
    split = forms.ChoiceField(required=False, choices=[("", ""), *SPLITS.items()])

    def __init__(self, data: QueryDict, membership: Membership) -> None:
        if " / " in (agent := str(data.get("agent", ""))):  # as lists of agents say: Tina / 123456
            data = data.copy()
            data["agent"] = agent.rpartition(" / ")[2].strip()
        super().__init__(data)
        self.membership, self.program = membership, membership.program
        self.today = self.program.current_shift(timezone.now())
        self.is_valid()

    @cached_property
    def topics(self) -> list[TopicName]:
        """The live topics there are to choose from."""
        return topics_of(self.program)

    def clean_topic(self) -> int | None:
        """The live topic that a slug leads to; 0 for `none`."""
        slug = self.cleaned_data["topic"]
        if slug in ("", UNGROUPED):
            return 0 if slug else None
        for topic in self.topics:
            if topic.slug == slug:
                return topic.pk
        if merged := Topic.objects.at(slug, self.program):
            return int(merged.pk)
        raise forms.ValidationError("There is no such topic.")

    def clean_agent(self) -> int | None:
        """The agent of an employee ID."""
        return self._found("agent", Agent.objects.filter(program=self.program), "employee_id")

    def clean_by(self) -> int | None:
        """The person of a username."""
        return self._found("by", User.objects.filter(memberships__program=self.program), "username")

    def _found(self, name: str, among: Any, column: str) -> int | None:
        if not (text := self.cleaned_data[name]):
            return None
        found = among.filter(**{f"{column}__iexact": text}).order_by("pk").values_list("pk")[:1]
        for (pk,) in found:
            return int(pk)
        raise forms.ValidationError(f"There is no {WORDS[name]} “{text}”.")

    def clean(self) -> dict[str, Any]:
        """The days, in order and not too many."""
        said = super().clean() or {}
        if "from" in said and "to" in said:
            last = said["to"] or max(self.today, said["from"] or self.today)
            first = said["from"] or last - timedelta(days=DAYS - 1)
            if first > last:
                raise forms.ValidationError("“From” is after “to”.")
            if (last - first).days >= MOST_DAYS:
                raise forms.ValidationError("Ask for ten years at most.")
            said |= {"from": first, "to": last}
        return said

    @property
    def first(self) -> date:
        """The first shift day."""
        return self.cleaned_data.get("from") or self.today - timedelta(days=DAYS - 1)

    @property
    def last(self) -> date:
        """The last shift day, included."""
        return self.cleaned_data.get("to") or self.today

    @cached_property
    def population(self) -> Population:
        """Whose lines are counted."""
        said = self.cleaned_data
        severity, team = said.get("severity") or None, said.get("team") or None
        return Population(
            self.program,
            self.first,
            self.last,
            topic=said.get("topic"),
            agent=said.get("agent"),
            sme=said.get("by"),
            severity=0 if severity == NO_SEVERITY else severity and int(severity),
            team="" if team == NO_TEAM else team,
        )

    @property
    def said_range(self) -> str:
        """`Mon 2 Nov – Fri 6 Nov`, as people say it."""
        return f"{say_day(self.first)} – {say_day(self.last)}"

    @property
    def filters(self) -> dict[str, str]:
        """What leaves lines out beside the days, as it was asked for."""
        return {name: text for name in FILTERS if (text := self.data.get(name, ""))}

    def query(self, **changes: str | date | None) -> str:
        """The query string with some of it changed or, for None, left out."""
        split = self.cleaned_data.get("split") or None
        asked: dict[str, Any] = {"from": self.first, "to": self.last, **self.filters}
        asked |= {"split": split, **changes}
        return _encoded(asked)

    def lines(self, **filters: str | int | date | None) -> str:
        """The address of the log with the lines asked for, narrowed further by its own filters."""
        if self._same_lines.keys().isdisjoint(filters):  # a table has thousands of them
            return f"{self._same}&{_encoded(filters)}"
        return f"{self._log}?{_encoded({**self._same_lines, **filters})}"

    @cached_property
    def _log(self) -> str:
        return reverse("log", kwargs={"p": self.program.slug})

    @cached_property
    def _same(self) -> str:
        return f"{self._log}?{_encoded(self._same_lines)}"

    @cached_property
    def _same_lines(self) -> dict[str, Any]:
        return {"from": self.first, "to": self.last, **self.filters}


def _encoded(asked: Mapping[str, Any]) -> str:
    """A query string of what is not None; a page has hundreds, most of plain letters and digits."""
    return "&".join(
        f"{name}={text if _PLAIN(text) else quote_plus(text)}"
        for name, text in ((name, str(value)) for name, value in asked.items() if value is not None)
    )

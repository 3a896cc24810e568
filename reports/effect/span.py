"""The shift days a best practice is judged by: before it was chosen, and while in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calibration.effect.baseline import MOST
from calibration.effect.verdict import LONGEST
from calibration.models import BestPractice, Session
from people.models import Program

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Shift days of a program, all of them included.

    `until` is the last whole one in force, at most the 364th; it is before `in_force_on` while
    there is none. `is_over` when no later day will be added.
    """

    triggered_on: date
    in_force_on: date
    until: date
    is_over: bool

    @property
    def first(self) -> date:
        """The first day looked at: half a year before it was chosen."""
        return min(self.triggered_on, self.in_force_on) - MOST * ONE_DAY

    @property
    def last(self) -> date:
        """The last day looked at."""
        return max(self.until, self.in_force_on - ONE_DAY)


def spans(practices: Iterable[BestPractice], program: Program, today: date) -> dict[int, Span]:
    """The span of each practice that was ever in force, by its primary key; one query.

    `today` is the shift day that goes on. The practices come with `item__forwarding`.
    """
    begun = {one: one.effective_from for one in practices if one.effective_from}
    numbers = [one.session for one in begun if one.session]
    sessions = Session.objects.filter(program=program, number__in=numbers)
    prepared = {s.number: s for s in sessions.select_related("first_round")} if numbers else {}
    found = {}
    for one, since in begun.items():
        chosen = _chosen_at(one, prepared.get(one.session or 0)) or since
        found[one.pk] = _span(one, chosen, since, program, today)
    return found


def _chosen_at(one: BestPractice, session: Session | None) -> datetime | None:
    """When its session was prepared (the first round of two), or its letter written."""
    if session:
        return (session.first_round or session).prepared_at
    return one.item.forwarding.written_at if one.item else None


def _span(
    one: BestPractice, chosen: datetime, begun: datetime, program: Program, today: date
) -> Span:
    since, until = program.shift_day_of(begun), today - ONE_DAY
    is_over = False
    if one.effective_until:
        ended = program.shift_day_of(one.effective_until) - ONE_DAY
        until, is_over = min(until, ended), ended <= until
    longest = since + (LONGEST - 1) * ONE_DAY
    return Span(
        triggered_on=min(program.shift_day_of(chosen), since),
        in_force_on=since,
        until=min(until, longest),
        is_over=is_over or until >= longest,
    )

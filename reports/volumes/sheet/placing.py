"""Which instants the intervals of a report are: dates, nights of the clocks, times run forward."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from people.models import Program
from people.shiftday import instant_in_shift, local_instant
from reports.volumes.sheet.said import Found, Said

ONE_DAY = timedelta(days=1)
TOO_FAR = timedelta(hours=18)
"""A time further ahead than this does not run forward from the one before it."""


class Misplaced(ValueError):
    """The interval is at no instant; the text says why in a sentence.

    `is_lost` tells that it is at one, which nobody knows.
    """

    def __init__(self, reason: str, *, is_lost: bool = False) -> None:
        super().__init__(reason)
        self.is_lost = is_lost


def place(found: Found, program: Program, shift: date) -> None:
    """Give every interval the instant at which it begins; list and drop those that have none.

    Without dates the first time of each group lies in `shift`, and the others follow it. Of an
    hour that comes twice on a night of the clocks the second one in order is the second.
    """
    placer = _Placer(program, shift)
    broken = {id(said) for said in found.broken}
    # In the sheet's own order, with those whose numbers are broken: they take their place too.
    everything = sorted([*found.intervals, *found.broken], key=lambda said: said.row)
    found.intervals, found.broken = [], []
    for said in everything:
        try:
            placer.place(said)
        except Misplaced as refused:
            if not said.calls and id(said) not in broken:
                found.left_out["zero"] += 1
                continue
            found.refuse(said.row, said.column, str(refused), is_lost=refused.is_lost)
            broken.add(id(said))
        (found.broken if id(said) in broken else found.intervals).append(said)
    found.notes += placer.notes()


class _Placer:
    """What was placed so far: how often each time of a group, and the last of each group."""

    def __init__(self, program: Program, shift: date) -> None:
        self.program, self.zone, self.shift = program, program.zone, shift
        self.seen: Counter[tuple[object, ...]] = Counter()
        self.last: dict[tuple[str, ...], Said] = {}
        self.first_row: dict[tuple[object, ...], int] = {}
        self.once: dict[datetime, int] = {}
        self.shown: dict[tuple[date, time, bool], list[datetime]] = {}

    def place(self, said: Said) -> None:
        """Set `at`; raises Misplaced."""
        if said.at is not None:
            self._once(said)
        elif said.day is None:
            said.at = self._forward(said)
        else:
            said.at = self._on_its_day(said)

    def notes(self) -> list[str]:
        """A sentence for each night whose repeated hour is in the sheet only once."""
        lonely = [at for at, count in self.once.items() if count == 1]
        days = sorted({at.astimezone(self.zone).date() for at in lonely})
        return [
            f"On {_day_said(day)} an hour comes twice, and the sheet has it once: it is taken for "
            "the first."
            for day in days
        ]

    def _on_its_day(self, said: Said) -> datetime:
        day = said.day or self.shift
        key = (said.group, day, said.is_shift_day, said.wall)
        occurrence = self.seen[key]
        self.seen[key] += 1
        self.first_row.setdefault(key, said.row)
        moments = self._moments(day, said.wall, is_shift_day=said.is_shift_day)
        if not moments:
            raise Misplaced(_skipped(said.wall, day, self.program))
        if len(moments) == 2:
            self.once[moments[0]] = self.seen[key]
        if occurrence >= len(moments):
            said.at = moments[-1]
            raise Misplaced(_twice(self.first_row[key]))
        return moments[occurrence]

    def _once(self, said: Said) -> None:
        if said.at and not 2 <= said.at.year <= 9997:
            said.at = None
            raise Misplaced("That date is too far away.")
        key = (said.group, said.at)
        if key in self.first_row:
            raise Misplaced(_twice(self.first_row[key]))
        self.first_row[key] = said.row

    def _moments(self, day: date, wall: time, *, is_shift_day: bool = False) -> list[datetime]:
        """The instants at which the clocks show a time on a date, or in a shift day; 0, 1 or 2."""
        key = (day, wall, is_shift_day)
        if key not in self.shown:  # queue after queue asks for the same ones
            self.shown[key] = self._looked_up(*key)
        return self.shown[key]

    def _looked_up(self, day: date, wall: time, is_shift_day: bool) -> list[datetime]:  # noqa: FBT001
        try:
            if is_shift_day:
                zone, starts_at = self.zone, self.program.shift_starts_at
                both = [instant_in_shift(wall, day, zone, starts_at, fold=fold) for fold in (0, 1)]
            else:
                both = [local_instant(day, wall, self.zone, fold=fold) for fold in (0, 1)]
        except ValueError as refused:
            raise Misplaced(str(refused)) from None
        shown = [at for at in both if at.astimezone(self.zone).time() == wall]
        return sorted(set(shown))

    def _forward(self, said: Said) -> datetime:
        """The next time the clocks show it after the last one of its group."""
        last = self.last.get(said.group)
        if last is None or last.at is None:
            moments = self._moments(self.shift, said.wall, is_shift_day=True)
            if not moments:
                raise Misplaced(_skipped(said.wall, self.shift, self.program))
            at = moments[0]
        else:
            at = self._after(last.at, last, said)
        self.last[said.group] = said
        return at

    def _after(self, at: datetime, last: Said, said: Said) -> datetime:
        today = at.astimezone(self.zone).date()
        for day in (today, today + ONE_DAY):
            moments = self._moments(day, said.wall)
            ahead = [moment for moment in moments if at < moment <= at + TOO_FAR]
            if ahead:
                return min(ahead)
            if not moments and at < local_instant(day, said.wall, self.zone) <= at + TOO_FAR:
                raise Misplaced(_skipped(said.wall, day, self.program))
        if said.wall == last.wall:
            said.at = at
            raise Misplaced(_twice(last.row))
        raise Misplaced(
            f"The time goes back from {last.wall:%H:%M}. Put the rows in order, or add a column "
            "with the date.",
            is_lost=True,
        )


def _twice(row: int) -> str:
    return f"This interval is in row {row} already. Take one of the two out."


def _skipped(wall: time, day: date, program: Program) -> str:
    return (
        f"On the night of {_day_said(day)} the clocks in {program.place} skip {wall:%H:%M}: "
        "there is no such time."
    )


def _day_said(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def hour_said(hour: datetime, zone: ZoneInfo) -> str:
    """An hour as people say it, with which of the two where it comes twice."""
    local = hour.astimezone(zone)
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    which = (" (the first)", " (the second)")[local.fold] if is_twice else ""
    return f"{_day_said(local.date())}, {local:%H:%M}{which}"

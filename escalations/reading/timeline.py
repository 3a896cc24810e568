"""Putting a sheet's times in order: undated ones run forward across midnight, slips are proposed.

The rule for AM and PM: a row is suspicious when its own half of the day makes the times around it
run a whole day longer than the other half would, and the other half lies close to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from escalations.reading.repairs import Decisions, Repair, RowReading
from people.shiftday import instant_in_shift, local_instant, shift_day

DAY = timedelta(days=1)
HALF = timedelta(hours=12)
CLOSE = timedelta(hours=6)
OUT_OF_ORDER = timedelta(hours=3)
"""A time this little before the last one was written down late; a larger step is a new shift."""

AHEAD = 59
"""Rows looked ahead at, at most."""


@dataclass(frozen=True)
class Night:
    """Where undated times begin: the first shift day, the program's zone and shift start."""

    shift: date
    zone: ZoneInfo
    starts_at: time


@dataclass
class Moment:
    """What the time cells of one row say: wall clock, and a date, shift day or instant if any."""

    wall: time
    said: str
    is_bare: bool = False
    day: date | None = None
    shift: date | None = None
    instant: datetime | None = None
    has_wall: bool = True

    @property
    def is_undated(self) -> bool:
        """Whether only the order of the rows can tell the day."""
        return not (self.day or self.shift or self.instant)


Timed = tuple[RowReading, Moment]


def place_in_time(timed: Sequence[Timed], *, night: Night, decisions: Decisions) -> list[str]:
    """Set `occurred_at` of every row's line and add proposals; give sentences about the sheet."""
    notes = []
    undated = [pair for pair in timed if pair[1].is_undated]
    _choose_halves(undated, night, decisions)
    ordered = list(timed)
    if undated and len(undated) == len(timed) and _runs_backwards([m.wall for _, m in undated]):
        ordered.reverse()
        notes.append("The sheet has its newest line first, so it is read from the bottom up.")
    clock = _Clock(night, decisions, is_descending=_is_descending(ordered, night))
    for index, (row, moment) in enumerate(ordered):
        row.placed_at = clock.place(row, moment, _Upcoming(ordered, index + 1))
    return notes


class _Upcoming:
    """The next moments of the sheet; looked at only as far as somebody asks."""

    __slots__ = ("ordered", "start")

    def __init__(self, ordered: Sequence[Timed], start: int) -> None:
        self.ordered, self.start = ordered, start

    def __iter__(self) -> Iterator[Moment]:
        rows = islice(range(self.start, len(self.ordered)), AHEAD)
        return (self.ordered[index][1] for index in rows)


class _Clock:
    """Runs down the rows and knows the last instant and the shift day it stands in."""

    def __init__(self, night: Night, decisions: Decisions, *, is_descending: bool) -> None:
        self.night, self.decisions, self.is_descending = night, decisions, is_descending
        self.shift = night.shift
        self.last: datetime | None = None

    def place(self, row: RowReading, moment: Moment, upcoming: Iterable[Moment]) -> datetime:
        """Give the instant of one row, with proposals on the row, and move on to it."""
        if moment.instant:
            instant = self._from_instant(row, moment, moment.instant)
        elif moment.shift:
            instant = self._in_shift(self._half_of_day(row, moment, upcoming), moment.shift)
        elif moment.day:
            instant = self._on_its_day(row, moment, moment.day, upcoming)
        else:
            instant = self._running_on(row, moment, upcoming)
        self.last = max(self.last, instant) if self.last else instant
        self.shift = shift_day(self.last, self.night.zone, self.night.starts_at)
        return instant

    def _from_instant(self, row: RowReading, moment: Moment, instant: datetime) -> datetime:
        """Take the UTC column; where the time column says otherwise, propose to believe it."""
        night, instant = self.night, instant.replace(second=0, microsecond=0)
        wall = instant.astimezone(night.zone).time()
        if not moment.has_wall or wall.replace(fold=0) == moment.wall:
            return instant
        shown = self._say(instant)
        reason = "The UTC column says so; the time column says otherwise."
        if row.propose(Repair("disagree", "time", moment.said, shown, reason), self.decisions):
            return instant
        day = moment.shift or shift_day(instant, night.zone, night.starts_at)
        return instant_in_shift(moment.wall, day, night.zone, night.starts_at)

    def _on_its_day(
        self, row: RowReading, moment: Moment, day: date, upcoming: Iterable[Moment]
    ) -> datetime:
        """Place a time on its calendar date, or after midnight when the date is the shift's."""
        night = self.night
        wall = self._half_of_day(row, moment, upcoming)
        literal = local_instant(day, wall, night.zone)
        if self.last is None or literal >= self.last or self.is_descending:
            return literal
        after_midnight = local_instant(day + DAY, wall, night.zone)
        begun = local_instant(day, night.starts_at, night.zone)
        if wall >= night.starts_at or self.last < begun or after_midnight - self.last > HALF:
            return literal
        reason = "The date seems to be the shift’s: times before it are later."
        shown = self._say(after_midnight)
        accepted = row.propose(
            Repair("backwards", "time", self._say(literal), shown, reason), self.decisions
        )
        return after_midnight if accepted else literal

    def _running_on(self, row: RowReading, moment: Moment, upcoming: Iterable[Moment]) -> datetime:
        """Place an undated time after the last one: this shift day, else the next."""
        wall = self._half_of_day(row, moment, upcoming)
        same = self._in_shift(wall, self.shift)
        if self.last is None:
            return self._first(row, moment, same, upcoming)
        if same >= self.last:
            return same
        again = instant_in_shift(wall, self.shift, self.night.zone, self.night.starts_at, fold=1)
        if again >= self.last:  # the hour that comes twice
            return again
        following = self._in_shift(wall, self.shift + DAY)
        if self.last - same > OUT_OF_ORDER:
            return following
        reason = f"It stands after {self._wall(self.last)}: written down late, or the next shift."
        repair = Repair("backwards", "time", self._say(following), self._say(same), reason)
        return same if row.propose(repair, self.decisions) else following

    def _first(
        self, row: RowReading, moment: Moment, same: datetime, upcoming: Iterable[Moment]
    ) -> datetime:
        """Place the first undated time: just before the shift's start it is the evening before."""
        follower = next((one for one in upcoming if one.is_undated), None)
        if follower is None or same - self._in_shift(follower.wall, self.shift) < DAY - CLOSE:
            return same
        early = self._in_shift(moment.wall, self.shift - DAY)
        reason = "It stands before the shift’s first lines: called in early."
        repair = Repair("backwards", "time", self._say(same), self._say(early), reason)
        return early if row.propose(repair, self.decisions) else same

    def _half_of_day(self, row: RowReading, moment: Moment, upcoming: Iterable[Moment]) -> time:
        """Give the wall time, in the other half of the day if that is proposed and counts."""
        if any(repair.kind == "am_pm" for repair in row.repairs):
            return moment.wall
        other = _other_half(moment.wall)
        if not self._is_slip(moment, other, upcoming):
            return moment.wall
        reason = f"{_say_time(moment.wall)} does not fit the times around it, "
        reason += f"{_say_time(other)} does."
        repair = Repair("am_pm", "time", _say_time(moment.wall), _say_time(other), reason)
        return other if row.propose(repair, self.decisions) else moment.wall

    def _is_slip(self, moment: Moment, other: time, upcoming: Iterable[Moment]) -> bool:
        """Whether the times around make the other half of the day the likely one."""
        if self.is_descending:
            return False
        is_twelve = moment.wall.hour in (0, 12)
        following = next(
            (one.wall for one in upcoming if not (is_twelve and one.wall.hour in (0, 12))), None
        )
        before = self.last.astimezone(self.night.zone).time() if self.last else None
        if before and following:
            said = _ahead(before, moment.wall) + _ahead(moment.wall, following)
            else_ = _ahead(before, other) + _ahead(other, following)
            return said >= DAY > else_ and else_ <= HALF
        if not is_twelve:
            return False
        if before:
            return _ahead(before, other) <= CLOSE < HALF < _ahead(before, moment.wall)
        if following:
            return _ahead(other, following) <= CLOSE < HALF < _ahead(moment.wall, following)
        return False

    def _in_shift(self, wall: time, day: date) -> datetime:
        return instant_in_shift(wall, day, self.night.zone, self.night.starts_at)

    def _say(self, instant: datetime) -> str:
        local = instant.astimezone(self.night.zone)
        return f"{local:%a} {local.day} {local:%b}, {_say_time(local.time())}"

    def _wall(self, instant: datetime) -> str:
        return _say_time(instant.astimezone(self.night.zone).time())


def _choose_halves(undated: Sequence[Timed], night: Night, decisions: Decisions) -> None:
    """Where no row says AM or PM and no hour is past 12, propose the half nearest to the shift."""
    if not undated or not all(moment.is_bare for _, moment in undated):
        return
    last = night.starts_at
    for row, moment in undated:
        other = _other_half(moment.wall)
        nearest = min(moment.wall, other, key=lambda wall: (_ahead(last, wall), wall))
        reason = "The sheet has neither AM nor PM; this is the one after the shift’s start."
        repair = Repair("am_pm", "time", moment.said, _say_time(nearest), reason)
        if row.propose(repair, decisions):
            moment.wall = nearest
        last = moment.wall


def _is_descending(ordered: Sequence[Timed], night: Night) -> bool:
    """Whether dated rows stand newest first, so that nothing can be told from their order."""
    dated = [
        moment.instant or local_instant(moment.day or night.shift, moment.wall, night.zone)
        for _, moment in ordered
        if moment.instant or moment.day
    ]
    steps = [later - earlier for earlier, later in pairwise(dated)]
    down = sum(1 for step in steps if step < -HALF or timedelta(0) > step > -CLOSE)
    return down > len(steps) / 2 if steps else False


def _runs_backwards(walls: Sequence[time]) -> bool:
    """Whether undated times stand newest first: most steps are a few hours back."""
    steps = [step for earlier, later in pairwise(walls) if (step := _ahead(earlier, later))]
    back = sum(1 for step in steps if step >= DAY - CLOSE)
    return len(steps) >= 2 and back * 3 > len(steps) * 2


def _ahead(start: time, end: time) -> timedelta:
    """How far a clock runs from one time of day to the next occurrence of another."""
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return timedelta(minutes=minutes % (24 * 60))


def _other_half(wall: time) -> time:
    return wall.replace(hour=(wall.hour + 12) % 24)


def _say_time(wall: time) -> str:
    return f"{wall.hour % 12 or 12}:{wall.minute:02} {'AM' if wall.hour < 12 else 'PM'}"

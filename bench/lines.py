"""Made-up lines of the log, oldest first, as PostgreSQL's COPY reads them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from bench.words import OPENINGS, TOPICS, openings, rare_numbers, vocabulary

COLUMNS = (
    *("program_id", "number", "key", "content_digest", "logged_by_id", "occurred_at"),
    *("received_at", "typed_at", "agent_id", "concern", "resolution", "status", "feedback"),
    *("severity", "offered", "refused_because", "wanted", "customer_ref", "callback_at"),
    *("void_reason", "version", "fingerprint", "topic_id"),
)
YEARS = 3
PER_WEEKDAY = (39, 35, 32, 30, 28, 22, 19)
PER_HOUR = (1, 3, 6, 9, 11, 11, 10, 9, 8, 7, 5, 3, 2)
"""Of the first thirteen hours of a shift; the rest is quiet."""

FIXED_SHIFT = 240
"""Lines of the current and of one older shift, at every size: the same page, more history."""

OLDER = 30
"""How many days ago that older shift was."""

STATUSES = ("resolved", "unresolved", "forwarded", "answered", "void")
STATUS_WEIGHTS = (86, 4, 4, 4, 2)
FEEDBACKS = ("none", "owed", "given", "acknowledged")
FEEDBACK_WEIGHTS = (76, 4, 12, 8)
NONE = r"\N"
GROUPED = 0.8
RUNNING = 400_000
"""Words drawn once; every line takes some that stand together."""


@dataclass(frozen=True)
class Desk:
    """One program's people: its key, agents and SMEs by key, the most frequent ones first.

    With `topics`, by key in the order of the words', GROUPED of the lines have theirs; else none.
    """

    program: int
    share: float
    agents: Sequence[int]
    smes: Sequence[int]
    topics: Sequence[int] = ()


def copied_lines(
    count: int, desks: Sequence[Desk], starts: datetime, now: datetime
) -> Iterator[str]:
    """Give `count` lines in the text format of COPY, with COLUMNS, oldest first.

    `starts` is when the current shift began and `now` the present, both aware; no line is later.
    The first desk is the one that is measured. The same arguments give the same lines.
    """
    return _Writer(desks, now).nights(count, starts)


class _Writer:
    def __init__(self, desks: Sequence[Desk], now: datetime) -> None:
        self.dice = random.Random("tala bench")  # the same each time
        self.desks, self.now = desks, now
        self.numbers = [0] * len(desks)
        words, weights = vocabulary()
        self.words = self.dice.choices(words, cum_weights=weights, k=RUNNING)
        self.openings = openings(self.dice)
        self.rare: dict[int, str] = {}

    def nights(self, count: int, starts: datetime) -> Iterator[str]:
        days = [starts - timedelta(days=back) for back in range(365 * YEARS, -1, -1)]
        per_desk = [_per_day(round(count * desk.share), days) for desk in self.desks]
        per_desk[0] = _with_fixed(round(count * self.desks[0].share), days)
        measured = sum(per_desk[0])
        for order in rare_numbers():
            self.rare[self.dice.randrange(measured)] = order
        hours = list(accumulate(PER_HOUR))
        for place, start in enumerate(days):
            span = min(1440, int((self.now - start).total_seconds() // 60) - 1)
            night = []
            for which, counts in enumerate(per_desk):
                picked = self.dice.choices(range(len(hours)), cum_weights=hours, k=counts[place])
                for hour in picked:
                    minute = hour * 60 + int(self.dice.random() * 60)
                    night.append((minute * span // 1440 if span < 1440 else minute, which))
            night.sort()
            yield from self._night(start, night, is_old=place < len(days) // 5)

    def _night(
        self, start: datetime, night: list[tuple[int, int]], *, is_old: bool
    ) -> Iterator[str]:
        """The lines of one shift day of all desks; `is_old` ones came by import."""
        dice, size = self.dice, len(night)
        statuses = dice.choices(STATUSES, STATUS_WEIGHTS, k=size)
        feedbacks = dice.choices(FEEDBACKS, FEEDBACK_WEIGHTS, k=size)
        began, now, words = start.astimezone(UTC), self.now, self.words
        roll, bits, last = dice.random, dice.getrandbits, -1
        for (minute, which), status, feedback in zip(night, statuses, feedbacks, strict=True):
            desk, chance = self.desks[which], roll()
            number = self.numbers[which] = self.numbers[which] + 1
            if minute != last:
                last, at = minute, began + timedelta(minutes=minute)
                at_said = str(at)
            got = str(min(at + timedelta(seconds=60 + int(chance * 800)), now))
            opening, fitting, topic = self.openings[int(roll() * OPENINGS)]
            place = int(roll() * (RUNNING - 12))
            tail = words[place : place + 3 + int(chance * 9)]
            if which == 0 and number - 1 in self.rare:
                tail.append(f"order {self.rare[number - 1]}")
            told = roll() < (0.5 if status == "unresolved" else 0.06)
            grouped = desk.topics and roll() < GROUPED
            handover = (topic.offered[0], topic.refused_because[0], topic.wanted[0])
            yield (
                "\t".join(
                    (
                        str(desk.program),
                        str(number),
                        f"{bits(128):032x}",
                        "" if is_old else f"{bits(256):064x}",
                        str(desk.smes[int(len(desk.smes) * roll() ** 1.5)]),
                        at_said,
                        got,
                        NONE if is_old else got,
                        str(desk.agents[int(len(desk.agents) * roll() ** 2)]),
                        f"{opening} {' '.join(tail)}",
                        fitting[int(chance * len(fitting))],
                        status,
                        feedback,
                        str(1 + int(chance * 26)) if chance < 0.15 else NONE,
                        *(handover if told else ("", "", "")),
                        f"SKY-{int(roll() * 10**7):07d}" if chance > 0.85 else "",
                        str(at + timedelta(hours=30)) if chance > 0.96 else NONE,
                        "logged twice" if status == "void" else "",
                        "1",
                        f"{bits(256):064x}" if is_old else "",
                        str(desk.topics[TOPICS.index(topic)]) if grouped else NONE,
                    )
                )
                + "\n"
            )


def _per_day(count: int, days: Sequence[datetime]) -> list[int]:
    """Spread `count` lines over days, some weekdays busier, the last years busier too."""
    weights = [PER_WEEKDAY[day.weekday()] * (1 + at / len(days)) for at, day in enumerate(days)]
    return _spread(count, weights)


def _with_fixed(count: int, days: Sequence[datetime]) -> list[int]:
    """The same with FIXED_SHIFT lines in the last day and in the one OLDER days ago."""
    fixed = min(FIXED_SHIFT, count // 4)
    counts = _per_day(count - 2 * fixed, [*days[: -OLDER - 1], *days[-OLDER:-1]])
    counts.insert(len(days) - OLDER - 1, fixed)
    return [*counts, fixed]


def _spread(count: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights, `count` altogether."""
    total = sum(weights)
    ends = [round(count * end / total) for end in accumulate(weights)]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def older_shift(today: date) -> date:
    """The shift day that has FIXED_SHIFT lines beside today's."""
    return today - timedelta(days=OLDER)

"""How old unresolved lines are against the client's promise, in whole shift days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from escalations.links import FIRST_DAY
from people.models import Membership
from people.ready import planned
from reports.definitions.waiting import LINE_AGE
from reports.start.blocks import Act, Matter, Row, place

CAP = 1_000
"""Lines of an age that are counted before a number is said as `1,000+`."""

_COUNTED = (
    "SELECT count(*) FROM (SELECT FROM escalations_escalation AS line WHERE line.program_id = %s"  # noqa: S608
    " AND line.status = 'unresolved' AND line.occurred_at >= %s AND line.occurred_at < %s"
    f" ORDER BY line.occurred_at DESC LIMIT {CAP + 1}) AS counted"
)


@dataclass(frozen=True)
class Age:
    """Lines of some shift days, `first` (None: from the beginning) and `last` included."""

    name: str
    words: str
    first: date | None
    last: date
    tone: str = ""


def ages(promise_days: int, today: date) -> list[Age]:
    """The ages from the oldest on, without gap or overlap; `today` is the current shift day.

    Past the promise is whatever began more shift days ago than the client promises; then the last
    tenth of the promise, the rest of its second half, and its first half.
    """
    half, near = (promise_days + 1) // 2, (9 * promise_days + 9) // 10
    past = today - timedelta(days=promise_days + 1)
    found = [Age(f"Over {_days(promise_days)}", "past the promise", None, past, "late")]
    for words, oldest, youngest, tone in (
        ("nearly past the promise", promise_days, near, "due"),
        ("second half of the promise", near - 1, half, ""),
        ("first half of the promise", half - 1, 0, ""),
    ):
        if oldest >= youngest:
            name = _days(oldest) if oldest == youngest else f"{youngest}–{_days(oldest)}"
            first, last = (today - timedelta(days=days) for days in (oldest, youngest))
            found.append(Age(name, words, first, last, tone))
    return found


def unresolved(member: Membership) -> list[Matter]:
    """Unresolved lines by age, each number leading to its lines; one query."""
    program = member.program
    some = ages(program.promise_days, program.current_shift())
    values: list[int | datetime] = []
    for one in some:
        starts = program.shift_bounds(one.first or FIRST_DAY)[0]
        values += [program.pk, starts, program.shift_bounds(one.last)[1]]
    (counts,) = planned("SELECT " + ", ".join([f"({_COUNTED})"] * len(some)), values)
    rows = [
        Row(
            one.name,
            place("log", member, _asked(one)),
            one.words,
            aside=at_most_said(count),
            tone=one.tone,
        )
        for one, count in zip(some, counts, strict=True)
        if count
    ]
    if not rows:
        return []
    url = place("forwarding", member)
    return [
        Matter(
            "unresolved",
            "Unresolved, by age",
            url,
            "",
            rows,
            Act("Write to the client", url),
            LINE_AGE.hover,
            rows[0].tone or "due",
        )
    ]


def at_most_said(count: int) -> str:
    """A count of an age, `1,000+` beyond the cap."""
    return f"{CAP:,}+" if count > CAP else f"{count:,}"


def _asked(one: Age) -> dict[str, str]:
    asked = {"status": "unresolved"}
    if one.first:
        asked["from"] = one.first.isoformat()
    return asked | {"to": one.last.isoformat()}


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"

"""The week's numbers told to a program's captain and manager, once for each week."""

from __future__ import annotations

from datetime import date, timedelta

import structlog
from django.urls import reverse

from people.actions.messages import Mail, notify
from people.models import Membership, Program
from people.retries import whole
from reports.counting.counter import one_moment
from reports.models import WeekTold
from reports.packs.pack import last_whole
from reports.weeks import Week, read_week

log = structlog.get_logger("tala.reports")

KIND = "week_summary"
TEMPLATE = "reports/mail/week"
ONE_DAY = timedelta(days=1)


def tell_weeks() -> int:
    """Tell every program's last whole week of shift days, unless it was; return how many.

    It may be stopped anywhere and run twice: a week is one row and one transaction. Weeks before
    the last one that nobody told of, because no worker ran, are left alone.
    """
    told = 0
    for program in Program.objects.order_by("pk"):
        try:
            told += tell_week(program)
        except Exception:  # the others are told all the same, this one at the next run
            log.exception("week not told", program=program.slug)
    return told


def tell_week(program: Program) -> int:
    """Tell a program's last whole week by mail or on screen, as each wants it; 1 if it was told.

    Nobody is told of two weeks without a line. No captain and no manager: nothing is done yet.
    """
    monday, sunday = last_whole("week", program.current_shift())
    if WeekTold.objects.filter(program=program, monday=monday).exists():
        return 0
    people = _people(program)
    if not people:
        return 0
    with one_moment():
        week = read_week(people[0], monday, sunday)
    return _tell(program, monday, week)


@whole
def _tell(program: Program, monday: date, week: Week) -> int:
    """Write it into the queue with the row that says so; of two at once one does."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    if WeekTold.objects.filter(program=program, monday=monday).exists():
        return 0
    told = _notify(program, monday, week) if week.has_lines else 0
    WeekTold.objects.create(program=program, monday=monday, told=told)
    return int(bool(told))


def _notify(program: Program, monday: date, week: Week) -> int:
    link = f"{reverse('report_pack', kwargs={'p': program.slug, 'which': 'week'})}?from={monday}"
    said = {row.this.slug: row.this.said for row in week.rows}
    sentence = (
        f"The week {week.asked.said_range}: {said['logged']} logged, {said['open']} still open, "
        f"{said['feedback-owed']} with feedback owed."
    )
    notices = notify(
        _people(program),
        KIND,
        sentence,
        link,
        program=program,
        mail=Mail(
            f"{program.name}: the week {week.asked.said_range}",
            TEMPLATE,
            {"program": program, "week": week},
        ),
        once=monday.isoformat(),
    )
    return len(notices)


def _people(program: Program) -> list[Membership]:
    """The captain and the managers of a program."""
    found = Membership.objects.active().filter(program=program).with_captaincy()
    members = found.select_related("user", "program").order_by("pk")
    return [member for member in members if member.may("edit_any")]

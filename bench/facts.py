"""What the measuring must know of a database: prints it as JSON, the pages' queries included.

`python -m bench.facts` works on DATABASE_URL, with the SECRET_KEY of the server that is measured,
in a process of its own: several databases can then be measured side by side.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

from bench.load import django_on


def main() -> int:
    """Print the facts."""
    django_on()
    facts = find()
    json.dump({**facts, "queries": count_queries(facts)}, sys.stdout, default=str)
    return 0


def find() -> dict[str, Any]:
    """Which shift, agent, SME, line and page to ask for; instants in ISO format.

    Makes the one topic that lines are saved with, where there is none.
    """
    from django.db import connection

    from bench import cast
    from bench.lines import older_shift
    from escalations.models import Escalation, Topic
    from escalations.paging import Cursor
    from people.models import Agent, Program, User

    program = Program.objects.get(slug=cast.BIG)
    lines = Escalation.objects.filter(program=program)
    today = program.current_shift()
    agent = Agent.objects.filter(program=program).order_by("pk")[5]
    sme = User.objects.get(username=cast.SME)
    named = {"name": "Late fee", "created_by": sme}
    Topic.objects.get_or_create(program=program, slug=cast.TOPIC, defaults=named)
    before_last = lines.order_by("occurred_at", "pk")[min(50, lines.count() - 1)]
    year = (today - timedelta(days=400), today - timedelta(days=35))
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(version(), ' ', 2)")
        postgres = cursor.fetchone()[0]
    return {
        "postgres": postgres,
        "program": program.pk,
        "lines": Escalation.objects.count(),
        "of_program": lines.count(),
        "current": _shift(program, today),
        "older": _shift(program, older_shift(today)),
        "busiest": _shift(program, _busiest(lines, program)),
        "year": {
            "from": year[0],
            "to": year[1],
            "start": program.shift_bounds(year[0])[0],
            "end": program.shift_bounds(year[1])[1],
        },
        "agent": agent.pk,
        "agent_id": agent.employee_id,
        "agent_name": agent.name,
        "sme": sme.pk,
        "sme_name": sme.username,
        "rare": _findable(lines),
        "number": lines.order_by("-pk")[100].number,
        "last_page": {
            "cursor": str(Cursor(before_last.occurred_at, before_last.pk)),
            "at": before_last.occurred_at,
            "id": before_last.pk,
        },
    }


def _shift(program: Any, day: Any) -> dict[str, Any]:
    start, end = program.shift_bounds(day)
    return {"day": day, "start": start, "end": end}


def _busiest(lines: Any, program: Any) -> Any:
    """The shift day before today's with the most lines."""
    from django.db.models import Count
    from django.db.models.functions import Trunc

    start = program.shift_bounds(program.current_shift())[0]
    recent = lines.filter(occurred_at__lt=start, occurred_at__gte=start - timedelta(days=120))
    # A shift stays within one UTC day here: it begins at 18:00 in Manila, 10:00 in UTC.
    days = recent.annotate(day=Trunc("occurred_at", "day")).values("day")
    top = days.annotate(n=Count("pk")).order_by("-n", "day").first()
    return program.shift_day_of(top["day"] + timedelta(hours=12))


def _findable(lines: Any) -> int:
    """The place of a rare number that one of these lines has."""
    from bench.words import rare_numbers

    for place, number in enumerate(rare_numbers()):
        if lines.filter(concern__contains=f"order {number}").exists():
            return place
    return 0


def count_queries(facts: dict[str, Any]) -> dict[str, int]:
    """How many queries each page asks, counted through Django's test client."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench import cast
    from bench.questions import pages
    from people.models import User

    browser = Client(headers={"Host": "127.0.0.1"})
    browser.force_login(User.objects.get(username=cast.SME))
    told = json.loads(json.dumps(facts, default=str))
    asked = {}
    for question in pages(told):
        browser.get(question.path, headers=question.headers)  # what is asked once a process
        with CaptureQueriesContext(connection) as queries:
            browser.get(question.path, headers=question.headers)
        asked[question.name] = len(queries)
    return {**asked, "creation": _of_creation(browser, facts)}


def _of_creation(browser: Any, facts: dict[str, Any]) -> int:
    """Log one line as the sheet does and take it out again."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.create import fields_of
    from bench.questions import LOG
    from escalations.models import Escalation

    with CaptureQueriesContext(connection) as queries:
        answer = browser.post(LOG, fields_of(facts), headers={"HX-Request": "true"})
    if answer.status_code != 201:
        raise SystemExit(f"The line was not logged: {answer.status_code}")
    Escalation.objects.filter(program=facts["program"]).order_by("-pk")[0].delete()
    return len(queries)


if __name__ == "__main__":
    sys.exit(main())

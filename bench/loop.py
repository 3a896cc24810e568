"""The pages of the loop with 100,000 lines waiting: unresolved ones, feedback owed; calibration.

`python -m bench.loop` makes DATABASE_URL so, and prints the pages' queries as JSON; `measure_loop`
does both for a site and measures. It comes last: the log is another one afterwards.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from bench.cast import BIG, CAPTAIN, MANAGER, SME
from bench.load import TABLE, django_on
from bench.measure import in_turns
from bench.questions import SHOWN, Question
from bench.reading import EMPTY, FLOOR
from bench.site import Site
from bench.stand import run

WAITING = 100_000
TOPICS = 40
HALF = 2
"""Every so manieth of the unresolved lines has a topic."""

ROW = re.compile(rb'name="line"|<tbody class="told')
ORDER = (
    "coalesce(line.severity, 5), coalesce(line.callback_at, '9999-12-31 00:00:00+00'),"
    " line.occurred_at, line.id"
)
LATELY = (
    "SELECT topic_id, count(*) FROM escalations_escalation WHERE program_id = %(program)s"
    " AND occurred_at > now() - interval '28 days' GROUP BY topic_id"
)
LIBRARY = "SELECT * FROM calibration_bestpractice WHERE program_id = %(program)s"
TYPED = "concern=waive+the+late+fee+says+nobody+told+her"


def loop_pages(program: int) -> list[tuple[Question, str]]:
    """The pages, and who asks for each."""
    waiting = f"{SHOWN} WHERE line.program_id = %(program)s AND line.status = 'unresolved'"
    owed = f"{SHOWN} WHERE line.program_id = %(program)s AND line.feedback = 'owed'"
    alike = f"{waiting} AND line.topic_id IS NULL ORDER BY {ORDER} LIMIT 200"
    pages = (
        ("forwarding", "forwarding/", f"{waiting} ORDER BY {ORDER} LIMIT 150", MANAGER),
        ("forwarding: a page of one topic", "forwarding/?topic=none", alike, MANAGER),
        ("forwarding: those alike", "calibration/unresolved/", alike, MANAGER),
        (
            *("feedback that is owed", "feedback/"),
            *(f"{owed} AND line.status <> 'void' ORDER BY line.occurred_at LIMIT 31", SME),
        ),
        ("what to calibrate next", "calibration/", LATELY, CAPTAIN),
        ("the library of best practices", "practices/", LIBRARY, SME),
        ("the known answer of a typed concern", f"calibration/known/?{TYPED}", LIBRARY, SME),
    )
    params = {"program": program}
    return [
        (Question(f"{name}, {WAITING:,} waiting", "waiting", f"/p/{BIG}/{path}", sql, params), who)
        for name, path, sql, who in pages
    ]


def measure_loop(site: Site, rounds: int) -> dict[str, Any]:
    """Let so many lines wait, as far as there are so many; per page what the others say too."""
    queries = json.loads(run([sys.executable, "-m", "bench.loop"], site.stand.environ))
    found = {}
    for question, who in loop_pages(site.facts["program"]):
        reply = site.fetch(site.ask(question.path, who))
        things = {
            "page": site.page(question.path, who),
            "floor": site.page(FLOOR),
            "empty": site.page(EMPTY),
            "raw": site.raw(question),
        }
        found[question.name] = {
            "kind": question.kind,
            "same_size": False,
            "rows": len(ROW.findall(reply.body)),
            "bytes": len(reply.body),
            "queries": queries[question.name],
            **in_turns(things, rounds),
        }
    return found


def main() -> int:
    """Let the lines wait and print how many queries each page asks."""
    django_on()
    from people.models import Program

    program = Program.objects.get(slug=BIG).pk
    let_wait(program)
    appoint(program)
    json.dump(_queries(program), sys.stdout)
    return 0


def let_wait(program: int) -> None:
    """Make the newest lines unresolved, or owe their feedback, until WAITING are."""
    from django.db import connection

    from escalations.hours import rebuild

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")  # the worker may be at it
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        for changed, which in (
            ("status = 'unresolved'", "status = 'resolved'"),
            ("feedback = 'owed'", "feedback = 'none' AND status <> 'void'"),
        ):
            cursor.execute(
                f"UPDATE {TABLE} SET {changed} WHERE id IN (SELECT id FROM {TABLE}"
                f" WHERE program_id = %s AND {which} ORDER BY id DESC LIMIT greatest(0, %s -"
                f" (SELECT count(*) FROM {TABLE} WHERE program_id = %s AND {changed})))",
                [program, WAITING, program],
            )
        topics = _topics(program)
        cursor.execute(
            f"UPDATE {TABLE} SET topic_id = (%s::bigint[])[1 + id %% {TOPICS}]"
            f" WHERE program_id = %s AND status = 'unresolved' AND id %% {HALF} = 0",
            [topics, program],
        )
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
        cursor.execute(f"VACUUM (ANALYZE) {TABLE}")
    rebuild()


def appoint(program: int) -> None:
    """Have CAPTAIN be the program's captain."""
    from people.models import CaptainAppointment, User

    names = User.objects.in_bulk([CAPTAIN, MANAGER], field_name="username")
    CaptainAppointment.objects.get_or_create(
        program_id=program, user=names[CAPTAIN], defaults={"appointed_by": names[MANAGER]}
    )


def _topics(program: int) -> list[int]:
    from escalations.models import Topic
    from people.models import User

    maker = User.objects.get(username=SME)
    return [
        Topic.objects.get_or_create(
            program_id=program,
            slug=f"loop-{n}",
            defaults={"name": f"Loop {n}", "created_by": maker},
        )[0].pk
        for n in range(TOPICS)
    ]


def _queries(program: int) -> dict[str, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from people.models import User

    asked = {}
    for question, who in loop_pages(program):
        browser = Client(headers={"Host": "127.0.0.1"})
        browser.force_login(User.objects.get(username=who))
        browser.get(question.path)  # what is asked once a process
        with CaptureQueriesContext(connection) as queries:
            browser.get(question.path)
        asked[question.name] = len(queries)
    return asked


if __name__ == "__main__":
    sys.exit(main())

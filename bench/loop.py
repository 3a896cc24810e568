"""The pages of the loop with 100,000 lines waiting: unresolved ones, feedback owed; calibration.

`python -m bench.loop` makes DATABASE_URL so, and prints the pages' queries as JSON; `measure_loop`
does both for a site and measures. It comes last: the log is another one afterwards.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from bench.cast import BIG, CAPTAIN, MANAGER, SME
from bench.load import django_on
from bench.measure import in_turns
from bench.questions import SHOWN, Question
from bench.reading import EMPTY, FLOOR
from bench.site import Site
from bench.stand import run
from bench.waiting import WAITING, appoint, let_wait, teach

ROWS = {
    "forwarding": rb'name="line"',
    "feedback": rb'<tbody class="told',
    "calibration": rb"<tr data-row",
    "practices": rb'class="practice-name"',
    "known": rb'class="answer-title"',
}
"""What a page shows once a row; by the first word of its path, or its second below calibration."""
ALSO = {"known": rb'data-chord="alt\+1"'}
"""What a page has to show besides its rows: the known answer has lines alike under it."""
ORDER = (
    "coalesce(line.severity, 5), coalesce(line.callback_at, '9999-12-31 00:00:00+00'),"
    " line.occurred_at, line.id"
)
BY_TOPIC = (
    "SELECT topic_id, count(*), min(severity), min(occurred_at) FROM escalations_escalation"
    " WHERE program_id = %(program)s AND status = 'unresolved' GROUP BY topic_id"
)
LATELY = (
    "SELECT topic_id, count(*) FROM escalations_escalation WHERE program_id = %(program)s"
    " AND occurred_at > now() - interval '28 days' GROUP BY topic_id"
)
IN_FORCE = (
    "SELECT * FROM calibration_bestpractice WHERE program_id = %(program)s AND state = 'in_force'"
)
ONE_ANSWER = f"{IN_FORCE} AND kind = 'answer' ORDER BY number LIMIT 1"
TYPED = "concern=waive+the+late+fee+says+nobody+told+her"


def loop_pages(program: int) -> Iterator[tuple[Question, str]]:
    """The pages, and who asks for each."""
    waiting = f"{SHOWN} WHERE line.program_id = %(program)s AND line.status = 'unresolved'"
    owed = f"{SHOWN} WHERE line.program_id = %(program)s AND line.feedback = 'owed'"
    alike = f"{waiting} AND line.topic_id IS NULL ORDER BY {ORDER} LIMIT 200"
    of_owed = f"{owed} AND line.status <> 'void' ORDER BY line.occurred_at LIMIT 31"
    for name, path, sql, who in (
        ("forwarding", "forwarding/", BY_TOPIC, MANAGER),
        ("forwarding: a page of one topic", "forwarding/?topic=none", alike, MANAGER),
        ("forwarding: those alike", "calibration/unresolved/", alike, MANAGER),
        ("feedback that is owed", "feedback/", of_owed, SME),
        ("what to calibrate next", "calibration/", LATELY, CAPTAIN),
        ("the library of best practices", "practices/", IN_FORCE, SME),
        ("the known answer of a typed concern", f"calibration/known/?{TYPED}", ONE_ANSWER, SME),
    ):
        yield (
            Question(
                f"{name}, {WAITING:,} waiting",
                "waiting",
                f"/p/{BIG}/{path}",
                sql,
                {"program": program},
                {"HX-Request": "true"} if "known" in path else {},
            ),
            who,
        )


def measure_loop(site: Site, rounds: int) -> dict[str, Any]:
    """Let so many lines wait, as far as there are so many; per page what the others say too.

    Raises RuntimeError when a page shows nothing though its raw SQL finds something, or not all.
    """
    queries = json.loads(run([sys.executable, "-m", "bench.loop"], site.stand.environ))
    found = {}
    for question, who in loop_pages(site.facts["program"]):
        rows, size = _looked_at(site, question, who)
        things = {
            "page": site.page(question.path, who, question.headers),
            "floor": site.page(FLOOR),
            "empty": site.page(EMPTY),
            "raw": site.raw(question),
        }
        found[question.name] = {
            "kind": question.kind,
            "same_size": False,
            "rows": rows,
            "bytes": size,
            "queries": queries[question.name],
            **in_turns(things, rounds),
        }
    return found


def _looked_at(site: Site, question: Question, who: str) -> tuple[int, int]:
    """How many rows the page shows, and its bytes."""
    reply = site.fetch(site.ask(question.path, who, question.headers))
    with site.link.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        wanted = len(cursor.fetchall())
    row = _row_of(question.path)
    rows = len(re.findall(row, reply.body))
    whole = all(re.search(also, reply.body) for name, also in ALSO.items() if row == ROWS[name])
    if reply.status != 200 or (wanted and not rows) or not whole:
        said = f"{question.name}: {reply.status}, {rows} rows; the SQL finds {wanted}"
        raise RuntimeError(said)
    return rows, len(reply.body)


def _row_of(path: str) -> bytes:
    first, *deeper = path.removeprefix(f"/p/{BIG}/").split("?")[0].rstrip("/").split("/")
    if deeper:
        return ROWS["known" if deeper == ["known"] else "forwarding"]
    return ROWS[first]


def main() -> int:
    """Let the lines wait and print how many queries each page asks."""
    django_on()
    from people.models import Program

    program = Program.objects.get(slug=BIG).pk
    let_wait(program)
    appoint(program)
    teach(program)
    json.dump(_queries(program), sys.stdout)
    return 0


def _queries(program: int) -> dict[str, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from people.models import User

    asked = {}
    for question, who in loop_pages(program):
        browser = Client(headers={"Host": "127.0.0.1"})
        browser.force_login(User.objects.get(username=who))
        browser.get(question.path, headers=question.headers)  # what is asked once a process
        with CaptureQueriesContext(connection) as queries:
            browser.get(question.path, headers=question.headers)
        asked[question.name] = len(queries)
    return asked


if __name__ == "__main__":
    sys.exit(main())

"""With 100,000 lines that owe feedback and a call: few questions, each of an index."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalations.tests.test_queries import FILL, LINES
from people.models import Membership
from people.tests.factories import AgentFactory, MembershipFactory, ProgramFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST = 9
FILLED = "escalations_escalation, escalations_feedbacknote, escalations_followup, people_agent"
STATE = "(ARRAY['none', 'none', 'none', 'owed'])[1 + n / 4 %% 4]"
OWED, GIVEN = (
    FILL.replace(STATE, f"'{state}'")
    .replace("version, fingerprint)", "version, fingerprint, callback_at)")
    .replace(", 1, ''\nFROM", ", 1, '', now()\nFROM")
    for state in ("owed", "given")
)
NOTE_ALL = """
INSERT INTO escalations_feedbacknote
    (program_id, escalation_id, round, key, text, in_person, given_by_id, given_at, words, version)
SELECT program_id, id, 1, gen_random_uuid(), 'Offer the plan.', false, logged_by_id,
    occurred_at + interval '1 hour', '', 1 FROM escalations_escalation WHERE feedback = 'given'
"""
CALL_SOME = """
INSERT INTO escalations_followup
    (program_id, escalation_id, key, due_at, done_at, done_by_id, result, version)
SELECT program_id, id, gen_random_uuid(), callback_at, now(), logged_by_id, 'He is content.', 1
FROM escalations_escalation WHERE feedback = 'given'
"""


@pytest.fixture(scope="module")
def sme(django_db_setup, django_db_blocker) -> Membership:
    """An SME of a program where 100,000 lines owe feedback and 25,000 were given theirs."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)


def fill() -> Membership:
    program = ProgramFactory(slug="skyline")
    smes = [MembershipFactory(program=program) for _ in range(5)]
    agents = [AgentFactory(program=program, employee_id=f"7{n:05}") for n in range(50)]
    known = {"program": program.pk, "agents": [agent.pk for agent in agents]}
    known |= {"smes": [member.user_id for member in smes], "first": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(OWED, known | {"start": 0, "count": LINES})
        cursor.execute(GIVEN, known | {"start": LINES, "count": LINES // 4})
        cursor.execute(NOTE_ALL)
        cursor.execute(CALL_SOME)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"ANALYZE {FILLED}")
    return smes[0]


def plans_of(queries) -> str:
    """How the database answers each question about lines."""
    plans = []
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].startswith("EXECUTE") or "escalations_escalation" in query["sql"]:
                cursor.execute("EXPLAIN " + query["sql"])
                plans += [query["sql"][:80], *(row[0] for row in cursor.fetchall())]
    return "\n".join(plans)


@pytest.mark.parametrize(
    "url",
    [
        "feedback/",
        "feedback/?by=nobody",
        "feedback/?agent=700007",
        "feedback/?state=given",
        "feedback/?state=given&agent=700007",
        "feedback/?state=acknowledged",
        "follow-ups/",
        "follow-ups/?state=done",
    ],
)
def test_a_page_asks_little_and_of_an_index(url, sme, browse):
    browser = browse(sme)
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(f"/p/skyline/{url}")
    assert response.status_code == 200
    assert len(asked) <= MOST, "\n".join(query["sql"] for query in asked)
    plans = plans_of(asked.captured_queries)
    assert "Seq Scan on escalations_" not in plans, plans


def test_a_later_page_asks_no_more_than_the_first(sme, browse):
    browser = browse(sme)
    with CaptureQueriesContext(connection) as first:
        page = browser.get("/p/skyline/feedback/").content.decode()
    url = re.search(r'href="([^"]+)" rel="next"', page)[1].replace("&amp;", "&")
    with CaptureQueriesContext(connection) as second:
        assert browser.get(url).status_code == 200
    assert len(second) <= len(first)
    assert "1,000+" in page
    assert 'Feedback <span class="count">99+</span>' in page

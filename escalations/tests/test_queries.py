"""With 100,000 lines: how often each page asks the database, and that rows never add to it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalations import actions
from escalations.models import Escalation
from people.models import Membership
from people.tests.factories import AgentFactory, MembershipFactory, ProgramFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINES = 100_000
MOST = 8

FILL = """
INSERT INTO escalations_escalation
    (program_id, number, key, content_digest, logged_by_id, occurred_at, received_at, agent_id,
     concern, resolution, status, feedback, offered, refused_because, wanted, customer_ref,
     void_reason, version, fingerprint)
SELECT %(program)s, %(start)s + n, gen_random_uuid(), '', (%(smes)s::bigint[])[1 + n %% 5],
    %(first)s::timestamptz - n * interval '1 minute', now(), (%(agents)s::bigint[])[1 + n %% 50],
    (ARRAY['Waive the late fee', 'walang internet simula kahapon', 'Device unlock',
           'Refuse to pay DVR rental', 'bakit tumaas ang bill'])[1 + n %% 5] || ' ' || n,
    'explained', (ARRAY['resolved', 'resolved', 'resolved', 'unresolved'])[1 + n %% 4],
    (ARRAY['none', 'none', 'none', 'owed'])[1 + n / 4 %% 4], '', '', '', '', '', 1, ''
FROM generate_series(1, %(count)s) AS n
"""


@pytest.fixture(scope="module")
def sme(django_db_setup, django_db_blocker) -> Membership:
    """An SME of a program with 100,000 lines, a shift of ten and a shift of fifty."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)


def fill() -> Membership:
    program = ProgramFactory(slug="skyline")
    smes = [MembershipFactory(program=program) for _ in range(5)]
    agents = [AgentFactory(program=program) for _ in range(50)]
    today = program.current_shift()
    batches = [(LINES, timezone.now(), 0)]
    for days, count in ((400, 10), (500, 50)):
        end = program.shift_bounds(today - timedelta(days=days))[1]
        batches.append((count, end, LINES + days))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for count, first, start in batches:
            values = {"program": program.pk, "count": count, "first": first, "start": start}
            values["smes"] = [member.user_id for member in smes]
            values["agents"] = [agent.pk for agent in agents]
            cursor.execute(FILL, values)
        # Once here, or else at the end of every test.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ANALYZE escalations_escalation, people_agent")
    return smes[0]


@pytest.fixture
def ask(sme, browse):
    """How many queries a page makes, and its text, for the signed-in SME."""
    browser: Browser = browse(sme)

    def ask(url: str, **headers: str) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as asked:
            response = browser.get(f"/p/skyline/log/{url}", headers=headers)
        assert response.status_code == 200, url
        return len(asked), response.content.decode()

    return ask


def shift_of(sme: Membership, days: int) -> str:
    return f"?shift={sme.program.current_shift() - timedelta(days=days)}"


def rows_of(page: str) -> int:
    return page.count('id="line-')


@pytest.mark.parametrize(
    "url",
    [
        "",
        "?shift=all",
        "?status=unresolved",
        "?feedback=owed",
        "?shift=all&status=unresolved&feedback=owed",
        "?shift=all&q=late+fee",
        "?shift=all&q=walang+internet+41",
        "?shift=all&q=unlcok",
        "?q=eihgt+wrods+taht+are+nto+speltt+corectly+heer",
        "?shift=all&q=waive+the+late+fee+of+the+bill+now",
        "?shift=all&q=no-such-word-at-all",
        "?shift=all&agent=100001",
        "?shift=all&by=person3",
        "?from=2020-01-01&to=2030-01-01",
        "?from=2020-01-01&q=dvr",
        "500/",
        "print/?shift=all",
        "print/",
    ],
)
def test_a_page_asks_eight_times_at_most(url, ask):
    for headers in ({}, {"HX-Request": "true"}):
        count, _ = ask(url, **headers)
        assert count <= MOST


@pytest.mark.parametrize("url", ["", "?shift=all", "?status=unresolved&by=x", "?from=2020-01-01"])
def test_a_sheet_without_a_search_asks_seven_times_at_most(url, ask):
    assert ask(url)[0] <= 7


def test_the_second_page_asks_no_more_than_the_first(ask):
    first, page = ask("?shift=all")
    cursor = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    older, text = ask(cursor.removeprefix("/p/skyline/log/").replace("&amp;", "&"))
    assert rows_of(text) == rows_of(page) >= 50
    assert older <= min(first + 1, MOST)


def test_fifty_rows_ask_as_often_as_ten(sme, ask):
    few, ten = ask(shift_of(sme, 400))
    many, fifty = ask(shift_of(sme, 500))
    assert (rows_of(ten), rows_of(fifty)) == (10, 50)
    assert few == many <= MOST


def test_fifty_found_lines_ask_as_often_as_ten(sme, ask):
    few, ten = ask(f"{shift_of(sme, 400)}&q=e")
    many, fifty = ask(f"{shift_of(sme, 500)}&q=e")
    assert (rows_of(ten), rows_of(fifty)) == (10, 50)
    assert few == many <= MOST


def test_a_long_history_asks_as_often_as_a_short_one(sme, ask):
    line = Escalation.objects.get(program=sme.program, number=400 + LINES + 1)
    manager = MembershipFactory(program=sme.program, roles=["manager"])
    actions.edit(line, {"concern": "text 0"}, version=1, by=manager)
    few, _ = ask(f"{line.number}/")
    for version in range(2, 12):
        actions.edit(line, {"concern": f"text {version}"}, version=version, by=manager)
    many, page = ask(f"{line.number}/")
    assert "text 11" in page
    assert few == many <= MOST

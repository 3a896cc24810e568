"""Feedback, call-backs, repeats, known or new, handover: what their reports say and lead to."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from calibration.models import BestPractice, PracticeUse
from escalations.actions import topics as grouping
from escalations.filters import SheetFilter
from escalations.tests.factories import FeedbackNoteFactory, FollowUpFactory, a_line
from people.tests.factories import AgentFactory
from reports.asked import Asked
from reports.counting.counter import one_moment
from reports.definitions.feedback import SOON
from reports.kinds import callbacks, feedback, handover, known, repeats
from reports.kinds.feedback import half_given

KINDS = (feedback.KIND, callbacks.KIND, repeats.KIND, known.KIND, handover.KIND)
DAY = timedelta(days=1)


@pytest.fixture
def floor(sam, cora):
    """Sixteen lines of nine shift days: topics, teams, feedback, promises, uses of an answer."""
    program = sam.program
    start = program.shift_bounds(program.current_shift() - 9 * DAY)[0]
    fees, bills = (grouping.create(name, by=cora).topic for name in ("Fees", "Bills"))
    agents = [AgentFactory(program=program, team=team) for team in ("North", "")]
    answer = BestPractice.objects.create(
        program=program,
        number=501,
        key="00000000-0000-0000-0000-000000000501",
        kind="answer",
        topic=fees,
        title="Waive the first fee",
        authority="calibrated",
        state="in_force",
        published_at=start,
        effective_from=start + 2 * DAY,
        written_by=cora.user,
    )
    for n in range(16):
        at = start + n // 2 * DAY + timedelta(hours=n % 2)
        line = a_line(
            sam,
            number=n + 1,
            agent=agents[n % 3 == 0],
            occurred_at=at,
            topic=(fees, bills, None)[n % 3],
            feedback=("owed", "given", "acknowledged", "none")[n % 4],
            customer_ref="SKY-1" if n % 5 == 0 else "",
            offered="a credit" if n % 2 else "",
            refused_because="too little",
            wanted="money" if n % 3 else "",
            callback_at=at + 2 * DAY if n % 4 == 0 else None,
            called_back_at=at + DAY if n % 8 == 0 else None,
        )
        if line.feedback in ("given", "acknowledged"):
            read = {"acknowledged_by": sam.user, "acknowledged_at": at, "helped": n % 8 == 2}
            FeedbackNoteFactory(
                escalation=line,
                given_at=at + timedelta(hours=3 * n),
                **(read if line.feedback == "acknowledged" else {}),
            )
        if n % 8 == 0:
            FollowUpFactory(escalation=line, satisfaction=5 if n else 3)
        if line.topic == fees:
            PracticeUse.objects.create(
                program=program,
                escalation=line,
                practice=answer,
                outcome="used" if n < 9 else "did_not_fit",
                reason="" if n < 9 else "they asked twice",
                by=sam.user,
            )
    a_line(sam, number=99, agent=agents[0], topic=fees, occurred_at=start, status="void")
    return program


def asked_of(membership, query=""):
    asked = Asked(QueryDict(query), membership)
    assert not asked.errors
    return asked


def made(kind, asked):
    with one_moment():
        return kind.of(asked)


def figures_of(report):
    """Every number of a report that leads somewhere: its words and its address."""
    for section in report.sections:
        for fact in section.facts:
            yield fact.said, fact.href
            yield fact.of, fact.of_href
        tables = [drawing.table for drawing in section.drawings]
        tables += [listed.table for listed in section.lists]
        for table in tables:
            yield from ((cell.words, cell.href) for row in table.rows for cell in row)
        for drawing in section.drawings:
            for mark in drawing.marks:
                yield mark.said.rpartition(": ")[2], mark.href


def counted(href, membership):
    """How many lines the sheet has at an address."""
    sheet = SheetFilter(QueryDict(href.partition("?")[2]), membership.program)
    assert not sheet.errors, href
    return sheet.rows(membership).count()


def test_every_number_is_that_of_the_lines_it_leads_to(floor, sam):
    seen, since = {}, f"from={floor.current_shift() - 9 * DAY}"
    for kind, query in product(KINDS, ("", "&topic=fees&team=none")):
        for words, href in figures_of(made(kind, asked_of(sam, since + query))):
            if "/log/?" not in href:
                continue
            seen.setdefault(href, counted(href, sam))
            assert seen[href] == int(re.search(r"\d+", words)[0]), (words, href)
    assert sum(seen.values()) > 200


def test_a_number_is_never_without_its_lines(floor, sam):
    for kind in KINDS:
        for section in made(kind, asked_of(sam)).sections:
            for fact in section.facts:
                assert fact.definition
                assert fact.href or fact.of_href, fact.name
            for drawing in section.drawings:
                for row in drawing.table.rows:
                    assert row[1].href, (drawing.name, row)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ((0, 0, 0, 0, 0), "none given"),
        ((1, 0, 0, 0, 0), "within 4 hours"),
        ((1, 1, 0, 0, 0), "within 4 hours"),
        ((1, 1, 1, 0, 0), "within 24 hours"),
        ((0, 0, 0, 1, 1), "within 7 days"),
        ((0, 0, 0, 1, 2), "later than 7 days"),
    ],
)
def test_half_of_the_feedback_is_said_by_the_bands(bands, said):
    assert half_given({one.slug: n for one, n in zip(SOON, bands, strict=True)}) == said


def test_owed_feedback_has_an_age_in_whole_shift_days(floor, sam):
    chart = made(feedback.KIND, asked_of(sam)).sections[2].drawings[0]
    found = {row[0].words: int(row[1].words) for row in chart.table.rows}
    assert found == {"this shift": 0, "1": 0, "2–3": 1, "4–7": 2, "8–14": 1, "15–28": 0}
    today = floor.current_shift()
    week = f"from={today - 6 * DAY}&to={today - 2 * DAY}"
    chart = made(feedback.KIND, asked_of(sam, week)).sections[2].drawings[0]
    assert [row[0].words for row in chart.table.rows] == ["2–3", "4–7"]


def test_more_than_three_months_are_told_by_week_and_rare_things_always(floor, sam):
    today = floor.current_shift()
    year = asked_of(sam, f"from={today - 300 * DAY}")
    for kind, asked in ((feedback.KIND, year), (repeats.KIND, asked_of(sam))):
        table = made(kind, asked).sections[0].drawings[0].table
        assert table.headings[0] == "Week"
    headings = made(feedback.KIND, asked_of(sam)).sections[0].drawings[0].table.headings
    assert headings == ("Shift day", "Feedback owed", "Given, not acknowledged", "Acknowledged")


def test_what_cannot_be_divided_says_so(sam):
    for kind in KINDS:
        for section in made(kind, asked_of(sam)).sections:
            for fact in section.facts:
                assert fact.share == ""
    line = made(repeats.KIND, asked_of(sam)).sections[0].drawings[0]
    assert {row[3].words for row in line.table.rows} == {"no denominator"}


def test_the_answer_in_force_stands_beside_what_was_said_of_it(floor, sam):
    use = made(known.KIND, asked_of(sam)).sections[1].lists[0]
    ((topic, answer, used, did_not_fit),) = use.table.rows
    assert (topic.words, answer.words) == ("Fees", "Waive the first fee")
    assert answer.href.endswith("/practices/501/")
    assert (used.words, did_not_fit.words) == ("3", "3")


def test_teams_stand_in_the_order_of_the_alphabet(floor, sam):
    teams = made(handover.KIND, asked_of(sam)).sections[2].lists[0].table
    assert [row[0].words for row in teams.rows] == ["North", "No team"]


def test_an_smes_handovers_are_not_told_by_team_and_it_says_so(floor, sam):
    plain, of_sme = (
        {one.slug: one for one in made(handover.KIND, asked_of(sam, query)).sections}
        for query in ("", f"by={sam.user.username}")
    )
    assert plain["teams"].lists
    assert not plain["teams"].note
    assert not of_sme["teams"].lists
    assert of_sme["teams"].note == "Take the filter by SME away to see it by team."
    assert of_sme["handover"].facts[0].said == plain["handover"].facts[0].said == "16"


def test_a_report_asks_few_questions_however_long_the_range(floor, sam):
    since = f"from={floor.current_shift() - 400 * DAY}"
    for kind in KINDS:
        asked = []
        for query in ("", since):
            with CaptureQueriesContext(connection) as questions:
                made(kind, asked_of(sam, query))
            asked.append(len(questions))
        assert max(asked) <= 8, (kind.slug, asked)


def test_a_topic_made_while_the_report_was_asked_for_has_its_name(floor, sam):
    asked = asked_of(sam)
    asked.topics = []
    table = made(repeats.KIND, asked).sections[0].lists[0].table
    assert {row[0].words for row in table.rows} == {"Fees", "Bills"}

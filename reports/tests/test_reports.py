"""The overview, peaks, topics and what waits: their numbers, and the rows these lead to."""

import re
from datetime import date, time, timedelta
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from conftest import member
from escalations.actions import topics as grouping
from escalations.tests.factories import a_line, letter_about
from people.tests.factories import AgentFactory, ProgramFactory
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.definitions.logged import LOGGED, OPEN, UNRESOLVED
from reports.kinds import overview, peaks, topics, waiting
from reports.tests.effectfloor import recorded
from reports.tests.test_kinds import asked_of, counted, figures_of, made

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KINDS = (overview.KIND, peaks.KIND, topics.KIND, waiting.KIND)
STATUSES = ("resolved", "unresolved", "forwarded", "answered")
NUMBER = re.compile(r"\d[\d,]*")


@pytest.fixture
def floor(sam, cora):
    """24 lines of twelve shift days before this one, in two hours of each; calls in the first."""
    program = sam.program
    fees, bills = (grouping.create(name, by=cora).topic for name in ("Fees", "Bills"))
    agents = [AgentFactory(program=program, team=team) for team in ("North", "")]
    for n in range(24):
        a_line(
            sam if n % 4 else cora,
            number=n + 1,
            agent=agents[n % 3 == 0],
            occurred_at=hours_ago(program, 12 - n // 2)[2 + n % 2] + timedelta(minutes=n),
            topic=(fees, bills, None)[n % 3],
            status=STATUSES[n % 4],
            resolution=("explained", "", "a credit of $5", "waived it")[n % 4],
            severity=n % 5 or None,
            feedback="owed" if n % 5 == 0 else "none",
        )
    a_line(sam, number=99, topic=fees, occurred_at=hours_ago(program, 3)[2], status="void")
    recorded(program, {hours_ago(program, n)[2]: 40 for n in range(12, 2, -1)})
    return program


def hours_ago(program, days):
    """The clock hours of the shift day so many before this one."""
    return program.shift_hours(program.current_shift() - days * DAY)


def section_of(report, slug):
    return next(one for one in report.sections if one.slug == slug)


def said_of(fact):
    return int(fact.said.replace(",", ""))


def rows_of(report, name):
    """The table of a picture or a list, as words."""
    tables = {one.name: one.table for section in report.sections for one in section.drawings}
    tables |= {one.name: one.table for section in report.sections for one in section.lists}
    return [[cell.words for cell in row] for row in tables[name].rows]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_number_is_that_of_the_lines_it_leads_to(kind, floor, mona):
    seen, since = {}, f"from={floor.current_shift() - 13 * DAY}"
    splits = ("", "&split=topic", "&split=team", "&split=agent", "&split=sme", "&split=severity")
    narrowed = ("", "&topic=fees&team=none&by=cora")
    for query in {*splits, *narrowed} if kind is overview.KIND else narrowed:
        report = made(kind, asked_of(mona, since + query))
        for words, href in [*figures_of(report), *cells_of(report)]:
            if "/log/?" not in href or not (said := NUMBER.search(words)):
                continue
            seen.setdefault(href, counted(href, mona))
            if " %" not in words.split(" of ")[0]:
                assert seen[href] == int(said[0].replace(",", "")), (words, href)
    assert sum(seen.values()) > 24


def cells_of(report):
    """The cells of heat tables that say how many, in words with their address."""
    for section in report.sections:
        for heat in section.heats:
            for _, spots in heat.rows:
                yield from ((spot.said.rpartition(": ")[2], spot.href) for spot in spots)


def test_the_overview_says_what_is_counted(floor, sam):
    asked = asked_of(sam)
    report, counts = made(overview.KIND, asked), Counter(asked.population).total(LOGGED, OPEN)
    assert counts == {"logged": 24, "open": 18}
    facts = {fact.slug: fact for section in report.sections for fact in section.facts}
    assert {slug: said_of(facts[slug]) for slug in counts} == counts
    for name in ("logged-by-period", "logged-by-hour"):
        assert sum(int(row[1]) for row in rows_of(report, name)) == 24
    assert len(rows_of(report, "logged-by-period")) == 28
    assert len(rows_of(report, "logged-by-hour")) == 24


def test_a_day_without_calls_is_a_gap_and_its_lines_are_not_counted(floor, sam):
    report = made(overview.KIND, asked_of(sam, f"from={floor.current_shift() - 12 * DAY}"))
    rate = section_of(report, "rate")
    facts = {fact.slug: fact for fact in rate.facts}
    # In each of ten shift days one line in the hour with 40 calls, one in the hour after.
    assert (facts["rate"].said, facts["rate"].of) == ("2.5 %", "10 of 400 calls handled")
    assert facts["rate"].interval == "1.36 % to 4.54 %"
    assert (facts["calls"].said, facts["volume-hours"].said) == ("400", "10")
    rows = rows_of(report, "rate-by-period")
    assert rows[0][1:5] == ["1", "40", "1 of 24", "2.5 %"]
    assert rows[-1][1:6] == ["0", "–", "0 of 24", "no denominator", "–"]
    assert rate.drawings[0].marks[-1].d == ""
    assert rate.note == ""


def test_the_calls_are_all_the_calls_whatever_is_left_out(floor, sam):
    rate = section_of(made(overview.KIND, asked_of(sam, "team=North")), "rate")
    assert rate.facts[1].said == "400"
    assert "nobody records them by topic" in rate.note


def test_without_call_volumes_it_says_so(sam):
    a_line(sam)
    rate = section_of(made(overview.KIND, asked_of(sam)), "rate")
    assert [fact.said for fact in rate.facts] == ["no denominator"]
    assert not rate.drawings
    assert len(made(peaks.KIND, asked_of(sam)).sections[0].heats) == 1


def test_more_lines_than_calls_are_no_rate(sam):
    start = hours_ago(sam.program, 1)[0]
    recorded(sam.program, {start: 1})
    for number in (1, 2):
        a_line(sam, number=number, occurred_at=start)
    facts = section_of(made(overview.KIND, asked_of(sam)), "rate").facts
    assert (facts[0].said, facts[0].value) == ("no denominator", None)
    rates = made(peaks.KIND, asked_of(sam)).sections[0].heats[1]
    assert {spot.words for _, spots in rates.rows for spot in spots} == {"–"}


@pytest.mark.parametrize("starts_at", [time(18), time(1, 30)])
def test_an_hour_that_comes_twice_is_one_on_the_clock(starts_at):
    program = ProgramFactory(time_zone="America/New_York", shift_starts_at=starts_at)
    sme, fall = member("nina", program, "sme"), date(2025, 11, 1)
    by_day = {day: program.shift_hours(day) for day in (fall - DAY, fall, fall + DAY)}
    every = [start for hours in by_day.values() for start in hours]
    for number, start in enumerate(every, start=1):
        a_line(sme, number=number, occurred_at=start)
    recorded(program, {start: 9 for start in every if start.minute == 0})
    asked = asked_of(sme, f"from={fall - DAY}&to={fall + DAY}")
    report = made(overview.KIND, asked)
    hours = dict(rows_of(report, "logged-by-hour"))
    assert sum(map(int, hours.values())) == len(every)
    assert hours["11 PM"] == "3"
    assert hours["1 AM"] == ("4" if starts_at == time(18) else "7")
    assert sum(int(row[1]) for row in rows_of(report, "logged-by-period")) == len(every)
    for words, href in [*figures_of(report), *cells_of(made(peaks.KIND, asked))]:
        if "/log/?" in href and "%" not in words:
            assert counted(href, sme) == int(NUMBER.search(words)[0]), (words, href)


def test_the_peaks_stand_in_the_order_of_the_shift(floor, sam):
    heat = made(peaks.KIND, asked_of(sam)).sections[0].heats[0]
    assert heat.columns == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    start = hours_ago(floor, 1)[2].astimezone(floor.zone).hour
    names = [f"{hour % 12 or 12} {'AM' if hour % 24 < 12 else 'PM'}" for hour in (start, start + 1)]
    assert [name for name, _ in heat.rows] == names
    assert sum(int(spot.words) for _, spots in heat.rows for spot in spots) == 24


def test_a_weekday_outside_the_range_has_no_figure(floor, sam):
    today = floor.current_shift()
    heat = made(peaks.KIND, asked_of(sam, f"from={today}&to={today}")).sections[0].heats[0]
    for _, spots in heat.rows:
        assert [spot.words == "–" for spot in spots] == [n != today.weekday() for n in range(7)]


def test_topics_are_ranked_and_what_is_no_single_topic_comes_last(floor, sam, cora, monkeypatch):
    monkeypatch.setattr(topics, "DRAWN", 1)
    report = made(topics.KIND, asked_of(sam))
    rows = rows_of(report, "topics-pareto")
    assert [row[0] for row in rows] == ["Bills", "1 other topic", "No topic"]
    assert rows[-1][1:] == ["8", "33 %", "100 %"]
    first, second = rows_of(report, "topics-each")
    assert (first[0], first[1], first[3]) == ("Bills", "8", "2")
    assert first[6:8] == ["2", "50 %"]
    assert second[0] == "Fees"


def test_ways_of_resolving_are_the_same_read_in_either_way(floor, sam, monkeypatch):
    plain = section_of(made(topics.KIND, asked_of(sam)), "each-topic").lists[0]
    monkeypatch.setattr(topics, "_is_narrow", lambda _: True)
    narrowed = section_of(made(topics.KIND, asked_of(sam)), "each-topic").lists[0]
    assert [[cell.words for cell in row] for row in narrowed.table.rows] == [
        [cell.words for cell in row] for row in plain.table.rows
    ]
    assert "among the last shift days that have 400 lines" in narrowed.note
    assert "400" not in plain.note


def test_what_waits_stands_at_its_age_against_the_promise(sam, mona):
    program = sam.program
    program.promise_days = 10
    program.save()
    ages = {0: "0–4", 4: "0–4", 5: "5–8", 8: "5–8", 9: "9–10", 10: "9–10", 11: "Over", 20: "Over"}
    for number, days in enumerate(ages, start=1):
        at = hours_ago(program, days)[0]
        a_line(sam, number=number, occurred_at=at, status=STATUSES[1 + number % 2])
    rows = rows_of(made(waiting.KIND, asked_of(mona)), "open-ages")
    assert [row[0].split(" ")[0] for row in rows] == ["0–4", "5–8", "9–10", "Over"]
    assert [[int(n) for n in row[1:]] for row in rows] == [[1, 1]] * 4


def test_what_waits_from_before_the_range_is_said(floor, mona):
    today = floor.current_shift()
    asked = f"from={today - 3 * DAY}&to={today}"
    for narrowed in ("&by=sam", "&severity=none", "&topic=none"):
        for fact in section_of(made(waiting.KIND, asked_of(mona, asked + narrowed)), "ages").facts:
            assert counted(fact.href, mona) == said_of(fact) > 0, narrowed
    report = made(waiting.KIND, asked_of(mona, asked))
    facts = section_of(report, "ages").facts
    assert [fact.name for fact in facts] == [
        "Unresolved, from before",
        "With the client, from before",
    ]
    for fact in facts:
        assert counted(fact.href, mona) == said_of(fact) > 0
    oldest = rows_of(report, "oldest-open")
    assert [row[2] for row in oldest] == sorted((row[2] for row in oldest), key=int, reverse=True)
    assert len(oldest) == int(section_of(report, "waiting").facts[0].said)


def test_letters_are_for_those_who_write_them(sam, mona):
    letter_about([a_line(sam, number=7, status="unresolved")], mona)
    names = {
        who: [one.name for one in section_of(made(waiting.KIND, asked_of(who)), "ages").drawings]
        for who in (sam, mona)
    }
    assert names == {sam: ["open-ages"], mona: ["open-ages", "letter-ages"]}
    rows = rows_of(made(waiting.KIND, asked_of(mona)), "letter-ages")
    assert rows == [
        ["first half", "1"],
        ["second half", "0"],
        ["last tenth", "0"],
        ["overdue", "0"],
    ]


def test_a_report_asks_few_questions_however_long_the_range(floor, mona):
    today = floor.current_shift()
    for kind, days in product(KINDS, (28, 365)):
        query = QueryDict(f"from={today - (days - 1) * DAY}&to={today}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            made(kind, Asked(query, mona))
        assert len(asked) <= 8, [one["sql"][:90] for one in asked.captured_queries]


def test_unresolved_is_never_ranked_by_person(floor, sam):
    report = made(overview.KIND, asked_of(sam, "split=agent"))
    names = [row[0] for row in rows_of(report, "by-agent")]
    assert names == sorted(names, key=str.lower)
    assert UNRESOLVED.slug in section_of(report, "split").lists[0].table.rows[0][3].href

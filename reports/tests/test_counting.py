"""Sums kept of settled shift days are exactly what the lines say, whatever was changed since."""

import random
import uuid
from collections import Counter as Tally
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from calibration.models import PracticeUse
from escalations import actions
from escalations.actions import imports
from escalations.actions import topics as grouping
from escalations.models import Escalation, FeedbackNote, FollowUp, Numbering, Touched
from escalations.tests.factories import a_line
from escalations.tests.test_import_steps import confirm, stage
from people.shiftday import clock_hour
from people.tests.factories import AgentFactory
from reports.actions.settling import rebuild, settle
from reports.counting import counter as counters
from reports.counting.counter import Counter
from reports.counting.lines import condition, grouped
from reports.counting.population import Population
from reports.definitions.families import NUMBERS
from reports.models import PlainSum, Settled

DAYS = 75
ONE_DAY = timedelta(days=1)
EVERY = tuple(NUMBERS.values())


@pytest.fixture
def floor(sam, sol, cora):
    """A hundred and fifty lines of 75 shift days, of three agents, three topics, two SMEs."""
    dice = random.Random(7)
    program = sam.program
    topics = [grouping.create(name, by=cora).topic for name in ("Fees", "Bills", "Box")]
    agents = [AgentFactory(program=program, team=f"Team {n % 2}") for n in range(3)]
    today = program.current_shift()
    for number in range(1, 151):
        day = today - timedelta(days=dice.randrange(DAYS))
        start, end = program.shift_bounds(day)
        last = min(end, timezone.now())
        at = start + (last - start) * dice.random()
        promised = dice.random() < 0.3
        a_line(
            dice.choice([sam, sol]),
            number=number,
            agent=dice.choice(agents),
            occurred_at=at.replace(second=0, microsecond=0),
            topic=dice.choice([*topics, None]),
            status=dice.choice(["resolved", "resolved", "unresolved", "forwarded", "void"]),
            feedback=dice.choice(["none", "owed"]),
            severity=dice.choice([None, 1, 2]),
            customer_ref=dice.choice(["", "SKY-1", "SKY-2"]),
            offered=dice.choice(["", "a credit"]),
            wanted=dice.choice(["", "money"]),
            refused_because=dice.choice(["", "too little"]),
            callback_at=at + timedelta(hours=30) if promised else None,
        )
    return program


def said_by_lines(population, number):
    """What a number counts, asked of the log line by line."""
    lines = Escalation.objects.filter(program=population.program).exclude(status="void")
    narrowed = population.narrowed
    for name, column in {"topic": "topic", "agent": "agent", "sme": "logged_by"}.items():
        if name in narrowed:
            lines = lines.filter(**{column: narrowed[name] or None})
    if "team" in narrowed:
        lines = lines.filter(agent__team=narrowed["team"])
    if "severity" in narrowed:
        lines = lines.filter(severity=narrowed["severity"] or None)
    lines = lines.annotate(counted=condition(number)).filter(counted=True)
    days = set(population.days)
    shift_day_of = population.program.shift_day_of
    return [line for line in lines if shift_day_of(line.occurred_at) in days]


def agree(population, numbers=EVERY):
    """Every way of counting says what the lines say."""
    counter = Counter(population)
    total, by_day = counter.total(*numbers), counter.by_day(*numbers)
    assert Counter(population, by_months=True).total(*numbers) == total
    by = {name: counter.by(name, *numbers) for name in ("topic", "agent", "sme", "severity")}
    for number in numbers:
        lines, slug = said_by_lines(population, number), number.slug
        assert total[slug] == len(lines), slug
        days = Tally(population.program.shift_day_of(line.occurred_at) for line in lines)
        assert {day: counts[slug] for day, counts in by_day.items() if counts[slug]} == days, slug
        of = {
            "topic": Tally(line.topic_id or 0 for line in lines),
            "agent": Tally(line.agent_id for line in lines),
            "sme": Tally(line.logged_by_id for line in lines),
            "severity": Tally(line.severity or 0 for line in lines),
        }
        for name, counts in by.items():
            found = {key: said[slug] for key, said in counts.items() if said[slug]}
            assert found == of[name], (slug, name)
    logged = said_by_lines(population, NUMBERS["logged"])
    zone = population.program.zone
    assert counter.by_hour() == Tally(clock_hour(line.occurred_at, zone) for line in logged)


def whole(program, **narrowed):
    today = program.current_shift()
    return Population(program, today - timedelta(days=DAYS), today, **narrowed)


def test_sums_say_what_the_lines_say_whole_narrowed_and_in_part(floor):
    agree(whole(floor))
    assert settle(seconds=60) > 2 * (DAYS - 2)
    assert not settle(seconds=60), "nothing is left to do"
    assert Settled.objects.filter(period="month").exists()
    agree(whole(floor))
    line = Escalation.objects.exclude(topic=None).exclude(severity=None).first()
    one = {"topic": line.topic_id, "agent": line.agent_id, "sme": line.logged_by_id}
    for name, key in {**one, "severity": line.severity, "team": line.agent.team}.items():
        agree(whole(floor, **{name: key}), (NUMBERS["logged"], NUMBERS["repeat-agent"]))
    agree(whole(floor, topic=0), (NUMBERS["logged"], NUMBERS["feedback-owed"]))
    agree(whole(floor, severity=0), (NUMBERS["logged"],))
    for name in ("agent", "sme", "severity", "team"):
        key = {**one, "severity": line.severity, "team": line.agent.team}[name]
        both = whole(floor, topic=line.topic_id, **{name: key})
        agree(both, (NUMBERS["logged"], NUMBERS["repeat-topic"]))
    agree(whole(floor, agent=line.agent_id, sme=line.logged_by_id), (NUMBERS["logged"],))
    today = floor.current_shift()
    agree(Population(floor, today - timedelta(days=40), today - timedelta(days=9)))


def test_no_line_of_settled_days_is_read_for_one_filter_by_topic(floor, monkeypatch):
    read = []
    monkeypatch.setattr(
        counters, "grouped", lambda *asked, **more: read.append(1) or grouped(*asked, **more)
    )
    line = Escalation.objects.exclude(topic=None).exclude(severity=None).first()
    keys = {"topic": line.topic_id, "agent": line.agent_id, "sme": line.logged_by_id}
    keys |= {"severity": line.severity, "team": line.agent.team}
    settle(seconds=60)
    today = floor.current_shift()
    days = Population(floor, today - timedelta(days=60), today - ONE_DAY)
    for narrowed, dimension in product(["", *keys], ["topic", "agent", "sme", "severity"]):
        read.clear()
        asked = {narrowed: keys[narrowed]} if narrowed else {}
        counter = Counter(replace(days, **asked))
        counter.by(dimension, NUMBERS["logged"], NUMBERS["repeat-agent"])
        crossed = {dimension, "agent" if narrowed == "team" else narrowed} - {"", "topic"}
        assert bool(read) == (len(crossed) > 1), (narrowed, dimension)
        read.clear()
        assert counter.by_hour()
        Counter(replace(days, **asked), by_months=True).total(NUMBERS["unresolved"])
        assert not read, narrowed


def changes(floor, sam, cora):
    """Everything that may happen to lines of days that are over; a step each."""
    lines = Escalation.objects.order_by("occurred_at", "pk")
    topics = list(floor.topics.order_by("pk"))

    def first(**facts):
        return lines.filter(**facts).first()

    def edit(line, **facts):
        Escalation.objects.filter(pk=line.pk).update(**facts)

    yield lambda: edit(first(status="resolved"), status="void", void_reason="twice")
    yield lambda: edit(first(status="void"), status="resolved", void_reason="")
    yield lambda: edit(first(status="unresolved"), occurred_at=lines[70].occurred_at)
    yield lambda: edit(lines[10], customer_ref="SKY-2", agent=lines[11].agent_id)
    yield lambda: edit(lines[12], severity=4, logged_by=cora.user)
    yield lambda: a_line(sam, number=900, topic=topics[0], occurred_at=lines[5].occurred_at)
    yield lambda: Escalation.objects.bulk_create(
        Escalation(
            program=floor,
            number=901 + n,
            key=uuid.uuid4(),
            logged_by=sam.user,
            agent=lines[0].agent,
            occurred_at=lines[0].occurred_at - timedelta(days=3, hours=n),
            concern="came by import",
        )
        for n in range(4)
    )
    yield lambda: Escalation.objects.filter(number__gte=901).delete()
    yield lambda: edit(lines[20], feedback="given")
    yield lambda: FeedbackNote.objects.create(
        program=floor,
        escalation=lines[20],
        key=uuid.uuid4(),
        text="Offer the plan.",
        given_by=sam.user,
        given_at=lines[20].occurred_at + timedelta(hours=5),
    )
    yield lambda: FollowUp.objects.create(
        program=floor,
        escalation=first(callback_at__isnull=False),
        key=uuid.uuid4(),
        due_at=timezone.now(),
        done_by=sam.user,
        result="content",
        satisfaction=5,
    )
    yield lambda: PracticeUse.objects.create(
        program=floor, escalation=lines[30], outcome="nothing", by=sam.user
    )
    merged = []
    yield lambda: merged.append(grouping.merge(topics[0], topics[1], by=cora))
    yield lambda: grouping.undo(merged[0], by=cora)
    Numbering.objects.update_or_create(program=floor, defaults={"last": 2000})
    night = floor.current_shift() - timedelta(days=20)
    batch = []
    yield lambda: batch.append(confirm(stage(cora, shift=night), cora))
    yield lambda: imports.undo(batch[0], by=cora)
    yield lambda: actions.void(first(status="resolved"), reason="twice", version=1, by=cora)
    yield lambda: grouping.move(list(lines.filter(topic=None)[:5]), topics[2], by=cora)


def test_after_any_change_the_numbers_are_those_of_the_lines_at_once(floor, sam, cora):
    settle(seconds=60)
    for step, change in enumerate(changes(floor, sam, cora)):
        change()
        agree(whole(floor))
        if step % 3 == 0:
            settle(seconds=60)
            agree(whole(floor))
    rebuild()
    agree(whole(floor))


def test_what_was_touched_is_counted_anew_and_forgotten(floor, sam):
    settle(seconds=60)
    assert not Touched.objects.exists()
    line = Escalation.objects.filter(status="resolved").order_by("occurred_at").first()
    Escalation.objects.filter(pk=line.pk).update(feedback="owed")
    touched = Touched.objects.get()
    assert touched.reaches == touched.ends, "it does not change what others repeat"
    assert settle(seconds=60) in {2, 4}, "its shift day in both kinds, and the month it is of"
    assert not Touched.objects.exists()


def test_a_program_whose_shift_begins_at_another_time_is_counted_right(floor):
    settle(seconds=60)
    floor.shift_starts_at = floor.shift_starts_at.replace(hour=6)
    floor.save()
    agree(whole(floor), (NUMBERS["logged"], NUMBERS["repeat-topic"]))
    settle(seconds=60)
    agree(whole(floor), (NUMBERS["logged"], NUMBERS["repeat-topic"]))


def test_sums_are_narrow_rows_and_few(floor):
    settle(seconds=60)
    lines = Escalation.objects.exclude(status="void").count()
    days = PlainSum.objects.filter(settled__period="day")
    assert days.count() <= 8 * lines
    with connection.cursor() as cursor:
        cursor.execute("SELECT avg(pg_column_size(kept)) FROM reports_plainsum AS kept")
        (size,) = cursor.fetchone()
    assert size < 250


def test_the_command_finds_a_wrong_sum_and_makes_it_right(floor):
    settle(seconds=60)
    call_command("sums", "check")
    PlainSum.objects.filter(dimension="all", logged__gt=0).update(logged=99)
    with pytest.raises(CommandError, match="kept 99"):
        call_command("sums", "check")
    call_command("sums", "rebuild")
    call_command("sums", "check")

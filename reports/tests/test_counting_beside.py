"""Summing up beside people who work: what was not committed yet is counted as soon as it is."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from escalations.models import Escalation
from escalations.tests.factories import a_line
from reports.actions.settling import settle
from reports.counting.counter import Counter, one_moment
from reports.counting.population import Population
from reports.definitions.logged import LOGGED
from reports.models import Settled

pytestmark = pytest.mark.django_db(transaction=True)


def beside(work):
    """Do something over a connection of one's own, to the end."""

    def do():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()


def test_a_line_that_was_not_committed_while_its_day_was_summed_up_is_counted(sam):
    program = sam.program
    day = program.current_shift() - timedelta(days=3)
    start = program.shift_bounds(day)[0]
    a_line(sam, number=1, occurred_at=start + timedelta(hours=1))
    old = a_line(sam, number=2, occurred_at=start + timedelta(days=1, hours=1))
    population = Population(program, day, day)
    with transaction.atomic():
        a_line(sam, number=3, occurred_at=start + timedelta(hours=2))
        Escalation.objects.filter(pk=old.pk).update(occurred_at=start + timedelta(hours=3))
        beside(lambda: settle(seconds=60))
        assert Settled.objects.filter(kind="plain", starts=start).exists()
    assert Counter(population).total(LOGGED) == {"logged": 3}
    settle(seconds=60)
    assert Counter(population).total(LOGGED) == {"logged": 3}
    assert Counter(population)._known.days["plain"], "and it is summed up again"


def test_a_page_is_of_one_moment(sam):
    program = sam.program
    today = program.current_shift()
    population = Population(program, today - timedelta(days=5), today)
    start = program.shift_bounds(today - timedelta(days=2))[0]
    with one_moment():
        counter = Counter(population)
        assert counter.total(LOGGED) == {"logged": 0}
        beside(lambda: a_line(sam, number=1, occurred_at=start))
        assert counter.total(LOGGED) == {"logged": 0}, "as it was when the page was begun"
    assert Counter(population).total(LOGGED) == {"logged": 1}


def test_two_workers_do_not_sum_up_twice(sam):
    program = sam.program
    start = program.shift_bounds(program.current_shift() - timedelta(days=3))[0]
    a_line(sam, number=1, occurred_at=start)
    done = []
    workers = [threading.Thread(target=lambda: done.append(_settle())) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert Settled.objects.filter(kind="plain", period="day").count() == 3
    assert sum(done) >= 6


def _settle():
    try:
        return settle(seconds=60)
    finally:
        connection.close()

"""Rows are fetched ahead of who writes them, and nothing of it is left behind."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.expressions import RawSQL

from escalations import exports
from escalations.ahead import read_ahead
from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.tests.factories import AgentFactory


@pytest.fixture
def lines(sam):
    agent = AgentFactory(program=sam.program)
    EscalationFactory.create_batch(7, agent=agent, logged_by=sam.user)
    return Escalation.objects.visible_to(sam)


def test_each_row_comes_once_and_in_order(lines):
    found = lines.order_by("pk").values_list("pk")
    pieces = list(read_ahead(found, 3))
    assert [len(rows) for rows in pieces] == [3, 3, 1]
    assert [pk for rows in pieces for (pk,) in rows] == [pk for (pk,) in found]
    assert list(read_ahead(found.none(), 3)) == []


def test_who_hangs_up_in_the_midst_leaves_no_thread_and_a_connection_that_works(
    lines, sam, monkeypatch
):
    monkeypatch.setattr(exports, "PIECE", 2)
    before = threading.active_count()
    export = exports.as_csv(lines, by=sam, is_whole=True)
    assert [next(export)[:6], next(export).count(b"\r\n")] == [b"Number", 2]
    export.close()
    assert threading.active_count() == before
    assert lines.count() == 7
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone() == (0,)


def test_what_goes_wrong_while_fetching_is_told_to_who_reads(lines):
    fourth = lines.order_by("pk")[3].pk
    broken = lines.order_by("pk").values_list(RawSQL("1 / (id - %s)", [fourth]))
    before = threading.active_count()
    with pytest.raises(DatabaseError, match="division"), transaction.atomic():
        list(read_ahead(broken, 1))
    assert threading.active_count() == before
    assert lines.count() == 7

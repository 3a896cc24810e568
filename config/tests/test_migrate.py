"""Migrations wait a moment only for a table, try again, and say so when they give up."""

import threading

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate as django_migrate
from django.db import DatabaseError, OperationalError, connection, transaction

from config import timeouts
from config.management.commands import migrate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(migrate, "MIGRATION_LOCK_MS", 50)
    monkeypatch.setattr(migrate, "MIGRATION_PAUSE", 0.05)


def alter() -> None:
    """What a migration does: it needs the table for itself for a moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE people_agent IN ACCESS EXCLUSIVE MODE")


def altering(tries: list[int]):
    """A stand-in for Django's command that migrates once its lock can be had."""

    def handle(self, *args, **options):
        tries.append(1)
        self.verbosity = 0
        self.migration_progress_callback("apply_start", type("M", (), {"atomic": True}))
        alter()

    return handle


def lock_timeout() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


def test_a_migration_lets_a_reader_finish_and_tries_again(monkeypatch):
    tries: list[int] = []
    monkeypatch.setattr(django_migrate.Command, "handle", altering(tries))
    before = lock_timeout()
    is_reading, may_end = threading.Event(), threading.Event()

    def read() -> None:
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT count(*) FROM people_agent")
            is_reading.set()
            may_end.wait(30)
            cursor.execute("COMMIT")
        other.close()

    reader = threading.Thread(target=read)
    reader.start()
    is_reading.wait(30)
    threading.Timer(0.4, may_end.set).start()
    call_command("migrate", verbosity=0)
    reader.join()
    assert len(tries) > 1
    assert lock_timeout() == before


def fails_with(code: str):
    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")

    return handle


def test_a_migration_gives_up_in_a_sentence(monkeypatch):
    monkeypatch.setattr(migrate, "MIGRATION_PATIENCE", 0)
    monkeypatch.setattr(django_migrate.Command, "handle", fails_with("55P03"))
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("migrate", verbosity=0)


@pytest.mark.parametrize(("code", "kind"), [("53100", OperationalError), ("42P01", DatabaseError)])
def test_what_trying_again_cannot_help_is_not_tried_again(code, kind, monkeypatch):
    monkeypatch.setattr(django_migrate.Command, "handle", fails_with(code))
    with pytest.raises(kind):
        call_command("migrate", verbosity=0)


def test_people_wait_less_than_a_second_for_a_migration():
    assert timeouts.MIGRATION_LOCK_MS < 500

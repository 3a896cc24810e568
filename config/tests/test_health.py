"""`/healthz` says in a word each how database, worker, migrations and backups are."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from django.utils import timezone

from config import health
from people.tests.factories import MessageFactory

WELL = {
    "database": "up",
    "worker": "not running",
    "mail": "flowing",
    "migrations": "done",
    "backup": "none",
}


@pytest.fixture(autouse=True)
def data(settings, tmp_path: Path) -> Path:
    """A run's folder without any backup."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_the_state_is_said_in_a_word_each(client, db, monkeypatch):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, WELL)
    assert "no-store" in answer["Cache-Control"]
    monkeypatch.setattr(health, "is_anyone_working", lambda: True)
    assert client.get("/healthz").json()["worker"] == "running"


def test_a_dead_database_is_a_503_without_a_secret(client, db, monkeypatch):
    def dead():
        raise OperationalError("password of ana at db.example")

    monkeypatch.setattr(connection, "close", lambda: None)
    with monkeypatch.context() as for_now:
        for_now.setattr(connection, "ensure_connection", dead)
        answer = client.get("/healthz")
    assert answer.status_code == 503
    unknown = {"database": "down", **dict.fromkeys(("worker", "mail", "migrations"), "unknown")}
    assert answer.json() == {**WELL, **unknown}


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_changes_is_named(client):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only TO on")
    answer = client.get("/healthz")
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only TO off")
    assert (answer.status_code, answer.json()["database"]) == (200, "read only")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_named_and_leaves_no_trace(client, monkeypatch):
    full = "DO $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$"
    with monkeypatch.context() as for_now:
        for_now.setattr(health, "_SPILL", full)
        assert client.get("/healthz").json()["database"] == "disk full"
    assert client.get("/healthz").json()["database"] == "up"
    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        assert cursor.fetchone()[0] != "64kB"


def test_a_migration_that_waits_is_named(client, db):
    MigrationRecorder(connection).record_unapplied("escalations", "0001_initial")
    assert client.get("/healthz").json()["migrations"] == "pending"


def test_mail_that_does_not_flow_is_named(client, skyline):
    now = timezone.now()
    MessageFactory(program=skyline, first_tried_at=now - timedelta(minutes=5))
    assert client.get("/healthz").json()["mail"] == "flowing"
    MessageFactory(program=skyline, first_tried_at=now - timedelta(minutes=20))
    assert client.get("/healthz").json()["mail"] == "late"


def test_a_backups_age_is_named(client, db, data):
    (data / "backups").mkdir()
    backup = data / "backups" / "tala-20260101-000000.zip"
    backup.touch()
    assert client.get("/healthz").json()["backup"] == "fresh"
    os.utime(backup, (0, 0))
    assert client.get("/healthz").json()["backup"] == "old"


def test_it_only_answers_questions(client):
    assert client.post("/healthz").status_code == 405

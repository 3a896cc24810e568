"""`/healthz` says in a word how the database and the worker are, and nothing else."""

from django.db import connection
from django.db.utils import OperationalError

from config import health


def test_the_state_is_said_in_a_word_each(client, db, monkeypatch):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "up", "worker": "not running"})
    assert "no-store" in answer["Cache-Control"]
    monkeypatch.setattr(health, "is_anyone_working", lambda: True)
    assert client.get("/healthz").json()["worker"] == "running"


def test_a_dead_database_is_a_503_without_a_secret(client, db, monkeypatch):
    def dead():
        raise OperationalError("password of ana at db.example")

    with monkeypatch.context() as for_now:
        for_now.setattr(connection, "ensure_connection", dead)
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "down", "worker": "unknown"})


def test_it_only_answers_questions(client):
    assert client.post("/healthz").status_code == 405

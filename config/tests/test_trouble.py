"""When the database is in trouble people read a sentence, never a fault; what may be is retried."""

import uuid

import pytest
from django.db import InternalError, OperationalError, connection, connections
from django.test import Client as Browser

from config import trouble
from escalations.models import Escalation
from people.retries import whole
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)


def break_with(code: str) -> None:
    """Have PostgreSQL itself answer with this code."""
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'ana said' USING ERRCODE = '{code}'; END $$")


def cut_connection() -> None:
    """End our own connection from another one, as an administrator would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()


def cuts(times: int):
    """A stand-in that cuts the connection so many times, then does what it stands for."""
    left = [times]

    def around(do):
        def done(*args, **kwargs):
            if left[0]:
                left[0] -= 1
                cut_connection()
            return do(*args, **kwargs)

        return done

    return around


@pytest.fixture
def sams(sam) -> Browser:
    sams = Browser(raise_request_exception=False)
    sams.force_login(sam.user)
    return sams


def entry(**said: str) -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "agent": "Tina / 700009", "concern": "Modem", **said}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("53100", "disk is full"),
        ("25006", "only be read"),
        ("57014", "too busy"),
        ("55P03", "too busy"),
        ("57P01", "cannot be reached"),
        ("08006", "cannot be reached"),
        ("58030", "too busy"),
    ],
)
def test_a_page_says_what_is_wrong_and_asks_to_come_again(code, words, sams, monkeypatch):
    monkeypatch.setattr("escalations.views.log.read_sheet", lambda *a: break_with(code))
    answer = sams.get("/p/skyline/log/")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert words in page
    assert "ana said" not in page
    assert answer["Retry-After"] == "2"
    assert "no-store" in answer["Cache-Control"]


def test_a_mistake_of_ours_stays_a_fault(sams, monkeypatch):
    monkeypatch.setattr("escalations.views.log.read_sheet", lambda *a: break_with("42P01"))
    assert sams.get("/p/skyline/log/").status_code == 500


def test_a_fragment_is_refused_shortly_and_in_the_same_words(sams, monkeypatch):
    monkeypatch.setattr("escalations.views.log.read_sheet", lambda *a: break_with("53100"))
    answer = sams.get("/p/skyline/log/", headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert "disk is full" in answer["X-Tala-Reason"]
    assert "<html" not in answer.content.decode()
    assert "Nothing was changed" not in answer.content.decode()


def test_a_database_that_is_away_before_the_view_is_said_too(sams, monkeypatch):
    def away(self, *args):
        raise OperationalError("password of ana at db.example")

    with monkeypatch.context() as for_now:
        for_now.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
        answer = sams.get("/p/skyline/log/")
    assert answer.status_code == 503
    assert "cannot be reached" in answer.content.decode()
    assert "password" not in answer.content.decode()


def test_a_page_is_read_again_when_its_connection_is_cut(sams, monkeypatch):
    from escalations.views import log

    monkeypatch.setattr(log, "read_sheet", cuts(1)(log.read_sheet))
    assert sams.get("/p/skyline/log/").status_code == 200


def test_a_page_is_not_read_for_ever(sams, monkeypatch):
    from escalations.views import log

    monkeypatch.setattr(log, "read_sheet", cuts(2)(log.read_sheet))
    assert sams.get("/p/skyline/log/").status_code == 503
    assert sams.get("/p/skyline/log/").status_code == 200


def test_a_line_whose_connection_is_cut_is_refused_in_words_and_then_saved_once(
    sams, skyline, monkeypatch
):
    from escalations.actions import logging

    monkeypatch.setattr(logging, "settle_agent", cuts(1)(logging.settle_agent))
    line = entry()
    assert sams.post("/p/skyline/log/", line).status_code == 302  # tried again as a whole
    monkeypatch.setattr(logging, "settle_agent", cuts(9)(logging.settle_agent))
    other = entry()
    assert sams.post("/p/skyline/log/", other).status_code == 503
    monkeypatch.undo()
    for again in (line, other, line, other):
        assert sams.post("/p/skyline/log/", again).status_code == 302
    assert Escalation.objects.filter(program=skyline).count() == 2


def test_what_broke_while_committing_is_not_done_again(sam, monkeypatch):
    tries = []

    @whole
    def change() -> None:
        tries.append("once")
        AgentFactory(program=sam.program)

    def lost(self) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as for_now:
        for_now.setattr(type(connections["default"]), "_commit", lost)
        with pytest.raises(OperationalError):
            change()
    connection.close()
    assert tries == ["once"]


def test_only_the_databases_trouble_has_words():
    assert trouble.words_for(None) == ""
    assert trouble.words_for(ValueError("no")) == ""
    assert trouble.words_for(InternalError("no")) == ""
    assert all(words.isascii() for words in (*trouble.WORDS.values(), trouble.AWAY))

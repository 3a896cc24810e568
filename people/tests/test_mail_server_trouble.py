"""A server that is away, silent, dripping or hanging up: the mail waits, the worker goes on."""

import socket
import threading
import time
from contextlib import closing, suppress

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config.management.commands import worker as command
from config.postman import Postman
from people.actions.delivery import deliver_due
from people.models import Message
from people.tests.factories import MessageFactory


@pytest.fixture
def message(skyline):
    return MessageFactory(program=skyline)


@pytest.fixture
def rude(settings):
    """A server on a port of its own: `rude(do)` calls `do(connection)` for who connects.

    What it gives back hangs up on all of them; it does so itself in the end.
    """
    held = []

    def hang_up():
        for one in held:
            with suppress(OSError):  # gone by itself
                one.shutdown(socket.SHUT_RDWR)

    def listen(do):
        door = socket.create_server(("127.0.0.1", 0))
        held.append(door)
        settings.EMAIL_BACKEND = "people.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = door.getsockname()

        def serve():
            while True:
                try:
                    connection, _ = door.accept()
                except OSError:
                    return
                held.append(connection)
                threading.Thread(target=quietly, args=(do, connection), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        return hang_up

    def quietly(do, connection):
        with closing(connection):
            try:
                do(connection)
            except OSError:
                return

    yield listen
    hang_up()
    for one in held:
        one.close()


def silent(connection):
    while connection.recv(1000):
        pass


def dripping(connection):
    while True:
        connection.sendall(b"2")
        time.sleep(0.05)


def refusing(connection):
    connection.sendall(b"554 5.7.1 You are on our list\r\n")
    silent(connection)


def busy(connection):
    connection.sendall(b"421 4.3.2 Too many connections\r\n")
    silent(connection)


def nonsense(connection):
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    silent(connection)  # gone at once, what was said could be lost on the way


def hanging_up(connection):
    """Well until the mail is there, then gone without a word."""
    connection.sendall(b"220 hello\r\n")
    with connection.makefile("rb") as lines:
        for line in lines:
            if line.upper().startswith(b"DATA"):
                connection.sendall(b"354 go on\r\n")
                while lines.readline() not in (b".\r\n", b""):
                    pass
                return
            connection.sendall(b"250 OK\r\n")


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (silent, "did not answer in time"),
        (dripping, "made no sense"),
        (refusing, "554 5.7.1 You are on our list"),
        (busy, "421 4.3.2 Too many connections"),
        (nonsense, "made no sense"),
        (hanging_up, "hung up in the midst"),
    ],
)
def test_trouble_of_the_server_is_tried_again_and_ends_the_round(
    message, skyline, rude, settings, do, words
):
    settings.EMAIL_TIMEOUT, settings.MAIL_TALK = 0.5, 0.8
    rude(do)
    untouched = MessageFactory(program=skyline)
    began = time.monotonic()
    done = deliver_due("w")
    assert time.monotonic() - began < 5
    assert (done.trouble, done.sent, done.refused) == (True, 0, 1)
    message.refresh_from_db()
    untouched.refresh_from_db()
    assert (message.state, message.attempts, message.leased_by) == ("queued", 1, "")
    assert words in message.last_error
    assert message.due_at > timezone.now()
    assert untouched.attempts == 0


def test_a_server_that_is_not_there_costs_one_mail_a_try(message, settings, skyline):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "people.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    MessageFactory(program=skyline)
    done = deliver_due("w")
    assert (done.trouble, done.refused) == (True, 1)
    assert list(Message.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0]


def test_a_mail_does_not_wait_for_hours_because_the_server_was_away(message, settings, rude):
    settings.EMAIL_TIMEOUT = 0.3
    rude(silent)
    Message.objects.update(attempts=9)
    deliver_due("w")
    message.refresh_from_db()
    assert (message.due_at - timezone.now()).total_seconds() <= 5 * 60


def test_the_same_mail_comes_again_when_the_server_hung_up_after_it(message, rude, smtp, settings):
    well = settings.EMAIL_HOST, settings.EMAIL_PORT
    rude(hanging_up)
    assert deliver_due("w").trouble
    settings.EMAIL_HOST, settings.EMAIL_PORT = well
    Message.objects.update(due_at=timezone.now())
    assert deliver_due("w").sent == 1
    assert smtp.mails[0].message["Message-ID"] == message.message_id


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_is_due(message, smtp):
    call_command("worker", "--once", "--interval", "0")
    assert len(smtp.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_a_silent_server_keeps_nobody_waiting(message, rude, settings):
    """The postman has a thread of his own: while he waits, the rest of the worker goes on."""
    settings.EMAIL_TIMEOUT = 30
    hang_up = rude(silent)

    class ClosesUp(Postman):
        def run(self):
            with closing(connection):  # as a process does that ends
                super().run()

    postman = ClosesUp("w")
    postman.rest = lambda: 0.01
    postman.start()
    try:
        while not Message.objects.filter(leased_by="w").exists():
            time.sleep(0.02)
        began = time.monotonic()
        command.Housekeeping().go_round()
        assert time.monotonic() - began < 5
        assert Message.objects.get().leased_by == "w"
    finally:
        postman.stopped.set()
        hang_up()
        postman.join(60)
        assert not postman.is_alive()


def test_the_postman_comes_ever_more_seldom_to_a_server_in_trouble(message, rude, settings):
    settings.EMAIL_TIMEOUT, settings.MAIL_PAUSE = 0.3, 60
    rude(silent)
    postman, rests = Postman("w"), []
    for _ in range(8):
        Message.objects.update(due_at=timezone.now())
        postman.go_round()
        rests.append(postman.rest())
    assert rests == [2, 4, 8, 16, 32, 60, 60, 60]


def test_the_postman_comes_back_at_once_when_all_is_well_again(message, smtp):
    postman = Postman("w")
    postman.troubles = 5
    postman.go_round()
    assert (postman.troubles, postman.rest()) == (0, 1.0)


def test_the_postman_outlives_whatever_goes_wrong(monkeypatch):
    from django.db.utils import OperationalError

    def fail(error):
        def deliver(*args, **kwargs):
            raise error

        return deliver

    closed = []
    monkeypatch.setattr("config.postman.connection.close", lambda: closed.append(1))
    for error in (OperationalError("gone"), ValueError("broken")):
        monkeypatch.setattr("config.postman.deliver_due", fail(error))
        Postman("w").go_round()
    assert closed == [1]

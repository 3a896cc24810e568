"""The mail queue's other end: lease, send, mark; tried again for a day when it is "later"."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from socket import gaierror
from typing import Any

import structlog
from allauth.account.forms import default_token_generator
from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from people import mail
from people.actions.messages import notify, queue
from people.models import Membership, Message, Program, User
from people.retries import whole
from people.roles import MANAGER
from people.sealing import Unreadable
from people.smtp import EmailBackend

log = structlog.get_logger("tala.mail")

State = Message.State

DAY = timedelta(days=1)
"""How long a mail is tried, from the first try on."""

LONGEST_PAUSE = 180
"""Times the first pause; with a minute, three hours."""

SERVER_PAUSE = 5
"""Times the first pause, at most, when it was the server that was in trouble."""

CRASHES = 5
"""Workers that may die, or break, with a mail in their hands; it then waits for a manager."""

PER_TALK = 50
"""Mails handed over in one talk with the server; then a new one is begun."""


GOODBYE = (0, 421)
"""Silence or nonsense, and "I am closing": the server is in trouble, not this mail."""

SILENCES: tuple[tuple[type[Exception], str], ...] = (
    (SMTPServerDisconnected, "The mail server hung up in the midst of the talk."),
    (SMTPResponseException, "What the mail server said made no sense."),
    (ConnectionRefusedError, "No mail server answers at its address."),
    (gaierror, "The name of the mail server is not known."),
)


@dataclass(frozen=True)
class Trouble:
    """Why a mail was not taken: for good (`is_final`)? By a server in trouble (`of_server`)?"""

    words: str
    is_final: bool = False
    of_server: bool = False


@dataclass
class Round:
    """What became of the mails that were due; `trouble` ended the round before its end."""

    sent: int = 0
    refused: int = 0
    trouble: bool = False


def pause_after(attempt: int) -> timedelta:
    """One minute, two, four … three hours: before the second try, the third …"""
    return timedelta(seconds=settings.MAIL_PAUSE * min(2 ** (attempt - 1), LONGEST_PAUSE))


def deliver_due(worker: str, *, stopped: Callable[[], bool] = lambda: False) -> Round:
    """Send what is due, one mail after the other, until nothing is or the server is in trouble."""
    done, talk, used = Round(), None, 0
    try:
        while not stopped() and (message := claim(worker)):
            if talk is None or used >= PER_TALK or not isinstance(talk, EmailBackend):
                _end(talk)
                talk, used = get_connection(), 0
            used += 1
            trouble = hand_over(message, talk)
            if trouble is None:
                mark_sent(message)
                done.sent += 1
                continue
            mark_trouble(message, trouble)
            done.refused += 1
            _end(talk, politely=not trouble.of_server)
            talk = None
            if trouble.of_server:
                done.trouble = True
                break
    finally:
        _end(talk)
    return done


@whole
def claim(worker: str) -> Message | None:
    """Lease the next mail that is due to this worker; None when there is none.

    A lease that ran out belongs to a worker that died: its mail is anybody's, up to CRASHES times.
    """
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=Now())
    waiting = Message.objects.queued().filter(free, due_at__lte=Now())
    while message := waiting.select_for_update(skip_locked=True, of=("self",)).first():
        message.crashes += message.leased_until is not None
        if message.crashes < CRASHES:
            return _leased(message, worker)
        Message.objects.filter(pk=message.pk).update(crashes=message.crashes)
        words = f"{CRASHES} workers took this mail and ended, or broke, before it was sent."
        _give_up(message, words)
    return None


def _leased(message: Message, worker: str) -> Message:
    message.attempts += 1
    message.leased_by = worker
    message.first_tried_at = message.first_tried_at or timezone.now()
    Message.objects.filter(pk=message.pk).update(
        attempts=message.attempts,
        crashes=message.crashes,
        leased_by=worker,
        leased_until=Now() + timedelta(seconds=settings.MAIL_LEASE),
        first_tried_at=message.first_tried_at,
    )
    return message


def hand_over(message: Message, talk: Any) -> Trouble | None:
    """Hand one mail to the server; None when the server took it. Never raises for a mail."""
    try:
        made = mail.as_handed_over(message)
    except Unreadable:
        words = "The key of this site changed since: the link in this mail cannot be restored."
        return Trouble(words, is_final=True)
    try:
        talk.open()
    except (OSError, SMTPException) as error:
        return Trouble(words_of(error), of_server=True)
    try:
        talk.send_messages([made])
    except (OSError, SMTPException) as error:
        code = code_of(error)
        return Trouble(words_of(error), is_final=code >= 500, of_server=code in GOODBYE)
    except (ValueError, TypeError, LookupError) as error:  # e.g. an address that is none
        log.exception("mail cannot be made", message=message.pk)
        return Trouble(f"This mail cannot be made ({type(error).__name__}).", is_final=True)
    return None


def code_of(error: Exception) -> int:
    """The three digits of a server's no, 400 to 599; 0 when it was silent or made no sense."""
    return _said(error)[0]


def words_of(error: Exception) -> str:
    """What the server said, or what happened instead, for the manager to read."""
    code, words = _said(error)
    if code:
        return mail.one_line(f"{code} {words}", 250)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "The mail server did not answer in time."
    for kind, said in SILENCES:
        if isinstance(error, kind):
            return said
    return mail.one_line(f"No talk with the mail server ({type(error).__name__}: {error}).", 250)


def _said(error: Exception) -> tuple[int, str]:
    words: bytes | str
    if isinstance(error, SMTPRecipientsRefused) and error.recipients:
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return 0, ""
    if not 400 <= code < 600:
        return 0, ""
    return code, words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


@whole
def mark_sent(message: Message) -> None:
    """Note that the server took it, and forget the secret of its link."""
    mine = Message.objects.filter(pk=message.pk, leased_by=message.leased_by)
    mine.update(
        state=State.SENT,
        sent_at=Now(),
        sealed="",
        last_error="",
        leased_until=None,
        leased_by="",
    )


@whole
def mark_trouble(message: Message, trouble: Trouble) -> None:
    """Note what was said; try again later, or leave it to the program's managers."""
    now = timezone.now()
    tried_for = now - (message.first_tried_at or now)
    pause = pause_after(message.attempts)
    if trouble.of_server:  # the postman himself comes ever more seldom; this mail is as good as any
        pause = min(pause, SERVER_PAUSE * timedelta(seconds=settings.MAIL_PAUSE))
    if trouble.is_final or tried_for + pause > DAY:
        _give_up(message, trouble.words)
        return
    mine = Message.objects.filter(pk=message.pk, leased_by=message.leased_by, state=State.QUEUED)
    mine.update(
        due_at=now + pause, last_error=trouble.words, crashes=0, leased_until=None, leased_by=""
    )


def _give_up(message: Message, words: str) -> None:
    """Leave a mail to the program's managers, unless somebody else has it by now."""
    mine = Message.objects.filter(pk=message.pk, leased_by=message.leased_by, state=State.QUEUED)
    if not mine.update(
        state=State.FAILED, last_error=words, leased_until=None, leased_by="", due_at=Now()
    ):
        return
    log.warning("mail not delivered", message=message.pk, kind=message.kind)
    if message.program is None:  # nobody can send it again
        Message.objects.filter(pk=message.pk).update(sealed="")
    elif message.kind != "mail_failed":
        _tell_managers(message, message.program)


def _tell_managers(message: Message, program: Program) -> None:
    managers = Membership.objects.active().filter(program=program, roles__contains=[MANAGER])
    notify(
        managers,
        "mail_failed",
        f"A mail to {message.to_name or message.to_email} was not delivered: {message.subject}",
        reverse("mail", kwargs={"p": program.slug}),
        program=program,
        once=f"{message.pk} tried since {message.first_tried_at}",
    )


def _end(talk: Any, *, politely: bool = True) -> None:
    """Take leave of the server; one in trouble is left without a word."""
    if isinstance(talk, EmailBackend) and not politely:
        talk.drop()
    elif talk is not None:
        with suppress(OSError, SMTPException):
            talk.close()


@whole
def queue_password_reset(email: str) -> str:
    """Queue a link to set a new password for the active account with that address, if any."""
    user = User.objects.filter(email__iexact=email, is_active=True).exclude(email="").first()
    if user is None:
        return "nobody"
    uid, key = int_to_base36(user.pk), default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    queue(
        "password_reset",
        to=user.email,
        to_name=user.name,
        subject="Set a new password on Tala",
        template="people/mail/password_reset",
        context={"person": user, "link": mail.address_of(path)},
        program=None,
        about=f"user:{user.pk}",
        secret=f"{uid}-{key}",
    )
    return "queued"

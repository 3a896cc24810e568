"""The queue of mails: leased, sent to a real SMTP server, marked; later, never, and by whom."""

import smtplib
from datetime import timedelta

import pytest
from django.utils import timezone

from people.actions import delivery
from people.actions.delivery import claim, code_of, deliver_due, pause_after, words_of
from people.actions.messages import cancel, queue, send_again
from people.models import Message, Notice
from people.refusals import ActionRefused
from people.sealing import Unreadable, mark_of, seal, unseal
from people.tests.factories import MessageFactory

State = Message.State


@pytest.fixture
def message(skyline):
    return MessageFactory(program=skyline, to_email="carla@client.example", about="letter:4")


def due_now() -> None:
    Message.objects.update(due_at=timezone.now())


# Sending


def test_a_mail_is_sent_once_with_the_message_id_of_its_row(message, smtp):
    assert deliver_due("w").sent == 1
    assert deliver_due("w").sent == 0
    (mail,) = smtp.mails
    assert mail.message["Message-ID"] == message.message_id
    assert mail.to == ["carla@client.example"]
    assert mail.message["Auto-Submitted"] == "auto-generated"
    message.refresh_from_db()
    assert (message.state, message.attempts, message.leased_by) == (State.SENT, 1, "")
    assert message.sent_at


def test_many_mails_go_through_one_talk_in_the_order_of_being_due(skyline, smtp, monkeypatch):
    monkeypatch.setattr(delivery, "PER_TALK", 2)
    for n in range(5):
        MessageFactory(program=skyline, subject=f"Word {n}")
    assert deliver_due("w").sent == 5
    assert [mail.message["Subject"] for mail in smtp.mails] == [f"Word {n}" for n in range(5)]


def test_what_is_not_due_waits(message, smtp):
    Message.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    assert deliver_due("w").sent == 0


def test_the_postman_stops_between_two_mails(skyline, smtp):
    for _ in range(3):
        MessageFactory(program=skyline)
    assert deliver_due("w", stopped=lambda: bool(smtp.mails)).sent == 1


def test_mails_of_one_matter_are_one_thread(skyline, message, smtp):
    said = {"template": "people/mail/password_reset", "context": {}, "program": skyline}
    second = queue("letter", to="c@client.example", subject="Re", answers=message, **said)
    third = queue("letter", to="c@client.example", subject="Re", answers=second, **said)
    assert third.in_reply_to == second.message_id
    assert third.references == f"{message.message_id} {second.message_id}"
    deliver_due("w")
    assert smtp.mails[2].message["In-Reply-To"] == second.message_id


# Leases


def test_a_leased_mail_is_its_worker_s_until_the_lease_runs_out(message):
    first = claim("one")
    assert first == message
    assert claim("two") is None
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    again = claim("two")
    assert (again.leased_by, again.attempts, again.message_id) == ("two", 2, message.message_id)


def test_who_lost_the_lease_marks_nothing(message):
    late = claim("one")
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    claim("two")
    delivery.mark_sent(late)
    delivery.mark_trouble(late, delivery.Trouble("550 no", is_final=True))
    message.refresh_from_db()
    assert (message.state, message.leased_by) == (State.QUEUED, "two")


# What the server says


@pytest.mark.parametrize(
    ("refuses", "says", "state", "words"),
    [
        ("451 4.7.1 Greylisted", "250 OK", State.QUEUED, "451 4.7.1 Greylisted"),
        ("450 4.2.1 Busy", "250 OK", State.QUEUED, "450 4.2.1 Busy"),
        ("", "452 4.3.1 Disk full", State.QUEUED, "452 4.3.1 Disk full"),
        ("", "451 4.3.0 Later", State.QUEUED, "451 4.3.0 Later"),
        ("550 5.1.1 No such mailbox", "250 OK", State.FAILED, "550 5.1.1 No such mailbox"),
        ("", "554 5.7.1 Spam", State.FAILED, "554 5.7.1 Spam"),
        ("", "552 5.3.4 Too big", State.FAILED, "552 5.3.4 Too big"),
    ],
)
def test_four_hundreds_are_tried_again_and_five_hundreds_are_not(
    message, smtp, refuses, says, state, words
):
    smtp.refuses, smtp.says = refuses, says
    assert deliver_due("w").refused == 1
    message.refresh_from_db()
    assert (message.state, message.last_error) == (state, words)
    smtp.refuses, smtp.says = "", "250 OK"
    due_now()
    assert deliver_due("w").sent == (state == State.QUEUED)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (451, b"later")}), 451),
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no")}), 550),
        (smtplib.SMTPSenderRefused(452, b"full", "a@b"), 452),
        (smtplib.SMTPSenderRefused(553, b"no", "a@b"), 553),
        (smtplib.SMTPDataError(451, "later"), 451),
        (smtplib.SMTPDataError(554, b"\xff no"), 554),
        (smtplib.SMTPResponseException(-1, b"nonsense"), 0),
        (smtplib.SMTPServerDisconnected("gone"), 0),
        (smtplib.SMTPRecipientsRefused({}), 0),
        (TimeoutError("timed out"), 0),
        (ConnectionRefusedError("no"), 0),
        (OSError("something else"), 0),
    ],
)
def test_the_code_counts_and_not_the_class_of_the_error(error, code):
    assert code_of(error) == code
    assert words_of(error)


def test_pauses_grow_to_three_hours(settings):
    pauses = [pause_after(n).total_seconds() / 60 for n in range(1, 12)]
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 180, 180, 180]


def test_after_a_day_of_later_the_manager_is_told(mona, message, smtp):
    smtp.says = "451 4.3.0 later"
    deliver_due("w")
    message.refresh_from_db()
    assert message.due_at > timezone.now() + timedelta(seconds=50)
    Message.objects.update(first_tried_at=timezone.now() - timedelta(hours=24))
    due_now()
    deliver_due("w")
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.FAILED, "451 4.3.0 later")
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.link) == (
        mona.user,
        "mail_failed",
        "/p/skyline/people/mail/",
    )
    assert Message.objects.count() == 1  # of a failing mail nobody is mailed


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(skyline, smtp):
    broken = MessageFactory(program=skyline, to_name="=?utf-8?q?Ana=0ABcc:_x?=")
    MessageFactory(program=skyline, subject="sound")
    done = deliver_due("w")
    assert (done.sent, done.refused) == (1, 1)
    assert [mail.message["Subject"] for mail in smtp.mails] == ["sound"]
    broken.refresh_from_db()
    assert (broken.state, broken.last_error) == (
        State.FAILED,
        "This mail cannot be made (ValueError).",
    )


# Again, and taken back


def test_the_manager_sees_the_words_and_sends_again(mona, message, smtp, browse):
    smtp.refuses = "550 5.1.1 <b>No such</b> mailbox"
    deliver_due("w")
    browser = browse(mona)
    page = browser.get("/p/skyline/people/mail/").text
    assert "550 5.1.1 &lt;b&gt;No such&lt;/b&gt; mailbox" in page
    smtp.refuses = ""
    url = f"/p/skyline/people/mail/{message.pk}/again/"
    assert "on its way again" in browser.post(url, follow=True).text
    assert browser.post(url).status_code == 409
    assert deliver_due("w").sent == 1
    assert smtp.mails[0].message["Message-ID"] == message.message_id
    page = browser.get("/p/skyline/people/mail/").text
    assert "Nothing waits." in page
    assert "Not delivered" not in page


def test_a_mail_of_another_program_is_not_there(mona, olga, message, browse):
    theirs = MessageFactory(program=olga.program, state=State.FAILED, subject="Harbor only")
    browser = browse(mona)
    assert browser.post(f"/p/skyline/people/mail/{theirs.pk}/again/").status_code == 404
    assert "Harbor only" not in browser.get("/p/skyline/people/mail/").text
    assert browse(olga).get("/p/harbor/people/mail/").status_code == 403


def test_what_waits_can_be_taken_back(mona, message, smtp):
    sent = MessageFactory(program=mona.program, about="letter:5")
    deliver_due("w", stopped=lambda: len(smtp.mails) == 2)
    for state, taken in ((State.QUEUED, 1), (State.FAILED, 1), (State.SENT, 0)):
        sent_at = timezone.now() if state == State.SENT else None
        Message.objects.filter(pk=message.pk).update(state=state, sent_at=sent_at)
        assert cancel("letter:4", by=mona) == taken
    sent.refresh_from_db()
    assert sent.state == State.SENT
    Message.objects.update(state=State.CANCELLED, sent_at=None)
    assert deliver_due("w").sent == 0
    with pytest.raises(ActionRefused):
        send_again(message, by=mona)


# The secret of a link


def test_a_secret_waits_unreadable_and_is_forgotten(skyline, smtp):
    secret = "r4nd0m-" + "x" * 36
    said = {"template": "people/mail/password_reset", "program": skyline}
    context = {"link": f"https://tala.example/reply/{secret}/"}
    queue("letter", to="c@client.example", subject="x", secret=secret, context=context, **said)
    row = Message.objects.values().get()
    assert secret not in str(row)
    deliver_due("w")
    for body in (smtp.mails[0].text, smtp.mails[0].html):
        assert f"https://tala.example/reply/{secret}/" in body
    row = Message.objects.values().get()
    assert secret not in str(row)
    assert row["sealed"] == ""


def test_with_another_key_a_mail_with_a_link_is_not_sent(mona, smtp, settings):
    said = {"template": "people/mail/password_reset", "program": mona.program}
    queue("letter", to="c@client.example", subject="x", secret="abc", context={}, **said)
    settings.SECRET_KEY = "another"
    assert deliver_due("w").refused == 1
    assert "key of this site changed" in Message.objects.get().last_error
    assert smtp.mails == []


def test_a_seal_opens_for_its_name_and_key_only(settings):
    sealed = seal("token", "<1@tala>")
    assert unseal(sealed, "<1@tala>") == "token"
    assert "token" not in sealed
    assert mark_of(sealed) != mark_of(seal("token", "<2@tala>"))
    for broken, name in ((sealed, "<2@tala>"), (sealed[:-2] + "00", "<1@tala>"), ("zz", "x")):
        with pytest.raises(Unreadable):
            unseal(broken, name)
    with pytest.raises(ValueError, match="too long"):
        seal("x" * 65, "<1@tala>")

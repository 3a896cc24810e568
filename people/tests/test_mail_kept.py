"""How long a mail is kept: its text for a while, an undelivered one until somebody decides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config import schedule
from people.actions import pruning
from people.actions.delivery import CRASHES, claim, deliver_due
from people.actions.messages import let_go, send_again
from people.actions.pruning import prune_mails
from people.models import Message, Notice
from people.refusals import ActionRefused
from people.tests.factories import MessageFactory

State = Message.State


@pytest.fixture
def old():
    """A moment longer ago than texts are kept."""
    return timezone.now() - timedelta(days=91)


def written(program, old, **more):
    said = {"created_at": old, "due_at": old, "program": program, "sealed": "x", **more}
    return MessageFactory(**said)


def died(worker: str) -> None:
    """The worker that took the mail is not heard of again."""
    assert claim(worker) is not None
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


# Texts


def test_what_an_old_mail_said_is_removed_and_that_it_was_sent_stays(skyline, old):
    mail = written(skyline, old, state=State.SENT, sent_at=old)
    assert prune_mails() == 1
    assert prune_mails() == 0
    kept = Message.objects.get()
    assert (kept.text, kept.html, kept.sealed) == ("", "", "")
    assert (kept.message_id, kept.subject, kept.sent_at) == (mail.message_id, mail.subject, old)
    assert (kept.state, bool(kept.pruned_at)) == (State.SENT, True)


def test_a_mail_sent_lately_keeps_its_text_however_long_it_waited(skyline, old):
    written(skyline, old, state=State.SENT, sent_at=timezone.now())
    assert prune_mails() == 0


def test_what_was_taken_back_is_removed_and_what_is_undecided_is_not(skyline, old):
    written(skyline, old, state=State.CANCELLED)
    undecided = [written(skyline, old, state=state) for state in (State.QUEUED, State.FAILED)]
    nobodys = written(None, old, state=State.FAILED)
    assert prune_mails() == 2
    assert set(Message.objects.exclude(text="")) == set(undecided)
    nobodys.refresh_from_db()
    assert nobodys.pruned_at


def test_many_are_pruned_piece_by_piece(skyline, old, monkeypatch):
    monkeypatch.setattr(pruning, "PIECE", 2)
    for _ in range(5):
        written(skyline, old, state=State.SENT, sent_at=old)
    assert prune_mails() == 5


def test_the_worker_prunes_by_itself():
    import people.schedule  # noqa: F401  it enlists

    assert prune_mails in [chore.do for chore in schedule.CHORES]


# Mails that break their worker


def test_a_mail_that_ends_its_workers_comes_before_the_manager(skyline, mona, smtp):
    mail = MessageFactory(program=skyline)
    for n in range(CRASHES):
        died(f"w{n}")
    healthy = MessageFactory(program=skyline)
    assert deliver_due("w").sent == 1
    mail.refresh_from_db()
    healthy.refresh_from_db()
    assert (mail.state, healthy.state) == (State.FAILED, State.SENT)
    assert "workers took this mail" in mail.last_error
    assert Notice.objects.get(user=mona.user, kind="mail_failed")
    send_again(mail, by=mona)
    assert deliver_due("w").sent == 1


def test_an_answer_of_the_server_ends_the_count(skyline, smtp):
    mail = MessageFactory(program=skyline)
    for n in range(CRASHES - 1):
        died(f"w{n}")
    smtp.says = "451 Later"
    deliver_due("w")
    mail.refresh_from_db()
    assert (mail.state, mail.crashes, mail.attempts) == (State.QUEUED, 0, CRASHES)


# A manager decides


def test_the_manager_lets_a_mail_go(skyline, mona, browse):
    mail = MessageFactory(program=skyline, state=State.FAILED, last_error="550 No")
    page = browse(mona)
    assert "Let it go" in page.get("/p/skyline/people/mail/").text
    said = page.post(f"/p/skyline/people/mail/{mail.pk}/let-go/", follow=True).text
    assert f"The mail to {mail.to_email} is off the list." in said
    mail.refresh_from_db()
    assert mail.state == State.CANCELLED
    with pytest.raises(ActionRefused):
        let_go(mail, by=mona)

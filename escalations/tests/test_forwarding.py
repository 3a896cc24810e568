"""Letters to the client: written, previewed, sent, recalled; lines taken and given."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations import actions
from escalations.actions import forwarding, owning, reminding
from escalations.letters import promised_at, reminders_due
from escalations.models import Escalation, Forwarding, Reminder
from escalations.tests.factories import EscalationFactory, contact_of, letter_about
from people.mail import with_secret
from people.models import Message, Notice
from people.refusals import ActionRefused, StaleVersion
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(sam):
    agent = AgentFactory(program=sam.program)
    return EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved", wanted="money")


def status(line):
    return Escalation.objects.get(pk=line.pk).status


def test_the_preview_is_what_is_sent_byte_for_byte(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    page = browse(mona).get(f"/p/skyline/forwarding/{draft.number}/preview/")
    text = page.context["text"]
    html = browse(mona).get(f"/p/skyline/forwarding/{draft.number}/preview/?as=html").content
    answer = browse(mona).post(
        f"/p/skyline/forwarding/{draft.number}/send/", {"version": draft.version}
    )
    assert answer.status_code == 302
    sent = with_secret(Message.objects.get(kind="letter"))
    token = sent.text.split("/reply/")[1].split("/")[0]
    stand_in = "the-link-is-made-when-the-letter-is-sent"
    assert sent.text.replace(token, stand_in) == text
    assert sent.html.replace(token, stand_in).encode() == html


def test_a_letter_takes_what_the_line_says_and_asks_for_the_rest(browse, mona, line):
    contact_of(mona)
    page = browse(mona).post(
        "/p/skyline/forwarding/write/", {"line": line.number, "key": uuid.uuid4()}, follow=True
    )
    assert "money" in page.content.decode()
    draft = Forwarding.objects.get()
    with pytest.raises(ActionRefused, match="Say what is asked"):
        forwarding.send(draft, version=draft.version, by=mona)
    assert (status(line), Message.objects.count()) == ("unresolved", 0)


def test_the_same_form_writes_one_letter(mona, line):
    key = uuid.uuid4()
    one = forwarding.write([line], key=key, by=mona)
    assert forwarding.write([line], key=key, by=mona) == one
    assert Forwarding.objects.count() == 1


def test_a_line_is_with_the_client_in_one_letter_only(mona, line):
    first, second = (letter_about([line], mona, send=False) for _ in range(2))
    forwarding.send(first, version=first.version, by=mona)
    with pytest.raises(ActionRefused, match="forwarded by now"):
        forwarding.send(second, version=second.version, by=mona)


def test_who_saves_second_is_told(mona, line):
    draft = letter_about([line], mona, send=False)
    with pytest.raises(StaleVersion):
        forwarding.change(draft, {}, {}, version=draft.version - 1, by=mona)


def test_a_recalled_letter_gives_its_lines_back(mona, line):
    letter, _ = letter_about([line], mona)
    assert status(line) == "forwarded"
    forwarding.recall(letter, reason="wrong question", version=letter.version, by=mona)
    assert status(line) == "unresolved"
    assert Message.objects.get().state == "cancelled"
    again, _ = letter_about([line], mona)
    assert again.items.get().round == 2


def test_a_letter_sent_again_kills_the_former_link(mona, line):
    letter, _ = letter_about([line], mona)
    forwarding.send_again(letter, version=letter.version, by=mona)
    assert letter.links.filter(revoked_at=None).count() == 1
    assert letter.links.count() == 2


def test_a_promise_moves_the_link_with_it(mona, line):
    letter, _ = letter_about([line], mona)
    until = timezone.now() + timedelta(days=90)
    forwarding.extend(letter, until, version=letter.version, by=mona)
    assert letter.links.get().expires_at == until + timedelta(days=60)
    with pytest.raises(ActionRefused):
        forwarding.extend(letter, timezone.now(), version=letter.version + 1, by=mona)


def test_only_the_manager_forwards(sam, cora, line):
    for somebody in (sam, cora):
        with pytest.raises(PermissionDenied):
            forwarding.write([line], key=uuid.uuid4(), by=somebody)
        with pytest.raises(PermissionDenied):
            owning.give([line], somebody, by=somebody)


def test_a_line_given_to_somebody_is_told_and_stands_first_there(browse, mona, sam, line):
    assert owning.give([line], sam, by=mona) == 1
    assert Notice.objects.get().user == sam.user
    assert owning.give([line], mona, by=mona) == 1
    page = browse(mona).get("/p/skyline/forwarding/").content.decode()
    assert page.index("Mine") < page.index("Without a topic")


def test_giving_a_line_away_is_not_what_undo_takes_back(mona, sam, line):
    owning.give([line], sam, by=mona)
    with pytest.raises(ActionRefused, match="forwarding"):
        actions.undo(Escalation.objects.get(pk=line.pk), version=line.version, by=mona)


def test_reminders_come_once_at_half_at_nine_tenths_and_when_it_is_over(mona, line):
    letter, _ = letter_about([line], mona)
    sent = letter.sent_at
    at = {days: reminding.remind(sent + timedelta(days=days, minutes=1)) for days in (14, 15, 16)}
    assert at == {14: 0, 15: 1, 16: 0}
    assert reminding.remind(sent + timedelta(days=27, minutes=1)) == 1
    assert reminding.remind(sent + timedelta(days=31)) == 1
    assert reminding.remind(sent + timedelta(days=32)) == 0
    mails = list(
        Message.objects.filter(kind="letter").order_by("pk").values_list("subject", flat=True)
    )
    assert [subject.startswith("Reminder: ") for subject in mails] == [False, True, True, True]
    assert letter.links.filter(revoked_at=None).count() == 4


def test_a_worker_that_stood_still_sends_one_reminder_not_three(mona, line):
    letter, _ = letter_about([line], mona)
    assert reminding.remind(letter.sent_at + timedelta(days=40)) == 1
    assert Reminder.objects.count() == 3
    assert Message.objects.filter(kind="letter").count() == 2


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        # New York goes forward on 8 March 2026 and back on 1 November 2026.
        (datetime(2026, 2, 20, 15, 0, tzinfo=UTC), datetime(2026, 3, 22, 14, 0, tzinfo=UTC)),
        (datetime(2026, 10, 10, 14, 0, tzinfo=UTC), datetime(2026, 11, 9, 15, 0, tzinfo=UTC)),
        (datetime(2026, 2, 6, 7, 30, tzinfo=UTC), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_promise_is_the_same_time_by_the_clocks_across_both_changes(harbor, sent, due):
    assert promised_at(sent, 30, harbor) == due
    half = sent + (due - sent) / 2
    minute = timedelta(minutes=1)
    assert [kind for kind, _ in reminders_due(sent, due, half - minute)] == []
    assert [kind for kind, _ in reminders_due(sent, due, half + minute)] == ["half"]
    assert [kind for kind, _ in reminders_due(sent, due, due)] == ["half", "near", "overdue"]


def test_another_programs_letters_and_lines_are_not_there(browse, mona, olga, line):
    draft = letter_about([line], mona, send=False)
    assert browse(mona).get(f"/p/harbor/forwarding/{draft.number}/").status_code == 404
    assert browse(olga).get(f"/p/skyline/forwarding/{draft.number}/").status_code == 404
    with pytest.raises(ActionRefused):
        forwarding.add_lines(
            draft,
            [EscalationFactory(agent=AgentFactory(program=olga.program), status="unresolved")],
            version=draft.version,
            by=mona,
        )


def test_a_letter_is_previewed_sent_again_given_time_and_recalled(browse, mona, line):
    other = contact_of(mona, "care@client.example")
    draft = letter_about([line], mona, send=False)
    url = f"/p/skyline/forwarding/{draft.number}/"
    browser = browse(mona)
    said = {"version": draft.version, "subject": "Fees", "concern-1": "fee", "preview": "1"}
    assert browser.post(url, said).url == f"{url}preview/"
    page = browser.get(f"{url}preview/").text
    assert "Choose who at the client’s gets this letter." in page
    assert 'action="/p/skyline/forwarding/1/send/"' not in page
    said |= {"contact": other.pk, "question-1": "May we?", "version": draft.version + 1}
    browser.post(url, said)
    draft.refresh_from_db()
    sent = forwarding.send(draft, version=draft.version, by=mona)
    version = sent.version
    desk = contact_of(mona, "desk2@client.example")
    until = timezone.localdate(timezone=mona.program.zone) + timedelta(days=60)
    for step, said, words in (
        ("again/", {"contact": desk.pk}, "is sent again to Desk"),
        ("extend/", {"until": until.isoformat()}, "has more time"),
        ("recall/", {"reason": "wrong desk"}, "its link is dead"),
    ):
        answer = browser.post(f"{url}{step}", {**said, "version": version}, follow=True)
        assert words in answer.text, step
        version += 1
    assert status(line) == "unresolved"


def test_what_the_client_said_on_the_phone_is_written_down(browse, mona, line):
    letter, _ = letter_about([line], mona)
    said = {"name": "Carla", "key": uuid.uuid4(), "verdict-1": "do_this", "text-1": "Once."}
    url = f"/p/skyline/forwarding/{letter.number}/record/"
    answer = browse(mona).post(url, said, follow=True)
    assert "The client’s answer is written down." in answer.text
    assert "written down by" in answer.text
    assert status(line) == "answered"

"""The manager's pages of forwarding: whose lines, which letter, what is missing, who gets it."""

import uuid

import pytest

from escalations.actions import editing, forwarding, owning, replying
from escalations.actions.replying import Reply
from escalations.models import ClientContact, Escalation, Forwarding, Topic
from escalations.tests.factories import EscalationFactory, contact_of, letter_about
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db

BASE = "/p/skyline/forwarding/"
PEOPLE = f"{BASE}contacts/"


@pytest.fixture
def line(sam):
    agent = AgentFactory(program=sam.program)
    return EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved", wanted="money")


def fresh(line):
    return Escalation.objects.get(pk=line.pk)


def fields(letter, **said):
    """The draft's form as its page would post it."""
    item = letter.items.get()
    texts = {n: getattr(item, n) for n in forwarding.TEXTS}
    given = {f"{name}-1": text for name, text in texts.items()}
    base = {"version": letter.version, "subject": letter.subject, "contact": letter.contact_id}
    return {**base, **given, "question-1": "May we?", **said}


# Whose lines, and which


def test_lines_are_narrowed_by_topic_and_owner_and_go_on_page_by_page(
    browse, mona, line, monkeypatch
):
    fee = Topic.objects.create(
        program=mona.program, name="Late fee", slug="late-fee", created_by=mona.user
    )
    others = [
        EscalationFactory(
            agent=line.agent, logged_by=line.logged_by, status="unresolved", topic=fee, concern=word
        )
        for word in ("the fee again", "a second fee")
    ]
    owning.give(others[:1], mona, by=mona)
    page = browse(mona).get(f"{BASE}?topic=late-fee").text
    assert "the fee again" in page
    assert line.concern not in page
    assert line.concern in browse(mona).get(f"{BASE}?topic=none").text
    page = browse(mona).get(f"{BASE}?topic=late-fee&owner=me").text
    assert "Late fee, Mine" in page
    assert "a second fee" not in page
    assert "a second fee" in browse(mona).get(f"{BASE}?owner=nobody").text
    assert "No such topic" in browse(mona).get(f"{BASE}?topic=nowhere").text
    monkeypatch.setattr("escalations.unresolved.PAGE", 1)
    first = browse(mona).get(f"{BASE}?topic=late-fee")
    rest = browse(mona).get(f"{BASE}?topic=late-fee&cursor={first.context['page'].more}").text
    assert ("the fee again" in first.text) != ("the fee again" in rest)
    assert browse(mona).get(f"{BASE}?topic=late-fee&cursor=damaged").text.count('name="line"') == 1


def test_lines_are_given_taken_and_laid_back(browse, mona, sam, line):
    for to, owner, words in (
        (sam.user.username, sam.user, f"{sam.user}’s now"),
        ("me", mona.user, "yours now"),
        ("", None, "nobody’s now"),
    ):
        answer = browse(mona).post(f"{BASE}give/", {"line": line.number, "to": to}, follow=True)
        assert f"1 line: {words}." in answer.text
        assert fresh(line).owner == owner


@pytest.mark.parametrize(
    ("to", "lines"), [("nobody-there", None), ("olga", None), ("me", []), ("me", ["²", "x"])]
)
def test_who_is_no_member_and_what_is_no_line_is_refused(browse, mona, olga, line, to, lines):
    numbers = [line.number] if lines is None else lines
    assert browse(mona).post(f"{BASE}give/", {"line": numbers, "to": to}).status_code == 409
    assert fresh(line).owner is None


def test_only_a_line_that_waits_changes_hands(browse, mona, line):
    letter_about([line], mona)
    answer = browse(mona).post(f"{BASE}give/", {"line": line.number, "to": "me"})
    assert answer.status_code == 409
    assert "not unresolved any more" in answer.text


def test_a_letter_is_begun_once_however_often_the_form_comes(browse, mona, line):
    said = {"line": line.number, "key": uuid.uuid4()}
    first, second = (browse(mona).post(f"{BASE}write/", said) for _ in range(2))
    assert first["Location"] == second["Location"]
    for wrong in ({"key": "x"}, {"key": ""}, {"line": "99999999999"}, {"line": ""}):
        assert browse(mona).post(f"{BASE}write/", {**said, **wrong}).status_code == 409
    assert Forwarding.objects.count() == 1


def test_lines_are_added_to_a_draft_and_to_nothing_else(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    more = EscalationFactory(agent=line.agent, logged_by=line.logged_by, status="unresolved")
    said = {"line": [line.number, more.number], "letter": draft.number}
    assert browse(mona).post(f"{BASE}write/", said).status_code == 302
    assert draft.items.count() == 2
    for letter in ("999999", "x", "²"):
        assert browse(mona).post(f"{BASE}write/", {**said, "letter": letter}).status_code == 404
    letter_about([EscalationFactory(agent=line.agent, status="unresolved")], mona)
    sent = Forwarding.objects.get(state="sent")
    assert browse(mona).post(f"{BASE}write/", {**said, "letter": sent.number}).status_code == 409


# What is missing is asked for in place


def test_what_the_line_does_not_say_is_asked_for_and_kept_with_it(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    url = f"{BASE}{draft.number}/"
    page = browse(mona).get(url).text
    assert (
        "does not say what was offered, why the customer did not accept it and how severe" in page
    )
    said = {"severity-1": "2", "offered-1": "a plan", "keep-1": "on", "line-version-1": 1}
    assert browse(mona).post(url, fields(draft, **said)).status_code == 302
    now = fresh(line)
    assert (now.severity, now.offered, now.wanted, now.version) == (2, "a plan", "money", 2)
    assert now.past.get().pgh_context.metadata["action"] == "edited"
    assert "does not say why the customer did not accept it." in browse(mona).get(url).text


def test_it_stays_in_the_letter_alone_if_it_is_not_to_be_kept(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    said = {"offered-1": "a plan", "line-version-1": 1}
    assert browse(mona).post(f"{BASE}{draft.number}/", fields(draft, **said)).status_code == 302
    assert (fresh(line).offered, draft.items.get().offered) == ("", "a plan")


def test_a_line_that_was_changed_meanwhile_is_a_conflict_that_loses_nothing(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    editing.edit(fresh(line), {"customer_ref": "SKY-1"}, version=1, by=mona)
    said = {"offered-1": "a plan", "keep-1": "on", "line-version-1": 1}
    answer = browse(mona).post(f"{BASE}{draft.number}/", fields(draft, **said))
    assert answer.status_code == 409
    assert f"Somebody changed line {line.number} meanwhile" in answer.text
    assert "a plan" in answer.text
    assert 'name="line-version-1" value="2"' in answer.text
    draft.refresh_from_db()
    assert (draft.version, fresh(line).offered) == (2, "")
    said["line-version-1"] = 2
    assert browse(mona).post(f"{BASE}{draft.number}/", fields(draft, **said)).status_code == 302
    assert fresh(line).offered == "a plan"


def test_a_letter_saved_by_another_manager_is_a_conflict_too(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    stale = fields(draft, subject="Mine")
    forwarding.change(draft, {"subject": "Theirs"}, {}, version=draft.version, by=mona)
    answer = browse(mona).post(f"{BASE}{draft.number}/", stale)
    assert answer.status_code == 409
    assert "Somebody saved this letter meanwhile" in answer.text
    assert f'name="version" value="{draft.version + 1}"' in answer.text


@pytest.mark.parametrize("wrong", [{"severity-1": "9"}, {"contact": "x"}, {"subject": ""}])
def test_what_cannot_be_is_said_in_the_letter(browse, mona, line, wrong):
    draft = letter_about([line], mona, send=False)
    answer = browse(mona).post(f"{BASE}{draft.number}/", fields(draft, **wrong))
    assert answer.status_code == 422
    assert "May we?" in answer.text


def test_a_void_line_is_not_asked_about(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    editing.void(fresh(line), reason="logged twice", version=1, by=mona)
    assert "does not say" not in browse(mona).get(f"{BASE}{draft.number}/").text


# A further round


def test_an_answered_line_goes_to_the_client_again_and_every_round_is_shown(browse, mona, line):
    first, _ = letter_about([line], mona)
    replying.record(first, [Reply(1, "do_this", "Once.")], name="Carla", key=uuid.uuid4(), by=mona)
    page = browse(mona).get(f"/p/skyline/log/{line.number}/").text
    assert "Ask the client again" in page
    assert "Ask again in a new letter" in browse(mona).get(f"{BASE}{first.number}/").text
    said = {"line": line.number, "key": uuid.uuid4()}
    draft = browse(mona).post(f"{BASE}write/", said, follow=True).text
    assert "round 2" in draft
    assert "Round 1" in draft
    assert "Once." in draft
    second = Forwarding.objects.get(state="draft")
    assert browse(mona).post(f"{BASE}{second.number}/", fields(second)).status_code == 302
    second.refresh_from_db()
    forwarding.send(second, version=second.version, by=mona)
    assert fresh(line).status == "forwarded"
    story = browse(mona).get(f"/p/skyline/log/{line.number}/").text
    assert ", round 2" in story
    assert ", round 1" in story
    assert "Ask the client again" not in story
    assert "Ask again in a new letter" not in browse(mona).get(f"{BASE}{first.number}/").text


def test_an_sme_does_not_write_to_the_client(browse, sam, mona, line):
    first, _ = letter_about([line], mona)
    replying.record(first, [Reply(1, "do_this", "Once.")], name="Carla", key=uuid.uuid4(), by=mona)
    assert "Ask the client again" not in browse(sam).get(f"/p/skyline/log/{line.number}/").text
    said = {"line": line.number, "key": uuid.uuid4()}
    assert browse(sam).post(f"{BASE}write/", said).status_code == 403


# Steps of a letter that come at the wrong moment or with nonsense


def test_steps_at_the_wrong_moment_change_nothing(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    url, version = f"{BASE}{draft.number}/", {"version": draft.version}
    for step in ("again/", "recall/"):
        said = {**version, "reason": "why not"}
        assert browse(mona).post(f"{url}{step}", said).status_code == 409
    sent = forwarding.send(draft, version=draft.version, by=mona)
    version = {"version": sent.version}
    assert browse(mona).post(f"{url}discard/", version).status_code == 409
    assert browse(mona).post(f"{url}send/", version).status_code == 409
    assert browse(mona).post(f"{url}recall/", version).status_code == 409  # without a reason
    assert browse(mona).post(f"{url}extend/", {**version, "until": "2001-01-01"}).status_code == 422
    assert browse(mona).post(f"{url}record/", {"name": "Carla"}).status_code == 422
    for contact in ("x", "999999999"):
        answer = browse(mona).post(f"{url}again/", {**version, "contact": contact})
        assert answer.status_code == 404
    assert browse(mona).get(f"{url}preview/").status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.version) == ("sent", version["version"])


def test_a_draft_is_laid_aside(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    answer = browse(mona).post(
        f"{BASE}{draft.number}/discard/", {"version": draft.version}, follow=True
    )
    assert "is laid aside" in answer.text
    assert fresh(line).status == "unresolved"


# The client's people


def test_somebody_is_put_on_the_list_changed_and_taken_off(browse, mona):
    said = {"name": "Carla", "duty": "fees", "email": "c@client.example", "key": uuid.uuid4()}
    for _ in range(2):  # a double click
        assert "Carla is on the list." in browse(mona).post(PEOPLE, said, follow=True).text
    contact = ClientContact.objects.get()
    url = f"{PEOPLE}{contact.pk}/"
    assert "Change Carla" in browse(mona).get(url).text
    changed = browse(mona).post(url, {**said, "name": "Carla B", "version": 1}, follow=True)
    assert "Carla B is saved." in changed.text
    stale = browse(mona).post(url, {**said, "name": "Carla C", "version": 1})
    assert stale.status_code == 409
    assert "Carla C" in stale.text
    assert 'name="version" value="2"' in stale.text
    assert browse(mona).post(f"{url}remove/", {"version": 1}).status_code == 409
    assert "is off the list" in browse(mona).post(f"{url}remove/", {"version": 2}, follow=True).text
    assert browse(mona).get(url).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"email": "x"}, "valid email"),
        ({"name": ""}, "required"),
        ({"email": "DESK@client.example"}, "on the list already"),
        ({"email": "a@b.example,c@d.example"}, "valid email"),
        ({"name": "A\r\nBcc: x@y.example"}, ""),
    ],
)
def test_who_cannot_get_a_letter_is_not_put_on_the_list(browse, mona, wrong, why):
    contact = contact_of(mona)
    said = {"name": "Carla", "email": "c@client.example", "key": uuid.uuid4(), **wrong}
    answer = browse(mona).post(PEOPLE, said)
    if why:
        assert answer.status_code == 422
        assert why in answer.text
        change = browse(mona).post(f"{PEOPLE}{contact.pk}/", {"version": 1, **said, "duty": ""})
        assert change.status_code in (302, 422)
    assert not ClientContact.objects.filter(name__contains="\n").exists()


def test_another_programs_people_are_not_there(browse, mona, olga):
    contact = contact_of(mona)
    assert browse(mona).get(f"/p/harbor/forwarding/contacts/{contact.pk}/").status_code == 404
    assert browse(olga).get(f"{PEOPLE}{contact.pk}/").status_code == 404

"""Who do I call now about this line, and the note that hands it on whole."""

from datetime import UTC, datetime, time

import pytest
from django.core.exceptions import PermissionDenied

from escalations import actions
from escalations.actions.handing_on import hand_on
from escalations.models import Escalation, Topic
from escalations.tests.factories import EscalationFactory, letter_about
from people.actions.contacts import remove_contact
from people.callnow import Matter, for_matter, topic_names
from people.models import ContactPoint, Message
from people.refusals import ActionRefused, StaleVersion, VersionMissing
from people.tests.factories import AgentFactory, ContactPointFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fraud(sam):
    return Topic.objects.create(
        program=sam.program, name="Fraud", slug="fraud", created_by=sam.user
    )


@pytest.fixture
def line(sam, fraud):
    return EscalationFactory(
        agent=AgentFactory(program=sam.program, name="Tina", employee_id="123456"),
        logged_by=sam.user,
        status="unresolved",
        concern="SIM moved to another phone",
        offered="a PIN",
        refused_because="says it was not him",
        wanted="his number back",
        severity=1,
        topic=fraud,
        customer_ref="SKY-7",
    )


@pytest.fixture
def matrix(skyline):
    """Desk for all, Night only from nine to six, Fraud for the topic, Director for the worst."""
    rows = {
        "Desk": {"email": "desk@floor.example"},
        "Fraud": {"topic": "fraud", "email": "fraud@client.example"},
        "Night": {"tier": 2, "from_time": time(21), "to_time": time(6)},
        "Director": {"tier": 3, "up_to_severity": 1},
        "Lead": {"tier": 3, "up_to_severity": 2},
    }
    return {
        name: ContactPointFactory(program=skyline, name=name, **facts)
        for name, facts in rows.items()
    }


def meant(skyline, **matter):
    contacts = ContactPoint.objects.current()
    found, others = for_matter(contacts, Matter(**matter), topic_names(skyline))
    assert len(found) + len(others) == 5
    return [contact.name for contact in found]


def test_the_tier_fits_severity_and_topic_the_very_topic_first(skyline, matrix, fraud):
    all_tiers = ["Fraud", "Desk", "Night", "Director", "Lead"]
    assert meant(skyline, severity=1, topic="fraud") == all_tiers
    assert meant(skyline, severity=2, topic="other") == ["Desk", "Night", "Lead"]
    assert meant(skyline, severity=4) == ["Desk", "Night"]
    assert meant(skyline) == ["Desk", "Night"]  # what nobody said is not the worst


def test_a_merged_topic_still_leads_to_its_people(skyline, matrix, fraud, sam):
    whole = Topic.objects.create(
        program=skyline, name="Takeovers", slug="takeovers", created_by=sam.user
    )
    Topic.objects.filter(pk=fraud.pk).update(merged_into=whole)
    assert meant(skyline, topic="takeovers") == ["Fraud", "Desk", "Night"]


def at(hour):
    """An instant by the clocks of Manila on 20 November 2026."""
    return datetime(2026, 11, 20, (hour - 8) % 24, 30, tzinfo=UTC)


@pytest.mark.parametrize(("hour", "is_night"), [(22, True), (1, True), (5, True), (12, False)])
def test_the_hour_counts_across_midnight(browse, sam, line, matrix, hour, is_night, time_machine):
    time_machine.move_to(at(hour))
    page = browse(sam).get(f"/p/skyline/log/{line.number}/call/").text
    later = page.index("Later") if "Later" in page else len(page)
    assert (page.index("Night") < later) is is_night
    assert page.index("Fraud") < page.index("Desk")
    assert "severity 1 worst" in page
    assert "never verified" in page


def test_one_key_on_the_sheet_leads_to_the_line_s_own_list(browse, sam, line, matrix):
    assert 'data-about-row="line"' in browse(sam).get("/p/skyline/log/").text
    answer = browse(sam).get(f"/p/skyline/people/now/?line={line.number}")
    assert answer["Location"] == f"/p/skyline/log/{line.number}/call/"
    assert browse(sam).get("/p/skyline/people/now/?line=²").status_code == 200


def test_the_general_list_can_be_asked_about_a_matter(browse, sam, matrix, fraud):
    page = browse(sam).get("/p/skyline/people/now/?severity=4&topic=fraud").text
    assert "For other matters (2)" in page
    assert '<option value="fraud" selected>Fraud</option>' in page
    assert browse(sam).get("/p/skyline/people/now/?severity=x&topic=%00").status_code == 200


def test_when_nobody_is_there_for_it_the_others_are_shown(browse, sam, line, skyline):
    page = f"/p/skyline/log/{line.number}/call/"
    assert "Ask your Operations Manager" in browse(sam).get(page).text
    ContactPointFactory(program=skyline, name="Only other", topic="something-else")
    assert "Nobody on the list is there for this" in browse(sam).get(page).text


def test_the_note_carries_the_whole_line_so_that_nothing_is_asked_twice(browse, sam, mona, line):
    letter, _ = letter_about([line], mona)
    page = browse(sam).get(f"/p/skyline/log/{line.number}/call/").text
    for words in (
        *("SIM moved to another phone", "a PIN", "says it was not him", "his number back"),
        *("SKY-7", "Tina / 123456", "Fraud", "1 worst", f"letter {letter.number}"),
        *("What about SIM moved to another phone?", "No answer yet."),
    ):
        assert words in page
    EscalationFactory(agent=line.agent, logged_by=sam.user, number=77_000)
    assert "not asked" in browse(sam).get("/p/skyline/log/77000/call/").text


def test_handing_on_mails_what_the_page_shows_and_is_told_in_the_story(browse, sam, line, matrix):
    url = f"/p/skyline/log/{line.number}/call/"
    said = {"contact": matrix["Fraud"].pk, "version": line.version}
    answer = browse(sam).post(url, said, follow=True)
    assert "The note is on its way to Fraud." in answer.text
    mail = Message.objects.get(kind="handover")
    assert mail.to_email == "fraud@client.example"
    assert "his number back" in mail.text
    assert "<dd>his number back</dd>" in mail.html
    assert "handed it on, with the note" in browse(sam).get(f"/p/skyline/log/{line.number}/").text
    assert browse(sam).post(url, said).status_code == 409  # a double click
    assert Message.objects.count() == 1


def test_what_cannot_be_handed_on_is_refused(browse, sam, mona, abe, line, matrix):
    with pytest.raises(PermissionDenied):
        hand_on(line, matrix["Fraud"], version=1, by=abe)
    with pytest.raises(VersionMissing):
        hand_on(line, matrix["Fraud"], version=None, by=sam)
    with pytest.raises(StaleVersion):
        hand_on(line, matrix["Fraud"], version=9, by=sam)
    with pytest.raises(ActionRefused, match="no address"):
        hand_on(line, matrix["Night"], version=1, by=sam)
    remove_contact(matrix["Fraud"], by=mona)
    with pytest.raises(ActionRefused, match="no address"):
        hand_on(line, matrix["Fraud"], version=1, by=sam)
    url = f"/p/skyline/log/{line.number}/call/"
    for contact in ("", "x", "999999999999999999999", str(matrix["Fraud"].pk)):
        assert browse(sam).post(url, {"contact": contact, "version": 1}).status_code == 404
    void = actions.void(line, reason="logged twice", version=1, by=mona)
    with pytest.raises(ActionRefused, match="void"):
        hand_on(void, matrix["Desk"], version=2, by=sam)
    assert not Message.objects.exists()


def test_a_mail_that_left_is_not_undone(sam, line, matrix):
    sent = hand_on(line, matrix["Desk"], version=1, by=sam)
    with pytest.raises(ActionRefused, match="not taken back"):
        actions.undo(Escalation.objects.get(pk=line.pk), version=sent.version, by=sam)


def test_a_manager_says_for_what_somebody_is_there(browse, mona, skyline, fraud):
    said = {"tier": 1, "name": "Desk", "phone": "1", "up_to_severity": "2", "topic": "fraud"}
    page = browse(mona).post("/p/skyline/people/contacts/", said, headers={"HX-Request": "true"})
    assert "severity 1 and 2, Fraud" in page.text
    contact = ContactPoint.objects.get()
    assert (contact.up_to_severity, contact.topic) == (2, "fraud")
    for wrong in ({"up_to_severity": "4"}, {"topic": "nowhere"}):
        answer = browse(mona).post("/p/skyline/people/contacts/", {**said, **wrong})
        assert answer.status_code == 422

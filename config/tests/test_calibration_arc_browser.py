"""The arc of calibration on the demo floor: from five different answers to one on the screen."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from calibration.models import BestPractice, PracticeUse, Session
from calibration.tests.sessionworld import answer_by_post
from config.demo import floor, nights
from escalations.actions import editing, forwarding
from escalations.models import ClientContact, Escalation, Forwarding
from people.actions.delivery import deliver_due
from people.models import Membership

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

HERE = "/p/skyline/"
SESSIONS = f"{HERE}calibration/sessions/"
RULED = "Ask for the proof of purchase, then unlock it the same day."
CLIENTS = "Unlock it after sixty days, without any proof."
OTHER_WORDS = "she wants the device unlocked so that another carrier works"


@pytest.fixture
def floor_of(monkeypatch, settings, base_url) -> dict[str, Membership]:
    """The people of a demo floor of sixteen nights, by username."""
    settings.SITE_URL = base_url
    monkeypatch.setattr(nights, "NIGHTS", 16)
    floor.load()
    members = Membership.objects.filter(program__slug="skyline").select_related("user", "program")
    return {member.user.username: member for member in members}


def hold_a_session(captain: Page, floor_of, browse, browse_as, smtp, axe) -> Session:
    captain.goto(f"{SESSIONS}new/?topic=device-unlock")
    for _ in range(3):
        captain.keyboard.press("j")
        captain.keyboard.press("x")
    captain.get_by_role("checkbox", name=re.compile("Liza")).uncheck()
    captain.get_by_role("button", name="Prepare it").click()
    captain.get_by_role("button", name="Open it").click()
    expect(captain.get_by_text("Who has answered")).to_be_visible()
    session = Session.objects.latest("pk")
    cases = session.cases.count()
    deliver_due("test")
    invited = [mail for mail in smtp.mails if f"/sessions/{session.number}/" in mail.text]
    assert len(invited) == 5
    for username, choice in (
        *(("sme2", "explain"), ("sme3", "explain")),
        *(("sme4", "hold policy"), ("sme5", "make an exception")),
    ):
        answer_by_post(browse(floor_of[username]), session.number, *[choice] * cases)
    page = browse_as(floor_of["sme"], f"{SESSIONS}{session.number}/")
    page.get_by_role("link", name="Answer case 1").click()
    for case in range(1, cases + 1):
        expect(page.get_by_role("heading", name=f"Case {case}")).to_be_visible()
        page.get_by_label("Transfer").check()
        page.get_by_label("How would you resolve it?").fill("Zebrafish handle it.")
        page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("All cases are answered").first).to_be_visible()
    captain.goto(f"{SESSIONS}{session.number}/")
    assert "Zebrafish" not in captain.content()
    captain.get_by_role("button", name="Reveal all answers").click()
    expect(captain.get_by_text("Zebrafish handle it.").first).to_be_visible()
    axe(captain)
    return session


def rule_and_draft(captain: Page, session: Session) -> BestPractice:
    for case in range(1, session.cases.count() + 1):
        box = captain.locator(f"#case-{case}")
        box.get_by_label("The ruling").select_option("explain")
        box.get_by_label("What is done").fill(RULED)
        box.get_by_label("Why", exact=True).fill("The device is theirs.")
        box.get_by_role("button", name=f"Rule on case {case}").click()
        expect(captain.locator(f"#case-{case} .ruled")).to_be_visible()
    captain.get_by_role("button", name="Conclude").click()
    captain.get_by_role("button", name="Draft the best practice").click()
    expect(captain).to_have_url(re.compile("/practices/"))
    return BestPractice.objects.latest("pk")


def use_it(page: Page, words: str, answer: str) -> Escalation:
    """Type a concern in other words, see the answer in force, take topic and answer by a key."""
    page.goto(f"{HERE}log/")
    expect(page.locator("#entry-agent")).to_be_focused()
    page.keyboard.type("Tina / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type(words)
    expect(page.locator("#known")).to_contain_text(answer)
    expect(page.locator("#entry-concern")).to_be_focused()
    page.keyboard.press("Alt+t")
    page.keyboard.press("Alt+u")
    expect(page.locator("#entry-resolution")).to_have_value(re.compile(re.escape(answer[:30])))
    page.keyboard.press("Enter")
    expect(page.locator("tbody.line", has_text=words)).to_be_visible()
    return Escalation.objects.get(concern=words)


def test_five_answers_become_one_and_the_client_has_the_last_word(
    floor_of, browse, browse_as, new_context, smtp, axe
):
    captain = browse_as(floor_of["captain"], "/")
    session = hold_a_session(captain, floor_of, browse, browse_as, smtp, axe)
    drafted = rule_and_draft(captain, session)
    captain.goto(f"{HERE}practices/{drafted.number}/")
    captain.get_by_role("button", name="Put in force").click()
    expect(captain.get_by_text("in force since").first).to_be_visible()
    axe(captain)

    sme = browse_as(floor_of["sme"], f"{HERE}practices/{drafted.number}/")
    sme.get_by_role("button", name="I have read it").click()
    sme.goto(f"{HERE}practices/{drafted.number}/")
    expect(sme.get_by_text("You have read it")).to_be_visible()
    line = use_it(sme, OTHER_WORDS, RULED)
    assert PracticeUse.objects.get(escalation=line).outcome == "used"
    captain.goto(f"{HERE}practices/{drafted.number}/")
    expect(captain.get_by_text("Used 1×")).to_be_visible()

    # The client is asked, answers by the link, and its word takes the captain's place.
    manager = browse_as(floor_of["manager"], f"{HERE}log/{line.number}/")
    letter = the_clients_answer(floor_of["manager"], line, smtp, new_context)
    manager.goto(f"{HERE}forwarding/{letter.number}/")
    manager.get_by_role("link", name=re.compile("Make it the topic")).click()
    expect(manager.get_by_label("Answer to the topic")).to_have_value("device-unlock")
    manager.get_by_role("button", name="Put in force").click()
    expect(manager.get_by_text("in force since").first).to_be_visible()
    axe(manager)
    newest = BestPractice.objects.latest("pk")
    drafted.refresh_from_db()
    assert (newest.authority, newest.state, newest.supersedes) == ("client", "in_force", drafted)
    assert drafted.state == "superseded"
    use_it(sme, f"{OTHER_WORDS}, again", CLIENTS)


def the_clients_answer(manager: Membership, line: Escalation, smtp, new_context) -> Forwarding:
    """A letter about the line, sent, and answered on the client's page."""

    line = editing.edit(line, {"status": "unresolved"}, version=line.version, by=manager)
    letter = forwarding.write([line], key=uuid4(), by=manager)
    contact = ClientContact.objects.filter(program=manager.program).first()
    item = letter.items.get()
    letter = forwarding.change(
        letter,
        {"contact": contact},
        {item.pk: {"question": "May we unlock without proof?", "concern": line.concern}},
        version=letter.version,
        by=manager,
    )
    letter = forwarding.send(letter, version=letter.version, by=manager)
    deliver_due("test")
    mail = next(mail for mail in smtp.mails if "May we unlock without proof?" in mail.text)
    client = new_context().new_page()
    client.goto(re.search(r"http\S+/reply/\S+/", mail.text)[0])
    client.get_by_label("Do this").check()
    client.get_by_label("In your words").fill(CLIENTS)
    client.get_by_role("button", name="Send my answer").click()
    expect(client.get_by_text("Nothing is left to do")).to_be_visible()
    return letter

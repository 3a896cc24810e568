"""First pages: what each role finds there, and that every number leads to exactly its rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calibration.actions.practice_ways import answer_from_letter
from calibration.actions.uses import record_use
from calibration.tests.factories import log, topic
from calibration.tests.practices import WORDS, answered, in_force
from calibration.tests.sessionworld import give, lines_of, make_session, revealed
from conftest import member
from escalations.models import Escalation, Forwarding
from escalations.tests.factories import FeedbackNoteFactory, a_line, letter_about
from people.models import Agent
from people.tests.factories import AgentFactory, MessageFactory
from reports.tests.startpage import START, figures, look, matters, primary_in, rows_at

pytestmark = pytest.mark.django_db


def hours_ago(hours: float):
    return timezone.now().replace(second=0, microsecond=0) - timedelta(hours=hours)


def number_of(line: Escalation) -> str:
    return f"Line {line.number}"


@pytest.fixture
def busy(skyline, sam, sol, cora, mona, abe):
    """Five of everything for sam, and one of each that is somebody else's."""
    for who, count in ((sam, 5), (sol, 1)):
        log(who, *["owes feedback"] * count, feedback="owed", occurred_at=hours_ago(60))
        log(who, *["promised a call"] * count, callback_at=hours_ago(2))
        log(who, "call later", callback_at=hours_ago(-90))
        log(who, *["the client spoke"] * count, status="answered", occurred_at=hours_ago(90))
        log(who, *["is mine"] * count, status="unresolved", owner=who.user)
        log(who, "logged twice", feedback="owed", status="void", void_reason="twice")
    fees = topic(cora, "Late fee", "fee one", "fee two", "fee three")
    make_session(fees, lines_of(fees), [cora.user, sam.user])
    return skyline


def test_an_sme_finds_what_is_theirs_the_customers_who_wait_first(busy, sam, browse):
    found = matters(look(browse(sam)))
    waits = ["calls", "answered", "given", "positions", "owed"]
    assert list(found) == waits
    counts = {slug: found[slug].count for slug in waits}
    assert counts == {"calls": "6", "answered": "5", "given": "5", "positions": "1", "owed": "5"}
    assert {len(found[slug].rows) for slug in waits if slug != "positions"} == {3}


@pytest.mark.parametrize("who", ["sam", "cora", "mona", "abe"])
def test_every_count_is_that_of_the_rows_it_leads_to(request, busy, who, browse):
    person, browser = request.getfixturevalue(who), browse(request.getfixturevalue(who))
    in_force(request.getfixturevalue("cora"), words={"title": "Breathe"})
    FeedbackNoteFactory(escalation=a_line(person, agent=Agent.objects.get(), feedback="given"))
    MessageFactory(program=busy, state="failed")
    counted = {slug: one for slug, one in matters(look(browser)).items() if one.count}
    assert counted
    for slug, one in counted.items():
        assert rows_at(browser, one.url, slug) == int(one.count), one.name


def test_every_row_leads_to_a_page(busy, sam, browse):
    browser = browse(sam)
    for one in matters(look(browser)).values():
        for _, url, _ in one.rows:
            assert browser.get(url).status_code == 200


def test_an_sme_opens_the_log_sheet_with_one_key(busy, sam, browse):
    page = look(browse(sam))
    button = page[page.index('class="btn start-log') :].split(">")[0]
    assert "btn-primary" in button
    assert 'data-key="l"' in button
    assert button.endswith("autofocus")
    assert 'href="/p/skyline/log/"' in button


def test_overdue_call_backs_say_so_and_the_oldest_feedback_is_first(sam, browse):
    late, soon = log(sam, "late", "soon", callback_at=hours_ago(3))
    Escalation.objects.filter(pk=soon.pk).update(callback_at=hours_ago(-3))
    old, _ = log(sam, "old", "new", feedback="owed")
    Escalation.objects.filter(pk=old.pk).update(occurred_at=hours_ago(100))
    found = matters(look(browse(sam)))
    assert [name for name, *_ in found["calls"].rows] == [number_of(late), number_of(soon)]
    assert "was due" in found["calls"].rows[0][2]
    assert "was due" not in found["calls"].rows[1][2]
    assert found["owed"].rows[0][1] == f"/p/skyline/feedback/{old.number}/"


def test_the_shifts_numbers_leave_void_lines_out_and_lead_to_the_others(sam, sol, browse):
    browser, now = browse(sam), sam.program.shift_bounds(sam.program.current_shift())[0]
    log(sam, "one", "two", occurred_at=now)
    log(sam, "slip", status="void", void_reason="twice", feedback="owed", occurred_at=now)
    log(sol, "three", status="unresolved", feedback="owed", occurred_at=now)
    log(sol, "of the shift before", occurred_at=now - timedelta(minutes=1))
    shown = figures(look(browser))
    assert {words: value for words, (value, _) in shown.items()} == {
        "logged by you": "2",
        "by the floor": "3",
        "unresolved": "1",
        "feedback owed": "1",
    }
    for value, url in shown.values():
        assert rows_at(browser, url) == int(value), url


def test_what_changed_is_since_the_last_shift_in_which_the_sme_logged(sam, cora, browse):
    before = in_force(cora, words={"title": "Breathe"})
    before.effective_from = hours_ago(24 * 20)
    before.save()
    in_force(cora, words={"title": "Listen"})
    day = sam.program.current_shift() - timedelta(days=6)
    log(sam, "a week ago", occurred_at=sam.program.shift_bounds(day)[0])
    page = look(browse(sam))
    assert f"Since your last shift, {day:%a} {day.day} {day:%b}" in page
    found = matters(page)["practices"]
    assert [name for name, *_ in found.rows] == ["Listen", "Breathe"]
    assert found.html.count(">new</span>") == 1


def test_a_best_practice_is_acknowledged_where_it_stands(sam, cora, browse):
    cards = [in_force(cora, words={"title": title}) for title in ("Breathe", "Listen")]
    browser = browse(sam)
    url = f"{START}start/read/{cards[0].number}/"
    part = browser.post(url, headers={"HX-Request": "true"}).content.decode()
    assert [name for name, *_ in matters(part)["practices"].rows] == ["Listen"]
    assert "You have read “Breathe”" in part
    answer = browser.post(f"{START}start/read/{cards[1].number}/")
    assert answer["Location"] == START
    page = look(browser)
    assert "practices" not in matters(page)
    assert "every best practice in force is read" in page
    last = browser.post(url, headers={"HX-Request": "true"}).content.decode()
    assert "You have read every best practice in force" in last


def test_revealed_sessions_are_news_for_who_was_asked_and_not_for_who_revealed(
    busy, sam, cora, browse
):
    revealed(make_session(topic(cora, "Box", "box one"), [], [sam.user]))
    assert [name for name, *_ in matters(look(browse(sam)))["revealed"].rows] == ["Box"]
    assert "revealed" not in matters(look(browse(cora)))


def test_the_captain_begins_with_the_session_that_needs_them_most(cora, sam, browse):
    for name, columns in (
        ("waiting", {}),
        ("prepared", {"state": "prepared", "opened_at": None}),
        ("late", {"deadline": hours_ago(5)}),
        ("all in", {}),
        ("to rule on", {"state": "revealed", "revealed_at": timezone.now()}),
    ):
        fees = topic(cora, name, f"{name} once", f"{name} twice")
        session = make_session(fees, lines_of(fees), [sam.user], **columns)
        if name == "all in":
            give(session, sam.user, "explain", "explain")
    browser = browse(cora)
    page = look(browser)
    found = matters(page)["sessions"]
    assert found.count == "5"
    assert [name for name, *_ in found.rows] == ["to rule on", "all in", "late"]
    assert rows_at(browser, found.url) == 5
    assert primary_in(page) == ["Rule"]
    assert '/sessions/5/">Rule<' in page


def test_the_captains_topics_gaps_and_reviews_come_once_the_page_stands(cora, sam, browse):
    fees = topic(cora, "Late fee", "fee one", "fee two")
    card = in_force(cora, topic(cora, "Box", "box one"))
    record_use(lines_of(card.topic)[0], outcome="did_not_fit", practice=card, reason="Old", by=sam)
    record_use(lines_of(fees)[0], outcome="nothing", by=sam)
    browser = browse(cora)
    url = f"{START}start/learning/"
    assert f'hx-get="{url}" hx-trigger="load"' in look(browser)
    part = browser.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    found = matters(part)
    assert list(found) == ["topics", "gaps", "review"]
    assert "Late fee" in [name for name, *_ in found["topics"].rows]
    assert "no answer in force" in found["topics"].html
    assert rows_at(browser, found["gaps"].url) == int(found["gaps"].count) == 1
    assert "1 did not fit lately" in found["review"].name
    assert "<h1>What to calibrate next</h1>" in look(browser, url)


def test_the_manager_sees_the_captains_work_and_no_button_for_it(busy, cora, mona, browse):
    found = matters(look(browse(mona)))
    assert found["sessions"].count == "1"
    assert "btn" not in found["sessions"].html
    part = matters(look(browse(mona), f"{START}start/learning/"))
    assert list(part) == ["topics"]
    assert "btn" not in part["topics"].html


def test_letters_stand_by_state_and_lead_to_those_letters(sam, mona, browse):
    first, second, third, fourth = (a_line(sam, number=n, status="unresolved") for n in range(1, 5))
    letter_about([first], mona, send=False)
    for line in (second, third):
        letter_about([line], mona)
    Forwarding.objects.filter(number=3).update(due_at=hours_ago(1))
    answered(fourth, mona)
    Forwarding.objects.filter(number=7).update(state="discarded")
    browser = browse(mona)
    found = matters(look(browser))["letters"]
    assert [(name, end) for name, _, end in found.rows] == [
        ("Overdue", "1"),
        ("Drafts", "1"),
        ("With the client", "2"),
    ]
    for _, url, end in found.rows:
        assert rows_at(browser, url) == int(end)


def test_the_clients_answer_asks_to_be_decided_until_a_best_practice_was_made_of_it(
    cora, sam, mona, browse
):
    fees = topic(cora, "Late fee", "fee one")
    item = answered(lines_of(fees)[0], mona)
    found = matters(look(browse(mona)))
    assert [name for name, *_ in found["decide"].rows] == ["Letter 7, question 1"]
    assert "Do this" in found["decide"].html
    answer_from_letter(item, words=WORDS, topic=fees, replacing=None, key=item.answers.get().key,
                       by=mona)  # fmt: skip
    assert "decide" not in matters(look(browse(mona)))


def test_more_is_asked_for_until_the_line_is_with_the_client_again(cora, mona, browse):
    line = log(cora, "fee one", status="unresolved")[0]
    item = answered(line, mona)
    item.answers.update(verdict="need_more")
    assert "Need more" in matters(look(browse(mona)))["decide"].html
    Escalation.objects.update(status="forwarded")
    assert "decide" not in matters(look(browse(mona)))
    item.answers.update(verdict="do_this", at=hours_ago(24 * 15))
    assert "decide" not in matters(look(browse(mona)))


def test_an_agent_reads_feedback_and_best_practices_and_nothing_else(busy, sam, cora, abe, browse):
    in_force(cora, words={"title": "Breathe"})
    agent = Agent.objects.get(user=abe.user)
    for who in (agent, AgentFactory(program=busy)):
        FeedbackNoteFactory(escalation=a_line(sam, agent=who, feedback="given"))
    page = look(browse(abe))
    found = matters(page)
    assert list(found) == ["feedback", "practices"]
    assert found["feedback"].count == "1"
    assert "/p/skyline/log/" not in page
    assert "How the shift goes" not in page
    assert "#my-note-" in found["feedback"].rows[0][1]


def test_an_agent_whose_sign_in_is_nobodys_reads_whom_to_ask(skyline, browse):
    page = look(browse(member("nobody", skyline, "agent")))
    assert "Ask the Operations Manager to link it" in page


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("sam", "feedback you owe"),
        ("cora", "No session, call-back or feedback waits for you"),
        ("mona", "cannot resolve"),
        ("abe", "Nothing is left to read"),
    ],
)
def test_a_bare_floor_says_what_will_be_here_and_one_thing_to_do(request, who, said, browse):
    page = look(browse(request.getfixturevalue(who)))
    assert said in page
    assert matters(page) == {}
    assert primary_in(page) == ([] if who == "abe" else ["Open the log sheet "])


def test_several_roles_are_one_page_the_managers_matters_first(busy, sam, browse):
    boss = member("boss", busy, "manager", "agent")
    log(boss, "promised", callback_at=hours_ago(1))
    AgentFactory(program=busy, employee_id="700009", name="Boss", user=boss.user)
    line = a_line(sam, agent=Agent.objects.get(name="Boss"), feedback="given")
    FeedbackNoteFactory(escalation=line)
    found = list(matters(look(browse(boss))))
    assert found[:4] == ["unresolved", "floor-calls", "calls", "feedback"]


def test_who_never_logged_is_not_asked_about_their_own_lines(busy, mona, browse):
    assert not {"calls", "answered"} & matters(look(browse(mona))).keys()

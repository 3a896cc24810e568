"""The pages of sessions: what stands on them for whom, and what a form gets for an answer."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from calibration.actions import preparing, sessions
from calibration.models import Position, Ruling, Session
from calibration.sessionview import read_revealed
from calibration.tests.factories import topic
from calibration.tests.sessionworld import give, lines_of, make_session, revealed, ruled
from people.tests.cardways import CARDS, left_of

pytestmark = pytest.mark.django_db

HOME = "/p/skyline/calibration/"


def page(browse, who, name="session", status=200, **parts):
    url = reverse(name, kwargs={"p": "skyline", "n": 1, **parts})
    response = browse(who).get(url)
    assert response.status_code == status
    return response.content.decode()


def send(browse, who, name, said=None, **parts):
    url = reverse(name, kwargs={"p": "skyline", "n": 1, **parts})
    return browse(who).post(url, said or {})


@pytest.fixture
def asked(cora, sam, sol):
    """An open session of three cases, asked of the captain and two SMEs."""
    late_fee = topic(cora, "Late fee", "waive the fee", "fee twice", "a fee again")
    return make_session(late_fee, lines_of(late_fee), [cora.user, sam.user, sol.user])


@pytest.fixture
def shown(asked, cora, sam, sol):
    """The same after the reveal: one case agreed, one split, one half."""
    give(asked, cora.user, "explain", "explain", "explain")
    give(asked, sam.user, "explain", "transfer", "explain", how="Sam’s way.")
    give(asked, sol.user, "explain", "hold policy", "transfer", how="Sol’s way.")
    return revealed(asked)


def test_the_largest_split_comes_first(shown, cora, browse):
    seen = read_revealed(shown, cora)
    assert [one.case.order for one in seen.cases] == [2, 3, 1]
    assert [len(group.positions) for group in seen.cases[1].groups] == [2, 1]
    text = page(browse, cora)
    assert text.index("Case 2") < text.index("Case 3") < text.index("Case 1")
    assert "Too few to say more" in text


def test_the_captain_says_which_answers_are_equal(shown, cora, browse):
    case = shown.cases.get(order=2)
    mine, sams, sols = case.positions.order_by("pk")
    said = {f"group-{mine.pk}": "1", f"group-{sams.pk}": "2", f"group-{sols.pk}": "2"}
    assert send(browse, cora, "session_groups", said, case=2).status_code == 302
    groups = read_revealed(shown, cora).cases[0].groups
    assert [[one.pk for one in group.positions] for group in groups] == [
        [sams.pk, sols.pk], [mine.pk],
    ]  # fmt: skip
    assert "transfer / hold policy" in page(browse, cora).lower()


def test_agreement_is_said_as_far_as_it_can_be(asked, cora, sam, sol, browse):
    for who in (cora, sam, sol):
        give(asked, who.user, "explain", "explain", "explain")
    revealed(asked)
    assert "All agreed" in page(browse, sam)


def test_a_match_with_the_rulings_is_for_oneself_and_the_captain(shown, cora, sam, sol, mona):
    ruled(shown, cora.user, "explain", "transfer")
    assert [(u.username, m.same) for u, m in read_revealed(shown, cora).matches] == [
        ("cora", 1), ("sam", 2), ("sol", 1),
    ]  # fmt: skip
    assert [user.username for user, _ in read_revealed(shown, sam).matches] == ["sam"]
    assert read_revealed(shown, mona).matches == []


def test_minutes_come_with_the_reveal(asked, cora, sam, browse):
    assert "There are minutes once" in page(browse, cora, "session_minutes", status=409)
    give(asked, cora.user, "explain", how="Line by line.")
    ruled(revealed(asked), cora.user, "explain")
    text = page(browse, sam, "session_minutes")
    assert "Ruling: Explain." in text
    assert "No ruling yet." in text


def test_an_answer_is_saved_case_by_case_and_resumed(asked, sam, browse):
    said = {"key": uuid.uuid4(), "version": 0, "disposition": "explain", "how": "Line by line."}
    answer = send(browse, sam, "session_answer", said, case=1)
    assert answer["Location"].endswith("/sessions/1/2/")
    text = page(browse, sam, "session_answer", case=1)
    assert "Line by line." in text
    assert "Answer case 2" in page(browse, sam)
    again = send(browse, sam, "session_answer", {**said, "key": uuid.uuid4(), "how": ""}, case=2)
    assert again.status_code == 422
    assert "Say how you would resolve it." in again.content.decode()


def test_two_tabs_show_both_answers(asked, sam, browse):
    key = uuid.uuid4()
    said = {"key": key, "version": 0, "disposition": "explain", "how": "In the first tab."}
    send(browse, sam, "session_answer", said, case=1)
    answer = send(browse, sam, "session_answer", {**said, "how": "In the second."}, case=1)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "In the first tab." in text
    assert "In the second." in text
    assert 'name="version" value="1"' in text


def test_an_answer_after_the_reveal_is_refused_in_words(shown, sam, browse):
    said = {"key": uuid.uuid4(), "version": 1, "disposition": "explain", "how": "Too late."}
    answer = send(browse, sam, "session_answer", said, case=1)
    assert answer.status_code == 409
    assert "answers are not taken any more" in answer.content.decode()
    assert not Position.objects.filter(how="Too late.").exists()


def test_no_card_number_is_kept(asked, cora, sam, browse):
    said = {"key": uuid.uuid4(), "version": 0, "disposition": "explain", "how": "", "why": ""}
    for case, number in enumerate(CARDS[:3], start=1):
        typed = {**said, "key": uuid.uuid4(), "how": f"Charge {number}", "why": f"On {number}"}
        assert send(browse, sam, "session_answer", typed, case=case).status_code == 302
    revealed(asked)
    for case, number in enumerate(CARDS[:3], start=1):
        words = {"how": f"By {number}", "reason": f"As {number}", "dissent": f"Some said {number}"}
        typed = {**said, "key": uuid.uuid4(), **words}
        assert send(browse, cora, "session_ruling", typed, case=case).status_code == 302
    given = Position.objects.values_list("how", "why")
    ruled_so = Ruling.objects.values_list("how", "reason", "dissent")
    kept = [*given, *ruled_so]
    assert len(kept) == 6
    for texts in kept:
        assert all("••" in text for text in texts)
        for number in CARDS:
            assert not any(left_of(number, text) for text in texts)


def test_a_ruling_two_captains_write_at_once_shows_both(shown, cora, browse):
    ruled(shown, cora.user, "explain")
    said = {"key": uuid.uuid4(), "version": 0, "disposition": "transfer", "reason": "Mine."}
    answer = send(browse, cora, "session_ruling", said, case=1)
    assert answer.status_code == 409
    assert "Fair." in answer.content.decode()
    assert send(browse, cora, "session_ruling", {**said, "version": 1}, case=1).status_code == 302
    assert Ruling.objects.get().disposition == "transfer"


def test_a_second_round_says_what_changed(shown, cora, sam, sol, browse):
    ruled(shown, cora.user, "explain", "explain", "explain")
    Session.objects.filter(pk=shown.pk).update(state="concluded", concluded_at=timezone.now())
    at = timezone.now() + timedelta(days=1)
    again = preparing.prepare_second_round(shown, deadline=at, key=uuid.uuid4(), by=cora)
    again = sessions.open_session(again, version=1, by=cora)
    assert [p.user for p in again.participants.all()] == [cora.user, sam.user, sol.user]
    for who in (cora, sam, sol):
        give(again, who.user, "explain", "explain", "explain")
    again = sessions.reveal(again, version=2, by=cora)
    change = read_revealed(again, cora).change
    assert (change.moved, change.answers, change.second.percent) == (3, 9, 1.0)
    assert "3 of 9 answers given in both rounds changed" in page(browse, sam, n=again.number)
    assert sessions.conclude(again, version=3, by=cora).state == "concluded"


def test_a_session_not_opened_is_the_captains_alone(asked, cora, sam, mona, browse):
    Session.objects.update(state="prepared", opened_at=None)
    for who in (sam, mona):
        page(browse, who, status=404)
    assert page(browse, cora, "session_prepare")


def test_calibration_begins_with_what_is_asked_of_one(asked, cora, sam, mona, browse):
    text = browse(sam).get(HOME).content.decode()
    assert "3 of 3 cases to answer" in text
    assert "What to calibrate next" not in text
    text = browse(cora).get(HOME).content.decode()
    assert "no answer in force" in text
    assert "Cora, Sam, Sol" in text
    assert browse(mona).get(HOME)["Location"] == f"{HOME}sessions/"


def test_an_empty_floor_says_what_will_be_here(cora, sam, browse):
    assert "No session yet." in browse(sam).get(f"{HOME}sessions/").content.decode()
    text = browse(cora).get(HOME).content.decode()
    assert "Nothing asks to be calibrated." in text
    assert "No SME has said that nothing is known." in text
    assert "there is none yet" in browse(cora).get(f"{HOME}sessions/new/").content.decode()


def test_the_captain_prepares_from_a_topics_lines(cora, sam, browse):
    late_fee = topic(cora, "Late fee", "waive the fee", "fee twice", "a fee again")
    url = f"{HOME}sessions/new/?topic=late-fee"
    wall = (timezone.now() + timedelta(days=2)).astimezone(cora.program.zone)
    said = {"key": uuid.uuid4(), "deadline": f"{wall:%Y-%m-%dT%H:%M}", "who": [sam.pk]}
    few = browse(cora).post(url, {**said, "line": [lines_of(late_fee)[0].number]})
    assert few.status_code == 409
    assert "3 to 10 cases" in few.content.decode()
    every = [line.number for line in lines_of(late_fee)]
    assert browse(cora).post(url, {**said, "line": every}).status_code == 302
    assert Session.objects.get().deadline == wall.replace(second=0, microsecond=0)
    past = {**said, "deadline": "2020-01-01T10:00", "line": every, "key": uuid.uuid4()}
    assert browse(cora).post(url, past).status_code == 422


def test_a_topics_page_says_how_its_sessions_agreed_and_what_changed(cora, sam, sol, browse):
    late_fee = topic(cora, "Late fee", *[f"fee number {n}" for n in range(10)])
    people = [cora.user, sam.user, sol.user]
    for other in ("transfer", "explain"):
        session = make_session(late_fee, lines_of(late_fee), people)
        for user, choice in zip(people, ("explain", "explain", other), strict=True):
            give(session, user, *["hold policy", *[choice] * 8, "transfer"])
        if other == "explain":
            Position.objects.filter(by=sol.user, case__session=session, case__order=2).update(
                disposition="transfer"
            )
        revealed(session)
    make_session(late_fee, lines_of(late_fee), people)
    text = browse(sam).get(f"{HOME}topics/late-fee/").content.decode()
    assert text.index("Session 3") < text.index("Session 2") < text.index("Session 1")
    assert text.count("of pairs chose the same") == 2
    assert "since the one before (95 % interval +" in text

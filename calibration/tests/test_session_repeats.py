"""A form sent twice, or from an old page, about a session: done once, or refused in words."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from calibration.actions import positions, preparing, rulings, sessions
from calibration.models import Case, Participant, Session
from calibration.tests.factories import log, topic
from calibration.tests.sessionworld import give, lines_of, make_session, revealed, ruled
from conftest import member
from escalations.models import Topic
from escalations.tests.crowd import at_once
from people.refusals import ActionRefused, KeyReused, StaleVersion

HOME = "/p/skyline/calibration/sessions/"
WALL = "%Y-%m-%dT%H:%M"
pytestmark = pytest.mark.django_db


@pytest.fixture
def late_fee(cora):
    return topic(cora, "Late fee", "waive the fee", "fee twice", "a fee again", "no fee")


@pytest.fixture
def at():
    return (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)


@pytest.fixture
def prepared(cora, sam, late_fee, at):
    key = uuid.uuid4()
    return preparing.prepare(late_fee, lines_of(late_fee), [sam], deadline=at, key=key, by=cora)


def form_of(session, program, **other):
    """What the page of a prepared session posts as it stands, some of it otherwise."""
    wall = session.deadline.astimezone(program.zone)
    said = {"version": session.version, "deadline": f"{wall:{WALL}}"}
    said["who"] = [
        program.memberships.get(user=user).pk
        for user in session.participants.values_list("user", flat=True)
    ]
    for case in session.cases.order_by("order"):
        said |= {f"{name}-{case.pk}": getattr(case, name) for name in preparing.TEXTS}
    return said | other


def test_the_same_key_with_anything_else_is_refused(prepared, cora, sam, sol, late_fee, at):
    lines, again = lines_of(late_fee), {"key": prepared.key, "by": cora}
    assert preparing.prepare(late_fee, lines, [sam], deadline=at, **again) == prepared
    with pytest.raises(KeyReused):
        preparing.prepare(late_fee, lines[:3], [sam], deadline=at, **again)
    with pytest.raises(KeyReused):
        preparing.prepare(late_fee, lines, [sam, sol], deadline=at, **again)
    later = at + timedelta(hours=1)
    with pytest.raises(KeyReused):
        preparing.prepare(late_fee, lines, [sam], deadline=later, **again)


def test_a_second_rounds_key_is_of_its_first_round(cora, sam, late_fee, at):
    now = timezone.now()
    done = {"state": "concluded", "revealed_at": now, "concluded_at": now}
    first, other = (
        make_session(late_fee, lines_of(late_fee), [sam.user], **done) for _ in range(2)
    )
    key = uuid.uuid4()
    again = preparing.prepare_second_round(first, deadline=at, key=key, by=cora)
    later = at + timedelta(hours=1)
    assert preparing.prepare_second_round(first, deadline=later, key=key, by=cora) == again
    with pytest.raises(KeyReused):
        preparing.prepare_second_round(other, deadline=at, key=key, by=cora)


def test_void_lines_are_no_cases(cora, sam, late_fee, at):
    line = log(cora, "logged by mistake", status="void", void_reason="Twice.")[0]
    line.topic = late_fee
    line.save()
    with pytest.raises(ActionRefused, match="void"):
        preparing.prepare(
            late_fee, lines_of(late_fee), [sam], deadline=at, key=uuid.uuid4(), by=cora
        )


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_session_one_answer_and_one_ruling(cora, sam, late_fee, at):
    key, lines = uuid.uuid4(), lines_of(late_fee)

    def twice(step):
        one, other = at_once(2, lambda _: step())
        assert one == other
        return one

    made = twice(lambda: preparing.prepare(late_fee, lines, [sam], deadline=at, key=key, by=cora))
    sessions.open_session(made, version=made.version, by=cora)
    case = made.cases.first().pk

    def fresh():
        return Case.objects.select_related("session").get(pk=case)

    said = {"disposition": "explain", "how": "Line by line.", "key": key}
    twice(lambda: positions.answer(fresh(), **said, why="", version=0, by=sam))
    revealed(Session.objects.get(pk=made.pk))
    more = {"reason": "Fair.", "dissent": "", "version": 0, "by": cora}
    twice(lambda: rulings.rule(fresh(), **said, **more))


def test_an_answers_key_of_another_program_is_refused_in_words(harbor, sam, olga, late_fee):
    line = log(olga, "a dropped call")[0]
    calls = Topic.objects.create(program=harbor, name="Calls", slug="calls", created_by=olga.user)
    there = make_session(calls, [line], [sam.user])
    user = member("sam", harbor, "sme")
    said = {"disposition": "explain", "how": "So.", "why": "", "key": uuid.uuid4(), "version": 0}
    positions.answer(there.cases.get(), **said, by=user)
    here = make_session(late_fee, lines_of(late_fee), [sam.user])
    with pytest.raises(KeyReused):
        positions.answer(here.cases.first(), **said, by=sam)


def test_a_stale_save_words_no_other_case(prepared, cora, sam, browse):
    first, second, *_ = prepared.cases.order_by("order")
    old = form_of(prepared, cora.program, **{f"concern-{second.pk}": "Without any names"})
    url = f"{HOME}1/prepare/"
    said = form_of(prepared, cora.program, **{f"leave-{first.pk}": "on"})
    assert browse(cora).post(url, said).status_code == 302
    stale = browse(cora).post(url, old)
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "Left out meanwhile" in text
    assert "Saved now: fee twice" in text
    again = {**old, "version": 2}
    assert browse(cora).post(url, again).status_code == 302
    words = prepared.cases.order_by("order").values_list("pk", "concern")
    assert words[0] == (second.pk, "Without any names")
    assert len(words) == 3


def test_an_equal_save_from_an_old_page_is_done(prepared, cora, sam, browse):
    Session.objects.filter(pk=prepared.pk).update(version=5)
    url, said = f"{HOME}1/prepare/", form_of(prepared, cora.program)
    assert browse(cora).post(url, said).status_code == 302
    prepared.refresh_from_db()
    assert prepared.version == 5


def test_opening_saves_what_was_typed_first_and_a_second_time_is_no_error(prepared, cora, browse):
    case = prepared.cases.first()
    url = f"{HOME}1/prepare/"
    said = form_of(prepared, cora.program, put="open", **{f"concern-{case.pk}": "No name"})
    for _ in range(2):
        assert browse(cora).post(url, said)["Location"].endswith("/sessions/1/")
    prepared.refresh_from_db()
    case.refresh_from_db()
    assert (prepared.state, case.concern) == ("open", "No name")


def test_what_cannot_be_opened_is_not_saved_either_and_nothing_typed_is_lost(
    prepared, cora, browse
):
    case = prepared.cases.first()
    said = form_of(prepared, cora.program, put="open", who=[], **{f"concern-{case.pk}": "No name"})
    refused = browse(cora).post(f"{HOME}1/prepare/", said)
    assert refused.status_code == 409
    assert "No name" in refused.content.decode()
    case.refresh_from_db()
    assert case.concern != "No name"


def test_a_second_rounds_cases_are_the_firsts(cora, sam, late_fee, at, browse):
    now = timezone.now()
    done = {"state": "concluded", "revealed_at": now, "concluded_at": now}
    first = make_session(late_fee, lines_of(late_fee), [sam.user], **done)
    again = preparing.prepare_second_round(first, deadline=at, key=uuid.uuid4(), by=cora)
    case = again.cases.first()
    more = {"people": [sam], "deadline": at, "version": 1, "by": cora}
    with pytest.raises(ActionRefused, match="cases of the first"):
        preparing.change(again, texts={}, without=[case.pk], **more)
    with pytest.raises(ActionRefused, match="cases of the first"):
        preparing.change(again, texts={case.pk: {"concern": "Other words"}}, **more)
    text = browse(cora).get(f"{HOME}{again.number}/prepare/").content.decode()
    assert "Leave this case out" not in text
    assert case.concern in text
    assert preparing.change(again, texts={}, **{**more, "people": [cora]}).version == 2


def test_a_stale_change_is_refused(prepared, cora, sol, at):
    with pytest.raises(StaleVersion):
        preparing.change(prepared, texts={}, people=[sol], deadline=at, version=7, by=cora)


def test_who_left_is_neither_asked_nor_missing_nor_told(prepared, cora, sam, sol, at):
    preparing.change(prepared, texts={}, people=[sam, sol], deadline=at, version=1, by=cora)
    sol.roles = ["agent"]
    sol.save()
    opened = sessions.open_session(prepared, version=2, by=cora)
    asked = Participant.objects.filter(session=opened)
    assert [(one.user, one.invited_at is not None) for one in asked] == [(sam.user, True)]
    give(opened, sam.user, "explain")
    sam.roles = []
    sam.save()
    assert not asked.missing().exists()
    with pytest.raises(ActionRefused, match="missing"):
        sessions.remind(opened, version=3, by=cora)
    assert not asked.exclude(reminded_at=None).exists()
    now = timezone.now()
    ruled(revealed(opened), cora.user, *["explain"] * 4)
    Session.objects.filter(pk=opened.pk).update(state="concluded", concluded_at=now)
    again = preparing.prepare_second_round(opened, deadline=at, key=uuid.uuid4(), by=cora)
    assert not again.participants.exists()

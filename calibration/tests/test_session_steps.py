"""Every step of a session × its state × who takes it, against one literal table."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from calibration.actions import positions, preparing, rulings
from calibration.actions import sessions as actions
from calibration.actions.session_steps import without_names
from calibration.models import SESSION_TRANSITIONS, Position, Session, SessionState
from calibration.tests.factories import log, topic
from calibration.tests.sessionworld import give, lines_of, make_session, revealed, ruled
from conftest import member
from people.actions.captain import appoint
from people.models import Notice
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing

pytestmark = pytest.mark.django_db

STATES = ("prepared", "open", "revealed", "concluded", "cancelled")

# action: the state after it, from each of STATES; "" is a refusal (409)
STEPS = {
    "change": ("prepared", "", "", "", ""),
    "open": ("open", "", "", "", ""),
    "ask": ("", "open", "", "", ""),
    "remind": ("", "open", "", "", ""),
    "answer": ("", "open", "", "", ""),
    "reveal": ("", "revealed", "", "", ""),
    "rule": ("", "", "revealed", "", ""),
    "group": ("", "", "revealed", "", ""),
    "attendance": ("", "", "revealed", "concluded", ""),
    "practice": ("", "", "revealed", "concluded", ""),
    "conclude": ("", "", "concluded", "", ""),
    "again": ("", "", "", "concluded", ""),
    "cancel": ("cancelled", "cancelled", "cancelled", "", ""),
}
MAY = {"sam": {"answer"}, "mona": set(), "abe": set()}


@pytest.fixture
def late_fee(cora):
    return topic(cora, "Late fee", "waive the fee", "fee twice", "a fee again")


@pytest.fixture
def asked(cora, sam, sol, late_fee):
    """An open session of three cases, asked of the captain and two SMEs."""
    return make_session(late_fee, lines_of(late_fee), [cora.user, sam.user, sol.user])


def in_state(session, state, captain):
    """The session as it stands in a state, everything done that leads there."""
    now = timezone.now()
    if state == "prepared":
        Session.objects.filter(pk=session.pk).update(state=state, opened_at=None)
    elif state == "cancelled":
        Session.objects.filter(pk=session.pk).update(state=state, cancelled_at=now, reason="No.")
    else:
        give(session, captain.user, "explain")
    if state in ("revealed", "concluded"):
        ruled(revealed(session), captain.user, *["explain"] * 3)
    if state == "concluded":
        Session.objects.filter(pk=session.pk).update(state=state, concluded_at=now)
    return Session.objects.select_related("topic").get(pk=session.pk)


def take(step, session, by):
    """One step, as a page would ask for it."""
    case, key, at = session.cases.first(), uuid.uuid4(), timezone.now() + timedelta(days=1)
    of = {"version": session.version, "by": by}
    steps = {
        "change": lambda: preparing.change(session, texts={}, people=[by], deadline=at, **of),
        "open": lambda: actions.open_session(session, **of),
        "ask": lambda: actions.ask_further(session, [], deadline=at, **of),
        "remind": lambda: actions.remind(session, **of),
        "answer": lambda: positions.answer(
            case, disposition="transfer", how="To billing.", why="", key=key,
            version=Position.objects.filter(case=case, by=by.user).count(), by=by,
        ),
        "reveal": lambda: actions.reveal(session, **of),
        "rule": lambda: rulings.rule(
            case, disposition="transfer", how="", reason="Fair.", dissent="", key=key,
            version=1, by=by,
        ),
        "group": lambda: rulings.group(case, {}, by=by),
        "attendance": lambda: actions.note_attendance(session, {by.user_id: True}, **of),
        "practice": lambda: rulings.draft_practice(session, key=key, by=by),
        "conclude": lambda: actions.conclude(session, **of),
        "again": lambda: preparing.prepare_second_round(session, deadline=at, key=key, by=by),
        "cancel": lambda: actions.cancel(session, reason="Not now.", **of),
    }  # fmt: skip
    return steps[step]()


@pytest.mark.parametrize("state", STATES)
def test_each_step_is_taken_in_its_states_only(state, asked, cora):
    session = in_state(asked, state, cora)
    for step, after in STEPS.items():
        wanted = after[STATES.index(state)]
        with undone():
            if wanted:
                take(step, session, cora)
            else:
                with pytest.raises(ActionRefused):
                    take(step, session, cora)
            now = Session.objects.get(pk=session.pk).state
            assert now == (wanted or state), step


@pytest.mark.parametrize("who", ["sam", "mona", "abe"])
def test_each_step_is_taken_by_its_roles_only(who, asked, cora, request):
    by = request.getfixturevalue(who)
    for state in ("prepared", "open", "revealed", "concluded"):
        with undone():
            session = in_state(asked, state, cora)
            for step in set(STEPS) - MAY[who]:
                with undone(), pytest.raises(PermissionDenied):
                    take(step, session, by)


class undone:  # noqa: N801  reads like what it is: with undone()
    """Whatever happens inside did not."""

    def __enter__(self):
        self.point = transaction.savepoint()

    def __exit__(self, *error):
        transaction.savepoint_rollback(self.point)


def test_the_table_of_moves_is_the_one_the_steps_take():
    moves = {state: set() for state in STATES}
    for after in STEPS.values():
        for state, to in zip(STATES, after, strict=True):
            moves[state] |= {to} - {state, ""}
    assert moves == {state: set(SESSION_TRANSITIONS[state]) for state in STATES}
    assert list(SESSION_TRANSITIONS) == SessionState.values


def prepared(cora, sam, late_fee, lines=None, **said):
    chosen = lines_of(late_fee) if lines is None else lines
    said = {"deadline": timezone.now() + timedelta(days=1), "key": uuid.uuid4(), **said}
    return preparing.prepare(late_fee, chosen, [sam, cora], by=cora, **said)


def test_names_are_out_of_the_cases(cora, sam, late_fee):
    line = lines_of(late_fee)[0]
    line.agent.name, line.agent.employee_id = "Bill Reyes", "448812"
    line.agent.save()
    line.concern = "Bill told Ana (ACC-77) that bill 448812 of bill reyes is due"
    line.customer_ref = "acc-77"
    line.save()
    case = prepared(cora, sam, late_fee).cases.get(escalation=line)
    assert case.concern == "[agent] told Ana ([customer]) that bill [agent] of [agent] is due"
    session = case.session
    texts = {case.pk: {"concern": "The agent told the customer of a bill"}}
    preparing.change(
        session, texts=texts, people=[sam], deadline=session.deadline, version=1, by=cora
    )
    case.refresh_from_db()
    assert case.concern == "The agent told the customer of a bill"
    assert [one.user for one in session.participants.all()] == [sam.user]


def test_a_name_goes_however_it_is_written_unless_it_is_a_word_as_well():
    hide = partial(without_names, employee_id="", customer_ref="")
    assert hide("tina said no, TINA hung up, Tina's lead", "Tina Cruz") == (
        "[agent] said no, [agent] hung up, [agent]'s lead"
    )
    assert hide("the remark of marko", "marko diaz") == "the remark of [agent]"
    said = "grace period: Grace will mark it, may call"
    assert hide(said, "Grace May") == "grace period: [agent] will mark it, may call"


def test_a_session_has_three_to_ten_cases_of_its_topic(cora, sam, late_fee):
    lines = lines_of(late_fee)
    with pytest.raises(ActionRefused, match="3 to 10"):
        prepared(cora, sam, late_fee, lines[:2])
    with pytest.raises(ActionRefused, match="not under the topic"):
        prepared(cora, sam, late_fee, [*lines, *log(cora, "another matter")])
    with pytest.raises(ActionRefused, match="past"):
        prepared(cora, sam, late_fee, deadline=timezone.now())
    session = prepared(cora, sam, late_fee)
    with pytest.raises(ActionRefused, match="3 to 10"):
        preparing.change(
            session, texts={}, without=[session.cases.first().pk], people=[sam],
            deadline=session.deadline, version=1, by=cora,
        )  # fmt: skip


def test_the_same_form_again_is_the_same_session(cora, sam, late_fee):
    key, form = uuid.uuid4(), {"deadline": timezone.now() + timedelta(days=1)}
    first = prepared(cora, sam, late_fee, key=key, **form)
    assert prepared(cora, sam, late_fee, key=key, **form) == first
    with pytest.raises(KeyReused):
        preparing.prepare(
            topic(cora, "Other", "x"), [], [sam], deadline=timezone.now(), key=key, by=cora
        )


def test_the_list_is_fixed_when_it_opens(cora, sam, late_fee):
    session = prepared(cora, sam, late_fee)
    cora.program.dispositions = ["say yes", "say no"]
    cora.program.save()
    actions.open_session(session, version=1, by=cora)
    cora.program.dispositions = ["say nothing"]
    cora.program.save()
    session.refresh_from_db()
    assert session.dispositions == ["say yes", "say no"]


def test_who_is_asked_is_told_once_and_reminded(cora, sam, sol, late_fee, smtp):
    session = prepared(cora, sam, late_fee)
    assert not Notice.objects.exists()
    session = actions.open_session(session, version=1, by=cora)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"sam", "cora"}
    until = session.deadline + timedelta(days=1)
    session = actions.ask_further(session, [sol], deadline=until, version=2, by=cora)
    assert Notice.objects.filter(user=sol.user, kind="session_opened").count() == 1
    give(session, sam.user, *["explain"] * 3)
    assert actions.remind(session, version=3, by=cora) == 2
    assert actions.remind(session, version=3, by=cora) == 0  # within the hour
    actions.reveal(session, version=3, by=cora)
    assert Notice.objects.filter(kind="session_revealed").count() == 3


def test_an_answer_is_changed_by_its_version(asked, sam):
    case, key = asked.cases.first(), uuid.uuid4()
    said = {"disposition": "explain", "how": "Line by line.", "why": "", "by": sam}
    given = positions.answer(case, **said, key=key, version=0)
    assert positions.answer(case, **said, key=key, version=0) == given  # an outbox that asks twice
    other = {**said, "how": "Otherwise.", "key": key}
    with pytest.raises(VersionMissing):
        positions.answer(case, **other, version=None)
    with pytest.raises(StaleVersion) as stale:
        positions.answer(case, **other, version=0)
    assert stale.value.theirs == given
    assert positions.answer(case, **other, version=1).version == 2
    with pytest.raises(KeyReused):
        positions.answer(asked.cases.last(), **other, version=0)
    with pytest.raises(ActionRefused, match="from the list"):
        positions.answer(case, **{**other, "disposition": "shout"}, version=2)


def test_who_is_not_asked_gives_no_answer(asked, cora):
    with pytest.raises(PermissionDenied, match="not asked"):
        take("answer", asked, member("late", cora.program, "sme"))


def test_another_captain_goes_on(asked, cora, sam, mona):
    give(asked, sam.user, "explain")
    appoint(sam, by=mona)
    sam = type(sam).objects.get(pk=sam.pk)
    actions.reveal(asked, version=1, by=sam)
    asked.refresh_from_db()
    assert asked.state == "revealed"

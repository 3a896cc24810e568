"""Before the reveal an answer is nobody else's: not on a page, in an export, a mail, a history."""

import io
import re

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.utils import timezone
from openpyxl import load_workbook

from calibration.actions import positions, sessions
from calibration.models import Position
from calibration.tests import sessionworld
from calibration.tests.factories import topic
from calibration.tests.sessionworld import give, lines_of, make_session, revealed
from config.tests.access import address, make_world, patterns
from config.tests.test_access import ROWS
from escalations.models import Topic
from people.models import Membership, Message
from people.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

HIDDEN = {"disposition": "transfer", "how": "Zebrafish handle it.", "why": "Quokka rule."}
OTHER = {"disposition": "explain", "how": "Say it line by line, twice.", "why": ""}
KEY = "7a1f0d3e-6c55-4b0e-9d5e-0d6a2f4f7c11"
MADE_ANEW = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|key)"[^>]* value="|X-CSRFToken": "|"token": ?")[\w-]+'
)
"""What a form makes for itself at every look."""
LEARNT = ("session", "calibration", "practice", "topic", "known")


@pytest.fixture
def world(db):
    """An open session in which the captain and `peer` have answered, and `sme` is to."""
    world = make_world()
    world.users["peer"] = UserFactory(username="peer")
    MembershipFactory(user=world.users["peer"], program=world.here.program, roles=["sme"])
    browser = Browser()
    browser.force_login(world.users["peer"])
    world.sessions["peer"] = {key: one.value for key, one in browser.cookies.items()}
    late_fee = Topic.objects.get(program=world.here.program)
    line = world.here.program.escalations.first()
    users = [world.users[who] for who in ("sme", "captain", "peer")]
    world.session = sessionworld.make_session(late_fee, [line], users)
    for who in ("captain", "peer"):
        give(world.session, world.users[who], "explain")
    return world


def asked_for(world):
    """(who, method, address): all of calibration as everybody, all of the site as who sees most."""
    for label, route, _ in patterns():
        is_learnt = label.startswith(LEARNT)
        url = address(label, route, world.here, pk=world.session.number if is_learnt else 0)
        for method in ROWS[label]:
            inside = ["captain", "manager", "peer"]
            others = ["agent", "admin"] if method == "GET" else []
            most = ["admin"] if label.startswith("admin") else inside[:2]
            for who in inside + others if is_learnt else most if method == "GET" else []:
                yield who, method, url
    for words in ("zebra", "transfer"):
        yield "captain", "GET", f"/p/skyline/log/?q={words}&shift=all"
        yield "captain", "GET", f"/p/skyline/log/export.csv?q={words}&shift=all"
        yield "captain", "GET", f"/p/skyline/practices/?q={words}"
        yield "captain", "GET", f"/p/skyline/calibration/known/?concern={words}"
        yield "captain", "GET", f"/p/skyline/calibration/topics/?q={words}"


def cells_of(workbook):
    """All that stands in the cells of all sheets of an .xlsx file."""
    sheets = load_workbook(io.BytesIO(workbook)).worksheets
    return "\n".join(
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
    ).encode()


def everything(world):
    """What everybody but the author gets from every address, what forms make anew left out."""
    seen = {}
    for who, method, url in asked_for(world):
        response = world.ask(who, method, url)
        body = response.getvalue() if response.streaming else response.content
        # A workbook has the second it is made, packed: it may even be a byte longer for that.
        is_packed = "spreadsheetml" in response.get("Content-Type", "")
        changing = {"Expires", "Date", *(["Content-Length"] if is_packed else [])}
        headers = sorted((k, v) for k, v in response.items() if k not in changing)
        body = cells_of(body) if is_packed and body else MADE_ANEW.sub(b"", body)
        seen[who, method, url] = (response.status_code, body, headers)
    return seen


def answer_as_sme(world, said):
    sme = Membership.objects.get(program=world.here.program, user=world.users["sme"])
    positions.answer(world.session.cases.get(), **said, key=KEY, version=0, by=sme)


def test_two_sessions_that_differ_in_a_hidden_choice_are_equal_to_the_byte(world, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    seen = []
    for said in (HIDDEN, OTHER):
        point = transaction.savepoint()
        answer_as_sme(world, said)
        seen.append(everything(world))
        transaction.savepoint_rollback(point)
    assert [key for key in seen[0] if seen[0][key] != seen[1][key]] == []
    page = seen[0]["captain", "GET", f"/p/skyline/calibration/sessions/{world.session.number}/"]
    assert b"Who has answered" in page[1]  # who has, and nothing else, is what a captain sees
    assert any(b"!A1 " in body for _, body, _ in seen[0].values()), "no workbook was read"
    for status, body, headers in seen[0].values():
        assert b"Zebrafish" not in body, (status, headers)


def test_every_table_but_one_and_every_mail_is_silent_about_it(world):
    """History, queue, notices and contexts included; changed twice, reminded, called off."""
    answer_as_sme(world, HIDDEN)
    sme = Membership.objects.get(program=world.here.program, user=world.users["sme"])
    again = {**HIDDEN, "how": "Zebrafish, once more."}
    positions.answer(world.session.cases.get(), **again, key=KEY, version=1, by=sme)
    captain = Membership.objects.get(program=world.here.program, user=world.users["captain"])
    peer = UserFactory(username="late")
    late = MembershipFactory(user=peer, program=world.here.program, roles=["sme"])
    at = world.session.deadline
    asked = sessions.ask_further(world.session, [late], deadline=at, version=1, by=captain)
    sessions.remind(asked, version=2, by=captain)
    sessions.cancel(asked, reason="Another time.", version=2, by=captain)
    assert Message.objects.filter(about=f"session:{world.session.pk}").count() >= 3
    telling = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            out = io.StringIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
            if re.search("Zebrafish|Quokka|transfer\t", out.getvalue()):
                telling.add(table)
    assert telling == {"calibration_position"}


@pytest.mark.parametrize("state", ["open", "cancelled"])
def test_nobody_but_the_author_sees_an_answer_before_the_reveal(state, cora, sam, sol, mona, abe):
    late_fee = topic(cora, "Late fee", "waive the fee")
    session = make_session(late_fee, lines_of(late_fee), [cora.user, sam.user, sol.user])
    given = give(session, sam.user, "transfer")
    if state == "cancelled":
        sessions.cancel(session, reason="Not now.", version=1, by=cora)
    for who in (cora, sol, mona, abe):
        assert list(Position.objects.visible_to(who)) == [], who
    assert list(Position.objects.visible_to(sam)) == given


def test_from_the_reveal_on_who_reads_the_log_sees_every_answer(
    cora, sam, sol, mona, abe, olga, browse
):
    late_fee = topic(cora, "Late fee", "waive the fee")
    session = make_session(late_fee, lines_of(late_fee), [cora.user, sam.user, sol.user])
    given = give(session, sam.user, "transfer", how="Zebrafish handle it.")
    url = f"/p/skyline/calibration/sessions/{session.number}/"
    assert "Zebrafish" not in browse(sol).get(url).content.decode()
    revealed(session)
    for who in (cora, sam, sol, mona):
        assert list(Position.objects.visible_to(who)) == given
        assert "Zebrafish" in browse(who).get(url).content.decode(), who
    for who in (abe, olga):
        assert list(Position.objects.visible_to(who)) == []


def test_no_admin_page_shows_what_calibration_stores():
    from people.admin import site

    assert not [m for m in site._registry if m._meta.app_label == "calibration"]

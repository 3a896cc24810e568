"""The shift board: each number leads to its rows, no name is on it, 304 while it is the same."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalations import actions
from escalations.actions import topics
from escalations.filters import SheetFilter
from escalations.followlist import FollowUpFilter
from escalations.models import Escalation
from escalations.tests.factories import a_line
from people.tests.factories import AgentFactory
from reports.board.board import SHORT, read_board
from reports.board.picture import picture
from reports.board.reading import LAST
from reports.board.rising import RULE
from reports.board.words import words_of
from reports.definitions.others import OVERDUE
from reports.tests.factories import CallVolumeFactory

pytestmark = pytest.mark.django_db

BOARD = "/p/skyline/board/"
POLL = {"HX-Request": "true"}


@pytest.fixture
def floor(sam, cora):
    """Tonight: seven lines in every state, five of them late fees; two nights before: one each."""
    program = sam.program
    fees = topics.create("Late fees", by=cora).topic
    starts = program.shift_bounds(program.current_shift())[0]
    agent = AgentFactory(program=program, name="Tina Cruz", employee_id="123456")
    facts = {"agent": agent, "topic": fees}
    for number in range(5):
        status, feedback = ("unresolved", "owed") if number < 2 else ("resolved", "given")
        a_line(
            sam, number=number + 1, occurred_at=starts, status=status, feedback=feedback, **facts
        )
    a_line(sam, number=6, occurred_at=starts, status="void", feedback="owed", **facts)
    a_line(sam, number=7, occurred_at=starts, agent=agent, concern="Tina hung up: ref SKY-1",
           customer_ref="SKY-1", callback_at=starts - timedelta(hours=2))  # fmt: skip
    for back in (1, 2):
        at = starts - timedelta(days=back)
        late = {"callback_at": at, "status": "unresolved", "feedback": "owed"}
        a_line(sam, number=7 + back, occurred_at=at, agent=agent, **late)
    a_line(sam, number=10, occurred_at=starts - timedelta(days=28), agent=agent)
    return program


def rows_behind(href, member):
    """How many rows an address of the log or of the follow-ups shows."""
    asked = QueryDict(urlsplit(href).query)
    if "/follow-ups/" in href:
        page = FollowUpFilter(asked, member).page()
        return len(page.lines)
    sheet = SheetFilter(asked, member.program, member)
    assert not sheet.errors
    return sheet.rows(member).count()


def test_each_number_leads_to_exactly_its_rows(floor, sam):
    board = read_board(floor, timezone.now())
    tiles = {tile.slug: tile for tile in words_of(board, floor).tiles}
    said = {slug: tile.big for slug, tile in tiles.items()}
    assert said == {"logged": "6", "unresolved": "2", "owed": "2", "overdue": "3", "usual": "0"}
    for slug in ("logged", "unresolved", "owed", "overdue"):
        assert rows_behind(tiles[slug].href, sam) == int(said[slug]), slug
    (rising,) = board.rising
    assert (rising.slug, rising.lines, rising.mean_said) == ("late-fees", 5, "0")
    assert rows_behind(f"/p/skyline/log/?shift={board.day}&topic={rising.slug}", sam) == 5
    assert sum(board.hours) == board.logged
    hours = [mark.href for mark in picture(board, "/p/skyline/log/").marks if mark.href]
    assert len(hours) == board.place + 1
    assert [rows_behind(href, sam) for href in hours] == list(board.hours[: len(hours)])
    CallVolumeFactory(program=floor, hour=board.starts, calls=200)
    rate = words_of(read_board(floor, timezone.now()), floor).tiles[-1]
    assert (rate.big, rate.below) == ("3 %", "6 of 200 calls")
    assert rows_behind(rate.href, sam) == 6


def test_nobodys_name_and_no_reference_stands_on_it(floor, sam, browse):
    a_line(sam, number=11, occurred_at=Escalation.objects.get(number=1).occurred_at,
           agent=AgentFactory(program=floor, name="Joan"), concern="x" * 400)  # fmt: skip
    page = browse(sam).get(BOARD).content.decode()
    board = page[page.index('<main id="board"') :]
    for hidden in ("Tina", "Cruz", "123456", "SKY-1", "Joan"):
        assert hidden not in board
    assert not re.search(rf"\b{sam.user.name}\b", board)
    assert "[agent] hung up: ref [customer]" in board
    assert f"{'x' * (SHORT - 1)}…" in board


def test_it_shows_the_newest_lines_that_are_not_void(floor):
    board = read_board(floor, timezone.now())
    assert [line.number for line in board.last] == [7, 5, 4, 3, 2, 1][:LAST]


def test_what_is_counted_is_said_beside_it(floor, sam, browse):
    page = browse(sam).get(BOARD).content.decode()
    for said in (OVERDUE.rule, RULE, "Lines of this shift, void ones left out."):
        assert said in page
    assert page.count('role="tooltip"') == 6
    assert "Board · Skyline Cable" in page
    assert '<header class="top">' not in page


def test_asked_again_it_is_304_until_something_changes(floor, sam, cora, browse, monkeypatch):
    now = floor.shift_bounds(floor.current_shift())[0] + timedelta(minutes=1)
    monkeypatch.setattr("reports.views.board.timezone.now", lambda: now)
    browser = browse(sam)
    tag = browser.get(BOARD, headers=POLL)["ETag"]

    def again():
        nonlocal tag
        answer = browser.get(BOARD, headers={**POLL, "If-None-Match": tag})
        if answer.status_code == 304:
            assert answer.content == b""
            return "same"
        assert answer.content.lstrip().startswith(b"<header")
        tag = answer["ETag"]
        return "changed"

    assert again() == "same"
    line = Escalation.objects.get(number=2)
    for change in ({"concern": "late fee again"}, {"status": "resolved"}):
        line = actions.edit(line, change, version=line.version, by=cora)
        assert [again(), again()] == ["changed", "same"], change
    actions.void(line, reason="twice", version=line.version, by=cora)
    assert [again(), again()] == ["changed", "same"]
    past = Escalation.objects.get(number=8)
    actions.void(past, reason="twice", version=1, by=cora)
    assert [again(), again()] == ["changed", "same"], "a night before, and a call-back less"
    now += timedelta(minutes=2)
    assert again() == "same"
    now += timedelta(minutes=5)
    assert again() == "changed", "usually there are others by now"
    now += timedelta(days=1)
    assert again() == "changed"
    assert b"Nothing was logged in this shift yet." in browser.get(BOARD, headers=POLL).content


def test_a_call_back_becomes_overdue_by_time_alone(floor, sam):
    now = timezone.now()
    before = read_board(floor, now)
    Escalation.objects.filter(number=10).update(callback_at=now + timedelta(hours=1))
    assert read_board(floor, now).overdue == before.overdue
    Escalation.objects.filter(number=10).update(callback_at=now - timedelta(seconds=1))
    late = read_board(floor, now)
    assert (late.overdue, late.tag != before.tag) == (before.overdue + 1, True)


def test_another_programs_lines_are_not_on_it(floor, olga):
    now = timezone.now()
    board = read_board(floor, now)
    a_line(olga, occurred_at=now, callback_at=now - timedelta(hours=1), status="unresolved")
    assert read_board(floor, now).tag == board.tag
    assert read_board(olga.program, now).logged == 1


def test_it_asks_as_much_with_many_lines_and_topics(floor, sam, cora, browse):
    browser = browse(sam)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(BOARD).status_code == 200
        return len(queries)

    browser.get(BOARD)
    few = asked()
    starts = floor.shift_bounds(floor.current_shift())[0]
    for name in ("Boxes", "Bills", "Fraud"):
        topic = topics.create(name, by=cora).topic
        for _ in range(5):
            a_line(sam, number=100 + Escalation.objects.count(), occurred_at=starts, topic=topic)
    assert asked() == few <= 12


def test_dark_unless_light_is_asked_for(sam, browse):
    for query, theme in (("", "dark"), ("?theme=light", "light"), ("?theme=<b>", "dark")):
        page = browse(sam).get(BOARD + query).content.decode()
        assert re.search(r'<html lang="en" data-theme="(\w+)"', page)[1] == theme

"""What a sheet reads by kept statements is what its querysets say, whatever was asked before."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.http import QueryDict
from django.utils import timezone

from escalations.filters import CAP, SheetFilter
from escalations.models import Escalation
from escalations.paging import Cursor, page_of
from escalations.readysheet import narrowed, read_count, read_page
from escalations.tests.factories import EscalationFactory
from people.compiled import compiled
from people.tests.factories import AgentFactory

ASKED = (
    {"shift": "all"},
    {"agent": "ab-1"},
    {"status": "unresolved"},
    {"feedback": "owed"},
    {"by": "SAM"},
    {"topic": "none"},
    {"from": "2026-11-18", "to": "2026-11-19"},
)
OTHERS = {"agent": "AB-2", "status": "void", "feedback": "given", "by": "sol", "to": "2026-11-18"}


@pytest.fixture
def busy(sam, sol):
    """140 lines over three days: of two agents whose IDs differ by case, by two people."""
    agents = [AgentFactory(program=sam.program, employee_id=name) for name in ("AB-1", "ab-1")]
    now = timezone.now().replace(year=2026, month=11, day=20)
    for n in range(140):
        status = ("unresolved", "resolved", "void")[n % 7 % 3]
        EscalationFactory(
            agent=agents[n % 2],
            logged_by=(sam, sol, sam)[n % 3].user,
            number=n + 1,
            occurred_at=now - timedelta(minutes=n // 2 * 60),
            status=status,
            void_reason="twice" if status == "void" else "",
            feedback=("none", "owed", "given")[n % 5 % 3],
        )
    return sam


def asked_by(member, **said):
    query = QueryDict(mutable=True)
    query.update({"shift": "all", **said})
    return SheetFilter(query, member.program)


def the_same(member, asked, cursor=None):
    lines = narrowed(Escalation.objects.visible_to(member), asked.values, member.program)
    assert not asked.errors
    page = read_page(member.program, asked.values, cursor)
    assert page == page_of(lines, cursor)
    assert read_count(member.program, asked.values, CAP) == lines.capped_count(CAP)
    assert read_count(member.program, asked.values, 3) == lines.capped_count(3)
    return page


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_few_filters_leave_the_same_lines_one_by_one_and_page_by_page(busy, count):
    for some in combinations(ASKED, count):
        said = {name: value for one in some for name, value in one.items()}
        first = the_same(busy, asked_by(busy, **said))
        the_same(busy, asked_by(busy, **{name: OTHERS.get(name, said[name]) for name in said}))
        if first.older:
            second = the_same(busy, asked_by(busy, **said), first.older)
            again = the_same(busy, asked_by(busy, **said), second.newer)
            assert again.lines == first.lines


def test_the_totals_are_those_of_the_queryset(busy, olga):
    for day in ("2026-11-18", "2026-11-19", "2026-11-20", "2020-01-01"):
        asked = SheetFilter(QueryDict(f"shift={day}&status=void"), busy.program)
        lines = Escalation.objects.visible_to(busy).between(asked.span.start, asked.span.end)
        assert asked.totals(busy).all == lines.totals()
    assert SheetFilter(QueryDict(), olga.program).totals(olga).all["logged"] == 0


def test_who_may_not_read_the_log_reads_nothing(busy, abe):
    asked = asked_by(abe)
    assert asked.found(abe).page.lines == []
    assert asked.found(abe).count == 0
    assert set(asked.totals(abe).all.values()) == {0}
    assert len(asked.found(busy).page.lines) == 50


def test_nobody_sees_the_lines_of_another_program(busy, olga):
    assert asked_by(busy).found(busy).count == 140
    assert asked_by(olga).found(olga).page.lines == []


def test_a_cursor_of_the_far_past_or_future_finds_the_end(busy):
    for newer in (False, True):
        for days in (-40_000, 40_000):
            cursor = Cursor(timezone.now() + timedelta(days=days), 7, newer)
            the_same(busy, asked_by(busy), cursor)


def test_a_question_is_compiled_once_for_each_set_of_values(db):
    times = []

    def build(values):
        times.append(sorted(values))
        return Escalation.objects.filter(**values).values("pk")

    sql, params = compiled(build, {"number": 7, "concern": "%s"})
    assert params == [7, "%s"] or params == ["%s", 7]
    assert compiled(build, {"concern": "fee", "number": 8})[0] == sql
    assert compiled(build, {"concern": "fee"})[1] == ["fee"]
    assert times == [["concern", "number"], ["concern"]]


def test_a_question_that_looks_at_its_values_is_refused(db):
    def build(values):
        return Escalation.objects.filter(concern=values["concern"].upper() + "!")

    with pytest.raises(TypeError, match="does not ask for"):
        compiled(build, {"concern": "fee"})

"""An unresolved line that was given to somebody stands first where they look for what is theirs."""

import pytest

from conftest import member
from escalations.actions import owning
from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.models import Notice
from people.tests.factories import AgentFactory

FOLLOW_UPS = "/p/skyline/follow-ups/"


@pytest.fixture
def lines(sam):
    agent = AgentFactory(program=sam.program)
    facts = {"agent": agent, "logged_by": sam.user, "status": "unresolved"}
    return [
        EscalationFactory(concern="mild and early", severity=4, **facts),
        EscalationFactory(concern="worst", severity=1, **facts),
        EscalationFactory(concern="nobody’s", **facts),
    ]


def test_an_sme_finds_the_lines_given_to_them_the_worst_first(lines, mona, sol, browse):
    owning.give(lines[:2], sol, by=mona)
    assert Notice.objects.get(user=sol.user).link == f"{FOLLOW_UPS}#mine"
    page = browse(sol).get(FOLLOW_UPS)
    assert [one.line.concern for one in page.context["mine"]] == ["worst", "mild and early"]
    assert "Given to me: 2 unresolved lines" in page.text
    Escalation.objects.filter(pk=lines[1].pk).update(status="resolved")
    assert "Given to me: 1 unresolved line<" in browse(sol).get(FOLLOW_UPS).text


def test_nobody_else_is_shown_them(lines, mona, sam, sol, browse):
    owning.give(lines[:2], sol, by=mona)
    assert "Given to me" not in browse(sam).get(FOLLOW_UPS).text
    assert "Given to me" not in browse(sol).get(f"{FOLLOW_UPS}?state=done").text


def test_a_manager_finds_them_on_the_page_of_forwarding(lines, mona, browse):
    mary = member("mary", mona.program, "manager")
    owning.give(lines[:2], mary, by=mona)
    page = browse(mary).get(Notice.objects.get(user=mary.user).link)
    assert [one.line.concern for one in page.context["page"].lines] == ["worst", "mild and early"]

"""The demo floor: believable, made only where it belongs, and gone without a trace."""

from io import StringIO

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.utils import timezone

from config.demo import nights, removal
from config.demo.people import PASSWORD, SIGN_INS
from escalations import actions
from escalations.models import Escalation
from people.agentwords import match_agent
from people.models import Agent, CaptainAppointment, Client, Membership, Program, User
from people.tests.factories import MembershipFactory, ProgramFactory, UserFactory


def demo(*words: str) -> str:
    """What `manage.py demo …` says."""
    said = StringIO()
    call_command("demo", *words, stdout=said)
    return said.getvalue()


def load(*words: str) -> str:
    return demo("load", "--beside-database-url", *words)


@pytest.fixture
def few_nights(monkeypatch):
    monkeypatch.setattr(nights, "NIGHTS", 4)


def every_row() -> dict[str, int]:
    """How many rows each table has; what the demo may leave behind is in none of them."""
    return {
        m._meta.label: m._base_manager.count()
        for m in apps.get_models(include_auto_created=True)
        if m._meta.managed and not m._meta.proxy
    }


def member(username: str, slug: str) -> Membership:
    return Membership.objects.get(user__username=username, program__slug=slug)


def test_loading_twice_changes_nothing(few_nights, db):
    assert "is ready" in load()
    before = every_row()
    assert "nothing was changed" in load()
    assert every_row() == before


def test_the_same_night_is_made_each_time(few_nights):
    made = [
        nights.all_nights(timezone.now().date(), ["1", "2"], lambda wall, day: timezone.now())
        for _ in range(2)
    ]
    first, second = ([line.words["concern"] for line in night] for night in made)
    assert first == second


def test_everybody_signs_in_with_the_one_password(few_nights, db):
    load()
    for who in SIGN_INS:
        browser = Browser()
        assert browser.login(username=who.username, password=PASSWORD), who.username
    assert member("captain", "skyline").is_captain
    assert member("manager", "harbor").may("import")
    assert member("agent", "skyline").user.agent_records.get().employee_id == "234567"
    assert not Membership.objects.filter(user__username="outsider", program__slug="skyline")
    assert not Membership.objects.filter(user__username="admin").exists()
    assert not Escalation.objects.filter(program__slug="harbor").exists()
    assert not Agent.objects.filter(program__slug="harbor").exists()


def test_the_floor_is_not_made_beside_a_database_url_unless_told_so(db):
    with pytest.raises(CommandError, match="only made beside the embedded database"):
        demo("load")
    assert not User.objects.exists()


def test_the_embedded_database_needs_no_further_words(few_nights, db, monkeypatch):
    monkeypatch.setattr("config.management.commands.demo.is_embedded", lambda: True)
    assert "tala-demo" in demo("load")


def test_names_that_are_taken_are_left_alone(db):
    UserFactory(username="sme")
    ProgramFactory(slug="harbor")
    with pytest.raises(CommandError, match="taken here: sme, harbor"):
        load()
    assert User.objects.count() == 1


def test_removing_what_is_not_there_is_refused(skyline):
    with pytest.raises(CommandError, match="no demo floor"):
        demo("remove")
    assert Program.objects.count() == 1


def test_removing_takes_all_of_it_and_nothing_else(few_nights, olga, browse):
    Program.objects.update(slug="harbor-two")
    Client.objects.update(name="Harbor Two")
    before = every_row()
    load()
    busy_night()
    said = demo("remove")
    assert "Removed the demo floor" in said
    assert "escalations" in said
    assert every_row() == before
    assert Program.objects.get() == olga.program


def busy_night() -> None:
    """What people do on the demo floor after it was loaded."""
    sme, captain = member("sme", "skyline"), member("captain", "skyline")
    line = actions.log(
        actions.NewLine(occurred_at=timezone.now(), concern="new since"),
        agent=match_agent("Nina / 990001", sme.program),
        key="6f2d2c1e-1111-4222-8333-944444444444",
        digest="d",
        by=sme,
    )
    actions.void(line, reason="only a try", version=1, by=captain)
    assert Browser().login(username="sme", password=PASSWORD)
    assert Session.objects.exists()
    MembershipFactory(user=sme.user, program=Program.objects.get(slug="harbor"))
    sme.program.invitations.create(
        email="new@floor.example", name="New", roles=["sme"], invited_by=captain.user
    )
    batch = sme.program.imports.create(
        by=captain.user, source_name="x.csv", sha256="0" * 64, shift=timezone.now().date()
    )
    batch.rows.create(number=1, line=line)
    batch.agents.add(line.agent)
    CaptainAppointment.objects.current().update(ended_at=timezone.now(), ended_by=captain.user)


def test_a_demo_person_who_wrote_elsewhere_stays_but_cannot_sign_in(few_nights, olga):
    Program.objects.update(slug="harbor-two")
    Client.objects.update(name="Harbor Two")
    load()
    sme = User.objects.get(username="sme")
    elsewhere = MembershipFactory(user=sme, program=olga.program)
    actions.log(
        actions.NewLine(occurred_at=timezone.now(), concern="a real line"),
        agent=match_agent("Nina / 990001", olga.program),
        key="6f2d2c1e-1111-4222-8333-944444444444",
        digest="d",
        by=elsewhere,
    )
    MembershipFactory(user=User.objects.get(username="sme2"), program=olga.program)
    assert "unable to sign in" in demo("remove")
    sme.refresh_from_db()
    assert not sme.is_active
    assert not sme.has_usable_password()
    assert Escalation.objects.get().concern == "a real line"
    assert not User.objects.filter(username="sme2").exists()


def test_large_floors_are_removed_in_slices(few_nights, db, monkeypatch):
    monkeypatch.setattr(removal, "SLICE", 7)
    load()
    demo("remove")
    assert not Program.objects.exists()

"""The cast: named people, one per role, and their signed-in browsers.

Skyline Cable (Asia/Manila) and Harbor Wireless (America/New_York) are two programs that must
never see each other. `sam` and `sol` are SMEs, `cora` the captain, `mona` the manager (of both),
`abe` an agent with a login, `olga` an SME of Harbor only, `root` the site's administrator.
"""

from datetime import time

import pytest
from django.test import Client as Browser

from people.models import CaptainAppointment, Membership, Program, User
from people.tests.factories import (
    AgentFactory,
    ClientFactory,
    MembershipFactory,
    ProgramFactory,
    UserFactory,
)
from people.tests.mailbox import smtp as smtp  # noqa: PLC0414  a fixture for every app's tests


@pytest.fixture
def skyline(db: None) -> Program:
    return ProgramFactory(
        client=ClientFactory(name="Skyline"), name="Skyline Cable", slug="skyline"
    )


@pytest.fixture
def harbor(db: None) -> Program:
    return ProgramFactory(
        client=ClientFactory(name="Harbor"),
        name="Harbor Wireless",
        slug="harbor",
        time_zone="America/New_York",
        shift_starts_at=time(18),
    )


def member(username: str, program: Program, *roles: str) -> Membership:
    """A person with these roles in a program; the same person again for the same username."""
    user = User.objects.filter(username=username).first() or UserFactory(username=username)
    return MembershipFactory(user=user, program=program, roles=list(roles))


@pytest.fixture
def sam(skyline: Program) -> Membership:
    return member("sam", skyline, "sme")


@pytest.fixture
def sol(skyline: Program) -> Membership:
    return member("sol", skyline, "sme")


@pytest.fixture
def cora(skyline: Program, mona: Membership) -> Membership:
    captain = member("cora", skyline, "sme")
    CaptainAppointment.objects.create(program=skyline, user=captain.user, appointed_by=mona.user)
    return captain


@pytest.fixture
def mona(skyline: Program, harbor: Program) -> Membership:
    member("mona", harbor, "manager")
    return member("mona", skyline, "manager")


@pytest.fixture
def abe(skyline: Program) -> Membership:
    agent = member("abe", skyline, "agent")
    AgentFactory(program=skyline, employee_id="700001", name="Abe", user=agent.user)
    return agent


@pytest.fixture
def olga(harbor: Program) -> Membership:
    return member("olga", harbor, "sme")


@pytest.fixture
def root(db: None) -> User:
    return UserFactory(username="root", is_staff=True, is_superuser=True)


@pytest.fixture
def browse():
    """A signed-in test browser for a membership or user; signed out for None."""

    def as_person(who: Membership | User | None) -> Browser:
        browser = Browser()
        if who is not None:
            browser.force_login(who.user if isinstance(who, Membership) else who)
        return browser

    return as_person

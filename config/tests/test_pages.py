"""Every page, with data and without, as everybody who may see it: rendered, read, well-formed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from config.tests.access import PEOPLE, Place, World, address, make_world, patterns
from config.tests.test_access import ROWS
from config.tests.wellformed import Reader, problems_of
from escalations import actions
from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.models import Membership
from people.tests.factories import (
    AgentFactory,
    ContactPointFactory,
    MembershipFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db

ROUTES = {label: route for label, route, _ in patterns() if not label.startswith("admin")}
BARE = [label for label, route in ROUTES.items() if "<slug:p>" in route and "<int:" not in route]
AWKWARD = "<b>“Ñ & ‘co’</b> {{ x }} 電話 " + "w" * 60


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A floor where everything has happened."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        furnish(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def bare(world: World) -> Place:
    """A floor on its first day: the same people, and nothing else."""
    program = ProgramFactory(slug="bare")
    for member in world.here.program.memberships.all():
        MembershipFactory(user=member.user, program=program, roles=member.roles)
    return Place(program)


def furnish(world: World, *, lines: int = 60) -> None:
    """So many lines, in every state, with awkward words; more of everything."""
    program = world.here.program
    sme, captain = (
        Membership.objects.get(program=program, user=world.users[who]) for who in ("sme", "captain")
    )
    agent = AgentFactory(program=program, name=AWKWARD[:40], team="Amihan")
    AgentFactory(program=program, left_on=timezone.now().date())
    now = timezone.now().replace(second=0, microsecond=0)
    facts = {
        "concern": AWKWARD,
        "resolution": AWKWARD,
        "severity": 1,
        "offered": AWKWARD,
        "refused_because": AWKWARD,
        "wanted": AWKWARD,
        "customer_ref": "SKY-1",
        "callback_at": now + timedelta(hours=3),
    }
    for number in range(lines):
        EscalationFactory(
            agent=agent,
            logged_by=sme.user,
            number=number + 1,
            status=("resolved", "unresolved", "forwarded", "answered")[number % 4],
            feedback=("none", "owed", "given", "acknowledged")[number % 4],
            occurred_at=now - timedelta(minutes=number),
            **facts if number % 2 else {},
        )
    line = Escalation.objects.get(program=program, number=world.here.ids["line"])
    actions.edit(line, facts, version=1, by=sme, reason="as the customer said")
    actions.void(line, reason=AWKWARD, version=2, by=captain)
    actions.undo(line, version=3, by=captain)
    ContactPointFactory(program=program, tier=2, name=AWKWARD[:60], email="a@floor.example")
    program.invitations.create(
        email="in@floor.example", name="In", roles=["sme"], invited_by=captain.user,
        accepted_at=now, accepted_by=sme.user,
    )  # fmt: skip


def pages(world: World, place: Place, label: str, **headers: str):
    """The different answers to GET and POST, as (who, method, answer)."""
    for method, statuses in ROWS[label].items():
        seen = set()
        for who, status in zip(PEOPLE, statuses, strict=True):
            if status in seen - {200, 302}:
                continue  # the same refusal again
            seen.add(status)
            response = world.ask(who, method, address(label, ROUTES[label], place), **headers)
            is_page = response.get("Content-Type", "").startswith("text/html")
            if isinstance(response, HttpResponse) and is_page and response.content:
                yield who, method, response


def look_at(world: World, place: Place, label: str) -> None:
    for who, method, response in pages(world, place, label):
        found = problems_of(response.content.decode())
        assert found == [], f"{method} {label} as {who}: {response.status_code}"
    for who, method, response in pages(world, place, label, **{"HX-Request": "true"}):
        text = response.content.decode()
        found = problems_of(text, whole="<html" in text)
        assert found == [], f"{method} {label} as {who}, for htmx: {response.status_code}"


@pytest.mark.parametrize("label", list(ROUTES))
def test_every_page_of_a_busy_floor_is_well_formed(label: str, world: World):
    look_at(world, world.here, label)


@pytest.mark.parametrize("label", BARE)
def test_every_page_of_a_bare_floor_is_well_formed(label: str, world: World, bare: Place):
    look_at(world, bare, label)


def test_words_that_look_like_html_are_words(world: World):
    url = address("log", ROUTES["log"], world.here)
    response = world.ask("sme", "GET", url)
    assert isinstance(response, HttpResponse)
    page = response.content.decode()
    assert "&lt;b&gt;“Ñ &amp; ‘co’&lt;/b&gt; {{ x }} 電話" in page
    assert "<b>“Ñ" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<p>a", "never closed"),
        ("<p>a</b></p>", "closes"),
        ("</p>", "closes"),
        ("<div/>", "does not close itself"),
        ("a</br>", "closes nothing"),
        ('<i id="a"></i><i id="a"></i>', "again"),
        ('<i class="a" class="b"></i>', "twice"),
        ("<p><div></div></p>", "stands in a <p>"),
        ("<form><form></form></form>", "stands in"),
        ('<img src="x">', "without alt"),
    ],
)
def test_what_is_malformed_is_noticed(words: str, said: str):
    assert said in " ".join(Reader(words).problems)


def test_a_reference_to_nothing_is_noticed():
    assert 'for="a" refers to nothing' in problems_of('<label for="a"></label>')

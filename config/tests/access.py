"""Asking every address as everybody: the world they ask in, and the answers they get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from calibration.models import BestPractice
from calibration.tests import sessionworld as sessions
from escalations.models import (
    ClientContact,
    Escalation,
    Forwarding,
    Import,
    Topic,
    TopicStep,
)
from escalations.tests.factories import (
    EscalationFactory,
    FeedbackNoteFactory,
    FollowUpFactory,
    ImportFactory,
    MaskedNumberFactory,
    QuickTextFactory,
)
from people.models import CaptainAppointment, Invitation, Membership, Program, User
from people.tests.factories import (
    AgentFactory,
    ClientFactory,
    ContactPointFactory,
    MembershipFactory,
    MessageFactory,
    NoticeFactory,
    ProgramFactory,
    UserFactory,
)
from reports.tests.factories import CallVolumeFactory, SavedViewFactory

PEOPLE = ("out", "agent", "sme", "captain", "manager", "other", "none", "admin")
"""Signed out; four roles of the program; an SME of another; a member of none; the site's admin."""

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
UNKNOWN = 987_654_321
OCTOBER = datetime(2025, 10, 20, 10, tzinfo=UTC)


@dataclass
class Place:
    """One program and one of everything in it that has an address."""

    program: Program
    ids: dict[str, int] = field(default_factory=dict)


@dataclass
class World:
    """Two programs, the people of `PEOPLE`, and their sessions."""

    here: Place
    there: Place
    users: dict[str, User]
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)

    def ask(self, who: str, method: str, url: str, **headers: str) -> HttpResponseBase:
        """The answer to one request; whatever it changed is taken back."""
        browser = Browser(headers=headers)
        for name, value in self.sessions.get(who, {}).items():
            browser.cookies[name] = value
        with transaction.atomic():
            response = browser.generic(method, url)
            if response.streaming:
                response.streaming_content = [response.getvalue()]
            transaction.set_rollback(True)
        return response


def patterns(
    found: list[Any] | None = None, route: str = "", space: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address: its label (its name, or its route), its whole route, its pattern."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            spaced = f"{space}{one.namespace}:" if one.namespace else space
            yield from patterns(one.url_patterns, route + str(one.pattern), spaced)
        else:
            whole = route + str(one.pattern)
            yield f"{space}{one.name}" if one.name else whole, whole, one


def make_world() -> World:
    """Build it in the current transaction."""
    here = ProgramFactory(client=ClientFactory(name="Skyline"), slug="skyline")
    there = ProgramFactory(client=ClientFactory(name="Harbor"), slug="harbor")
    users = {name: UserFactory(username=name) for name in PEOPLE if name != "out"}
    for name, roles in (("agent", "agent"), ("sme", "sme"), ("captain", "sme")):
        MembershipFactory(user=users[name], program=here, roles=[roles])
    for program in (here, there):
        MembershipFactory(user=users["manager"], program=program, roles=["manager"])
    MembershipFactory(user=users["other"], program=there, roles=["sme"])
    User.objects.filter(pk=users["admin"].pk).update(is_staff=True, is_superuser=True)
    users["admin"].refresh_from_db()
    world = World(Place(here), Place(there), users)
    _fill(world.here, users["sme"], users["captain"])
    _fill(world.there, users["other"], users["other"])
    here.agents.filter(employee_id="700001").update(user=users["agent"])
    for name, user in users.items():
        browser = Browser()
        browser.force_login(user)
        world.sessions[name] = {key: morsel.value for key, morsel in browser.cookies.items()}
    return world


def _fill(place: Place, sme: User, captain: User) -> None:
    """One of everything in a program, the running numbers far apart from other programs'."""
    program = place.program
    manager = program.memberships.get(roles=["manager"]).user
    agent = AgentFactory(program=program, employee_id="700001")
    line: Escalation = EscalationFactory(
        agent=agent,
        logged_by=sme,
        number=program.pk * 1000,
        feedback="given",
        callback_at=timezone.now(),
    )
    batch: Import = ImportFactory(program=program, by=manager, state=Import.State.STAGED)
    batch.rows.create(number=1, cells=["9:15 PM"])
    invitation = Invitation.objects.create(
        program=program, email="new@floor.example", name="New", roles=["sme"], invited_by=manager
    )
    appointment = CaptainAppointment.objects.create(
        program=program, user=captain, appointed_by=manager
    )
    number = MaskedNumberFactory(escalation=line)
    FeedbackNoteFactory(escalation=line)
    FollowUpFactory(escalation=line)
    topic = Topic.objects.create(
        program=program, name="Late fee", slug="late-fee", created_by=captain
    )
    step = TopicStep.objects.create(
        program=program, kind="create", key=uuid4(), by=captain, topic=topic, name_after=topic.name
    )
    somebody = ClientContact.objects.create(
        program=program, key=uuid4(), name="Desk", email="desk@client.example", added_by=manager
    )
    Forwarding.objects.create(  # found by the same number as the line
        program=program, key=uuid4(), number=line.number, subject="Late fee", written_by=manager
    )
    practice = BestPractice.objects.create(
        program=program, key=uuid4(), number=line.number, kind="technique", title="Listen",
        do="Let them finish.", authority="calibrated", written_by=sme, state="in_force",
        published_by=captain, published_at=timezone.now(), effective_from=timezone.now(),
    )  # fmt: skip
    sessions.furnish(topic, line, sme, captain)
    practice.reads.create(user=manager)
    practice.uses.create(program=program, escalation=line, by=sme, outcome="used")
    place.ids |= {
        "client_contact": somebody.pk,
        "topic_undo": step.pk,
        "line_masked": number.pk,
        "quick_text": QuickTextFactory(program=program, added_by=manager).pk,
        "agent": agent.pk,
        "line": line.number,
        "import": batch.pk,
        "member": Membership.objects.get(program=program, user=sme).pk,
        "invitation": invitation.pk,
        "captain": appointment.pk,
        "contact": ContactPointFactory(program=program).pk,
        "mail": MessageFactory(program=program, state="failed").pk,
        "report_view": SavedViewFactory(program=program, owner=sme, is_shared=True).pk,
        "volumes": CallVolumeFactory(program=program, hour=OCTOBER).entry.recording_id,
        "inbox": NoticeFactory(program=program, user=sme).pk,
    }


def address(label: str, pattern_route: str, place: Place, *, slug: str = "", pk: int = 0) -> str:
    """A whole URL for a route: its parts filled in from a place, the id or slug as told."""
    program = place.program
    kind = next((kind for kind in place.ids if label.startswith(kind)), "")
    parts = {
        "<slug:p>": slug or program.slug,
        "<slug:slug>": "late-fee",
        "<slug:kind>": "overview",
        "<str:stamp>": f"{OCTOBER:%Y%m%dT%H%MZ}",
        "<slug:which>": "week",
        "<int:n>": str(pk or place.ids.get("line", UNKNOWN)),
        "<int:position>": "1",
        "<int:case>": "1",
        "<int:pk>": str(pk or place.ids.get(kind, UNKNOWN)),
        "<str:token>": "no-such-token",
        "^reply/(?P<token>.*)$": "reply/no/such/token",
        "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-x/",
        "<path:content_type_id>": str(ContentType.objects.get_for_model(Program).pk),
        "<path:object_id>": str(program.client_id if "client" in label else program.pk),
        "^(?P<app_label>people)/$": "people/",
        "(?P<url>.*)$": "no-such-page/",
    }
    for part, value in parts.items():
        pattern_route = pattern_route.replace(part, value)
    return f"/{pattern_route}"


def answer(response: HttpResponseBase) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All that a browser can tell: status, every byte, every header but the time of day."""
    assert isinstance(response, HttpResponse)
    headers = sorted((name, value) for name, value in response.items() if name != "Expires")
    return response.status_code, response.content, headers

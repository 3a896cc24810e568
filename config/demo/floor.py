"""Loading the demo floor: everything or nothing, and a second time nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone
from pghistory.models import Context

from config.demo import feedback, letters, practices, sessions, volumes
from config.demo import people as cast
from config.demo.grouping import group
from config.demo.nights import TOLD, Planned, all_nights
from config.models import DemoRow
from escalations import actions
from escalations.models import Escalation
from people.actions.roster import add_agent
from people.history import told
from people.models import (
    Agent,
    CaptainAppointment,
    Client,
    ContactPoint,
    Membership,
    Program,
    User,
)
from people.refusals import ActionRefused
from people.shiftday import instant_in_shift

PROGRAMS = (
    ("Skyline", "Skyline Cable", "skyline", "Asia/Manila"),
    ("Harbor", "Harbor Wireless", "harbor", "America/New_York"),
)


def is_loaded() -> bool:
    """Whether this database holds the demo floor."""
    return DemoRow.objects.exists()


def greeting() -> str:
    """Who can sign in, and how, for the terminal."""
    width = max(len(who.username) for who in cast.SIGN_INS)
    people = "\n".join(f"  {who.username:<{width}}  {who.about}" for who in cast.SIGN_INS)
    return f"Sign in with the password {cast.PASSWORD} as\n{people}"


@transaction.atomic
def load() -> int:
    """Make the demo floor and return how many lines were logged; 0 when it is there already.

    Raises ActionRefused when a name it needs is somebody else's.
    """
    if is_loaded():
        return 0
    _refuse_taken_names()
    password = make_password(cast.PASSWORD)
    users = {who.username: _user(who, password) for who in cast.SIGN_INS}
    admin = users[cast.ADMIN]
    with told("made the demo floor", by=admin):
        programs = {names[2]: _program(*names) for names in PROGRAMS}
        members = _memberships(users, programs)
        skyline = programs["skyline"]
        CaptainAppointment.objects.create(
            program=skyline,
            user=users[cast.CAPTAIN],
            appointed_by=users[cast.MANAGER],
            starts_at=timezone.now() - timedelta(days=100),
        )
        _contacts(skyline)
    agents = _roster(members[cast.MANAGER, "skyline"], users)
    _remember([*users.values(), *programs.values(), *(p.client for p in programs.values())])
    return _history(members, agents)


def _refuse_taken_names() -> None:
    names = [who.username for who in cast.SIGN_INS]
    taken = [*User.objects.filter(username__in=names).values_list("username", flat=True)]
    taken += Program.objects.filter(slug__in=[p[2] for p in PROGRAMS]).values_list(
        "slug", flat=True
    )
    taken += Client.objects.filter(name__in=[p[0] for p in PROGRAMS]).values_list("name", flat=True)
    if taken:
        raise ActionRefused(f"The demo floor needs names that are taken here: {', '.join(taken)}.")


def _user(who: cast.SignIn, password: str) -> User:
    return User.objects.create(
        username=who.username,
        name=who.name,
        email=f"{who.username}@demo.example",
        password=password,
        is_staff=who.is_admin,
        is_superuser=who.is_admin,
    )


def _program(client: str, name: str, slug: str, zone: str) -> Program:
    return Program.objects.create(
        client=Client.objects.create(name=client), name=name, slug=slug, time_zone=zone
    )


def _memberships(
    users: dict[str, User], programs: dict[str, Program]
) -> dict[tuple[str, str], Membership]:
    return {
        (who.username, slug): Membership.objects.create(
            user=users[who.username], program=programs[slug], roles=roles
        )
        for who in cast.SIGN_INS
        for slug, roles in who.roles.items()
    }


def _contacts(program: Program) -> None:
    names = (
        *("tier", "name", "duty", "phone", "email"),
        *("from_time", "to_time", "up_to_severity", "topic"),
    )
    checked = timezone.now().date() - timedelta(days=9)
    for nth, contact in enumerate(cast.CONTACTS):
        facts = dict(zip(names, contact, strict=True))
        verified = checked - timedelta(days=11 * nth) if nth < 5 else None
        ContactPoint.objects.create(program=program, verified_on=verified, **facts)


def _roster(by: Membership, users: dict[str, User]) -> dict[str, Agent]:
    agents = {
        employee_id: add_agent(employee_id=employee_id, name=name, team=team, by=by)
        for team, names in cast.ROSTER.items()
        for employee_id, name in names
    }
    with told("linked to a sign-in", by=by):
        Agent.objects.filter(pk=agents[cast.AGENT_LOGIN].pk).update(user=users["agent"])
    return agents


def _remember(rows: Iterable[models.Model]) -> None:
    DemoRow.objects.bulk_create(DemoRow(model=row._meta.label_lower, row=row.pk) for row in rows)


def _history(members: dict[tuple[str, str], Membership], agents: dict[str, Agent]) -> int:
    """Log the nights up to the latest complete shift, then what became of some lines."""
    manager = members[cast.MANAGER, "skyline"]
    program = manager.program
    last = program.current_shift() - timedelta(days=1)
    planned = all_nights(
        last,
        list(agents),
        lambda wall, day: instant_in_shift(wall, day, program.zone, program.shift_starts_at),
    )
    lines = [
        actions.NewLine(
            agent=agents[line.employee_id],
            logged_by=members[line.logged_by, "skyline"].user,
            **line.words,
        )
        for line in planned
    ]
    logged = actions.log_many(lines, by=manager)
    really = _later(planned, members)
    group(planned, by=members[cast.CAPTAIN, "skyline"])
    letters.write(manager, [members[name, "skyline"] for name in cast.SMES], really)
    captain = members[cast.CAPTAIN, "skyline"]
    practices.keep(captain, manager, [members[name, "skyline"] for name in cast.SMES])
    sessions.hold(captain, [members[name, "skyline"] for name in cast.SMES])
    _date_back(program, really)
    volumes.record_nights(last, by=manager)
    return logged


def _later(planned: list[Planned], members: dict[tuple[str, str], Membership]) -> feedback.Really:
    """Edit the lines that changed later; give when each of these edits is said to have been."""
    captain = members[cast.CAPTAIN, "skyline"]
    rows = {row.number: row for row in Escalation.objects.filter(program=captain.program)}
    really: feedback.Really = {}
    for number, line in enumerate(planned, start=1):
        for change in line.changes:
            at = line.words["received_at"] + change.after
            if at >= timezone.now():
                continue
            row, who = rows[number], members[change.by, "skyline"]
            if change.to == TOLD:
                agent = members["agent", "skyline"]
                rows[number] = feedback.tell(row, at=at, by=who, agent=agent, really=really)
                continue
            by = who if who.may("edit_any") else captain  # an SME edits no line this old today
            rows[number] = actions.edit(row, change.to, version=row.version, by=by)
            really[row.pk, row.version] = at, who
    callers = [members[name, "skyline"] for name in cast.SMES]
    feedback.call_back(rows, by=captain, callers=callers, really=really)
    feedback.keep_texts(captain)
    feedback.date_notices(captain)
    return really


def _date_back(program: Program, really: feedback.Really) -> None:
    """Say of each edit, known by line and version, when it was and by whom."""
    history = Escalation.pgh_event_model.objects  # type: ignore[attr-defined]
    events = list(history.filter(program=program).select_related("pgh_context"))
    for event in events:
        event.pgh_created_at, who = really[event.pgh_obj_id, event.version]
        context = event.pgh_context
        context.created_at = context.updated_at = event.pgh_created_at
        if who is not None:
            context.metadata["by"] = who.user_id
        elif "letter" in context.metadata:  # the client's own answer
            said = context.metadata.pop("reason").removesuffix(" said so")
            context.metadata |= {"by": None, "reason": "", "who": f"{said} (client)"}
    history.bulk_update(events, ["pgh_created_at"], batch_size=500)
    contexts = [event.pgh_context for event in events]
    Context.objects.bulk_update(contexts, ["created_at", "updated_at", "metadata"], batch_size=500)

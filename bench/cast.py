"""Who works on the benchmark's floor: four programs, their agents, their SMEs."""

from __future__ import annotations

from datetime import time
from typing import Any

from bench.floor import PASSWORD
from bench.lines import Desk
from bench.words import TOPICS, full_names

BIG = "skyline"
"""The program that is measured."""

PROGRAMS = (
    ("Skyline", "Skyline Cable", BIG, "Asia/Manila", 0.7),
    ("Harbor", "Harbor Wireless", "harbor", "America/New_York", 0.15),
    ("Meridian", "Meridian Bank", "meridian", "Asia/Manila", 0.1),
    ("Lantern", "Lantern Energy", "lantern", "Europe/London", 0.05),
)
AGENTS, SMES = 400, 30
TOPIC = "late-fee"
"""The topic that a line is saved with when the saving is measured."""
SME, CAPTAIN, MANAGER, ADMIN = "sme1", "sme2", "manager", "admin"
"""Who asks: an SME for the pages, a captain what to calibrate, a manager for the import, an
administrator for the admin."""


def make(*, topics: bool = False) -> list[Desk]:
    """Write everybody into an empty database and give the desks, the measured one first.

    With `topics` each program has those that the lines are about.
    """
    from django.contrib.auth.hashers import make_password

    from people.models import Agent, Client, Membership, Program, User

    hashed = make_password(PASSWORD)
    names = [ADMIN, MANAGER, *(f"sme{n}" for n in range(1, SMES + 1))]
    people = User.objects.bulk_create(
        User(
            username=name,
            name=full,
            email=f"{name}@floor.example",
            password=hashed,
            is_staff=name == ADMIN,
            is_superuser=name == ADMIN,
        )
        for name, full in zip(names, full_names(len(names)), strict=True)
    )
    manager, smes = people[1], people[2:]
    desks = []
    for place, (client, name, slug, zone, share) in enumerate(PROGRAMS):
        program = Program.objects.create(
            client=Client.objects.create(name=client),
            name=name,
            slug=slug,
            time_zone=zone,
            shift_starts_at=time(18),
        )
        agents = Agent.objects.bulk_create(
            Agent(
                program=program,
                employee_id=str(300_000 + 1_000 * place + n),
                name=full,
                team=f"Team {1 + n % 12}",
            )
            for n, full in enumerate(full_names(AGENTS))
        )
        here = smes if place == 0 else smes[10 * place - 10 : 10 * place]
        of = [Membership(user=sme, program=program, roles=["sme"]) for sme in here]
        of.append(Membership(user=manager, program=program, roles=["manager"]))
        Membership.objects.bulk_create(of)
        keys = _topics(program, people[2]) if topics else ()
        desks.append(
            Desk(program.pk, share, [agent.pk for agent in agents], [sme.pk for sme in here], keys)
        )
    return desks


def _topics(program: Any, maker: Any) -> list[int]:
    from escalations.models import Topic

    made = Topic.objects.bulk_create(
        Topic(program=program, slug=f"topic-{n}", name=f"{topic.name} {n}"[:80], created_by=maker)
        for n, topic in enumerate(TOPICS)
    )
    return [topic.pk for topic in made]

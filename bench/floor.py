"""A small floor to work on: one program, some SMEs with one password, some agents.

`python -m bench.floor 8` writes it into the empty, migrated database of DATABASE_URL.
"""

import os
import sys
from datetime import time

PROGRAM = "skyline"
PASSWORD = "a good long night"  # noqa: S105
AGENTS = 40


def username(number: int) -> str:
    """The name that the SME with this number, from 1, signs in with."""
    return f"sme{number}"


def make(smes: int) -> None:
    """Write the floor."""
    from django.contrib.auth.hashers import make_password

    from people.models import Agent, Client, Membership, Program, User

    program = Program.objects.create(
        client=Client.objects.create(name="Skyline"),
        name="Skyline Cable",
        slug=PROGRAM,
        time_zone="Asia/Manila",
        shift_starts_at=time(18),
    )
    hashed = make_password(PASSWORD)
    for number in range(1, smes + 1):
        name = username(number)
        user = User.objects.create(
            username=name, name=f"Sme {number}", email=f"{name}@floor.example", password=hashed
        )
        Membership.objects.create(user=user, program=program, roles=["sme", "manager"])
    Agent.objects.bulk_create(
        Agent(program=program, employee_id=str(700_000 + number), name=f"Agent {number}")
        for number in range(1, AGENTS + 1)
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    make(int(sys.argv[1]))

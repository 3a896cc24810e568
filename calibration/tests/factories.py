"""Topics and lines for tests of calibration."""

from __future__ import annotations

import uuid

from escalations.actions import topics
from escalations.models import Escalation, Numbering, Topic
from escalations.tests.factories import EscalationFactory
from people.models import Agent, Membership
from people.tests.factories import AgentFactory

FEES = ["waive the late fee of $10", "late fee on the March bill", "wants late fee removed"]
BOXES = ["modem rental billed twice", "rental of the modem he owns", "modem rental after return"]
"""Concerns of two matters that share no word."""


def log(member: Membership, *concerns: str, **columns: object) -> list[Escalation]:
    """Lines with these concerns in the member's program, the first the newest."""
    program = member.program
    agent = Agent.objects.filter(program=program).first() or AgentFactory(program=program)
    last = Escalation.objects.filter(program=program).order_by("-number").first()
    first = (last.number if last else 0) + 1
    lines = [
        EscalationFactory(
            agent=agent, logged_by=member.user, number=first + n, concern=said, **columns
        )
        for n, said in enumerate(concerns)
    ]
    last_now = {"last": first + len(lines) - 1}  # a line that is posted takes the next number
    Numbering.objects.update_or_create(program=program, defaults=last_now)
    return lines


def topic(member: Membership, name: str, *concerns: str, **columns: object) -> Topic:
    """A topic of that name, made by its captain, of lines with these concerns."""
    step = topics.create(name, log(member, *concerns, **columns), by=member, key=uuid.uuid4())
    assert step.topic is not None
    return step.topic

"""Best practices for tests."""

from __future__ import annotations

import uuid
from typing import Any

from calibration.actions import practices as actions
from calibration.actions.practice_steps import standing_before, the_number
from calibration.models import BestPractice
from escalations.models import Escalation, ForwardedItem, Forwarding, Topic
from people.models import Membership

WORDS = {"title": "One courtesy waiver", "do": "Waive it once a year.", "say": "Just this once."}


def drafted(by: Membership, topic: Topic | None = None, **said: Any) -> BestPractice:
    """A draft by the captain or a manager; `authority` is the highest the member gives."""
    highest = "client" if by.may("rule_practices") else "calibrated"
    facts = {"authority": highest, "key": uuid.uuid4(), "topic": topic, **said}
    words = {**WORDS, **facts.pop("words", {})}
    return actions.draft(by=by, words=words, **facts)


def in_force(by: Membership, topic: Topic | None = None, **said: Any) -> BestPractice:
    """The same, put in force in place of whatever is."""
    made = drafted(by, topic, **said)
    replacing = the_number(standing_before(made))
    return actions.publish(made, version=made.version, replacing=replacing, reason="because", by=by)


def answered(line: Escalation, by: Membership, *, text: str = "Waive it once.") -> ForwardedItem:
    """The item of a letter about a line that the client answered."""
    letter = Forwarding.objects.create(
        program=by.program, key=uuid.uuid4(), number=7, subject="Fees", written_by=by.user
    )
    item = letter.items.create(escalation=line, position=1, round=1, concern=line.concern)
    item.answers.create(key=uuid.uuid4(), verdict="do_this", text=text, said_by="Dana Desk")
    return item

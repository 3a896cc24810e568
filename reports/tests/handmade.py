"""A log made by hand: named lines in spans of their own, and which of them each number counts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from escalations.models import Escalation
from escalations.tests.factories import FeedbackNoteFactory, FollowUpFactory, a_line
from people.models import Agent, CaptainAppointment, Membership
from people.tests.factories import AgentFactory, MembershipFactory, ProgramFactory, UserFactory

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass
class Span:
    """Shift days in which only one family's lines lie, and the names each number counts."""

    first: date
    last: date
    counts: dict[str, set[str]]


@dataclass
class Floor:
    """A program, its captain, an agent; lines are found again by the name in their concern."""

    by: Membership = field(default_factory=lambda: MembershipFactory(program=ProgramFactory()))
    lines: dict[str, Escalation] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        CaptainAppointment.objects.create(
            program=self.by.program, user=self.by.user, appointed_by=UserFactory()
        )
        self.agent: Agent = AgentFactory(program=self.by.program)

    def days_ago(self, days: int) -> datetime:
        """An hour after a shift day began."""
        program = self.by.program
        return program.shift_bounds(program.current_shift() - days * DAY)[0] + HOUR

    def line(self, name: str, at: datetime, **facts: Any) -> Escalation:
        """A line whose concern is its name in brackets."""
        facts = {"agent": self.agent, "number": len(self.lines) + 1, **facts}
        made = a_line(self.by, occurred_at=at, concern=f"about [{name}]", **facts)
        self.lines[name] = made
        return made

    def span(self, family: str, from_days: int, to_days: int, **counts: str) -> None:
        """Days of a family, both ends included; a number's slug (with `_`) and names."""
        today = self.by.program.current_shift()
        said = {slug.replace("_", "-"): set(names.split()) for slug, names in counts.items()}
        self.spans[family] = Span(today - from_days * DAY, today - to_days * DAY, said)


def ends(floor: Floor) -> None:
    """How lines ended, and the first and the last minute of a shift day."""
    program, at = floor.by.program, floor.days_ago(10)
    start, end = program.shift_bounds(program.current_shift() - 10 * DAY)
    floor.line("first-minute", start)
    floor.line("last-minute", end - MINUTE)
    floor.line("minute-before", start - MINUTE)
    floor.line("minute-after", end)
    for status in ("unresolved", "forwarded", "answered", "void"):
        floor.line(status, at, status=status)
    floor.span(
        "logged",
        10,
        10,
        logged="first-minute last-minute unresolved forwarded answered",
        resolved="first-minute last-minute",
        open="unresolved forwarded answered",
        unresolved="unresolved",
        forwarded="forwarded",
        answered="answered",
    )


def told(floor: Floor, name: str, after: timedelta, **note: Any) -> Escalation:
    """A line whose agent was told so long after it, and maybe answered."""
    facts = {"feedback": "given"}
    if read := note.keys() & {"helped", "read"}:
        note.pop("read", None)
        facts = {"feedback": "acknowledged"}
    line = floor.line(name, floor.days_ago(30), **facts)
    if read:
        note |= {"acknowledged_by": floor.by.user, "acknowledged_at": line.occurred_at + 9 * DAY}
    FeedbackNoteFactory(escalation=line, given_at=line.occurred_at + after, **note)
    return line


def taken_back(floor: Floor, line: Escalation, **note: Any) -> None:
    """An earlier text to the agent, given within the hour, that was taken back."""
    if "helped" in note:
        note |= {"acknowledged_by": floor.by.user, "acknowledged_at": line.occurred_at + HOUR}
    note |= {"withdrawn_by": floor.by.user, "withdrawn_at": line.occurred_at + HOUR}
    FeedbackNoteFactory(escalation=line, round=7, given_at=line.occurred_at + MINUTE, **note)


def feedback(floor: Floor) -> None:
    """Feedback given at the very end of each band and a second later; texts taken back."""
    for name, facts in {
        "none": {},
        "owed": {"feedback": "owed"},
        "owed-void": {"feedback": "owed", "status": "void"},
        "owed-again": {"feedback": "owed"},
    }.items():
        floor.line(name, floor.days_ago(30), **facts)
    taken_back(floor, floor.lines["owed-again"])
    for name, after in (("4h", 4 * HOUR), ("1d", DAY), ("3d", 3 * DAY), ("7d", 7 * DAY)):
        told(floor, f"at-{name}", after)
        told(floor, f"past-{name}", after + SECOND)
    told(floor, "before-it", -HOUR)
    taken_back(floor, told(floor, "given-again", 5 * DAY))
    told(floor, "read", HOUR, read=True)
    told(floor, "helped", HOUR, helped=True)
    taken_back(floor, told(floor, "did-not", HOUR, helped=False), helped=True)
    void = told(floor, "helped-void", HOUR, helped=True)
    Escalation.objects.filter(pk=void.pk).update(status="void", void_reason="twice")
    unread = "at-4h past-4h at-1d past-1d at-3d past-3d at-7d past-7d before-it given-again"
    read = "read helped did-not"
    floor.span(
        "feedback",
        30,
        30,
        feedback_asked=f"owed owed-again {unread} {read}",
        feedback_owed="owed owed-again",
        feedback_given=f"{unread} {read}",
        feedback_unread=unread,
        feedback_acknowledged=read,
        feedback_helped="helped",
        feedback_did_not_help="did-not",
        given_4h=f"at-4h before-it {read}",
        given_1d="past-4h at-1d",
        given_3d="past-1d at-3d",
        given_7d="past-3d at-7d given-again",
        given_later="past-7d",
    )


def callbacks(floor: Floor) -> None:
    """Promises kept at the very time and a second late; what the customer said last."""
    at = floor.days_ago(40)
    due = at + DAY

    def promised(name: str, called: datetime | None, *said: int | None, **facts: Any) -> Escalation:
        line = floor.line(name, at, callback_at=due, called_back_at=called, **facts)
        for n, content in enumerate(said):
            done = due - 3 * HOUR + n * HOUR
            FollowUpFactory(escalation=line, done_at=done, satisfaction=content)
        return line

    def and_taken_back(line: Escalation, content: int) -> None:
        facts = {"withdrawn_by": floor.by.user, "withdrawn_at": due}
        FollowUpFactory(escalation=line, done_at=due, satisfaction=content, **facts)

    FollowUpFactory(escalation=floor.line("no-promise", at), satisfaction=5)
    promised("to-be-called", None)
    promised("on-time", due)
    promised("late", due + SECOND)
    promised("called-void", due, 5, status="void")
    for content in range(1, 6):
        promised(f"said-{content}", due - HOUR, content)
    promised("grew-content", due, 1, 5)
    promised("not-asked-again", due, 2, None)
    and_taken_back(promised("taken-back", due, 4), 1)
    and_taken_back(promised("all-taken-back", due), 5)
    said = "said-1 said-2 said-3 said-4 said-5 grew-content not-asked-again taken-back"
    kept = f"on-time all-taken-back {said}"
    floor.span(
        "callbacks",
        40,
        40,
        callback_promised=f"{kept} to-be-called late",
        callback_kept=kept,
        callback_late="late",
        callback_open="to-be-called",
        satisfaction_asked=said,
        satisfaction_content="said-4 said-5 grew-content taken-back",
        satisfaction_between="said-3",
        satisfaction_not_content="said-1 said-2 not-asked-again",
    )


def handover(floor: Floor) -> None:
    """Lines with all three answers, and without each."""
    whole = {"offered": "a credit", "refused_because": "too little", "wanted": "money"}
    at = floor.days_ago(20)
    floor.line("complete", at, **whole)
    floor.line("complete-void", at, status="void", **whole)
    floor.line("nothing-said", at)
    for part in whole:
        floor.line(f"no-{part}", at, **{**whole, part: ""})
    parts = "nothing-said no-offered no-refused_because no-wanted"
    floor.span(
        "handover",
        20,
        20,
        handover_complete="complete",
        handover_incomplete=parts,
        without_offered="nothing-said no-offered",
        without_refused_because="nothing-said no-refused_because",
        without_wanted="nothing-said no-wanted",
    )


def new_key() -> uuid.UUID:
    """A key as a form makes one."""
    return uuid.uuid4()

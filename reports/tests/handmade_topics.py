"""Of the log made by hand: what came again, and what was known when the call came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from calibration.models import BestPractice, PracticeUse
from escalations.actions import topics as grouping
from escalations.models import Escalation, Topic
from escalations.tests.factories import a_line
from people.tests.factories import AgentFactory, MembershipFactory, UserFactory
from reports.tests.handmade import DAY, HOUR, MINUTE, SECOND, Floor, new_key


def topic_named(floor: Floor, name: str) -> Topic:
    """A new topic of the floor."""
    made = grouping.create(name, by=floor.by, key=new_key()).topic
    assert made is not None
    return made


def repeats(floor: Floor) -> None:
    """Exactly 30 days and a minute more, one minute, void lines, merged topics, other programs."""
    at, other = floor.days_ago(190), AgentFactory(program=floor.by.program)

    def on(topic: str, **lines: tuple[datetime, dict[str, Any]]) -> Topic:
        made = topic_named(floor, topic)
        for name, (when, facts) in lines.items():
            floor.line(name.replace("_", "-"), when, topic=made, **facts)
        return made

    on("Thirty", thirty_first=(at, {}), thirty_again=(at + 30 * DAY, {}))
    on("Longer", longer_first=(at, {}), longer_again=(at + 30 * DAY + MINUTE, {}))
    on("Minute", minute_first=(at, {}), minute_second=(at, {}))
    on("Agents", agents_first=(at, {}), agents_other=(at + DAY, {"agent": other}))
    void = {"status": "void"}
    on("Void", void_first=(at, void), after_void=(at + DAY, {}), void_after=(at + 2 * DAY, void))
    on("Before", before_first=(at - DAY, {}), before_again=(at + DAY, {}))
    kept = on("Kept", kept_line=(at, {}))
    grouping.merge(on("Merged", merged_line=(at + DAY, {})), kept, by=floor.by, key=new_key())
    floor.line("bare-first", at)
    floor.line("bare-again", at + DAY)

    def of(customer: str, name: str, when: datetime) -> None:
        floor.line(name, when, customer_ref=customer)

    of("SKY-1", "customer-first", at)
    of("SKY-1", "customer-again", at + 30 * DAY)
    of("sky-1", "customer-other-case", at + 30 * DAY)
    of("SKY-2", "customer-long-ago", at)
    of("SKY-2", "customer-too-late", at + 30 * DAY + MINUTE)
    of("SKY-3", "customer-of-two", at)
    a_line(MembershipFactory(), customer_ref="SKY-3", occurred_at=at - DAY)
    grouped = "thirty-first thirty-again longer-first longer-again minute-first minute-second"
    grouped += " agents-first agents-other after-void before-again kept-line merged-line"
    again = "thirty-again minute-second before-again merged-line"
    named = "customer-first customer-again customer-other-case customer-long-ago"
    floor.span(
        "repeats",
        190,
        155,
        with_topic=grouped,
        repeat_agent=again,
        repeat_topic=f"{again} agents-other",
        with_reference=f"{named} customer-too-late customer-of-two",
        repeat_customer="customer-again",
    )


def practice(floor: Floor, topic: Topic | None, **facts: Any) -> BestPractice:
    """A best practice as it stands in the table; in force from `effective_from` on."""
    facts = {"kind": "answer" if topic else "technique", "state": "in_force", **facts}
    since = facts.get("effective_from")
    return BestPractice.objects.create(
        program=floor.by.program,
        number=500 + BestPractice.objects.filter(program=floor.by.program).count(),
        key=new_key(),
        topic=topic,
        title="Waive it once",
        authority="interim",
        written_by=floor.by.user,
        published_at=since if facts["state"] == "in_force" else None,
        **facts,
    )


def known(floor: Floor) -> None:
    """Answers that begin, are superseded within a minute and end; what people said of them."""
    at = floor.days_ago(100)
    began, half, ended = at, at + DAY + 30 * SECOND, at + 3 * DAY
    topic = topic_named(floor, "Known")
    old = practice(floor, topic, state="superseded", effective_from=began, effective_until=half)
    practice(floor, topic, state="superseded", effective_from=half, effective_until=ended)
    for name, when in {
        "before-began": began - MINUTE,
        "as-began": began,
        "minute-superseded": half - 30 * SECOND,
        "minute-after-it": half + 30 * SECOND,
        "before-ended": ended - MINUTE,
        "as-ended": ended,
    }.items():
        floor.line(name, when, topic=topic)
    floor.line("known-void", began + HOUR, topic=topic, status="void")
    floor.line("no-topic", at)
    drafted, into, merged = (topic_named(floor, name) for name in ("Drafted", "Into", "Answered"))
    practice(floor, drafted, state="draft")
    practice(floor, None, effective_from=began)
    floor.line("drafted-only", at + DAY, topic=drafted)
    practice(floor, merged, effective_from=began)
    floor.line("merged-into", at + DAY, topic=merged)
    floor.line("merged-already", at + DAY, topic=into)
    grouping.merge(merged, into, by=floor.by, key=new_key())
    answers = "as-began minute-superseded minute-after-it before-ended merged-into merged-already"
    said = {"as-began": ["used"], "before-ended": ["used", "did_not_fit"]}
    said |= {"no-topic": ["nothing"], "known-void": ["used"], "as-ended": ["did_not_fit"]}
    for name, outcomes in said.items():
        for outcome in outcomes:
            _say(floor, floor.lines[name], outcome, old)
    floor.span(
        "known",
        101,
        96,
        known=answers,
        known_new="before-began as-ended no-topic drafted-only",
        known_used="as-began before-ended",
        known_did_not_fit="before-ended as-ended",
        known_nothing="no-topic",
    )


def _say(floor: Floor, line: Escalation, outcome: str, practice: BestPractice) -> None:
    PracticeUse.objects.create(
        program=floor.by.program,
        escalation=line,
        practice=None if outcome == "nothing" else practice,
        outcome=outcome,
        by=UserFactory(),
    )

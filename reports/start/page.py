"""A member's first page: three blocks at most, put together from what their abilities ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from people.models import Membership
from reports.start import agent, ages, captain, changed, manager, sme
from reports.start.blocks import Act, Figure, Matter
from reports.start.changed import Since, since_last_shift
from reports.start.shift import figures, read_tonight
from reports.start.week import Week, this_week

WAITS: tuple[tuple[str, Callable[[Membership], list[Matter]]], ...] = (
    ("forward", manager.answers),
    ("forward", ages.unresolved),
    ("forward", manager.letters),
    ("forward", manager.calls),
    ("manage_people", manager.mails),
    ("run_sessions", captain.sessions),
    ("log", sme.calls),
    ("log", sme.answered),
    ("log", sme.given),
    ("give_position", sme.positions),
    ("give_feedback", sme.owed),
    ("see_own_feedback", agent.feedback),
)
"""What may wait for a member, by the ability it takes, in the order in which it stands."""

OF_OWN_LINES = (sme.calls, sme.answered)
"""What is not asked of who never logged a line."""

CHANGED: tuple[tuple[str, Callable[[Membership, Since], list[Matter]]], ...] = (
    ("forward", changed.letters),
    ("read_practices", changed.practices),
    ("give_position", changed.revealed),
)
"""What may have changed, in the same way."""


@dataclass(frozen=True)
class Start:
    """What the page shows; `calibration` is the captain's work as others see it."""

    day: date
    waits: list[Matter]
    changed: list[Matter]
    since: Since
    figures: list[Figure]
    week: Week | None
    calibration: list[Matter]
    first: Act | None
    """The one primary action; None when it is to open the log sheet."""
    is_linked: bool = True
    """Whether an agent's sign-in belongs to somebody of the roster, where nothing waits."""


def read_start(member: Membership) -> Start:
    """Ask for all of it: so many queries, however much there is."""
    since = since_last_shift(member)
    logged = read_tonight(member) if member.may("read_log") else None
    logs = since.has_logged or bool(logged and logged.mine)
    asked = [ask for able, ask in WAITS if member.may(able) and (logs or ask not in OF_OWN_LINES)]
    waits = [matter for ask in asked for matter in ask(member)]
    new = [matter for able, ask in CHANGED if member.may(able) for matter in ask(member, since)]
    leads = member.may("forward") or member.may("run_sessions")
    others = member.may("forward") and not member.may("run_sessions")
    is_first = leads or not member.may("log")
    return Start(
        member.program.current_shift(),
        waits,
        new,
        since,
        figures(logged, member) if logged else [],
        this_week(member) if member.may("forward") else None,
        captain.sessions(member) if others else [],
        next((one.act for one in (*waits, *new) if one.act), None) if is_first else None,
        bool(waits) or member.may("read_log") or agent.is_linked(member),
    )

"""What waits for the captain: sessions to open, reveal and rule on; topics are read afterwards."""

from __future__ import annotations

from calibration.models import SessionState
from calibration.next_topics import Dashboard, read_dashboard
from calibration.sessionlist import Listed, going_on
from people.models import Membership
from reports.effect.cards import due_to_ask
from reports.start.blocks import SHOWN, Act, Matter, Row, place

NEEDS = ("rule", "reveal", "late", "open", "")
"""What a session needs of the captain, the most pressing first; nothing while others answer."""

DOES = {
    "rule": ("Rule", "revealed: rule on every case"),
    "reveal": ("Reveal", "everybody has answered: reveal it"),
    "late": ("See who is missing", "past its deadline, {} missing"),
    "open": ("Open", "prepared: open it"),
    "": ("See", "open, {} missing"),
}
"""By need: the words of the button, and of the row with how many are missing."""


def sessions(member: Membership) -> list[Matter]:
    """Sessions that go on, those that need the captain first; two queries."""
    listed = going_on(member)
    if not listed:
        return []
    listed.sort(key=lambda one: (NEEDS.index(need(one)), one.session.deadline, one.session.pk))
    is_captain = member.may("run_sessions")
    rows = [_row(one, member) for one in listed[:SHOWN]]
    act = Act(DOES[need(listed[0])][0], rows[0].url, f"session {listed[0].session.number}")
    return [
        Matter(
            "sessions",
            "Sessions going on",
            place("sessions", member),
            str(len(listed)),
            rows,
            act if is_captain else None,
            tone="due" if is_captain and need(listed[0]) else "",
        )
    ]


def need(one: Listed) -> str:
    """What a session needs of the captain: a word of NEEDS."""
    state = one.session.state
    if state == SessionState.REVEALED:
        return "rule"
    if state == SessionState.PREPARED:
        return "open"
    if not one.missing:
        return "reveal"
    return "late" if one.is_late else ""


def _row(one: Listed, member: Membership) -> Row:
    needed, session = need(one), one.session
    name = "session_prepare" if needed == "open" else "session"
    says = DOES[needed][1].format(len(one.missing))
    if not member.may("run_sessions"):
        name, says = "session", session.get_state_display().lower()
    url = place(name, member, n=session.number)
    if session.revealed_at:
        return Row(str(session.topic), url, says, "revealed", session.revealed_at)
    before, tone = ("was due", "late") if one.is_late else ("due", "")
    return Row(str(session.topic), url, says, before, session.deadline, tone=tone)


def learning(member: Membership) -> list[Matter]:
    """Topics to calibrate; for the captain also gaps, and practices that did not fit; ten queries.

    They look through the newest lines, so a page asks for them once it stands.
    """
    going = [one.session for one in going_on(member)]
    found = read_dashboard(member, going)
    if not member.may("run_sessions"):
        return _topics(found, member)
    return [
        *_told(member), *_topics(found, member), *_gaps(found, member), *_review(found, member)
    ]  # fmt: skip


def _told(member: Membership) -> list[Matter]:
    """Best practices of which it can be told by now whether they worked, the newest first."""
    due = due_to_ask(member.program)
    if not due:
        return []
    rows = [
        Row(
            one.practice.title,
            place("practice_effect", member, n=one.practice.number),
            str(one.topic or ""),
            "in force",
            one.practice.effective_from,
        )
        for one in due[:SHOWN]
    ]
    act = Act("See", rows[0].url, f"whether “{rows[0].name}” worked")
    rule = "It was too early to tell until at most two weeks ago."
    url = place("effects", member)
    return [Matter("told", "Did it work? It can be told now", url, "", rows, act, rule)]


def _topics(found: Dashboard, member: Membership) -> list[Matter]:
    rows = [
        Row(
            one.topic.name,
            place("topic", member, slug=one.topic.slug),
            " · ".join(one.reasons),
        )
        for one in found.next[:SHOWN]
    ]
    if not rows:
        return []
    first = found.next[0]
    url = place("calibration", member) if member.may("run_sessions") else place("topics", member)
    act = None
    if member.may("run_sessions"):
        asked = {"topic": first.topic.slug}
        act = Act("Prepare", place("session_new", member, asked), f"a session on {rows[0].name}")
        if first.session:
            act = Act("See", place("session", member, n=first.session.number), rows[0].name)
    rule = "Topics without an answer, rising, or resolved differently; most reasons first."
    return [Matter("topics", "To calibrate next", url, "", rows, act, rule)]


def _gaps(found: Dashboard, member: Membership) -> list[Matter]:
    if not found.gaps:
        return []
    rows = [
        Row(f"Line {one.number}", place("line", member, n=one.number), one.concern)
        for one in found.gaps[:SHOWN]
    ]
    url = place("topics", member, {"gaps": "1"})
    count = f"{found.gap_count}{'+' if found.gaps_cut else ''}"
    rule = "Lines of which somebody said that nothing is known, while no answer is in force."
    act = Act("Group them", url)
    return [Matter("gaps", "Nothing known", url, count, rows, act, rule)]


def _review(found: Dashboard, member: Membership) -> list[Matter]:
    if not found.misfits:
        return []
    url = place("practices", member, {"state": "review"})
    name = f"Best practices to review: {found.misfits} did not fit lately"
    return [Matter("review", name, url, act=Act("Review", url, "best practices"))]

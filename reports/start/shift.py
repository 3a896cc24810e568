"""How the shift goes: what was logged so far, by the member and by the floor."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from escalations.models import Escalation
from people.models import Membership
from reports.start.blocks import Figure, place


def tonight(member: Membership) -> list[Figure]:
    """The numbers of the current shift day, each leading to its lines; one query."""
    day = member.program.current_shift()
    lines = Escalation.objects.visible_to(member).in_shift(member.program, day)
    alive, mine = ~Q(status="void"), Q(logged_by=member.user_id)
    counts = lines.aggregate(
        mine=Count("pk", filter=alive & mine),
        logged=Count("pk", filter=alive),
        unresolved=Count("pk", filter=Q(status="unresolved")),
        owed=Count("pk", filter=alive & Q(feedback="owed")),
    )
    return [
        _figure(member, day, counts[name], words, rule, tone if counts[name] else "", asked)
        for name, words, rule, tone, asked in (
            ("mine", "logged by you", "Lines you logged in this shift day, void ones left out.", "",
             {"by": member.user.username, "count": "logged"}),
            ("logged", "by the floor", "Every line of this shift day that is not void.", "",
             {"count": "logged"}),
            ("unresolved", "unresolved", "Lines of this shift day that are unresolved now.", "due",
             {"status": "unresolved"}),
            ("owed", "feedback owed", "Lines of this shift day whose feedback is owed.", "due",
             {"feedback": "owed"}),
        )
    ]  # fmt: skip


def _figure(
    member: Membership,
    day: date,
    count: int,
    words: str,
    rule: str,
    tone: str,
    asked: dict[str, str],
) -> Figure:
    url = place("log", member, {"shift": day.isoformat(), **asked})
    return Figure(f"{count:,}", words, url, rule, tone)

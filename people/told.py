"""How a person is told what, in every program of theirs, as the preferences page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from people.messagekinds import kinds_for
from people.models import Membership, NotificationChoice, User


def told_how(user: User, memberships: Iterable[Membership]) -> list[dict[str, Any]]:
    """Each program with its kinds of news; chosen, or as KINDS says; one query."""
    chosen = {
        (choice.program_id, choice.kind): choice
        for choice in NotificationChoice.objects.filter(user=user)
    }
    told = []
    for member in memberships:
        rows = []
        for name, kind in kinds_for(member.abilities).items():
            said = chosen.get((member.program_id, name), kind)
            value = f"{member.program.slug}:{name}"
            row = {"words": kind.words, "value": value, "screen": said.screen, "mail": said.mail}
            rows.append(row)
        if rows:
            told.append({"program": member.program, "rows": rows})
    return told

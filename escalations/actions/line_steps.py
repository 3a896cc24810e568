"""A step of a line that has its own page: lock the line, move it, tell it in the line's story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from escalations.models import Escalation
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused


def locked_line(line: Escalation, *, by: Membership) -> Escalation:
    """The line as it is now, locked; raises Escalation.DoesNotExist in another program.

    Whether the member may see it has been asked before: an agent acknowledges what no queryset of
    the log shows to agents.
    """
    mine = Escalation.objects.filter(program=by.program_id).select_related("agent", "logged_by")
    fresh = mine.select_for_update(of=("self",)).get(pk=line.pk)
    fresh.program = fresh.agent.program = by.program
    return fresh


def check_alive(line: Escalation) -> None:
    """Raise ActionRefused for a line that is void."""
    if line.status == "void":
        raise ActionRefused("This line is void: nothing is owed for it.")


def move(
    line: Escalation, to: Mapping[str, Any], did: str, *, by: Membership, reason: str = ""
) -> Escalation:
    """Set fields of a locked line as one step of its story; a feedback move is a legal one.

    `did` is a key of `escalations.history.DID`. Raises ActionRefused.
    """
    if not line.feedback_can_become(to.get("feedback", line.feedback)):
        raise ActionRefused(f"Feedback that is {line.feedback} cannot become “{to['feedback']}”.")
    for name, value in to.items():
        setattr(line, name, value)
    line.version += 1
    with told(did, by=by, reason=reason):
        line.save(update_fields=[*to, "version"])
    return line

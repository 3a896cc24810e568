"""Changes to the roster of agents."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.agentwords import AgentMatch
from people.history import told
from people.models import Agent, Membership
from people.refusals import ActionRefused, StaleVersion


@transaction.atomic
def add_agent(*, employee_id: str, name: str, team: str = "", by: Membership) -> Agent:
    """Put an agent on the roster; one who is already there under that ID is returned as is.

    Raises ActionRefused when the ID or the name cannot be one.
    """
    agent = Agent(program=by.program, employee_id=employee_id, name=name.strip(), team=team.strip())
    try:
        agent.clean_fields(exclude=["program"])
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
    try:
        with transaction.atomic(), told("added", by=by):
            agent.save(force_insert=True)
    except IntegrityError:
        return Agent.objects.get(program=by.program, employee_id=employee_id)
    return agent


@transaction.atomic
def change_agent(
    agent: Agent, *, by: Membership, version: int | None = None, **to: object
) -> Agent:
    """Set `name`, `team` or `left_on` of an agent; a stale version is refused.

    Raises StaleVersion, or ActionRefused when a value cannot be one.
    """
    agent = Agent.objects.select_for_update().get(pk=agent.pk, program=by.program_id)
    if version is not None and version != agent.version:
        raise StaleVersion(agent)
    changed = [f for f in ("name", "team", "left_on") if f in to and getattr(agent, f) != to[f]]
    if not changed:
        return agent
    for name in changed:
        setattr(agent, name, to[name])
    try:
        agent.clean_fields(exclude=["program"])
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
    agent.version += 1
    with told("changed", by=by):
        agent.save(update_fields=[*changed, "version"])
    return agent


def settle_agent(match: AgentMatch, *, by: Membership, rename: bool = False) -> Agent:
    """The agent a line is about: found, added to the roster, or renamed when told to.

    Raises ActionRefused for a match that still has a question or a problem.
    """
    if match.agent:
        return match.agent
    if match.known_as:
        return change_agent(match.known_as, by=by, name=match.name) if rename else match.known_as
    if match.is_new:
        return add_agent(employee_id=match.employee_id, name=match.name, by=by)
    raise ActionRefused(match.problem or f"Which {match.name}? Several agents have that name.")

"""Changes to the roster of agents."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.agentwords import AgentMatch
from people.cardwords import without_cards
from people.history import told
from people.models import Agent, Membership, User
from people.refusals import ActionRefused, check_version
from people.retries import whole
from people.rosterwords import PastedRow, RosterPlan

CHANGEABLE = ("name", "team", "left_on", "user")


@whole
def add_agent(*, employee_id: str, name: str, team: str = "", by: Membership) -> Agent:
    """Put an agent on the roster; one who is already there under that ID is returned as is.

    Raises ActionRefused when the ID or the name cannot be one.
    """
    said = {"employee_id": employee_id, "name": name.strip(), "team": team.strip()}
    agent = Agent(program=by.program, **without_cards(said, by.program))
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


@whole
def add_agents(names: Mapping[str, str], *, by: Membership) -> list[Agent]:
    """Put agents on the roster, name by employee ID; those already there are given as they are.

    Raises ActionRefused when an ID or a name cannot be one; then nobody is added.
    """
    names = without_cards(names, by.program)
    new = [Agent(program=by.program, employee_id=key, name=names[key].strip()) for key in names]
    try:
        for agent in new:
            agent.clean_fields(exclude=["program"])
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
    with told("added", by=by):
        Agent.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)
    return list(Agent.objects.filter(program=by.program, employee_id__in=names).order_by("pk"))


@whole
def change_agent(agent: Agent, *, by: Membership, version: int | None, **to: object) -> Agent:
    """Set `name`, `team`, `left_on` or `user` (a login) of an agent, as it was at a version.

    Raises VersionMissing, StaleVersion, or ActionRefused when a value cannot be one or the login is
    taken.
    """
    held = Agent.objects.select_for_update().get(pk=agent.pk, program=by.program_id)
    check_version(held, version)
    return _set(held, by=by, **to)


@whole
def _set(agent: Agent, *, by: Membership, **to: object) -> Agent:
    """Set what differs of an agent, whatever its version."""
    agent = Agent.objects.select_for_update().get(pk=agent.pk, program=by.program_id)
    to = without_cards(to, by.program)
    changed = [f for f in CHANGEABLE if f in to and getattr(agent, f) != to[f]]
    if not changed:
        return agent
    if to.get("user"):
        _check_login(agent, to["user"])  # type: ignore[arg-type]
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


def leave(agent: Agent, *, by: Membership) -> Agent:
    """Take an agent off the floor, from today in the program's zone; their lines stay."""
    return _set(agent, by=by, left_on=timezone.now().astimezone(by.program.zone).date())


def come_back(agent: Agent, *, by: Membership) -> Agent:
    """Put an agent who left back on the floor."""
    return _set(agent, by=by, left_on=None)


def _check_login(agent: Agent, user: User) -> None:
    """Refuse a login that is no member's, or another agent's."""
    if not Membership.objects.active().filter(program=agent.program_id, user=user).exists():
        raise ActionRefused(f"{user} is not a member of this program.")
    other = Agent.objects.filter(program=agent.program_id, user=user).exclude(pk=agent.pk).first()
    if other:
        raise ActionRefused(f"The login of {user} belongs to {other}.")


@whole
def apply_roster(plan: RosterPlan, *, by: Membership) -> int:
    """Write what a preview of pasted rows showed; returns how many agents were touched.

    Raises ActionRefused when somebody put one of the new IDs on the roster meanwhile.
    """
    with told("pasted", by=by):
        try:
            with transaction.atomic():
                Agent.objects.bulk_create(
                    [Agent(program=by.program, **_words(r, by)) for r in plan.added],
                    batch_size=1000,
                )
        except IntegrityError as error:
            raise ActionRefused("The roster changed meanwhile. Paste the rows again.") from error
        changed = {row.agent.pk: row for row in plan.changed if row.agent}
        agents = list(
            Agent.objects.select_for_update()
            .filter(program=by.program, pk__in=changed)
            .order_by("pk")
        )
        for agent in agents:
            row = changed[agent.pk]
            said = _words(row, by)
            agent.name, agent.team, agent.left_on = said["name"], said["team"] or agent.team, None
            agent.version += 1
        Agent.objects.bulk_update(agents, ["name", "team", "left_on", "version"], batch_size=1000)
    return len(plan.added) + len(agents)


def _words(row: PastedRow, by: Membership) -> dict[str, str]:
    said = {"employee_id": row.employee_id, "name": row.name, "team": row.team}
    return without_cards(said, by.program)


def settle_agent(match: AgentMatch, *, by: Membership, rename: bool = False) -> Agent:
    """The agent a line is about: found, added to the roster, or renamed when told to.

    Raises ActionRefused for a match that still has a question or a problem.
    """
    if match.agent:
        return match.agent
    if match.known_as:
        return _set(match.known_as, by=by, name=match.name) if rename else match.known_as
    if match.is_new:
        return add_agent(employee_id=match.employee_id, name=match.name, by=by)
    raise ActionRefused(match.problem or f"Which {match.name}? Several agents have that name.")

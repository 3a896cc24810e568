"""Changes to who holds which roles."""

from __future__ import annotations

from collections.abc import Iterable

from people.actions.captain import end_open_appointment
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, check_version
from people.retries import whole
from people.roles import MANAGER, SME, STORED_ROLES


@whole
def set_roles(
    member: Membership, roles: Iterable[str], *, version: int | None, by: Membership
) -> Membership:
    """Give a member exactly these roles; none at all takes the person out of the program.

    Raises VersionMissing, StaleVersion, or ActionRefused for an unknown role, the last manager,
    or one's own manager role. A captain who is no longer an SME stops being captain.
    """
    wanted = [role for role in STORED_ROLES if role in set(roles)]
    if set(roles) - set(STORED_ROLES):
        raise ActionRefused("That is not a role.")
    # All of the program's rows in one order: two managers cannot take each other's role away.
    team = Membership.objects.select_for_update(of=("self",)).filter(program=by.program_id)
    everyone = {one.pk: one for one in team.select_related("user", "program").order_by("pk")}
    member = everyone[member.pk]
    check_version(member, version)
    if wanted == member.roles:
        return member
    if MANAGER in member.roles and MANAGER not in wanted:
        _check_manager_may_go(member, everyone.values(), by=by)
    if SME in member.roles and SME not in wanted:
        end_open_appointment(member.user, by=by)
    member.roles = wanted
    member.version += 1
    with told("roles set", by=by):
        member.save(update_fields=["roles", "version"])
    return member


def _check_manager_may_go(
    member: Membership, everyone: Iterable[Membership], *, by: Membership
) -> None:
    others = [
        one
        for one in everyone
        if MANAGER in one.roles and one.user.is_active and one.pk != member.pk
    ]
    if not others:
        raise ActionRefused(
            f"{member.user} is the last manager of {member.program}. Make someone else manager "
            "first."
        )
    if member.user_id == by.user_id:
        raise ActionRefused(
            "You cannot take your own manager role away: ask another manager to do it."
        )

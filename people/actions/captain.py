"""Appointing the SME Captain, and ending it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from people.history import told
from people.models import CaptainAppointment, Membership, Program, User
from people.refusals import ActionRefused
from people.retries import whole
from people.roles import SME


@whole
def appoint(
    member: Membership, *, by: Membership, until: datetime | None = None
) -> CaptainAppointment:
    """Make an SME captain now, until an aware instant or until it is ended; ends the current one.

    Raises ActionRefused for somebody who is no SME here, who is captain already, or an end that
    has passed.
    """
    Program.objects.select_for_update().get(pk=by.program_id)
    member = (
        Membership.objects.active().filter(pk=member.pk).select_related("user").first() or member
    )
    now = timezone.now()
    if SME not in member.roles or member.program_id != by.program_id:
        raise ActionRefused(f"{member.user} is not an SME of {by.program}.")
    if until and until <= now:
        raise ActionRefused("That day has passed.")
    current = CaptainAppointment.objects.current().filter(program=by.program_id).first()
    if current and current.user_id == member.user_id and current.until == until:
        raise ActionRefused(f"{member.user} is captain already.")
    end_open_appointment(None, by=by, now=now)
    with told("appointed", by=by):
        return CaptainAppointment.objects.create(
            program=by.program, user=member.user, appointed_by=by.user, starts_at=now, until=until
        )


@whole
def end_appointment(appointment: CaptainAppointment, *, by: Membership) -> CaptainAppointment:
    """End a captain's appointment now; raises ActionRefused when it has ended already."""
    appointment = (
        CaptainAppointment.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=appointment.pk, program=by.program_id)
    )
    if appointment.ended_at:
        raise ActionRefused(f"{appointment.user} is no longer captain.")
    return _end(appointment, by=by, now=timezone.now())


def end_open_appointment(
    user: User | None, *, by: Membership, now: datetime | None = None
) -> CaptainAppointment | None:
    """End the program's open appointment, if any (with `user`: only theirs)."""
    found = CaptainAppointment.objects.select_for_update().filter(
        program=by.program_id, ended_at__isnull=True
    )
    if user:
        found = found.filter(user=user)
    appointment = found.first()
    return _end(appointment, by=by, now=now or timezone.now()) if appointment else None


def _end(appointment: CaptainAppointment, *, by: Membership, now: datetime) -> CaptainAppointment:
    """An appointment that ran out earlier ended then, not now."""
    appointment.ended_at = min(now, appointment.until or now)
    appointment.ended_by = by.user
    with told("ended", by=by):
        appointment.save(update_fields=["ended_at", "ended_by"])
    return appointment

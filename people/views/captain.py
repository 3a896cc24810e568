"""Appointing the SME Captain, and ending it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_page
from people.actions.captain import appoint, end_appointment
from people.forms.members import AppointForm
from people.models import CaptainAppointment
from people.views.sections import done, show


@require_POST
@member_page("manage_people")
def captain_appoint(request: MemberRequest) -> HttpResponse:
    """Appoint the SME `member`, perhaps `until` the end of a shift day; ends the current one."""
    form = AppointForm(request.POST, program=request.program)
    if not form.is_valid():
        return show(request, "captain", status=422, appoint_form=form)
    member, until = form.cleaned_data["member"], form.cleaned_data["until"]
    appoint(member, until=until, by=request.membership)
    return done(request, "captain", f"{member.user} is SME Captain.")


@require_POST
@member_page("manage_people")
def captain_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End this appointment now."""
    found = CaptainAppointment.objects.filter(program=request.program)
    appointment = end_appointment(get_object_or_404(found, pk=pk), by=request.membership)
    return done(request, "captain", f"{appointment.user} is no longer captain.")

"""One hour's calls, corrected in its place in the table of days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from people.access import MemberRequest, member_page
from people.refusals import StaleVersion
from people.shiftday import clock_hour
from reports.actions import volumes as actions
from reports.models import VolumeRecording
from reports.volumes.forms import HourForm
from reports.volumes.hourly import EARLIEST
from reports.volumes.page import DayRow, HourCell, table_of
from reports.volumes.words import hour_of, say_duration, say_hour


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("record_volumes")
def volume_hour(request: MemberRequest, stamp: str) -> HttpResponse:
    """The fields of one hour; `closed` its day without them; POST saves them."""
    hour = _hour(request, stamp)
    if request.method != "POST":
        if "closed" in request.GET:
            return _shown(request, hour)
        return _editor(request, hour)
    form = HourForm(request.POST)
    if not form.is_valid():
        return _editor(request, hour, form, status=422)
    said = form.cleaned_data
    numbers, version, by = form.numbers, said["version"], request.membership
    try:
        done = actions.correct(hour, numbers, version=version, key=said["key"], by=by)
    except StaleVersion:
        return _editor(request, hour, form, status=409, has_moved=True)
    words = f"{say_hour(hour, request.program.zone)} is {'saved' if done else 'as it was'}."
    if request.headers.get("HX-Request"):
        return _shown(request, hour, said=words, recording=done)
    messages.success(request, words)
    return redirect(_back(request, hour))


def _hour(request: MemberRequest, stamp: str) -> datetime:
    """The hour of an address; raises Http404 for what begins no hour of the program's clocks."""
    hour = hour_of(stamp)
    if hour is None or hour < EARLIEST or clock_hour(hour, request.program.zone) != hour:
        raise Http404
    return hour


def _row(request: MemberRequest, hour: datetime) -> tuple[DayRow, HourCell, list[str]]:
    day = request.program.shift_day_of(hour)
    table = table_of(request.membership, day, day)
    (row,) = table.days
    cell = row.cell(hour)
    if cell is None:
        raise Http404
    return row, cell, table.headings


def _editor(
    request: MemberRequest,
    hour: datetime,
    form: HourForm | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    """The day's row with the fields of the hour below it."""
    row, cell, headings = _row(request, hour)
    if form is None:
        numbers = cell.numbers
        form = HourForm(
            initial={
                "calls": "" if numbers.calls is None else numbers.calls,
                "wait": say_duration(numbers.wait),
                "handling": say_duration(numbers.handling),
            }
        )
    context = {"one": row, "open": cell, "hour_form": form, "headings": headings, **more}
    return _rendered(request, context, status)


def _shown(
    request: MemberRequest,
    hour: datetime,
    *,
    said: str = "",
    recording: VolumeRecording | None = None,
) -> HttpResponse:
    row, _, headings = _row(request, hour)
    context = {"one": row, "said": said, "recording": recording, "headings": headings}
    return _rendered(request, context, 200)


def _rendered(request: MemberRequest, context: dict[str, Any], status: int) -> HttpResponse:
    is_part = bool(request.headers.get("HX-Request"))
    template = "reports/volume_day.html" if is_part else "reports/volume_day_page.html"
    return render(request, template, context, status=status)


def _back(request: MemberRequest, hour: datetime) -> str:
    """The fortnight that ends with the hour's day."""
    home = reverse("volumes", kwargs={"p": request.program.slug})
    return f"{home}?to={request.program.shift_day_of(hour).isoformat()}"

"""Call volumes: the hours of a range, a report read and shown, recorded, undone; all as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalations.uploads import count_upload, was_too_big
from escalations.views.posted import version_of
from people.access import MemberRequest, member_page
from people.models import Program
from people.refusals import StaleVersion
from people.typed import number_said
from reports.actions import volumes as actions
from reports.models import CallVolume, VolumeRecording
from reports.volumes.forms import MOST_DAYS, RecordForm, ReportForm, VolumesRange
from reports.volumes.page import recordings_of, table_of
from reports.volumes.plan import Plan, plan_of, planned_again, unseal

LISTED = 20
SHOWN_PROBLEMS = 200


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_reports", post="record_volumes")
def volumes(request: MemberRequest) -> HttpResponse:
    """The hours of a range of shift days; POST reads a report and shows what it would change."""
    if request.method != "POST":
        return _page(request, ReportForm(program=request.program))
    count_upload(request)
    form = ReportForm(
        request.POST, request.FILES, program=request.program, is_too_big=was_too_big(request)
    )
    if not form.is_valid() or form.reading is None:
        return _page(request, form, status=422)
    plan = plan_of(form.reading, form.name, request.membership)
    problems = form.reading.problems[:SHOWN_PROBLEMS]
    return _preview(request, plan, reading=form.reading, problems=problems, form=form)


@require_POST
@member_page("record_volumes")
def volumes_record(request: MemberRequest) -> HttpResponse:
    """Record a report that was shown: `sealed`, `seen` and `key` of the preview."""
    form = RecordForm(request.POST, membership=request.membership)
    if not form.is_valid():
        return _page(request, ReportForm(program=request.program), status=422, refused=form)
    said, by = form.cleaned_data, request.membership
    source, hours = unseal(said["sealed"], by)
    try:
        recording = actions.record(
            hours, source=source, seen=said["seen"] or None, key=said["key"], by=by
        )
    except StaleVersion:
        plan = planned_again(said["sealed"], by)
        return _preview(request, plan, status=409, has_moved=True)
    messages.success(
        request,
        f"{recording.hours:,} hour{'s' * (recording.hours != 1)} recorded: {recording.changed:,} "
        f"{'is' if recording.changed == 1 else 'are'} new or different.",
    )
    return redirect(f"{_home(request)}?{_range_of(min(hours), max(hours), request.program)}")


@require_POST
@member_page("record_volumes")
def volumes_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one recording back (`version`)."""
    found = VolumeRecording.objects.visible_to(request.membership)
    recording = get_object_or_404(found, pk=pk)
    done = actions.undo(recording, version=version_of(request), by=request.membership)
    said = [
        f"{done.put_back:,} of its hours are again what stood before" if done.put_back else "",
        f"{done.without:,} have no volume again" if done.without else "",
        f"{done.newer:,} stay, because something newer was recorded there" if done.newer else "",
    ]
    words = "; ".join(filter(None, said))
    messages.success(request, f"{recording.source} is undone: {words}.")
    return redirect(_home(request))


@require_safe
@member_page("read_reports")
def volumes_csv(request: MemberRequest) -> HttpResponseBase:
    """The hours with a volume as CSV, of the range that is asked for or all; it reads back in."""
    asked = VolumesRange(request.GET, program=request.program)
    if asked.errors:
        return render(request, "422.html", {"reason": "That is no range of days."}, status=422)
    hours = CallVolume.objects.visible_to(request.membership).in_order()
    if asked.is_asked:
        bounds = request.program.shift_bounds
        hours = hours.between(bounds(asked.first)[0], bounds(asked.last)[1])
    response = StreamingHttpResponse(
        _csv(hours, request.program), content_type="text/csv; charset=utf-8"
    )
    name = f"{request.program.slug}-call-volumes.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _csv(hours: QuerySet[CallVolume], program: Program) -> Iterator[str]:
    writer = csv.writer(_Echo())
    headings = ("Shift day", "Date", "Hour", "Hour begins (UTC)", "Calls handled")
    averages = ("Average wait (sec)", "Average handling (sec)")
    yield "\ufeff" + writer.writerow(headings + averages)
    for one in hours.iterator():
        local = one.hour.astimezone(program.zone)
        yield writer.writerow(
            (
                program.shift_day_of(one.hour).isoformat(),
                local.date().isoformat(),
                f"{local:%H:%M}",
                f"{one.hour.astimezone(UTC):%Y-%m-%d %H:%M}",
                one.calls,
                "" if one.average_wait_seconds is None else one.average_wait_seconds,
                "" if one.average_handling_seconds is None else one.average_handling_seconds,
            )
        )


def _page(
    request: MemberRequest, form: ReportForm, status: int = 200, **more: object
) -> HttpResponse:
    asked = VolumesRange(request.GET, program=request.program)
    found = recordings_of(request.membership, number_said(request.GET.get("before", "")), LISTED)
    context = {
        "asked": asked,
        "table": table_of(request.membership, asked.first, asked.last),
        "has_any": CallVolume.objects.visible_to(request.membership).exists(),
        "recordings": found[:LISTED],
        "before": found[LISTED - 1].pk if len(found) > LISTED else None,
        "form": form,
        **more,
    }
    status = 422 if asked.errors else status
    return render(request, "reports/volumes.html", context, status=status)


def _preview(request: MemberRequest, plan: Plan, status: int = 200, **more: object) -> HttpResponse:
    context = {"plan": plan, "record": RecordForm(membership=request.membership), **more}
    return render(request, "reports/volumes_preview.html", context, status=status)


def _home(request: MemberRequest) -> str:
    return reverse("volumes", kwargs={"p": request.program.slug})


def _range_of(first: datetime, last: datetime, program: Program) -> str:
    """The shift days of some hours as the page asks for them: the last ones of very many."""
    until, since = program.shift_day_of(last), program.shift_day_of(first)
    since = max(since, until - timedelta(days=MOST_DAYS - 1))
    return f"from={since.isoformat()}&to={until.isoformat()}"

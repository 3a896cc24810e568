"""Saved views of reports: listed, kept, opened, renamed, shared, removed and brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escalations.views.posted import version_of
from people.access import MemberRequest, member_page
from people.refusals import StaleVersion
from reports.actions import saving as actions
from reports.forms_saved import ChangeViewForm, SaveViewForm
from reports.models import SavedView
from reports.savedviews import address_of, removed_for, views_for


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_reports")
def report_views(request: MemberRequest) -> HttpResponse:
    """The list; POST keeps a report as it was asked (`name`, `kind`, `span`, `key`, its query)."""
    if request.method != "POST":
        return _page(request)
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    said = form.cleaned_data
    view = actions.save_view(
        said["name"],
        kind=said["kind"],
        query=request.POST.dict(),
        span=said["span"],
        is_shared=said["is_shared"],
        key=said["key"],
        by=request.membership,
    )
    messages.success(request, f"“{view.name}” is kept: it is on every report under Views.")
    return redirect(address_of(view, request.program.current_shift()))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_reports")
def report_view(request: MemberRequest, pk: int) -> HttpResponse:
    """Open one; POST changes it (`name`, `is_shared`) or does `remove`, `restore`; `version`."""
    views = SavedView.objects.visible_to(request.membership).select_related("program")
    view = get_object_or_404(views, pk=pk)
    if request.method != "POST":
        return redirect(address_of(view, request.program.current_shift()))
    try:
        _do(request, view)
    except StaleVersion as stale:
        return _page(request, stale=stale.theirs, mine=request.POST.get("name", ""), status=409)
    except ValueError:
        return _page(request, form=ChangeViewForm(request.POST), status=422)
    return redirect("report_views", p=request.program.slug)


def _do(request: MemberRequest, view: SavedView) -> None:
    """Do what was posted; ValueError for a name that is none."""
    version, by, do = version_of(request), request.membership, request.POST.get("do", "")
    if do == "remove":
        view = actions.remove_view(view, version=version, by=by)
        messages.success(request, f"“{view.name}” is removed. Bring it back below.")
    elif do == "restore":
        view = actions.restore_view(view, version=version, by=by)
        messages.success(request, f"“{view.name}” is back.")
    else:
        form = ChangeViewForm(request.POST)
        if version is not None and not form.is_valid():
            raise ValueError
        said = form.cleaned_data if form.is_valid() else {"name": "", "is_shared": False}
        view = actions.change_view(view, **said, version=version, by=by)
        messages.success(request, f"“{view.name}” is saved.")


def _page(request: MemberRequest, *, status: int = 200, **more: object) -> HttpResponse:
    member = request.membership
    context = {"views": views_for(member), "removed": removed_for(member), **more}
    return render(request, "reports/views.html", context, status=status)

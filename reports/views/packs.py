"""Packs of reports: chosen, printed on A4, taken away as a workbook."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from escalations.views.exports import XLSX
from people.access import MemberRequest, member_page
from reports.book import book
from reports.counting.counter import one_moment
from reports.filehead import filename, head_of
from reports.packs.form import PackForm
from reports.packs.pack import Pack, sections_of
from reports.packs.packs import PACKS
from reports.packs.printed import Printed
from reports.views.files import send_file
from reports.weeks import asked_of


@require_safe
@member_page("read_reports")
def report_packs(request: MemberRequest) -> HttpResponse:
    """The packs there are; `pack` with `from` (and `to`) leads to one."""
    if which := request.GET.get("pack", ""):
        pack = _pack(request, which)
        form = PackForm(pack, request.GET, request.membership)
        if form.errors:
            return _choices(request, form)
        first, last = form.days
        url = reverse("report_pack", kwargs={"p": request.program.slug, "which": which})
        return redirect(f"{url}?from={first}" + (f"&to={last}" if pack.span == "days" else ""))
    return _choices(request)


@require_safe
@member_page("read_reports")
def report_pack(request: MemberRequest, which: str) -> HttpResponse:
    """One pack on one page that prints."""
    pack = _pack(request, which)
    form = PackForm(pack, request.GET, request.membership)
    if form.errors:
        return _choices(request, form)
    asked = asked_of(request.membership, *form.days)
    with one_moment():
        printed = Printed(pack, asked, pack.of(asked))
    return render(request, "reports/pack.html", {"pack": pack, "asked": asked, "printed": printed})


@require_safe
@member_page("read_reports")
def report_pack_xlsx(request: MemberRequest, which: str) -> HttpResponse:
    """The same pack as a workbook."""
    pack = _pack(request, which)
    form = PackForm(pack, request.GET, request.membership)
    if form.errors:
        return _choices(request, form)
    asked = asked_of(request.membership, *form.days)
    with one_moment():
        reports = pack.of(asked)
    file = book(head_of(pack.title, asked), sections_of(reports))
    return send_file(file, XLSX, filename(f"{pack.slug}-pack", asked, "xlsx"))


def _pack(request: MemberRequest, which: str) -> Pack:
    """The pack of a slug; 404 for none, 403 for who may not have it."""
    pack = PACKS.get(which)
    if pack is None:
        raise Http404
    if not request.membership.may(pack.ability):
        raise PermissionDenied("The client pack is the manager’s: it holds the letters.")
    return pack


def _choices(request: MemberRequest, form: PackForm | None = None) -> HttpResponse:
    member = request.membership
    nothing = request.GET.copy()
    nothing.clear()
    offered = [
        form if form and form.pack is pack else PackForm(pack, nothing, member)
        for pack in PACKS.values()
        if member.may(pack.ability)
    ]
    status = 422 if form else 200
    return render(request, "reports/packs.html", {"offered": offered, "form": form}, status=status)
